"""What in a report does not fit together, though each part alone could be true: listed, not judged.

A report that contradicts its own form never comes so far (``readiness/report/plausible.py``). What
is found here may have an honest cause, such as a clock set in the middle; a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from readiness.model.measurement import NO_UNIT, QUESTIONS, Measurement
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from readiness.model.measurement import Failure, ProbeRun, Session
    from readiness.model.report import Report

TO_THE_SECOND = timedelta(seconds=2)
"""Runs begin at whole seconds, cut off, and one begins when the one before has ended."""

CLOCKS_APART = timedelta(minutes=10)
"""How far an ordinary computer's clock may be off before it is worth a word."""

WITHIN = ("line.download", "line.upload", "line.round_trip_median", "machine.cpu_load_idle")
"""Means and medians of what their trace draws: never above its top or below its bottom."""

RATES = ("line.download", "line.upload")
ROUNDED, LOOSE = 1.05, 1.25
"""A rate is a slope and its bytes a count; a figure that was altered is seldom off by so little."""

MEGABITS = 8e-6
"""bytes => Mbit"""

ORDERED = (
    ("machine.memory_usable", "machine.memory_installed"),
    ("machine.disk_free", "machine.disk_total"),
    ("machine.cpu_cores", "machine.cpu_threads"),
    ("line.round_trip_median", "line.round_trip_p95"),
)
"""The first is never greater than the second."""

RANGES = {
    "%": (0.0, 100.0),
    "ms": (0.0, 3_600_000.0),
    "Mbit/s": (0.0, 1e6),
    "GiB": (0.0, 1e9),
    "GHz": (0.0, 100.0),
    "packets": (0.0, 1e9),
    "px": (1.0, 1e6),
    "dB": (-300.0, 300.0),
    "dBov": (-300.0, 10.0),
    "dBm": (-200.0, 60.0),
    "kHz": (0.0, 1000.0),
    "s": (0.0, 1e7),
    "in": (0.5, 1000.0),
    "bit": (1.0, 1024.0),
    "words/min": (0.0, 500.0),
    NO_UNIT: (0.0, 1e6),
}
"""Unit -> what a value in it can be: what physics, counting or people allow, with room to spare. 24
bits span 144 dB, and the fastest typists write some 300 words/min."""

SCORES = {
    "line.mos": (1.0, 5.0),
    "line.mos_loaded_down": (1.0, 5.0),
    "line.mos_loaded_up": (1.0, 5.0),
}
"""Metric -> what its value can be, where its unit does not say: 1 to 5 (ITU-T P.800)."""


@dataclass(frozen=True, kw_only=True)
class Oddity:
    """One thing that does not fit.

    Attributes:
        code: Kebab-case name.
        text: English source text; ``{title}`` is the title of ``metric``, where there is one.
        metric: About which figure, or empty.
        where: JSON path, or empty.
        values: For further placeholders.
    """

    code: str
    text: str
    metric: str = ""
    where: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def contradictions(
    report: Report, *, now: datetime, invited: datetime | None
) -> tuple[Oddity, ...]:
    """Everything that does not fit, in the order of the report.

    Args:
        report: Read, so that its own form holds.
        now: The reader's clock.
        invited: When the invitation that it answers was made, if that is known.
    """
    return (*_times(report, now, invited), *_overlaps(report.session), *_figures(report.session))


def _times(report: Report, now: datetime, invited: datetime | None) -> Iterator[Oddity]:
    begun = min([report.session.started, *(run.started for run in report.session.runs)])
    if invited is not None and begun + CLOCKS_APART < invited:
        yield Oddity(
            code="before-invitation",
            text=N_("The check began before the invitation was made."),
            where="$.session.started",
        )
    if report.created > now + CLOCKS_APART:
        yield Oddity(
            code="from-tomorrow",
            text=N_("The report was made in the future, by this computer's clock."),
            where="$.created",
        )
    ends = [_end(run) for run in report.session.runs]
    if ends and max(ends) > report.created + CLOCKS_APART:
        yield Oddity(
            code="judged-before-found",
            text=N_("Something was measured after the report was made."),
            where="$.created",
        )


def _overlaps(session: Session) -> Iterator[Oddity]:
    placed = [(run, index) for index, run in enumerate(session.runs) if run.probe != QUESTIONS]
    placed.sort(key=lambda pair: pair[0].started)
    for (before, _), (after, index) in pairwise(placed):
        if after.started + TO_THE_SECOND < _end(before):
            yield Oddity(
                code="times-overlap",
                text=N_("Two checks ran at the same time, which this program never does."),
                where=f"$.session.runs[{index}].started",
            )


def _figures(session: Session) -> Iterator[Oddity]:
    counting = session.latest()
    for index, run in enumerate(session.runs):
        for place, found in enumerate(run.measurements):
            for code, text in _figure(found, run):
                where = f"$.session.runs[{index}].measurements[{place}]"
                yield Oddity(code=code, text=text, metric=found.metric, where=where)
    for smaller, greater in ORDERED:
        low, high = _number(counting.get(smaller)), _number(counting.get(greater))
        if low is not None and high is not None and low > high * ROUNDED:
            yield Oddity(
                code="greater-than-whole",
                text=N_("{title}: greater than another figure that it is a part of."),
                metric=smaller,
            )


def _figure(found: Measurement, run: ProbeRun) -> Iterator[tuple[str, str]]:
    if not run.started - CLOCKS_APART <= found.at <= _end(run) + CLOCKS_APART:
        yield "outside-its-check", N_("{title}: it was found outside of the check that holds it.")
    value = _number(found)
    if value is None:
        return
    low, high = SCORES.get(found.metric) or RANGES.get(found.unit, (value, value))
    if not low <= value <= high:
        yield "out-of-range", N_("{title}: no such value is possible.")
    trace, facts = found.evidence.trace, found.evidence.summary
    beside = _fact(facts.get("call_beside_mbit")) or 0.0
    inside = found.metric in WITHIN and trace is not None and trace.unit == found.unit
    if inside and trace is not None and trace.known:
        room = ROUNDED - 1
        bottom, top = min(trace.known), max(trace.known)
        if not bottom * (1 - room) - room <= value - beside <= top * (1 + room) + room:
            yield "outside-its-course", N_("{title}: the value lies outside of its own readings.")
    if found.metric in RATES and (found.uncertainty or 0.0) > abs(value):
        yield "wider-than-value", N_("{title}: its uncertainty is greater than the value itself.")
    if found.metric in RATES:
        yield from _rate(value - beside, facts, run)


def _rate(
    value: float, facts: dict[str, bool | int | float | str], run: ProbeRun
) -> Iterator[tuple[str, str]]:
    moved, seconds = _fact(facts.get("bytes")), _fact(facts.get("seconds"))
    if seconds is not None and not 0 <= seconds <= run.duration_s + TO_THE_SECOND.seconds:
        yield "longer-than-its-check", N_("{title}: it took longer than the check that holds it.")
    if moved is None or seconds is None:
        return
    counted = seconds - (_fact(facts.get("warm_up_seconds")) or 0.0)
    if seconds <= 0 < moved:
        yield "bytes-do-not-fit", N_("{title}: bytes were moved in no time at all.")
    elif value * counted > moved * MEGABITS * LOOSE:
        yield "bytes-do-not-fit", N_("{title}: too few bytes were moved for such a rate.")


def _number(found: Measurement | Failure | None) -> float | None:
    return _fact(found.value) if isinstance(found, Measurement) else None


def _fact(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def _end(run: ProbeRun) -> datetime:
    return run.started + timedelta(seconds=run.duration_s)
