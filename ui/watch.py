"""The long watch of the line beside everything else: begin, follow, stop, and what it came to."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from readiness.engine import LiveValue, Progress, Standing
from readiness.model.measurement import Measurement
from readiness.ports import Need
from ui.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.engine import Event, Plan
    from readiness.model.measurement import ProbeRun, Session
    from readiness.ports import Choices
    from ui.measuring import Measuring

DROPOUTS = "line.dropouts"
SILENT_S = 3.0
"""No answer for so long is worth a word at once."""


@dataclass(kw_only=True)
class WatchState:
    """How far a watch is.

    Attributes:
        minutes: How long it is meant to last.
        fraction: How much of that is over, 0 to 1.
        trip: The newest round trip, ms; none before the first.
        heard_at: When it came, seconds on ``clock``.
        dropouts: How many there were so far; none until that is told.
        stopping: Stop was pressed and the worker has not come back yet.
        clock: Seconds that never go back.
    """

    minutes: float
    fraction: float = 0.0
    trip: float | None = None
    heard_at: float = 0.0
    dropouts: int | None = None
    stopping: bool = False
    clock: Callable[[], float] = time.monotonic

    def take(self, event: Event) -> None:
        """Learn from an event."""
        if isinstance(event, Progress):
            self.fraction = event.fraction
        elif isinstance(event, LiveValue):
            self.trip, self.heard_at = event.live.value, self.clock()
        elif isinstance(event, Standing):
            for result in event.results:
                if result.metric == DROPOUTS and isinstance(result, Measurement):
                    self.dropouts = int(result.value)

    def silent(self) -> bool:
        """Whether nothing comes back just now."""
        return self.trip is not None and self.clock() - self.heard_at > SILENT_S


class LineWatch(QObject):
    """One watch at a time, on a worker of its own.

    Signals:
        moved: The state has changed.
        held: Another measurement was asked for meanwhile, and was not begun.
        came: The session of a watch that is over, through or stopped; it is still to be kept.
    """

    moved = Signal()
    held = Signal()
    came = Signal(object)

    def __init__(self, journey: Measuring) -> None:
        super().__init__(journey)
        self._journey = journey
        self._runner = Runner(self)
        self.state: WatchState | None = None
        self.last: ProbeRun | None = None
        """What the last one came to, until that was read."""
        self.belongs = ""
        """The id of the session that it was begun for."""
        self._then: Callable[[], None] | None = None
        self._runner.happened.connect(self._on_event)
        self._runner.ended.connect(self._on_ended)
        self._runner.failed.connect(self._on_failed)

    @property
    def going(self) -> bool:
        """Whether the line is being watched."""
        return self.state is not None

    def begin(self, plan: Plan, session: Session) -> None:
        """Watch in the background, for ``session``.

        Does nothing while something else is measured or watched.
        """
        journey = self._journey
        if self.going or journey.runner.running:
            return
        self.last, self._then, self.belongs = None, None, session.id
        self.state = WatchState(minutes=plan.choices.minutes)
        engine = journey.engine
        self._runner.run(
            engine, plan, journey.person, None, lambda: None, orphaned=engine.keep_watch
        )
        self.moved.emit()

    def stop(self, *, then: Callable[[], None] | None = None) -> None:
        """End it; what was watched long enough is kept. ``then`` is done after that."""
        state = self.state
        if state is None:
            return
        self._then = then or self._then
        if not state.stopping:
            state.stopping = True
            self._runner.stop()
            self.moved.emit()

    def dismiss(self) -> None:
        """What the last one came to was read."""
        self.last = None
        self.moved.emit()

    def close(self) -> None:
        """End it; the worker itself keeps what was watched."""
        self._then = None
        self._runner.close()

    def _on_event(self, event: Event) -> None:
        if self.state is not None:
            self.state.take(event)
            self.moved.emit()

    def _on_ended(self, session: Session) -> None:
        self.state = None
        self.last = session.runs[-1] if session.runs else None
        self.came.emit(session)
        self._over()

    def _on_failed(self, error: Exception) -> None:
        self.state = None
        self._journey.trouble.emit(error)
        self._over()

    def _over(self) -> None:
        then, self._then = self._then, None
        self.moved.emit()
        if then is not None:
            then()


def agreed(choices: Choices | None) -> bool:
    """Whether the person has agreed to somebody whom the line is measured to."""
    if choices is None or Need.NETWORK not in choices.consent:
        return False
    return bool(choices.server or choices.method)


def only_watches(plan: Plan) -> bool:
    """Whether a plan holds nothing but what goes on beside everything else."""
    return bool(plan.probes) and all(probe.by_minutes for probe in plan.probes)
