"""One STAMP session from the sender's side: packets out at a steady beat, answers in.

RFC 8762, unauthenticated, with the session identifier and the Extra Padding of RFC 8972. The
padding begins with a token by which a measuring server remembers what arrived. An answer counts
only if it carries the number, the time, the session and the token that were sent.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness import stamp
from readiness.system.line.call_pace import beats
from readiness.system.line.messages import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.system.line.call_socket import Datagrams
    from readiness.system.line.messages import CallJob, Message

TOKEN_OCTETS = 16
SHORTEST = stamp.BASE + stamp.TLV.size + TOKEN_OCTETS
PTP_FORMAT = 0x4000
"""Flag Z of the error estimate: the time is not in NTP format, RFC 8762, section 4.1.1."""

COPIES = 4
"""So many answers for each packet are noted; who sends more is not listened to any longer."""

SAY_S = 0.1
POLL_S = 0.02
QUIET_S = 0.5
"""Answers come one after another, so a pause as long as this means that no more come."""

GIVE_UP_S = 8.0
"""A line that is silent for so long within a call is down; no more packets are sent into it."""

CLOSERS, CLOSER_S = 5, 0.1


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The first answer to a packet: when it came, and what the reflector wrote into it."""

    returned: float
    received_ns: int
    left_ns: int
    number: int


@dataclass(kw_only=True)
class Seen:
    """What a session saw. Places are sequence numbers.

    Attributes:
        token: Of the call, 16 octets.
        sent: When each packet left, ``time.perf_counter``.
        stamped: The time that was written into it, Unix ns.
        answers: Packet -> first answer.
        order: Packets in the order in which answers came, copies included.
        strange: Packets that answer nothing that was sent.
        foreign_time: Whether the reflector's times are in a format that cannot be compared.
        refused: Packets that this computer's system would not send.
        count: The stream's packets; what was sent after them closes the session.
    """

    token: bytes
    count: int
    sent: list[float] = field(default_factory=list)
    stamped: list[int] = field(default_factory=list)
    answers: dict[int, Answer] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    strange: int = 0
    foreign_time: bool = False
    refused: int = 0


class Session:
    """Sends and receives.

    Args:
        peer: The reflector.
        job: How many packets, how often, how long.
        closers: Whether to end with some packets that only make the reflector tell its count.
    """

    def __init__(self, peer: Datagrams, job: CallJob, *, closers: bool = False) -> None:
        self.seen = Seen(token=secrets.token_bytes(TOKEN_OCTETS), count=job.packets)
        self._peer = peer
        self._job = job
        self._closers = closers
        self._name = secrets.randbelow(0xFFFF) + 1
        self._tail = stamp.padding(max(job.payload, SHORTEST) - stamp.BASE, self.seen.token)
        self._over = threading.Event()

    def run(self, say: Callable[[Message], None]) -> bool:
        """Send the stream and wait for the last answers; false if nobody answered at all.

        Where nobody answers for ``stall_s`` at the beginning, or for ``GIVE_UP_S`` later, the rest
        is not sent.
        """
        listener = threading.Thread(target=self._listen, daemon=True)
        listener.start()
        try:
            return self._send(say)
        finally:
            self._over.set()
            listener.join(timeout=1)

    def _send(self, say: Callable[[Message], None]) -> bool:
        told = begin = time.perf_counter()
        for index in beats(self._job.packets, lambda: self._job.interval_s):
            self._one()
            now = time.perf_counter()
            if not self.seen.answers and now - begin > self._job.stall_s:
                return False
            if self._heard(begin) < now - GIVE_UP_S:
                break
            if now - told >= SAY_S:
                told = now
                say(Step(index / self._job.packets, self._latest()))
        self.seen.count = len(self.seen.sent)
        self._wait(begin, self.seen.count)
        if self._closers:
            for _ in beats(CLOSERS, lambda: CLOSER_S):
                self._one()
            self._wait(begin, len(self.seen.sent))
        return bool(self.seen.answers)

    def _one(self) -> None:
        """Send the next packet."""
        seen = self.seen
        sequence, moment = len(seen.stamped), time.time_ns()
        packet = stamp.pack_sent(
            stamp.Sent(sequence=sequence, time_ns=moment, session=self._name), self._tail
        )
        seen.stamped.append(moment)  # before it is sent, or its answer would seem strange
        seen.sent.append(time.perf_counter())
        if not self._peer.send(packet):
            seen.refused += 1

    def _wait(self, begin: float, count: int) -> None:
        """Until every packet is answered, or the last answer is overdue, or none come any more."""
        end = time.perf_counter() + self._job.linger_s
        if not self.seen.answers:
            end = max(end, begin + self._job.stall_s)
        heard, moment = len(self.seen.order), time.perf_counter()
        while len(self.seen.answers) < count and time.perf_counter() < end:
            time.sleep(POLL_S)
            if len(self.seen.order) != heard:
                heard, moment = len(self.seen.order), time.perf_counter()
            elif heard and time.perf_counter() - moment > QUIET_S:
                return

    def _listen(self) -> None:
        while not self._over.is_set():
            found = self._peer.receive()
            if found is not None:
                self._note(*found)

    def _note(self, data: bytes, moment: float) -> None:
        """Believe an answer only if it carries what was sent."""
        seen = self.seen
        answer = stamp.unpack_reflected(data)
        if answer is None or not self._ours(answer, data):
            seen.strange += 1
            return
        index = answer.sender.sequence
        if answer.error & PTP_FORMAT:
            seen.foreign_time = True
        if index not in seen.answers:
            seen.answers[index] = Answer(
                returned=moment,
                received_ns=answer.received_ns,
                left_ns=answer.time_ns,
                number=answer.sequence,
            )
        # Last, because the sending thread looks up what stands in it.
        if len(seen.order) < COPIES * self._job.packets:
            seen.order.append(index)

    def _ours(self, answer: stamp.Reflected, data: bytes) -> bool:
        index = answer.sender.sequence
        if index >= len(self.seen.sent) or answer.sender.time_ns != self.seen.stamped[index]:
            return False
        # A reflector of RFC 8762 alone knows no sessions and leaves the field zero, and may cut
        # the padding off; what it does carry must be ours.
        content = stamp.padding_content(data)[:TOKEN_OCTETS]
        return answer.sender.session in (0, self._name) and content in (b"", self.seen.token)

    def _heard(self, begin: float) -> float:
        """When the newest answer came, or the beginning."""
        order = self.seen.order
        return self.seen.answers[order[-1]].returned if order else begin

    def _latest(self) -> float | None:
        """Round trip of the newest answer, ms."""
        if not self.seen.order:
            return None
        index = self.seen.order[-1]
        return (self.seen.answers[index].returned - self.seen.sent[index]) * 1000  # s => ms
