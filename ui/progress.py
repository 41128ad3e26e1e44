"""How far a run is: what has ended, what is going on, what the person is asked."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.engine import (
    JournalFailed,
    LiveValue,
    ProbeEnded,
    ProbeStarted,
    Progress,
    Recorded,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.engine import Event
    from readiness.model.measurement import ProbeRun
    from readiness.ports import Live, Probe, Take
    from ui.person import Step


MOST = 400
"""So many live values are kept: more do not fit into a curve."""
SLOW = 2.0
"""A probe that takes so many times its usual time is slow."""
SLOW_S = 3.0
"""Nobody needs to be told of less."""


@dataclass(kw_only=True)
class RunState:
    """The state of one run, kept apart from the page that shows it.

    Attributes:
        probes: What is run, in order.
        runs: What has ended, by probe.
        current: The probe that is going on; empty between.
        fraction: How far it is, 0 to 1.
        thorough: The person chose to measure longer.
        live: Its live values so far, newest last.
        live_at: When each of them came, seconds on ``clock``.
        began: When the probe that is going on began, seconds on ``clock``.
        step: The guided step that waits for the person.
        started_step: The guided step that they have started.
        stopped: The person pressed Stop.
        stopping: Stop or Skip was pressed and the worker has not come back yet.
        skipped: Probes that the person left out.
        unkept: What is measured cannot be put on disk: a crash would lose it.
        clock: Seconds that never go back.
    """

    probes: tuple[Probe, ...]
    runs: dict[str, ProbeRun] = field(default_factory=dict)
    current: str = ""
    fraction: float = 0.0
    thorough: bool = False
    live: list[Live] = field(default_factory=list)
    live_at: list[float] = field(default_factory=list)
    began: float = 0.0
    step: Step | None = None
    started_step: Step | None = None
    stopped: bool = False
    stopping: bool = False
    skipped: set[str] = field(default_factory=set)
    unkept: bool = False
    clock: Callable[[], float] = time.monotonic

    def take(self, event: Event) -> Take | None:
        """Learn from an event; the person's own recording where that has come."""
        if isinstance(event, LiveValue):
            self.live.append(event.live)
            self.live_at.append(self.clock())
            del self.live[:-MOST], self.live_at[:-MOST]
        elif isinstance(event, Progress):
            self.fraction = event.fraction
        elif isinstance(event, Recorded):
            return event.take
        elif isinstance(event, ProbeStarted):
            self.current, self.fraction = event.probe, 0.0
            self.began = self.clock()
            self.clear_live()
            self.step = self.started_step = None
        elif isinstance(event, JournalFailed):
            self.unkept = True
        elif isinstance(event, ProbeEnded):
            self.runs[event.run.probe] = event.run
            self.current, self.fraction = "", 0.0
            self.step = self.started_step = None
        return None

    def clear_live(self) -> None:
        """Forget the live values: others begin."""
        self.live.clear()
        self.live_at.clear()

    def slow(self) -> bool:
        """Whether the probe that is going on takes longer than usual, and not for the person."""
        probe = self.probe()
        if probe is None or self.step is not None or self.started_step is not None:
            return False
        usual = probe.lasts(thorough=self.thorough)
        return self.clock() - self.began > max(SLOW_S, SLOW * usual)

    def left(self) -> tuple[Probe, ...]:
        """What has neither ended nor been left out."""
        return tuple(
            probe
            for probe in self.probes
            if probe.id not in self.skipped
            and (probe.id not in self.runs or self.runs[probe.id].stopped)
        )

    def probe(self) -> Probe | None:
        """The probe that is going on."""
        return next((probe for probe in self.probes if probe.id == self.current), None)

    def seconds_left(self) -> float:
        """About how long the rest takes."""
        total = 0.0
        for probe in self.left():
            share = 1 - self.fraction if probe.id == self.current else 1.0
            total += probe.lasts(thorough=self.thorough) * share
        return total

    def share_done(self, left: float) -> float:
        """How much of the whole is done, 0 to 1, by time, where so many seconds are left."""
        whole = sum(probe.lasts(thorough=self.thorough) for probe in self.probes)
        return 1 - left / whole if whole else 1.0
