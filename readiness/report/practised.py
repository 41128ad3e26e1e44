"""What was practised and nobody asks for: figures for the person, and never a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.model.measurement import Measurement
from readiness.model.text import N_
from readiness.probes import all_probes
from readiness.report.rows import Writer

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.report import Report
    from readiness.model.requirement import Profile

PROBE = "skills"
TITLE = N_("For yourself: skills")
NOTE = N_("Nobody asks for these, so they decide nothing.")


@dataclass(frozen=True, kw_only=True)
class Practised:
    """One figure in words, as in a row.

    Attributes:
        title: What it is.
        found: The value with its unit.
        plus_minus: Its uncertainty; empty where none is stated.
        how: How it was found: method, readings, interval; empty where that is the same as above.
        facts: Everything else, as (name, value); empty where that is the same as above.
    """

    title: str
    found: str
    plus_minus: str
    how: str
    facts: tuple[tuple[str, str], ...]


def practised(report: Report, profile: Profile | None, reader: Reader) -> tuple[Practised, ...]:
    """The figures of skills that no finding speaks of, in the probe's order; empty if none."""
    asked = {
        one.metric
        for finding in report.findings
        for one in (finding.measurement, finding.failure, finding.criterion)
        if one is not None
    }
    found = report.session.latest()
    writer = Writer(profile, reader, report.session)
    told: list[Practised] = []
    said: list[object] = []
    for metric in all_probes()[PROBE].metrics:
        measurement = found.get(metric.id)
        if metric.id not in asked and isinstance(measurement, Measurement):
            shown, plus_minus = writer.words.found(measurement, None)
            how, facts = writer.told(measurement)
            same = [one for one in (how, facts) if one in said]
            said += [how, facts]
            told.append(
                Practised(
                    title=reader.text(metric.title),
                    found=shown,
                    plus_minus=plus_minus,
                    how="" if how in same else how,
                    facts=() if facts in same else facts,
                )
            )
    return tuple(told)
