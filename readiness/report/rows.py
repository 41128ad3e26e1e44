"""One row of words per requirement: the same for window, terminal, HTML and PDF.

All foreign text (values, titles out of profiles) leaves this module cleaned, but not escaped: it is
plain text and must be shown as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness import explain
from readiness.foreign import clean
from readiness.model.finding import Verdict
from readiness.model.measurement import Cost, EvidenceKind, Measurement
from readiness.model.requirement import Grade
from readiness.model.text import N_
from readiness.report.demands import demand
from readiness.report.values import Vocabulary, difference_unit, short_verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.locale import Reader
    from readiness.model.finding import Finding
    from readiness.model.measurement import Session, Trace
    from readiness.model.report import Report
    from readiness.model.requirement import Area, Criterion, Level, Profile, Requirement, Source

DASH = "–"  # noqa: RUF001 - an en dash is meant


@dataclass(frozen=True, kw_only=True)
class Row:
    """One requirement in words.

    Attributes:
        requirement: Its id.
        level_word: "required", "recommended", "for information".
        found: The value in words, or in a few words why there is none.
        plus_minus: 95 % half width, ``± 0.1``, or empty.
        asked: "at least 3 Mbit/s".
        margin: "0.9 Mbit/s missing", or empty.
        rests_on: "measured", "the system says", "own answer" or a dash.
        word: The verdict: "met", "too slow", "open" and the like.
        symbol: The verdict as a sign, never without ``word`` beside it.
        how: How the value came about: method, samples, uncertainty. Empty if there is none.
        source: Who asks it, when that was seen, and how far the source can be trusted.
        source_address: Its page; only http and https addresses, else empty.
        reason: Why there is no value; empty if there is one.
        remedy: What to do about that.
        advice: What usually helps, as (what it costs, text); only where something is missing.
        trace: The course of the value over time.
        limit: The threshold in the trace's unit, to be drawn across it.
    """

    requirement: str
    area: Area
    level: Level
    level_word: str
    title: str
    found: str
    plus_minus: str
    asked: str
    margin: str
    rests_on: str
    kind: EvidenceKind | None
    verdict: Verdict
    word: str
    symbol: str
    how: str
    source: str
    source_address: str
    reason: str
    remedy: str
    advice: tuple[tuple[str, str], ...]
    trace: Trace | None
    limit: float | None


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
        self.found = {} if session is None else session.latest()
        self.reader = reader
        self.words = Vocabulary(profile, reader)
        self.known = {} if profile is None else {r.id: r for r in profile.requirements}

    def row(self, finding: Finding) -> Row:
        """One finding in words."""
        requirement = self.known.get(finding.requirement)
        criterion = finding.criterion or (requirement.any_of[0] if requirement else None)
        valued = _compared(finding)
        found, plus_minus = self._found(finding)
        reason, remedy = self._reason(finding)
        lacking = finding.verdict in (Verdict.FAIL, Verdict.BORDERLINE)
        trace = valued.evidence.trace if valued is not None else None
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
            how=self._how(finding.measurement),
            source=self._source(criterion.source) if criterion else "",
            source_address=_web(criterion.source) if criterion else "",
            reason=reason,
            remedy=remedy,
            advice=self._advice(finding, requirement) if lacking else (),
            trace=trace,
            limit=_limit(trace, finding.criterion),
        )

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
        return self.reader.text(explain.SHORT_FAILURES[finding.failure.failure]), ""

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

    def _reason(self, finding: Finding) -> tuple[str, str]:
        if finding.verdict is not Verdict.UNKNOWN:
            return "", ""
        if finding.measurement is None:
            return explain.failure_words(finding.failure, self.reader, _metric(finding))
        return (
            self.reader.text(N_("What was found does not decide it.")),
            self.reader.text(N_("Look at the value beside what is asked, or ask the employer.")),
        )

    def _how(self, measurement: Measurement | None) -> str:
        if measurement is None:
            return ""
        evidence = measurement.evidence
        source = explain.method_source(measurement.metric, evidence.method, evidence.kind)
        said = [explain.fill(source, evidence.summary, self.reader)]
        if evidence.samples is not None and evidence.samples > 1:
            said.append(self.reader.plural("{n} reading.", "{n} readings.", evidence.samples))
        _, plus_minus = self.words.found(measurement, None)
        if plus_minus:
            said.append(
                self.reader.text(
                    N_("Uncertainty {plus_minus} {unit} (95 %)."),
                    plus_minus=plus_minus,
                    unit=self.reader.unit(difference_unit(measurement.unit)),
                ).replace("  ", " ")
            )
        return " ".join(said)

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

    def _advice(
        self, finding: Finding, requirement: Requirement | None
    ) -> tuple[tuple[str, str], ...]:
        """The profile's own advice, else what the product knows about the metric; free first."""
        order = list(Cost)
        if requirement is not None and requirement.advice:
            own = [(tip.cost, clean(self.reader.local(tip.text))) for tip in requirement.advice]
        else:
            metric = self.words.metric(finding.criterion.metric) if finding.criterion else None
            tips = metric.advice if metric is not None else ()
            own = [(tip.cost, self.reader.text(tip.text)) for tip in tips]
        own.sort(key=lambda pair: order.index(pair[0]))
        return tuple((self.reader.text(explain.COSTS[cost]), text) for cost, text in own)


def _compared(finding: Finding) -> Measurement | None:
    """The measurement, if it is of the metric that is asked and not of a condition for it."""
    measured, criterion = finding.measurement, finding.criterion
    if measured is None or (criterion is not None and criterion.metric != measured.metric):
        return None
    return measured


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
