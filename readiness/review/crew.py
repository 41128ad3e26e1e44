"""The same work for very many files, in order, by two processes where there are two cores.

Reading reports is reckoning, and Python reckons on one core at a time. The second process is called
only where a heap turns out to be large, and given work only once it answers: a few files never wait
for it. Where it cannot be started or ends too soon, all is done here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

Job = TypeVar("Job")
Done = TypeVar("Done")

ALONE = 200
"""So many jobs are done before help is called: it takes as long to come."""

BATCH = 50
"""Jobs that are handed over at once: some 10 ms of work, so that handing over costs little."""

HEAVY = 1024 * 1024
"""Bytes of jobs that are handed over at once, so that large files do not pile up in memory."""

PILE = 8
"""Batches whose results wait for their turn; then the helper is waited for."""

AHEAD = 2
"""Batches that the helper has before it: one under way, one waiting."""


def cores() -> int:
    """Processors that this program may use."""
    own: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(own(0)) if own is not None else os.cpu_count() or 1


class Crew(Generic[Job, Done]):
    """This process and at most one helper.

    Args:
        work: What is done with a job, here or there; none as its result: it must be done ``here``.
            It can be pickled, and so can jobs and results.
        here: Does any job, in this process; such jobs come in their order.
        fit: Whether a job may be done elsewhere.
        weight: Bytes of a job.
        helped: Whether a helper may be called.
    """

    def __init__(
        self,
        work: Callable[[Job], Done | None],
        here: Callable[[Job], Done],
        *,
        fit: Callable[[Job], bool],
        weight: Callable[[Job], int],
        helped: bool,
    ) -> None:
        self._work, self._here, self._fit, self._weight = work, here, fit, weight
        self._alone = ALONE if helped else None
        self._helper: _Helper[Job, Done] | None = None
        self._batch: list[Job] = []
        self._heavy = 0
        self._waiting: deque[tuple[list[Job], list[Done | None] | Future[list[Any]]]] = deque()

    def done(self, jobs: Iterable[Job]) -> Generator[Done, None, None]:
        """The results, in the order of the jobs. Jobs are taken as results are asked for."""
        try:
            for job in jobs:
                if self._fit(job) and self._has_help():
                    self._add(job)
                    yield from self._finished(everything=False)
                    continue
                if self._batch or self._waiting:
                    yield from self._finished(everything=True)
                yield self._at_once(job)
            yield from self._finished(everything=True)
        finally:
            if self._helper is not None:
                self._helper.end()

    def _has_help(self) -> bool:
        """Calls for help once it is worth it; whether it has come."""
        if self._helper is not None:
            return self._helper.ready()
        if self._alone is not None:
            self._alone -= 1
            if self._alone < 0:
                self._helper = _Helper(self._work)
        return False

    def _at_once(self, job: Job) -> Done:
        result = self._work(job) if self._fit(job) else None
        return self._here(job) if result is None else result

    def _add(self, job: Job) -> None:
        self._batch.append(job)
        self._heavy += self._weight(job)
        if len(self._batch) == BATCH or self._heavy > HEAVY:
            self._begin()

    def _begin(self) -> None:
        """Hand the batch over, or do it here while the helper has enough before it."""
        batch, self._batch, self._heavy = self._batch, [], 0
        asked = sum(not isinstance(one, list) and not one.done() for _, one in self._waiting)
        promise = self._helper.ask(batch) if self._helper is not None and asked < AHEAD else None
        self._waiting.append((batch, self._together(batch) if promise is None else promise))

    def _together(self, jobs: list[Job]) -> list[Done | None]:
        return [self._work(job) for job in jobs]

    def _finished(self, *, everything: bool) -> Iterator[Done]:
        """Results that are there and whose turn it is; or all, waiting for them."""
        if everything and self._batch:
            self._begin()
        while self._waiting:
            jobs, results = self._waiting[0]
            must = everything or len(self._waiting) > PILE
            if not (must or isinstance(results, list) or results.done()):
                return
            self._waiting.popleft()
            found = results if isinstance(results, list) else self._answer(jobs, results)
            for job, result in zip(jobs, found, strict=True):
                yield self._here(job) if result is None else result

    def _answer(self, jobs: list[Job], promise: Future[list[Any]]) -> list[Done | None]:
        """What the helper found; if it is gone, the work is done here."""
        from concurrent.futures import BrokenExecutor

        try:
            return promise.result()
        except BrokenExecutor:
            return self._together(jobs)


class _Helper(Generic[Job, Done]):
    """Another process that does the same work; gone where it cannot be started."""

    def __init__(self, work: Callable[[Job], Done | None]) -> None:
        from concurrent.futures import ProcessPoolExecutor

        self._pool: ProcessPoolExecutor | None = None
        self._there: Future[list[Any]] | None = None
        try:
            self._pool = ProcessPoolExecutor(
                1,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_arrive,
                initargs=(work,),
            )
            self._there = self._pool.submit(_batch, [])
        except OSError:  # no further process may be started
            self.end()

    def ready(self) -> bool:
        """Whether it has come and is well."""
        if self._pool is None or self._there is None or not self._there.done():
            return False
        if self._there.exception() is None:
            return True
        self.end()
        return False

    def ask(self, jobs: list[Job]) -> Future[list[Any]] | None:
        """Its promise to do them; none if it is gone."""
        from concurrent.futures import BrokenExecutor

        try:
            return self._pool.submit(_batch, jobs) if self._pool is not None else None
        except BrokenExecutor:
            self.end()
            return None

    def end(self) -> None:
        """Let it go; what it has not begun is not done. Nobody waits for one that is on its way."""
        if self._pool is not None:
            come = self._there is not None and self._there.done()
            self._pool.shutdown(wait=come, cancel_futures=True)
            self._pool = None


_WORK: list[Callable[[Any], Any]] = []
"""In the helper: what it does."""


def _arrive(work: Callable[[Any], Any]) -> None:
    """Begin as a helper. Ctrl+C is for the program that called: it lets the helper go."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_the_program, daemon=True).start()
    _WORK[:] = [work]
    gc.freeze()  # what is loaded stays, and need not be looked through again and again


def _leave_with_the_program() -> None:
    """A program that is killed tells nobody; its helper must not stay behind."""
    program = multiprocessing.parent_process()
    if program is not None:
        program.join()
        os._exit(0)


def _batch(jobs: list[Any]) -> list[Any]:
    return [_WORK[0](job) for job in jobs]
