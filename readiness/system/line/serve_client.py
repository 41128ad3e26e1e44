"""The client of ``readiness serve``: hello, download, upload. Runs in the child.

The protocol, the figures and their accuracy are described in ``docs/methods/line.md``.
"""

from __future__ import annotations

import json
import math
import os
import re
import secrets
import select
import ssl
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.arrivals import Arrivals
from readiness.system.line.bins import observed, reading
from readiness.system.line.messages import Step
from readiness.system.line.peer import Link, Peer, check_status, look_up, parse_address, translate
from readiness.system.line.streams import Streams
from readiness.system.line.witnessed import witnessed

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.system.line.bins import Counted
    from readiness.system.line.messages import CallJob, Message, Outcome, Reading, ServeJob

SERVICE = "readiness-serve"
PROTOCOLS = (1, 2)
"""Version 2 adds what a call needs; transfers are the same in both."""

SAYS_BACK, ECHO = 2, "readiness-token"
"""Since this version a download says the token of its request back, in this field."""

HIGHEST_PORT = 65535
SMALL = 4096
_COUNTS = json_reader(dict[str, int])
SLICE = 64 * 1024
AT_ONCE_S = 0.0005
SHORTEST_REST_S, LONGEST_REST_S = 0.004, 0.025
"""Between two reads packets gather, which saves most of the work; counts are taken every 20 ms.
Where the system would acknowledge them later for it, only the shortest rest is taken."""

REST_GROWTH = 1.1
GATHERED = 160 * 1024
"""So many octets a rest should bring."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A server that proved to be one.

    Attributes:
        stamp_port: None where no reflector runs.
        receipts: Whether it signs what it saw.
    """

    peer: Peer
    congestion: str
    version: str
    protocol: int
    stamp_port: int | None = None
    receipts: bool = False


def measure(job: ServeJob, say: Callable[[Message], None]) -> Outcome:
    """Do one job. Raises ``CannotMeasure``."""
    say(Step(0.0))
    found = hello(job)
    if job.part == "download":
        return download(job, found, say)
    return upload(job, found, say)


def hello(job: ServeJob | CallJob) -> Found:
    """Find the server and have it prove itself by saying a random token back.

    Raises:
        CannotMeasure: With a detail that tells a login page, a stranger, a refusal and silence
            apart.
    """
    failure = CannotMeasure(FailureCode.UNREACHABLE, "dns-failure")
    for peer in look_up(parse_address(job.address)):
        try:
            link = Link(peer, connect_s=job.connect_s, patience=job.stall_s)
        except CannotMeasure as error:
            failure = error
            continue
        try:
            return _greet(link)
        finally:
            link.close()
    raise failure


def _greet(link: Link) -> Found:
    token = secrets.token_hex(16)
    link.request("GET", f"hello?token={token}")
    answer = link.answer()
    check_status(answer)
    if "html" in answer.fields.get("content-type", "").lower():
        raise CannotMeasure(FailureCode.UNREACHABLE, "captive-portal", status=answer.status)
    body = link.body(answer, most=SMALL)
    try:
        said = json.loads(body)
        good = said["service"] == SERVICE and said["token"] == token
        known = good and said["protocol"] in PROTOCOLS
        found = Found(
            peer=link.peer,
            congestion=_name(said["congestion"]),
            version=str(said["version"]),
            protocol=int(said["protocol"]) if known else 0,
            stamp_port=_port(said.get("stamp_port")),
            receipts=bool(said.get("receipts")),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer") from error
    if not good:
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
    if not known:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "other-protocol")
    return found


def _name(said: object) -> str:
    """A name such as ``cubic``, which goes into the report; empty for anything else."""
    return said if isinstance(said, str) and re.fullmatch(r"[a-z0-9_]{1,15}", said) else ""


def _port(said: object) -> int | None:
    """A port that can be one; anything else is no reflector."""
    if isinstance(said, int) and not isinstance(said, bool) and 0 < said <= HIGHEST_PORT:
        return said
    return None


def download(job: ServeJob, found: Found, say: Callable[[Message], None]) -> Outcome:
    """Goodput towards this computer, counted here."""
    name = secrets.token_hex(16)
    named = f"&id={name}" if job.nonce and found.receipts else ""

    def total() -> Counted:
        return time.monotonic(), sum(streams.counts)

    def worker(streams: Streams, index: int) -> None:
        link = Link(found.peer, connect_s=job.connect_s, patience=job.seconds + job.stall_s)
        streams.opened(link)
        buffer = memoryview(bytearray(4 * SLICE))
        while not streams.over.is_set() and (share := streams.budget.take()):
            token = secrets.token_hex(8)  # no request is like another: no store can answer it
            link.request("GET", f"down?bytes={share}&token={token}{named}")
            answer = link.answer()
            check_status(answer)
            if found.protocol >= SAYS_BACK and answer.fields.get(ECHO) != token:
                raise CannotMeasure(FailureCode.UNREACHABLE, "cached-answer")
            if answer.length != share:
                raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
            _drain(streams, index, link, share, buffer)

    streams = Streams(job, worker, total)
    counted, ended = streams.run(say)
    return witnessed(_figure(job, found, counted, streams, ended=ended), job, found, name)


