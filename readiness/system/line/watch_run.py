"""Watches the line for a long time: a steady beat, whatever the line does. Runs in the child.

Silence of the line never ends it: that is what is looked for. Memory does not grow: a packet is
told and forgotten once its fate is settled.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.model.call import Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.watch import Beats
from readiness.system.line.call_pace import beats
from readiness.system.line.messages import Step, WatchEnd
from readiness.system.line.watch_ways import make_way

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.measurement import Scalar
    from readiness.system.line.messages import Message, Path, WatchJob
    from readiness.system.line.watch_ways import Way

    Say = Callable[[Message], None]

DIGITS, TRIP_DIGITS = 4, 3
POLL_S = 0.02
VARIATION = 0.1


def counting_sleep() -> float:
    """Seconds that never go back and go on while the computer sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    elif sys.platform == "darwin":  # noqa: RET505 - so that each system's part is checked by itself
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    else:
        return time.perf_counter()  # Windows' performance counter goes on


def measure(job: WatchJob, say: Say) -> WatchEnd:
    """Do one job. Raises ``CannotMeasure`` of the first way if none is answered."""
    failed: list[str] = []
    failures: list[CannotMeasure] = []
    for path in job.paths:
        watch = Watch(path, job, say)
        try:
            watch.begin()
        except CannotMeasure as found:
            failures.append(found)
            failed.append(f"{path.transport.value}: {found.detail or found.code.value}")
            watch.end()
            continue
        try:
            return watch.go_on({"fell_back": "; ".join(failed)} if failed else {})
        finally:
            watch.end()
    raise failures[0] if failures else CannotMeasure(FailureCode.UNREACHABLE, "no-peer")


@dataclass
class _Waiting:
    """A packet that was sent: when by both clocks; what came back."""

    at: float
    left: float
    trip: float | None = None


class Watch:
    """One way, used until the end.

    Args:
        path: The way.
        job: How long, how often.
        say: Hears what is settled.
        elapsed: Seconds that go on while the computer sleeps.
    """

    def __init__(
        self, path: Path, job: WatchJob, say: Say, *, elapsed: Callable[[], float] = counting_sleep
    ) -> None:
        self._job = job
        self._say = say
        self._elapsed = elapsed
        self._lock = threading.Lock()
        self._waiting: dict[int, _Waiting] = {}
        self._way: Way = make_way(path, job, self._answered)
        self._begin = 0.0
        self._next = 0
        self._heard = 0.0
        self._newest: float | None = None
        self._count = 0
        self._renewed = 0
        self._renewal: threading.Thread | None = None

    def begin(self) -> None:
        """Find the peer and wait for its first answer. Raises ``CannotMeasure``."""
        self._say(Step(0.0))
        self._way.open()
        step = min(self._way.interval_s, self._job.stall_s / 5)
        end = time.perf_counter() + self._job.stall_s
        while True:
            self._send()
            until = time.perf_counter() + step
            while time.perf_counter() < until:
                if self._count:
                    return
                time.sleep(POLL_S)
            if time.perf_counter() >= end:
                raise CannotMeasure(FailureCode.UNREACHABLE, self._silence())
            self._say(Step(0.0))

    def _silence(self) -> str:
        return "no-answer" if self._way.transport is Transport.TCP else "udp-blocked"

    def go_on(self, summary: dict[str, Scalar]) -> WatchEnd:
        """Keep the beat until the end and tell what became of each packet."""
        job, interval = self._job, self._way.interval_s
        with self._lock:
            self._waiting.clear()
        self._begin, told = self._elapsed(), time.perf_counter()
        total = max(1, round(job.seconds / interval))
        for index in beats(total, self._pace):
            self._send()
            now = time.perf_counter()
            if now - self._heard > job.lost_s:
                self._renew()
            if now - told >= job.tell_s:
                told = now
                self._tell(index / total)
        end = time.perf_counter() + job.answer_s
        while self._open() and time.perf_counter() < end:
            time.sleep(POLL_S)
        self._tell(1.0, every=True)
        return WatchEnd(
            summary={
                **summary,
                "transport": self._way.transport.value,
                "times_by": "system" if self._way.by_kernel else "program",
                "opened_anew": self._renewed,
            }
        )

    def _pace(self) -> float:
        """Seconds to the next packet: to public servers not all at the same moment."""
        interval = self._way.interval_s
        if self._way.transport is Transport.STUN:
            interval *= random.uniform(1 - VARIATION, 1 + VARIATION)  # noqa: S311 - no secret
        return interval

    def end(self) -> None:
        """Give the way back."""
        self._way.close()

    def _send(self) -> None:
        index, self._next = self._next, self._next + 1
        with self._lock:
            self._waiting[index] = _Waiting(
                at=self._elapsed() - self._begin, left=time.perf_counter()
            )
        self._way.send(index)

    def _answered(self, index: int, moment: float) -> None:
        """Called by the way's own threads."""
        with self._lock:
            one = self._waiting.get(index)
            self._count += 1
            self._heard = max(self._heard, moment)
            if one is None or one.trip is not None:
                return
            trip = moment - one.left
            if trip <= self._job.answer_s:
                one.trip = max(0.0, trip) * 1000  # s => ms
                self._newest = one.trip

    def _open(self) -> bool:
        with self._lock:
            return any(one.trip is None for one in self._waiting.values())

    def _tell(self, fraction: float, *, every: bool = False) -> None:
        """Say what is settled and the round trip now; none where nothing came for a while."""
        now = time.perf_counter()
        with self._lock:
            settled = [
                self._waiting.pop(index)
                for index in list(self._waiting)
                if every or now - self._waiting[index].left > self._job.answer_s
            ]
            silent = now - self._heard > 1.5 * self._way.interval_s + 1
            newest = None if silent else self._newest
        if settled:
            self._say(
                Beats(
                    transport=self._way.transport,
                    interval_s=self._way.interval_s,
                    sent=tuple(round(one.at, DIGITS) for one in settled),
                    trips=tuple(
                        None if one.trip is None else round(one.trip, TRIP_DIGITS)
                        for one in settled
                    ),
                )
            )
        self._say(Step(fraction, newest))

    def _renew(self) -> None:
        """Open the way anew beside the beat, unless that is under way or was just done."""
        if self._renewal is not None and self._renewal.is_alive():
            return
        self._renewal = threading.Thread(target=self._try_again, daemon=True)
        self._renewal.start()

    def _try_again(self) -> None:
        try:
            self._way.renew()
        except CannotMeasure:  # still no way out: tried again soon
            pass
        else:
            self._renewed += 1
        time.sleep(self._job.lost_s)
