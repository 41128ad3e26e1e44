"""What one probe came to, in a sign and a few words, for the rail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.explain import SHORT_FAILURES
from readiness.model.finding import Verdict
from readiness.model.text import N_
from readiness.report.rows import Writer
from readiness.report.values import Vocabulary
from ui.widgets.pill import VERDICT_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from readiness.locale import Reader
    from readiness.model.measurement import ProbeRun
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.ports import Probe
    from readiness.report.words import Row

WORST_FIRST = (Verdict.FAIL, Verdict.BORDERLINE, Verdict.UNKNOWN)
SIGNS = {Verdict.FAIL: "!", Verdict.BORDERLINE: "≈", Verdict.UNKNOWN: "?"}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A sign, its colour role, and words."""

    sign: str
    role: str
    words: str


def outcome(
    probe: Probe, run: ProbeRun, *, report: Report, profile: Profile, reader: Reader
) -> Outcome:
    """Judge what the profile asks of this probe; where it asks nothing, say what was found."""
    if not run.measurements:
        failure = run.failures[0].failure if run.failures else None
        words = reader.text(SHORT_FAILURES[failure] if failure else N_("nothing found"))
        return Outcome(sign="?", role="open", words=words)
    metrics = {metric.id for metric in probe.metrics}
    asked = {
        requirement.id
        for requirement in profile.requirements
        if any(criterion.metric in metrics for criterion in requirement.any_of)
    }
    judged = [
        finding
        for finding in report.findings
        if finding.requirement in asked and finding.verdict is not Verdict.NOT_APPLICABLE
    ]
    if not judged:
        return Outcome(sign="✓", role="quiet", words=_found(run, reader))
    writer = Writer(profile, reader, report.session)
    return _judged([writer.row(one) for one in judged], reader.text(probe.title), reader)


def together(found: Sequence[Outcome], reader: Reader) -> Outcome:
    """What several checks came to: the words of the worst, or that all is as asked."""
    for verdict in WORST_FIRST:
        lacking = [one for one in found if one.sign == SIGNS[verdict]]
        if len(lacking) == 1:
            return lacking[0]
        if lacking:
            words = reader.text(
                N_("{what}, and {n} more"), what=lacking[0].words, n=len(lacking) - 1
            )
            return Outcome(sign=lacking[0].sign, role=lacking[0].role, words=words)
    words = reader.plural("{n} thing looked at", "{n} things looked at", len(found))
    judged = any(one.role == VERDICT_ROLES[Verdict.PASS] for one in found)
    if judged:
        words = reader.text(N_("everything as asked"))
    return Outcome(sign="✓", role="met" if judged else "quiet", words=words)


def _judged(judged: list[Row], step: str, reader: Reader) -> Outcome:
    for verdict in WORST_FIRST:
        for row in judged:
            if row.verdict is verdict:
                words = row.word
                if row.title != step:
                    words = reader.text(N_("{title}: {value}"), title=row.title, value=words)
                return Outcome(sign=SIGNS[verdict], role=VERDICT_ROLES[verdict], words=words)
    if len(judged) == 1:
        words = reader.text(N_("{value}, as asked"), value=judged[0].found)
    else:
        words = reader.plural("meets {n} requirement", "meets {n} requirements", len(judged))
    return Outcome(sign="✓", role="met", words=words)


def _found(run: ProbeRun, reader: Reader) -> str:
    vocabulary = Vocabulary(None, reader)
    said: Iterable[str] = (vocabulary.found(m, None)[0] for m in run.measurements[:2])
    return ", ".join(said)
