"""The stream of a call to a STAMP reflector: beside a measuring server, or alone.

Where packets of UDP do not come back from a measuring server that answers over HTTP, that is a
finding; its round trips are then taken over HTTP, and the stream says why.
"""

from __future__ import annotations

import socket
import time
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readiness.model.call import CallStream, Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.call_ping import pings
from readiness.system.line.call_report import ask, infer
from readiness.system.line.call_session import Session
from readiness.system.line.call_socket import Datagrams
from readiness.system.line.serve_client import hello

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.measurement import Scalar
    from readiness.system.line.call_report import Told
    from readiness.system.line.call_session import Seen
    from readiness.system.line.messages import CallJob, Message

ALONE = "stamp://"
"""How the address of a reflector begins that has no measuring server beside it."""

ENDED = {"report-missing", "numbers-unclear"}
DIGITS = 7


def stamp_stream(job: CallJob, say: Callable[[Message], None]) -> CallStream:
    """Send the stream; over HTTP where UDP does not pass. Raises ``CannotMeasure``."""
    if job.address.startswith(ALONE):
        return _alone(job, say)
    found = hello(job)
    if found.stamp_port is None:
        return pings(job, found.peer, say, udp="no-reflector")
    address = (found.peer.address[0], found.stamp_port, *found.peer.address[2:])
    peer = Datagrams(found.peer.family, address)
    try:
        session = Session(peer, job)
        if not session.run(say):
            _check_begun(session.seen)
            ask(found.peer, job, session.seen)  # a server that refuses all of them says so
            return pings(job, found.peer, say, udp="udp-blocked")
    finally:
        peer.close()
    told = ask(found.peer, job, session.seen)
    return _stream(job, session.seen, told, server="serve", by_kernel=peer.by_kernel)


def _alone(job: CallJob, say: Callable[[Message], None]) -> CallStream:
    family, address = look_up_udp(job.address.removeprefix(ALONE))
    peer = Datagrams(family, address)
    try:
        session = Session(peer, job, closers=True)
        if not session.run(say):
            _check_begun(session.seen)
            raise CannotMeasure(FailureCode.UNREACHABLE, "no-answer")
    finally:
        peer.close()
    told = infer(session.seen)
    return _stream(job, session.seen, told, server="reflector", by_kernel=peer.by_kernel)


def _check_begun(seen: Seen) -> None:
    """Silence tells something only of a stream that was sent: it may have been told to end first.

    Raises:
        CannotMeasure: ``too-few-answers``.
    """
    if not seen.sent:
        raise CannotMeasure(FailureCode.UNREACHABLE, "too-few-answers")


def look_up_udp(text: str) -> tuple[int, tuple[object, ...]]:
    """Family and socket address of ``HOST:PORT``. Raises ``CannotMeasure``."""
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise CannotMeasure(FailureCode.UNREACHABLE, "bad-address") from error
    if not host or not port or parts.username or parts.path:
        raise CannotMeasure(FailureCode.UNREACHABLE, "bad-address")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        raise CannotMeasure(FailureCode.UNREACHABLE, "dns-failure") from error
    return found[0][0], tuple(found[0][4])


def _stream(job: CallJob, seen: Seen, told: Told, *, server: str, by_kernel: bool) -> CallStream:
    """What was seen and what was told, packet by packet.

    Raises:
        CannotMeasure: ``stalled``: answers stopped long before the end and nobody can say
            whether the line or the peer did it.
    """
    count = seen.count
    answers = {index: answer for index, answer in seen.answers.items() if index < count}
    begin = seen.sent[0]
    sent = tuple(round(moment - begin, DIGITS) for moment in seen.sent[:count])
    last = max((sent[index] for index in answers), default=0.0)
    if told.how in ENDED and sent[-1] - last > job.stall_s:
        raise CannotMeasure(FailureCode.TIMED_OUT, "stalled", seconds=round(last, 1))
    there, left = ({}, {}) if seen.foreign_time else _peer_times(seen, told)
    return CallStream(
        transport=Transport.STAMP,
        begin=time.monotonic() - (time.perf_counter() - begin),
        interval_s=job.interval_s,
        payload=job.payload,
        sent=sent,
        returned=tuple(
            round(answers[index].returned - begin, DIGITS) if index in answers else None
            for index in range(count)
        ),
        arrived_there=tuple(there.get(index) for index in range(count)) if there else (),
        left_there=tuple(left.get(index) for index in range(count)) if left else (),
        order_back=tuple(index for index in seen.order if index < count),
        order_there=tuple(index for index in told.order or () if index < count),
        per_direction=told.order is not None,
        summary=_summary(seen, told, sent, server=server, by_kernel=by_kernel),
    )


def _peer_times(seen: Seen, told: Told) -> tuple[dict[int, float], dict[int, float]]:
    """Arrival and leaving, seconds since some moment of the peer's clock."""
    answers = seen.answers
    base = min(answer.received_ns for answer in answers.values())
    known = {**{index: answer.received_ns for index, answer in answers.items()}, **told.times}
    there = {index: round((moment - base) / 1e9, DIGITS) for index, moment in known.items()}
    left = {i: round((answer.left_ns - base) / 1e9, DIGITS) for i, answer in answers.items()}
    return there, left


def _summary(
    seen: Seen, told: Told, sent: tuple[float, ...], *, server: str, by_kernel: bool
) -> dict[str, Scalar]:
    kept = [(answer.left_ns - answer.received_ns) / 1e6 for answer in seen.answers.values()]
    gaps = [after - before for before, after in pairwise(sent)]
    return {
        "server": server,
        "protocol": "stamp over udp",
        "directions_by": told.how,
        "times_by": "system" if by_kernel else "program",
        "peer_keeps_ms": round(median(kept), 3),
        "longest_pause_ms": round(1000 * max(gaps, default=0.0), 1),
        "strange_answers": seen.strange,
        "not_sent": seen.refused,
    }