def _drain(streams: Streams, index: int, link: Link, share: int, buffer: memoryview) -> None:
    """Count one body in. A body that ends early is not a body."""
    here = len(link.take())
    streams.counts[index] += here
    left = share - here
    gathered, rest = 0, SHORTEST_REST_S
    with link.gathering() as acknowledged:
        longest = LONGEST_REST_S if acknowledged else SHORTEST_REST_S
        while left > 0 and not streams.over.is_set():
            room = buffer[: min(left, len(buffer))]
            got = link.poll(room)
            if got == 0:
                raise CannotMeasure(FailureCode.UNREACHABLE, "truncated")
            count = got or 0
            streams.counts[index] += count
            left -= count
            gathered += count
            if count == len(room):
                streams.effort.falls_behind(count)
                continue
            streams.effort.keeps_up(count)
            # Slowly longer: of a transfer that is over in a moment, every moment counts.
            wanted = max(SHORTEST_REST_S, rest * GATHERED / max(gathered, 1))
            rest = min(longest, REST_GROWTH * rest, wanted)
            gathered = 0
            time.sleep(rest)


def upload(job: ServeJob, found: Found, say: Callable[[Message], None]) -> Outcome:
    """Goodput away from this computer, counted by the server where it arrives."""
    name = secrets.token_hex(16)
    payload = memoryview(os.urandom(1 << 20))
    arrivals = Arrivals(job, found.peer, name)

    def worker(streams: Streams, index: int) -> None:
        link = Link(found.peer, connect_s=job.connect_s, patience=job.seconds + job.stall_s)
        streams.opened(link)
        while not streams.over.is_set() and (share := streams.budget.take()):
            link.request("POST", f"up?id={name}", length=share)
            _pour(streams, index, link, share, payload)
            _confirmed(link, share)

    streams = Streams(job, worker, lambda: arrivals.total(streams))
    follower = threading.Thread(target=arrivals.follow, args=(streams,), daemon=True)
    follower.start()
    try:
        counted, ended = streams.run(say)
    finally:
        streams.over.set()
        follower.join(timeout=1)
    arrivals.check()
    doubt = arrivals.doubt()
    figure = _figure(job, found, counted, streams, ended=ended)
    width = math.hypot(figure.half_width or 0.0, doubt * figure.rate)
    return witnessed(msgspec.structs.replace(figure, half_width=width), job, found, name)


def _pour(streams: Streams, index: int, link: Link, share: int, payload: memoryview) -> None:
    """Send one body; an answer before its end is a refusal and ends it."""
    sent = 0
    while sent < share and not streams.over.is_set():
        if select.select([link.sock], [], [], 0)[0]:
            _early(link)
        piece = payload[sent % (len(payload) - SLICE) :][: min(SLICE, share - sent)]
        # Counted before it is handed over, or the server could seem to count ahead of us.
        streams.counts[index] += len(piece)
        begin = time.perf_counter()
        try:
            link.sock.sendall(piece)
        except OSError as error:
            if not isinstance(error, TimeoutError | ssl.SSLError) and not streams.over.is_set():
                _early(link)  # a server that refuses often says why before it hangs up
            raise translate(error) from error
        sent += len(piece)
        # Where the system takes a piece at once, its buffer had run dry: we were too slow.
        waited = time.perf_counter() - begin >= AT_ONCE_S
        (streams.effort.keeps_up if waited else streams.effort.falls_behind)(len(piece))


def _early(link: Link) -> None:
    """The server answered before the body was through: that can only be a refusal."""
    if link.peer.tls and not link.has_text():
        return
    check_status(link.answer())
    raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")


def _confirmed(link: Link, share: int) -> None:
    """The server must confirm each body whole."""
    answer = link.answer()
    check_status(answer)
    try:
        said = _COUNTS.decode(link.body(answer, most=SMALL))
    except msgspec.DecodeError as error:
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer") from error
    if said.get("received") != share:
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")


def _figure(
    job: ServeJob, found: Found, counted: list[Counted], streams: Streams, *, ended: str
) -> Reading:
    figure = reading(
        counted,
        warm_up=job.warm_up,
        step=job.bin_s,
        summary={
            "server": "serve",
            "streams": job.streams,
            "counted_by": "receiver",
            "ended_by": ended,
            "encrypted": found.peer.tls,
            "congestion_control": found.congestion or "unknown",
        },
    )
    return observed(figure, streams.observed)
