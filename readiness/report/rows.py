"""One row of words per requirement: the same for window, terminal, HTML and PDF.

All foreign text (values, titles out of profiles) leaves this module cleaned, but not escaped: it is
plain text and must be shown as such.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from readiness import explain
from readiness.foreign import clean
from readiness.ladder import Climber, Ladder, system_of
from readiness.model.finding import Verdict
from readiness.model.requirement import Grade
from readiness.model.text import N_
from readiness.probes import probe_of
from readiness.report.attempts import attempts
from readiness.report.demands import demand
from readiness.report.evidence import cautions, facts, interval
from readiness.report.row import Row
from readiness.report.values import Vocabulary, short_verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readiness.locale import Reader
    from readiness.model.finding import Finding
    from readiness.model.measurement import Cost, EvidenceKind, Measurement, Scalar, Session, Trace
    from readiness.model.report import Report
    from readiness.model.requirement import Criterion, Profile, Requirement, Source

DASH = "–"  # noqa: RUF001 - an en dash is meant
SENTENCE_ENDS = (".", "!", "?", "。", "।", "؟")


def rows(report: Report, profile: Profile | None, reader: Reader) -> tuple[Row, ...]:
    """Every finding in words, in the report's order.

    Args:
        report: What was found and judged.
        profile: The one it was judged against; none if it is not known here: then titles are those
            of the metrics, and what was not measured has no threshold to show unless the finding
            carries it.
        reader: Who reads.
    """
    writer = Writer(profile, reader, report.session)
    return tuple(writer.row(finding) for finding in report.findings)


class Writer:
    """Puts findings into words for one reader."""

    def __init__(
        self, profile: Profile | None, reader: Reader, session: Session | None = None
    ) -> None:
        self.session = session
        self.found = {} if session is None else session.latest()
        self.reader = reader
        system = None if session is None else system_of(session.platform)
        self.climber = Climber(reader=reader, system=system, found=self.found)
        self.words = Vocabulary(profile, reader)
        self.known = {} if profile is None else {r.id: r for r in profile.requirements}

    def row(self, finding: Finding) -> Row:
        """One finding in words."""
        requirement = self.known.get(finding.requirement)
        criterion = finding.criterion or (requirement.any_of[0] if requirement else None)
        valued = _compared(finding)
        found, plus_minus = self._found(finding)
        ladder = self._ladder(finding, requirement)
        undecided = finding.verdict is Verdict.UNKNOWN
        trace = valued.evidence.trace if valued is not None else None
        metric = _asked_for(finding, criterion)
        summary = _summary(finding)
        return Row(
            requirement=finding.requirement,
            area=finding.area,
            level=finding.level,
            level_word=self.reader.text(explain.LEVELS[finding.level]),
            title=self._title(finding, requirement, criterion),
            found=found,
            plus_minus=plus_minus,
            asked=self._asked(finding, requirement),
            margin=self.words.margin(finding),
            rests_on=self._rests_on(finding.rests_on),
            kind=finding.rests_on,
            verdict=finding.verdict,
            word=self._word(finding),
            symbol=explain.SYMBOLS[finding.verdict],
            metric=metric,
            probe=probe_of(metric) or "",
            method=self._method(finding.measurement),
            basis=self._basis(finding.measurement),
            cautions=cautions(summary, self.reader),
            facts=facts(summary, self.reader),
            source=self._source(criterion.source) if criterion else "",
            source_address=_web(criterion.source) if criterion else "",
            reason=ladder.cause if undecided else "",
            cause="" if undecided else ladder.cause,
            advice=tuple((self._cost(cost), text) for cost, text in ladder.rungs),
            trace=trace,
            limit=_limit(trace, finding.criterion),
            attempts=() if self.session is None else attempts(self.session, metric, self.words),
        )

    def rungs(self, finding: Finding) -> tuple[tuple[Cost | None, str], ...]:
        """What can be done about it, in words, and what each costs; nothing where all is well."""
        return self._ladder(finding, self.known.get(finding.requirement)).rungs

    def told(self, measurement: Measurement) -> tuple[str, tuple[tuple[str, str], ...]]:
        """How a value was found, in one paragraph, and its facts, where no row speaks of it."""
        how = (self._method(measurement), self._basis(measurement))
        summary = measurement.evidence.summary
        return " ".join(part for part in how if part), facts(summary, self.reader)

    def _title(
        self, finding: Finding, requirement: Requirement | None, criterion: Criterion | None
    ) -> str:
        if requirement is not None and requirement.title:
            return clean(self.reader.local(requirement.title))
        if criterion is not None:
            return self.words.title(criterion.metric)
        metric = finding.measurement or finding.failure
        return self.words.title(metric.metric) if metric else clean(finding.requirement)

    def _found(self, finding: Finding) -> tuple[str, str]:
        if finding.verdict is Verdict.NOT_APPLICABLE:
            return DASH, ""
        if finding.measurement is not None:
            shown, plus_minus = self.words.found(finding.measurement, finding.criterion)
            if _compared(finding) is None:
                title = self.words.title(finding.measurement.metric)
                return self.reader.text(N_("{title}: {value}"), title=title, value=shown), ""
            return shown, plus_minus
        if explain.failure_reason(finding.failure, _metric(finding)) is explain.NOT_ANSWERED:
            return self.reader.text(N_("not answered")), ""
        if finding.failure is None:
            return self.reader.text(N_("not checked")), ""
        return self.reader.text(explain.short_failure(finding.failure)), ""

    def _asked(self, finding: Finding, requirement: Requirement | None) -> str:
        """What decided; where nothing was met, all that would have been accepted."""
        decided = finding.verdict in (Verdict.PASS, Verdict.BORDERLINE)
        accepted: Sequence[Criterion] = requirement.any_of if requirement else ()
        if finding.criterion is not None and (decided or not accepted):
            accepted = (finding.criterion,)
        return demand(self.words, accepted, self.found) or DASH

    def _rests_on(self, kind: EvidenceKind | None) -> str:
        return DASH if kind is None else self.reader.text(explain.EVIDENCE[kind])

    def _word(self, finding: Finding) -> str:
        special = short_verdict(finding.verdict, finding.criterion)
        return self.reader.text(special or explain.VERDICTS[finding.verdict])

    def _method(self, measurement: Measurement | None) -> str:
        if measurement is None:
            return ""
        evidence = measurement.evidence
        source = explain.method_source(measurement.metric, evidence.method, evidence.kind)
        said = explain.fill(source, evidence.summary, self.reader)
        whole = source.endswith(SENTENCE_ENDS) or said.endswith(SENTENCE_ENDS)
        return said if whole else f"{said}."

    def _basis(self, measurement: Measurement | None) -> str:
        if measurement is None:
            return ""
        said = []
        samples = measurement.evidence.samples
        if samples is not None and samples > 1:
            said.append(self.reader.plural("{n} reading.", "{n} readings.", samples))
        said.append(interval(measurement, self.words.step(measurement), self.reader))
        return " ".join(part for part in said if part)

    def _source(self, source: Source) -> str:
        grade = self.reader.text(explain.GRADES[source.grade])
        if source.grade is Grade.P:
            return grade
        return self.reader.text(
            N_("{title}, seen {day}; {grade}"),
            title=clean(source.title),
            day=self.reader.day(source.seen),
            grade=grade,
        )

    def _ladder(self, finding: Finding, requirement: Requirement | None) -> Ladder:
        """Why it is not met or open, and what to do; nothing where nothing is missing."""
        if finding.verdict in (Verdict.PASS, Verdict.NOT_APPLICABLE):
            return Ladder()
        if finding.measurement is None:
            return self.climber.of_failure(finding.failure, _metric(finding))
        ladder = self._ladder_of_value(finding.measurement, finding, requirement)
        if finding.verdict is Verdict.UNKNOWN:
            return self.climber.of_undecided(ladder)
        return ladder

    def _ladder_of_value(
        self, measurement: Measurement, finding: Finding, requirement: Requirement | None
    ) -> Ladder:
        """The profile's own rungs stand in place of the product's; the cause stays."""
        compared = _compared(finding) is not None
        criterion = finding.criterion if compared else None
        metric = self.words.metric(measurement.metric)
        question = self.words.question(measurement.metric)
        ladder = Ladder()
        if metric is not None:
            ladder = self.climber.of_value(metric, measurement.value, criterion)
        elif question is not None:
            ladder = self.climber.of_answer(question, measurement.value)
        own = requirement.advice if requirement is not None and compared else ()
        rungs = self.climber.of_profile(own, measurement.value, criterion)
        return replace(ladder, rungs=rungs) if rungs else ladder

    def _cost(self, cost: Cost | None) -> str:
        return "" if cost is None else self.reader.text(explain.COSTS[cost])


def _compared(finding: Finding) -> Measurement | None:
    """The measurement, if it is of the metric that is asked and not of a condition for it."""
    measured, criterion = finding.measurement, finding.criterion
    if measured is None or (criterion is not None and criterion.metric != measured.metric):
        return None
    return measured


def _asked_for(finding: Finding, criterion: Criterion | None) -> str:
    """The metric that the row is about."""
    fact = finding.measurement or finding.failure
    if fact is not None:
        return fact.metric
    return "" if criterion is None else criterion.metric


def _summary(finding: Finding) -> Mapping[str, Scalar]:
    """The short facts of what was found, or of why nothing was."""
    if finding.measurement is not None:
        return finding.measurement.evidence.summary
    return {} if finding.failure is None else finding.failure.summary


def _metric(finding: Finding) -> str:
    """What was to be compared, if that is known."""
    return finding.criterion.metric if finding.criterion is not None else ""


def _limit(trace: Trace | None, criterion: Criterion | None) -> float | None:
    if trace is None or criterion is None or criterion.unit != trace.unit:
        return None
    first = criterion.threshold[0]
    single = len(criterion.threshold) == 1 and not isinstance(first, bool | str)
    return float(first) if single else None


def _web(source: Source) -> str:
    """The address if it is one that a browser may be pointed at."""
    address = clean(source.address)
    return address if address.startswith(("https://", "http://")) else ""
