"""How far a run is: what has ended, what is going on, what the person is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.engine import JournalFailed, LiveValue, ProbeEnded, ProbeStarted, Progress

if TYPE_CHECKING:
    from readiness.engine import Event
    from readiness.model.measurement import ProbeRun
    from readiness.ports import Live, Probe
    from ui.person import Step


@dataclass(kw_only=True)
class RunState:
    """The state of one run, kept apart from the page that shows it.

    Attributes:
        probes: What is run, in order.
        runs: What has ended, by probe.
        current: The probe that is going on; empty between.
        fraction: How far it is, 0 to 1.
        live: Its live values so far, newest last.
        step: The guided step that waits for the person.
        started_step: The guided step that they have started.
        stopped: The person pressed Stop.
        stopping: Stop or Skip was pressed and the worker has not come back yet.
        skipped: Probes that the person left out.
        unkept: What is measured cannot be put on disk: a crash would lose it.
    """

    probes: tuple[Probe, ...]
    runs: dict[str, ProbeRun] = field(default_factory=dict)
    current: str = ""
    fraction: float = 0.0
    live: list[Live] = field(default_factory=list)
    step: Step | None = None
    started_step: Step | None = None
    stopped: bool = False
    stopping: bool = False
    skipped: set[str] = field(default_factory=set)
    unkept: bool = False

    def take(self, event: Event) -> None:
        """Learn from an event."""
        if isinstance(event, ProbeStarted):
            self.current, self.fraction = event.probe, 0.0
            self.live.clear()
            self.step = self.started_step = None
        elif isinstance(event, Progress):
            self.fraction = event.fraction
        elif isinstance(event, LiveValue):
            self.live.append(event.live)
            del self.live[:-400]
        elif isinstance(event, JournalFailed):
            self.unkept = True
        elif isinstance(event, ProbeEnded):
            self.runs[event.run.probe] = event.run
            self.current, self.fraction = "", 0.0
            self.step = self.started_step = None

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
            total += probe.seconds * share
        return total

    def share_done(self) -> float:
        """How much of the whole is done, 0 to 1, by time."""
        whole = sum(probe.seconds for probe in self.probes)
        return 1 - self.seconds_left() / whole if whole else 1.0
