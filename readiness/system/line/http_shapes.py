"""HTTP servers of a public shape: LibreSpeed and Cloudflare. Runs in the child.

What each can and cannot tell: ``docs/methods/backends.md``.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.bins import observed, reading
from readiness.system.line.bodies import pieces, short_body, stays_open
from readiness.system.line.messages import Step
from readiness.system.line.peer import Link, Peer, check_status, look_up, parse_address
from readiness.system.line.posted import Posted
from readiness.system.line.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.system.line.bins import Counted
    from readiness.system.line.messages import Message, Reading, ShapeJob
    from readiness.system.line.peer import Answer
    from readiness.system.line.streams import Budget

MEBIBYTE = 1 << 20
SMALL = 4096
NOT_FOUND = 404
FRESH = (
    "Accept: */*",
    "Accept-Encoding: identity",
    "Cache-Control: no-cache, no-store",
    "Pragma: no-cache",
)
"""What every request says, so that nothing between packs the data or answers from a store."""

SENDER_ERROR = 0.05
"""Relative error of an upload that no receiver counts, see ``docs/methods/backends.md``."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Which requests a kind of server answers.

    Attributes:
        paths: Pairs of the paths to load from and to send to, the likeliest first.
        size: The name of the query's field for the size of a download.
        unit: Bytes for which one of that size stands.
        empty: Whether the second path, not the first, answers a GET with nothing.
    """

    paths: tuple[tuple[str, str], ...]
    size: str
    unit: int
    empty: bool


SHAPES = {
    "librespeed": Shape(
        paths=(
            ("/backend/garbage.php", "/backend/empty.php"),
            ("/garbage.php", "/empty.php"),
            ("/backend/garbage", "/backend/empty"),
            ("/garbage", "/empty"),
        ),
        size="ckSize",
        unit=MEBIBYTE,
        empty=True,
    ),
    "cloudflare": Shape(paths=(("/__down", "/__up"),), size="bytes", unit=1, empty=False),
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """A server that answered as its shape does."""

    peer: Peer
    shape: Shape
    down: str
    up: str

    def download(self, size: int) -> str:
        """The path that gives ``size`` bytes; no two are alike, so that no store can answer."""
        amount = size // self.shape.unit
        return f"{self.peer.base}{self.down}?{self.shape.size}={amount}&{_unlike()}"

    def upload(self) -> str:
        """The path that takes a body."""
        return f"{self.peer.base}{self.up}?{_unlike()}"


def _unlike() -> str:
    return f"r={secrets.token_hex(8)}"


def measure(job: ShapeJob, say: Callable[[Message], None]) -> Reading:
    """Do one job. Raises ``CannotMeasure``."""
    say(Step(0.0))
    place = find(job)
    return download(job, place, say) if job.part == "download" else upload(job, place, say)


def find(job: ShapeJob) -> Place:
    """Find out where the server answers.

    Raises:
        CannotMeasure: With the first path's finding, where none answers.
    """
    failure = CannotMeasure(FailureCode.UNREACHABLE, "dns-failure")
    for peer in look_up(parse_address(job.address)):
        try:
            Link(peer, connect_s=job.connect_s, patience=job.stall_s).close()
        except CannotMeasure as error:
            failure = error
            continue
        return _find_path(job, peer)
    raise failure


def _find_path(job: ShapeJob, peer: Peer) -> Place:
    shape = SHAPES[job.shape]
    failures: list[CannotMeasure] = []
    for down, up in shape.paths:
        place = Place(peer=peer, shape=shape, down=down, up=up)
        target = place.upload() if shape.empty else place.download(0)
        link = Link(peer, connect_s=job.connect_s, patience=job.stall_s)
        try:
            link.ask("GET", target, fields=FRESH)
            answer = link.answer()
            _check_empty(link, answer)
        except CannotMeasure as found:
            failures.append(found)
            # Elsewhere on the same server the right path may still be.
            if found.summary.get("status") not in (200, NOT_FOUND):
                raise
        else:
            return place
        finally:
            link.close()
    raise failures[0]


def _check_empty(link: Link, answer: Answer) -> None:
    check_answer(answer)
    if short_body(link, answer, most=SMALL).strip():
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer", status=answer.status)


def check_answer(answer: Answer) -> None:
    """Go on only with a good answer that comes from the server itself."""
    check_status(answer)
    fields = answer.fields
    if "html" in fields.get("content-type", "").lower() and answer.length != 0:
        raise CannotMeasure(FailureCode.UNREACHABLE, "captive-portal", status=answer.status)
    age = fields.get("age", "0")
    told = f"{fields.get('x-cache', '')} {fields.get('cf-cache-status', '')}".lower()
    if (age.isascii() and age.isdigit() and int(age[:9]) > 0) or "hit" in told.split():
        raise CannotMeasure(FailureCode.UNREACHABLE, "cached-answer")


def _share(budget: Budget, unit: int) -> int:
    """The next share, a multiple of ``unit`` bytes; 0 if the budget is spent."""
    share = budget.take()
    while share < unit and (more := budget.take()):
        share += more
    return share // unit * unit


def download(job: ShapeJob, place: Place, say: Callable[[Message], None]) -> Reading:
    """Goodput towards this computer, counted here."""

    def total() -> Counted:
        return time.monotonic(), sum(streams.counts)

    def worker(streams: Streams, index: int) -> None:
        link: Link | None = None
        while not streams.over.is_set() and (share := _share(streams.budget, place.shape.unit)):
            link = link or opened(job, place.peer, streams)
            link.ask("GET", place.download(share), fields=FRESH)
            answer = link.answer()
            check_answer(answer)
            if answer.length not in (share, None):
                raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
            came = 0
            for piece in pieces(link, answer):
                came += len(piece)
                if came > share:
                    raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
                streams.counts[index] += len(piece)
                if streams.over.is_set():
                    return
            if came != share:
                raise CannotMeasure(FailureCode.UNREACHABLE, "truncated")
            if not stays_open(answer):
                link.close()
                link = None

    streams = Streams(job, worker, total)
    counted, ended = streams.run(say)
    figure = reading(
        counted,
        warm_up=job.warm_up,
        step=job.bin_s,
        summary=_summary(job, place, ended=ended, counter="receiver"),
    )
    return observed(figure, streams.observed)


def opened(job: ShapeJob, peer: Peer, streams: Streams) -> Link:
    """A new connection for a stream."""
    link = Link(peer, connect_s=job.connect_s, patience=job.seconds + job.stall_s)
    streams.opened(link)
    return link


def upload(job: ShapeJob, place: Place, say: Callable[[Message], None]) -> Reading:
    """Goodput away from this computer: bodies that the server confirmed, one by one."""
    posted = Posted(job.streams)

    def worker(streams: Streams, index: int) -> None:
        link: Link | None = None
        while not streams.over.is_set() and (share := streams.budget.take()):
            while share and not streams.over.is_set():
                link = link or opened(job, place.peer, streams)
                size = min(share, posted.size(index))
                link.ask("POST", place.upload(), length=size, fields=_SENDING)
                posted.pour(streams, index, link, size)
                answer = link.answer()
                check_answer(answer)
                short_body(link, answer, most=SMALL)
                posted.confirm(streams, index, link, size)
                share -= size
                if not stays_open(answer):
                    link.close()
                    link = None

    streams = Streams(job, worker, posted.total)
    _, ended = streams.run(say)
    figure = reading(
        posted.counted(),
        warm_up=job.warm_up,
        step=job.bin_s,
        summary=_summary(job, place, ended=ended, counter="sender"),
        method_error=SENDER_ERROR,
    )
    return observed(figure, streams.observed)


_SENDING = (*FRESH, "Content-Type: application/octet-stream")


def _summary(job: ShapeJob, place: Place, *, ended: str, counter: str) -> dict[str, str | int]:
    return {
        "server": job.shape,
        "streams": job.streams,
        "counted_by": counter,
        "ended_by": ended,
        "encrypted": place.peer.tls,
    }
