"""The long watches of the line that were kept, side by side: when they were, what they found.

What "clearly worse in the evening" means: ``docs/methods/steadiness.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, tzinfo

    from readiness.model.measurement import Measurement, ProbeRun, Session, Value

PROBE_ID = "line_steady"
EVENING_HOURS = range(18, 23)
"""From six to eleven in the evening, when homes use their lines most."""

COMPARED = {"line.round_trip_steady_p95": 5.0, "line.loss_steady": 0.1}
"""Metric -> the least difference worth a word, in its unit (our own choice)."""


@dataclass(frozen=True, kw_only=True)
class SteadyRun:
    """One attempt of the long watch, and the session that it lies in."""

    session: str
    run: ProbeRun

    @property
    def middle(self) -> datetime:
        """The moment in the middle of it."""
        return self.run.started + timedelta(seconds=self.run.duration_s / 2)

    def measurement(self, metric: str) -> Measurement | None:
        """What it found of ``metric``; none if that could not be measured."""
        return next((m for m in self.run.measurements if m.metric == metric), None)

    def value(self, metric: str) -> Value | None:
        """The bare value."""
        found = self.measurement(metric)
        return None if found is None else found.value

    @property
    def ended_by(self) -> str:
        """``through``, ``stopped``, what ended it, or empty where nothing was measured."""
        for found in self.run.measurements:
            return str(found.evidence.summary.get("ended_by", ""))
        return ""

    def in_evening(self, zone: tzinfo | None = None) -> bool:
        """Whether its middle lies in the evening of ``zone``; none: this computer's."""
        return self.middle.astimezone(zone).hour in EVENING_HOURS


@dataclass(frozen=True, kw_only=True)
class Worse:
    """A metric that is clearly worse in the evening: the two runs that stand for the groups."""

    metric: str
    evening: Measurement
    others: Measurement


def steady_runs(sessions: Iterable[Session]) -> tuple[SteadyRun, ...]:
    """Every attempt in ``sessions``, oldest first, without those stopped too soon."""
    found = [
        SteadyRun(session=session.id, run=run)
        for session in sessions
        for run in session.runs
        if run.probe == PROBE_ID and not (run.stopped and not run.measurements)
    ]
    return tuple(sorted(found, key=lambda one: one.run.started))


def with_watch(session: Session, watched: Session) -> Session:
    """Add what a session of its own has watched to another, as further attempts."""
    for found in steady_runs([watched]):
        attempt = session.attempts(found.run.probe) + 1
        run = msgspec.structs.replace(found.run, attempt=attempt)
        session = msgspec.structs.replace(session, runs=(*session.runs, run))
    return session


def worse_in_the_evening(
    runs: Sequence[SteadyRun], zone: tzinfo | None = None
) -> tuple[Worse, ...]:
    """What is clearly worse in the evening than at other times of day.

    Runs are compared only with runs by the same method. For each metric the run in the middle
    stands for its group (of an even number the better one of the evening, the worse one of the
    other times); it is said only if their intervals do not overlap and the difference matters.
    """
    found = []
    for metric, least in COMPARED.items():
        by_method: dict[str, tuple[list[Measurement], list[Measurement]]] = {}
        for one in runs:
            measurement = one.measurement(metric)
            if measurement is not None:
                groups = by_method.setdefault(measurement.evidence.method, ([], []))
                groups[0 if one.in_evening(zone) else 1].append(measurement)
        for evening, others in by_method.values():
            if not evening or not others:
                continue
            bad = sorted(evening, key=_number)[(len(evening) - 1) // 2]
            good = sorted(others, key=_number)[len(others) // 2]
            apart = _number(bad) - _half(bad) > _number(good) + _half(good)
            if apart and _number(bad) - _number(good) >= least:
                found.append(Worse(metric=metric, evening=bad, others=good))
    return tuple(found)


def _number(measurement: Measurement) -> float:
    return float(measurement.value)


def _half(measurement: Measurement) -> float:
    return measurement.uncertainty or 0.0
