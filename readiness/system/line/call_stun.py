"""Round trips over UDP to a STUN server: gentle, and never called a direction.

Ten requests a second at moments that vary a little, at most 200: public servers promise no more.
Requests are never repeated, so that a lost one is seen as lost.
"""

from __future__ import annotations

import random
import secrets
import threading
import time
from typing import TYPE_CHECKING

from readiness.model.call import CallStream, Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line import stun
from readiness.system.line.call_pace import beats
from readiness.system.line.call_socket import Datagrams
from readiness.system.line.call_stamp import look_up_udp
from readiness.system.line.messages import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.system.line.messages import CallJob, Message

MOST, SHORTEST_S, VARIATION = 200, 0.1, 0.1
DIGITS = 7
POLL_S = 0.02


def stun_stream(job: CallJob, say: Callable[[Message], None]) -> CallStream:
    """Ask the first server that answers. Raises ``CannotMeasure`` of the last if none does."""
    failure = CannotMeasure(FailureCode.UNREACHABLE, "bad-address")
    for text in job.address.split(","):
        try:
            return _one_server(text.strip(), job, say)
        except CannotMeasure as found:
            failure = found
    raise failure


def _one_server(text: str, job: CallJob, say: Callable[[Message], None]) -> CallStream:
    peer = Datagrams(*look_up_udp(text))
    try:
        return _Echo(peer, job).run(say)
    finally:
        peer.close()


class _Echo:
    """Requests out, answers in."""

    def __init__(self, peer: Datagrams, job: CallJob) -> None:
        self._peer = peer
        self._job = job
        self._count = min(job.packets, MOST)
        self._step = max(job.interval_s, SHORTEST_S)
        self._over = threading.Event()
        self._asked: dict[bytes, int] = {}
        self._sent: list[float] = []
        self._returned: dict[int, float] = {}
        self._order: list[int] = []
        self._refused = 0

    def run(self, say: Callable[[Message], None]) -> CallStream:
        listener = threading.Thread(target=self._listen, daemon=True)
        listener.start()
        try:
            self._ask(say)
        finally:
            self._over.set()
            listener.join(timeout=1)
        return self._stream()

    def _varied(self) -> float:
        return self._step * random.uniform(1 - VARIATION, 1 + VARIATION)  # noqa: S311 - a moment, no secret

    def _ask(self, say: Callable[[Message], None]) -> None:
        begin = time.perf_counter()
        for index in beats(self._count, self._varied):
            transaction = secrets.token_bytes(stun.ID_OCTETS)
            self._asked[transaction] = index
            self._sent.append(time.perf_counter())
            self._peer.send(stun.request(transaction))
            self._look_for_life(begin)
            say(Step(index / self._count, self._latest()))
        end = time.perf_counter() + self._job.linger_s
        while len(self._returned) < self._count and time.perf_counter() < end:
            time.sleep(POLL_S)
        if not self._returned:
            raise CannotMeasure(FailureCode.UNREACHABLE, "udp-blocked")

    def _look_for_life(self, begin: float) -> None:
        if self._returned:
            return
        if self._refused:
            raise CannotMeasure(FailureCode.UNREACHABLE, "refused-by-server")
        if time.perf_counter() - begin > self._job.stall_s:
            raise CannotMeasure(FailureCode.UNREACHABLE, "udp-blocked")

    def _listen(self) -> None:
        while not self._over.is_set():
            found = self._peer.receive()
            if found is not None:
                self._note(*found)

    def _note(self, data: bytes, moment: float) -> None:
        answer = stun.answer(data)
        if answer is None or answer[1] not in self._asked:
            return
        if answer[0] == stun.REFUSAL:
            self._refused += 1
            return
        index = self._asked[answer[1]]
        if index not in self._returned:
            self._order.append(index)
            self._returned[index] = moment

    def _latest(self) -> float | None:
        if not self._order:
            return None
        index = self._order[-1]
        return (self._returned[index] - self._sent[index]) * 1000  # s => ms

    def _stream(self) -> CallStream:
        """Raises ``CannotMeasure`` where the server turned us away: that is no loss of the line."""
        if self._refused:
            raise CannotMeasure(FailureCode.UNREACHABLE, "server-busy")
        begin = self._sent[0]
        sent = tuple(round(moment - begin, DIGITS) for moment in self._sent)
        last = max(sent[index] for index in self._returned)
        if sent[-1] - last > self._job.stall_s:
            raise CannotMeasure(FailureCode.TIMED_OUT, "stalled", seconds=round(last, 1))
        returned = self._returned
        return CallStream(
            transport=Transport.STUN,
            begin=time.monotonic() - (time.perf_counter() - begin),
            interval_s=self._step,
            payload=stun.HEADER.size,
            sent=sent,
            returned=tuple(
                round(returned[index] - begin, DIGITS) if index in returned else None
                for index in range(len(sent))
            ),
            order_back=tuple(self._order),
            summary={
                "server": "stun",
                "protocol": "stun over udp",
                "times_by": "system" if self._peer.by_kernel else "program",
            },
        )
