"""What the peer says about the way to it: its own report, or its sequence numbers alone.

Neither is believed where it contradicts what was seen here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.peer import Link, Peer, check_status

if TYPE_CHECKING:
    from readiness.system.line.call_session import Seen
    from readiness.system.line.messages import CallJob

ENTRY_OCTETS = 40
COPIES = 4
SLACK_S = 5.0
SAME_CLOCK_NS = 1_000_000
"""Times of the report and times in the answers are of one clock if they agree within this."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is known of the way there.

    Attributes:
        order: Packets in order of arrival there, copies included; none if it is not known.
        times: Packet -> arrival there, ns, by the clock of the answers; as far as it is known.
        how: ``report``, ``sequence-numbers``, or why neither serves.
    """

    order: tuple[int, ...] | None
    times: dict[int, int]
    how: str


class Report(msgspec.Struct, frozen=True):
    """The body of ``GET /readiness/call``: (sequence, microseconds since the first).

    ``left_out`` packets arrived that the server had no room to remember; ``refused`` ones it did
    not answer, because it had too much to do.
    """

    received: list[tuple[int, int]]
    left_out: int = 0
    refused: int = 0


_READER = json_reader(Report)


def ask(peer: Peer, job: CallJob, seen: Seen) -> Told:
    """The measuring server's report on this call, if it can be true.

    Raises:
        CannotMeasure: ``server-busy``: the server itself left packets unanswered. That is no loss
            of the line, neither there nor on the round trip.
    """
    try:
        link = Link(peer, connect_s=job.connect_s, patience=job.stall_s)
        try:
            link.request("GET", f"call?token={seen.token.hex()}")
            answer = link.answer()
            check_status(answer)
            body = link.body(answer, most=4096 + ENTRY_OCTETS * COPIES * job.packets)
        finally:
            link.close()
    except CannotMeasure:
        return Told(order=None, times={}, how="report-missing")
    try:
        report = _READER.decode(body)
    except msgspec.DecodeError:
        return Told(order=None, times={}, how="report-wrong")
    if report.refused:
        raise CannotMeasure(FailureCode.UNREACHABLE, "server-busy")
    if report.left_out:
        return Told(order=None, times={}, how="report-missing")
    return believe(report.received, seen)


def believe(received: list[tuple[int, int]], seen: Seen) -> Told:
    """Take the report unless it says what cannot be.

    It cannot know packets that were not sent, nor lack one whose answer came back, nor go back
    in time, nor last much longer than the stream.
    """
    order = tuple(sequence for sequence, _ in received)
    moments = [0, *(moment for _, moment in received)]
    lasted = seen.sent[-1] - seen.sent[0] + SLACK_S
    possible = (
        set(order) <= set(range(len(seen.sent)))
        and set(seen.answers) <= set(order)
        and len(order) <= COPIES * len(seen.sent)
        and all(before <= after for before, after in pairwise(moments))
        and moments[-1] <= lasted * 1e6  # s => us
    )
    if not possible:
        return Told(order=None, times={}, how="report-wrong")
    first = {sequence: moment * 1000 for sequence, moment in reversed(received)}  # us => ns
    return Told(order=order, times=_on_one_clock(first, seen), how="report")


def _on_one_clock(first: dict[int, int], seen: Seen) -> dict[int, int]:
    """Arrival times on the clock of the answers, also of packets whose answers were lost."""
    times = {index: answer.received_ns for index, answer in seen.answers.items()}
    shifts = [times[index] - first[index] for index in times]
    if not shifts or max(shifts) - min(shifts) > SAME_CLOCK_NS:
        return times
    shift = sorted(shifts)[len(shifts) // 2]
    return {index: times.get(index, moment + shift) for index, moment in first.items()}


def infer(seen: Seen) -> Told:
    """What a reflector's own sequence numbers tell (RFC 8762, section 4.2).

    In stateful mode it numbers what it receives. Between two answers that came back, the numbers
    say how many of the packets without an answer had reached it. That tells each packet's fate
    where it was all of them or none; elsewhere nothing is guessed. In stateless mode it copies
    the sender's number, which tells nothing unless all came back.
    """
    times = {index: answer.received_ns for index, answer in seen.answers.items()}
    order: list[int] | None
    if all(answer.number == index for index, answer in seen.answers.items()):
        if not set(range(seen.count)) <= set(times):
            return Told(order=None, times=times, how="reflector-stateless")
        order = sorted(times, key=times.__getitem__)
    else:
        order = _fates(seen)
    if order is None:
        return Told(order=None, times=times, how="numbers-unclear")
    return Told(order=tuple(order), times=times, how="sequence-numbers")


def _fates(seen: Seen) -> list[int] | None:
    """Order of arrival by the reflector's numbers; none where they leave something open."""
    order: list[int] = []
    highest, last = -1, -1
    for number, index in sorted((answer.number, i) for i, answer in seen.answers.items()):
        silent = [k for k in range(highest + 1, index) if k not in seen.answers]
        arrived = number - last - 1
        if arrived not in (0, len(silent)):
            return None
        order += [*silent, index] if arrived else [index]
        highest, last = max(highest, index), number
    return order if highest >= seen.count - 1 else None
