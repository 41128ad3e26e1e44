"""The only file that starts a thread: work goes to a worker, results come back as Qt signals.

The window's own thread never waits. Each runner has a worker of its own, which does one piece of
work after another, in order; a run in between can be stopped at any moment, and what a stopped run
still says is dropped. The window has two: one for checks and all calls, one for the long watch of
the line, during which the other goes on serving. The recruiter's desk has one of its own.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.engine import Engine, Event, Plan
    from readiness.model.measurement import Session
    from readiness.ports import Need, Person

T = TypeVar("T")
log = logging.getLogger(__name__)
EVENT_INTERVAL_S = 1 / 30
"""Progress and live values reach the window at most this often; more would only cost time."""
CREEP, CREEP_S = 0.02, 0.2
"""Progress by less than this share of a probe is told only so often: nobody sees more of it."""
ENDING_S = 1.0
"""How long closing waits for the worker to put its journal on disk."""


class Runner(QObject):
    """One worker thread and its way back.

    Signals:
        happened: An event of the run that is going on.
        ended: The session of the run that has ended, whether through or stopped.
        failed: What a run raised.
    """

    happened = Signal(object)
    ended = Signal(object)
    failed = Signal(object)
    _back = Signal(object)
    _said = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._run = 0
        self._stop = threading.Event()
        self._closed = threading.Event()
        self.running = False
        self._back.connect(self._give_back)
        self._said.connect(self._pass_on)

    @property
    def stopping(self) -> threading.Event:
        """The stop of the run that is going on, for those who wait inside it."""
        return self._stop

    def call(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do ``work`` on the worker, then ``done`` or ``failed`` on the window's thread."""

        def do() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - handed over whole, judged there
                caught = error
                self._bring(lambda: failed(caught))
                if self._closed.is_set():
                    log.warning("after closing: %s", error)
            else:
                self._bring(lambda: done(result))

        self._put(do)

    def _bring(self, finish: Callable[[], None]) -> None:
        """Take a result to the window's thread; after closing there may be no window any more."""
        if not self._closed.is_set():
            self._back.emit(finish)

    def run(
        self,
        engine: Engine,
        plan: Plan,
        person: Person,
        session: Session | None,
        between: Callable[[], None],
        *,
        orphaned: Callable[[Session], None] = lambda _session: None,
        withdrawn: Callable[[], frozenset[Need]] = frozenset,
    ) -> None:
        """Run a plan on the worker. Does nothing while another run is going on.

        ``between`` is called on the worker after each probe, before the next one begins;
        ``orphaned`` at the end of a run that was ended by :meth:`close`: nobody hears its signals;
        ``withdrawn`` before each probe: what was taken back meanwhile.
        """
        if self.running:
            return
        self.running = True
        self._run += 1
        self._stop = threading.Event()
        number, stop = self._run, self._stop
        listener = _Throttle(lambda event: self._tell(number, event), between)

        def ended(session: Session) -> None:
            self.running = False
            self.ended.emit(session)

        def failed(error: Exception) -> None:
            self.running = False
            self.failed.emit(error)

        def work() -> Session:
            found = engine.run(
                plan,
                person=person,
                listener=listener,
                stop=stop,
                session=session,
                withdrawn=withdrawn,
            )
            if self._closed.is_set():
                orphaned(found)
            return found

        self.call(work, ended, failed)

    def stop(self) -> None:
        """Stop the run that is going on; ``ended`` follows within 200 ms. Harmless twice."""
        if self.running:
            self._stop.set()
            self._run += 1

    def close(self) -> None:
        """Stop, and wait shortly until the worker has put on disk what it holds."""
        self._closed.set()
        self._stop.set()
        self._run += 1
        if self._thread is not None:
            self._work.put(None)
            self._thread.join(ENDING_S)
            self._thread = None

    def _put(self, do: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._drain, name="worker", daemon=True)
            self._thread.start()
        self._work.put(do)

    def _drain(self) -> None:
        while (do := self._work.get()) is not None:
            do()

    def _tell(self, number: int, event: Event) -> None:
        if not self._closed.is_set():
            self._said.emit(number, event)

    @Slot(object)
    def _give_back(self, finish: Callable[[], None]) -> None:
        finish()

    @Slot(int, object)
    def _pass_on(self, number: int, event: Event) -> None:
        if number == self._run:
            self.happened.emit(event)


class _Throttle:
    """Lets progress and live values through as often as they can be seen, all else always."""

    def __init__(self, tell: Callable[[Event], None], between: Callable[[], None]) -> None:
        from readiness.engine import LiveValue, ProbeEnded, Progress

        # Not asked for anew with each event: PySide looks into every import, 60 of them a second.
        self._live, self._ended, self._progress = LiveValue, ProbeEnded, Progress
        self._tell = tell
        self._between = between
        self._last: dict[type, float] = {}
        self._told = 0.0
        """How far the probe was when its progress was told last."""

    def __call__(self, event: Event) -> None:
        if isinstance(event, self._live):
            if not self._due(self._live, EVENT_INTERVAL_S):
                return
        elif isinstance(event, self._progress):
            creeps = 0 <= event.fraction - self._told < CREEP
            if not self._due(self._progress, CREEP_S if creeps else EVENT_INTERVAL_S):
                return
            self._told = event.fraction
        elif isinstance(event, self._ended):
            self._between()
        self._tell(event)

    def _due(self, kind: type, interval: float) -> bool:
        """Whether an event of a kind may be told again; if so, the time begins anew."""
        moment = time.monotonic()
        if moment - self._last.get(kind, float("-inf")) < interval:
            return False
        self._last[kind] = moment
        return True
