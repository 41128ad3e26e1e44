"""Round trips over TCP: small HTTP requests on one connection, or bare handshakes.

TCP sends again what is lost, so loss shows up as a late answer: no loss and no jitter is told.
"""

from __future__ import annotations

import secrets
import socket
import time
from functools import partial
from typing import TYPE_CHECKING

from readiness.model.call import CallStream, Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.call_pace import beats
from readiness.system.line.messages import Step
from readiness.system.line.peer import Link, check_status, look_up, parse_address, translate

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.measurement import Scalar
    from readiness.system.line.messages import CallJob, Message
    from readiness.system.line.peer import Peer

SMALL = 4096
WARM_UPS = 2
MOST_PINGS, PING_S = 60, 0.05
MOST_HANDSHAKES, HANDSHAKE_S = 20, 0.25
DIGITS = 7


def pings(job: CallJob, peer: Peer, say: Callable[[Message], None], *, udp: str = "") -> CallStream:
    """Times of small requests over one connection that has been used before.

    Args:
        job: How many at most, and how patient.
        peer: A measuring server.
        say: Hears how it goes.
        udp: Why they stand in for packets of UDP, if they do: ``udp-blocked``, ``no-reflector``.

    Raises:
        CannotMeasure: One of them failed.
    """
    link = Link(peer, connect_s=job.connect_s, patience=job.stall_s)
    try:
        for _ in range(WARM_UPS):
            _ping(link)
        summary: dict[str, Scalar] = {
            "server": "serve",
            "protocol": "http over tcp",
            "encrypted": peer.tls,
        }
        if udp:
            summary["udp"] = udp
        count = job.packets if job.until_told else min(job.packets, MOST_PINGS)
        timed = _Timed(lambda: _ping(link), say, count=count, interval_s=PING_S)
        return timed.stream(Transport.HTTP, summary)
    finally:
        link.close()


def _ping(link: Link) -> int:
    """One request and its answer; octets of the answer's body."""
    token = secrets.token_hex(8)
    link.request("GET", f"ping?token={token}")
    answer = link.answer()
    body = link.body(answer, most=SMALL) if answer.status == 200 else b""  # noqa: PLR2004
    check_status(answer)
    if body != token.encode("ascii"):
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
    return len(body)


def handshakes(job: CallJob, say: Callable[[Message], None]) -> CallStream:
    """Times until a TCP connection stands: one round trip each. Raises ``CannotMeasure``."""
    failure = CannotMeasure(FailureCode.UNREACHABLE, "dns-failure")
    for text in job.address.split(","):
        for peer in look_up(parse_address(text.strip())):
            count = min(job.packets, MOST_HANDSHAKES)
            once = partial(_handshake, peer, job)
            try:
                timed = _Timed(once, say, count=count, interval_s=HANDSHAKE_S)
            except CannotMeasure as found:
                failure = found
            else:
                summary: dict[str, Scalar] = {"server": "any", "protocol": "tcp handshake"}
                return timed.stream(Transport.TCP, summary)
    raise failure


def _handshake(peer: Peer, job: CallJob) -> int:
    """Connect and hang up; no octets of ours or theirs."""
    with socket.socket(peer.family, socket.SOCK_STREAM) as sock:
        sock.settimeout(job.connect_s)
        try:
            sock.connect(peer.address)
        except OSError as error:
            raise translate(error) from error
    return 0


class _Timed:
    """Does something ``count`` times at a steady beat and notes when it began and ended."""

    def __init__(
        self,
        once: Callable[[], int],
        say: Callable[[Message], None],
        *,
        count: int,
        interval_s: float,
    ) -> None:
        self._interval_s = interval_s
        begin, self._steady = time.perf_counter(), time.monotonic()
        self._sent: list[float] = []
        self._returned: list[float] = []
        self._payload = 0
        for index in beats(count, lambda: interval_s):
            self._sent.append(round(time.perf_counter() - begin, DIGITS))
            self._payload = once()
            self._returned.append(round(time.perf_counter() - begin, DIGITS))
            say(Step(index / count, (self._returned[-1] - self._sent[-1]) * 1000))  # s => ms

    def stream(self, transport: Transport, summary: dict[str, Scalar]) -> CallStream:
        """What was noted."""
        return CallStream(
            transport=transport,
            begin=self._steady,
            interval_s=self._interval_s,
            payload=self._payload,
            sent=tuple(self._sent),
            returned=tuple(self._returned),
            order_back=tuple(range(len(self._sent))),
            summary=summary,
        )
