"""Several streams at once: threads that move bytes, and one watcher that counts and decides."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.bins import MEGABITS, certain, reading
from readiness.system.line.effort import Effort
from readiness.system.line.messages import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.system.line.bins import Counted
    from readiness.system.line.messages import Message, ServeJob
    from readiness.system.line.peer import Link

SAMPLE_S = 0.02
EAGER_SAMPLE_S, EAGER_FOR_S = 0.002, 0.3
"""At first samples are dense: on a very fast line the budget is spent in less than this."""

STEP_S = 0.25
QUIET_S = 1.0
"""Seconds. No transfer ends in a longer pause: either data moves again or the line stalled."""

LOOK_S, SURE_AFTER_S = 0.25, 2.0
RATE_OVER_S = 0.5
SETTLED_TRIPS = 15
"""Round trips after which slow start no longer weighs in a figure that the budget ended: six
streams reach 500 Mbit/s at 80 ms after about 7, and the first 30 % do not count."""

SMALLEST_SHARE = 256 * 1024
LARGEST_SHARE = 64 * 1024 * 1024


class Budget:
    """Bytes that may still be moved, handed out in shares before they are asked for."""

    def __init__(self, total: int, streams: int) -> None:
        self._left = total
        self._streams = streams
        self._lock = threading.Lock()

    def take(self) -> int:
        """The next share for one stream, bytes; 0 if the budget is spent."""
        with self._lock:
            fair = self._left // (2 * self._streams)
            share = min(self._left, LARGEST_SHARE, max(SMALLEST_SHARE, fair))
            self._left -= share
            return share


class Streams:
    """Runs one worker for each stream until time, budget or a fault ends it.

    Args:
        job: How many, how long, how patient.
        worker: Moves bytes for stream ``i`` until ``over`` is set or the budget is spent.
        total: Bytes counted so far: (seconds on the counting clock, bytes).
    """

    def __init__(
        self,
        job: ServeJob,
        worker: Callable[[Streams, int], None],
        total: Callable[[], Counted],
    ) -> None:
        self.over = threading.Event()
        self.budget = Budget(job.budget, job.streams)
        self.counts = [0] * job.streams
        self._job = job
        self._worker = worker
        self._total = total
        self._lock = threading.Lock()
        self._links: list[Link] = []
        self._fault: CannotMeasure | None = None
        self._effort = Effort()

    @property
    def observed(self) -> dict[str, Any]:
        """What the watcher saw besides the counts: fields for the reading, once it has run."""
        return self._effort.observed

    @property
    def effort(self) -> Effort:
        """How hard this computer works at it; a worker may say what it waits for."""
        return self._effort

    def opened(self, link: Link) -> None:
        """Register a connection, so that it can be ended from outside."""
        link.drop_at_end()
        with self._lock:
            self._links.append(link)
            late = self.over.is_set()
        if late:
            link.abort()

    def fault(self, found: CannotMeasure) -> None:
        """Note why a stream cannot go on; after the end nothing is a fault any more."""
        with self._lock:
            if not self.over.is_set() and self._fault is None:
                self._fault = found

    def run(self, say: Callable[[Message], None]) -> tuple[list[Counted], str]:
        """Move data; the counted bytes over time and what ended it: ``time`` or ``budget``.

        Raises:
            CannotMeasure: A stream failed, or nothing moved for too long.
        """
        threads = [
            threading.Thread(target=self._work, args=(index,), daemon=True)
            for index in range(self._job.streams)
        ]
        for thread in threads:
            thread.start()
        try:
            return self._watch(threads, say)
        finally:
            self.over.set()
            with self._lock:
                links = list(self._links)
            for link in links:
                link.abort()
            for thread in threads:
                thread.join(timeout=1)
            for link in links:
                link.close()

    def _work(self, index: int) -> None:
        try:
            self._worker(self, index)
        except CannotMeasure as found:
            self.fault(found)

    def _watch(
        self, threads: list[threading.Thread], say: Callable[[Message], None]
    ) -> tuple[list[Counted], str]:
        counted = [self._total()]
        moved = looked = time.monotonic()
        said = float("-inf")
        lasted = 0.0
        while True:
            time.sleep(EAGER_SAMPLE_S if lasted < EAGER_FOR_S else SAMPLE_S)
            done = not any(thread.is_alive() for thread in threads)
            now, moment = self._total(), time.monotonic()
            moved = moment if now[1] > counted[-1][1] else moved
            self._check(moment - moved)
            if now[1] == 0:
                counted = [now]  # the clock starts with the first byte
            elif now[0] > counted[-1][0]:
                counted.append(now)
            lasted = counted[-1][0] - counted[0][0]
            self._effort.watch(counting=lasted >= self._job.warm_up)
            if moment - said >= STEP_S:
                said = moment
                say(Step(min(1.0, lasted / self._job.seconds), _rate_now(counted)))
            if lasted >= self._job.seconds and moment - moved < QUIET_S:
                return counted, "time"  # in a pause it may have broken down, which is no rate
            if done and now[1] >= sum(self.counts):
                self._check_settled(lasted)
                return counted, "budget"
            if moment - looked >= LOOK_S and moment - moved < QUIET_S:
                looked = moment
                if self._answered(counted, lasted):
                    return counted, "certain"

    def _check(self, still_s: float) -> None:
        """Raise what a stream found, or that nothing has moved for too long."""
        with self._lock:
            if self._fault is not None:
                raise self._fault
        if still_s > self._job.stall_s:
            raise CannotMeasure(FailureCode.TIMED_OUT, "stalled")

    def _check_settled(self, lasted: float) -> None:
        """Raise ``budget-spent`` where the streams had no time to become as fast as the line."""
        with self._lock:
            trip = min((link.trip_s for link in self._links), default=0.0)
        if lasted < SETTLED_TRIPS * trip:
            raise CannotMeasure(FailureCode.SKIPPED, "budget-spent", seconds=round(lasted, 2))

    def _answered(self, counted: list[Counted], lasted: float) -> bool:
        """Whether going on could not change the answer to any threshold."""
        if not self._job.targets or lasted < self._job.warm_up + SURE_AFTER_S:
            return False
        try:
            found = reading(counted, warm_up=self._job.warm_up, step=self._job.bin_s, summary={})
        except CannotMeasure:
            return False  # too little has come so far
        return certain(found, self._job.targets)


def _rate_now(counted: list[Counted]) -> float | None:
    """The rate over the last half second, Mbit/s."""
    end, total = counted[-1]
    for moment, count in reversed(counted):
        if end - moment >= RATE_OVER_S:
            return (total - count) * MEGABITS / (end - moment)
    return None
