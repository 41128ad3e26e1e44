"""Whether a report can be what it says: units, kinds of values, times, and findings that fit.

A report that passes may still be invented; see ``docs/report-format.md``. These checks catch files
that were edited or damaged, and versions that do not belong together.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from readiness.foreign import clean
from readiness.judge import overall, verdict
from readiness.link_doubt import doubted
from readiness.model.consent import MAX_PARTIES
from readiness.model.errors import InputError
from readiness.model.finding import Verdict
from readiness.model.measurement import Shape
from readiness.model.requirement import OF_WEEKS, Operator
from readiness.model.text import N_
from readiness.model.week import read_canonical
from readiness.probes import all_metrics
from readiness.report.strict_json import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.model.consent import Consent
    from readiness.model.finding import Finding
    from readiness.model.measurement import Failure, Measurement, ProbeRun
    from readiness.model.report import Report
    from readiness.model.requirement import Criterion

EARLIEST = datetime(2025, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
SLACK = timedelta(days=1)
"""Clocks are set and computers sleep during a check; a day apart is no longer one check."""
LONGEST_RUN_S = 86400.0
LONGEST_UNIT = 20
_THRESHOLDS = {
    Operator.AT_LEAST: 1,
    Operator.AT_MOST: 1,
    Operator.BETWEEN: 2,
    Operator.HOURS_AT_LEAST: 1,
}
"""How many numbers a comparison needs."""

_KINDS: Mapping[Shape, tuple[type, ...]] = {Shape.NUMBER: (int, float), Shape.YES_NO: (bool,)}
"""What a value is read as: JSON gives these types and none that is derived; of all others text."""

_WORDS = frozenset((bool, str))


def check(report: Report) -> None:
    """Refuse what cannot be.

    Raises:
        InputError: ``report-time-absurd``, ``report-unit-wrong``, ``report-value-wrong``,
            ``report-finding-unfounded`` or ``report-contradicts-itself``, with the JSON path.
    """
    _moment(report.created, "$.created")
    _moment(report.session.started, "$.session.started")
    if report.created + SLACK < report.session.started:
        raise refuse("report-time-absurd", N_("It was judged before it was measured."), "$.created")
    for index, run in enumerate(report.session.runs):
        try:
            _run(run)
        except InputError as error:
            error.where = f"$.session.runs[{index}]{error.where}"
            raise
    for index, consent in enumerate(report.session.agreed):
        _consent(consent, report, f"$.session.consents[{index}]")
    _findings(report)
    if overall(report.findings) is not report.overall:
        raise refuse(
            "report-contradicts-itself",
            N_("The overall result does not follow from the findings."),
            "$.overall",
        )


def check_clock(now: datetime) -> None:
    """Refuse to measure at a time that no reader of the report will believe.

    Raises:
        InputError: ``clock-wrong``.
    """
    if not EARLIEST <= now <= LATEST:
        raise InputError(
            "clock-wrong",
            N_("This computer's clock says {day}."),
            hint=N_("Set its date and time, then start the check again."),
            day=now.date().isoformat(),
        )


def _unit(unit: str, path: str) -> None:
    """Refuse what is no sign of a unit: it would be shown beside every number."""
    if not _is_unit(unit):
        raise refuse("report-unit-wrong", N_("This is no unit."), path)


@lru_cache(maxsize=256)
def _is_unit(unit: str) -> bool:
    """The same few come again and again; a stranger's many do not stay."""
    return 0 < len(unit) <= LONGEST_UNIT and clean(unit) == unit


def _consent(consent: Consent, report: Report, path: str) -> None:
    """Agreed to in this check, and taken back afterwards if at all."""
    _moment(consent.given, f"{path}.given")
    if not report.session.started - SLACK <= consent.given <= report.created + SLACK:
        raise refuse(
            "report-time-absurd", N_("This was not agreed to during the check."), f"{path}.given"
        )
    if consent.withdrawn is not None:
        _moment(consent.withdrawn, f"{path}.withdrawn")
        if consent.withdrawn < consent.given:
            raise refuse(
                "report-time-absurd",
                N_("It was taken back before it was agreed to."),
                f"{path}.withdrawn",
            )
    if len(consent.parties) > MAX_PARTIES:
        raise refuse(
            "report-too-many",
            N_("More than {limit} entries stand here."),
            f"{path}.parties",
            limit=MAX_PARTIES,
        )


def _run(run: ProbeRun) -> None:
    started = run.started
    _moment(started, ".started")
    if not 0 <= run.duration_s <= LONGEST_RUN_S:
        raise refuse("report-time-absurd", N_("A check cannot take that long."), ".duration_s")
    if run.attempt < 1:
        raise refuse("report-value-wrong", N_("Attempts count from 1."), ".attempt")
    first, soon = max(EARLIEST, started - SLACK), min(LATEST, started + SLACK)
    for index, measurement in enumerate(run.measurements):
        try:
            at = measurement.at
            if at.tzinfo is None or not first <= at <= soon:
                _during(at, run)
            _measurement(measurement)
        except InputError as error:
            error.where = f".measurements[{index}]{error.where}"
            raise
    for index, failure in enumerate(run.failures):
        try:
            at = failure.at
            if at.tzinfo is None or not first <= at <= soon:
                _during(at, run)
        except InputError as error:
            error.where = f".failures[{index}]{error.where}"
            raise


def _measurement(measurement: Measurement) -> None:
    evidence, value, unit = measurement.evidence, measurement.value, measurement.unit
    if evidence.samples is not None and evidence.samples < 0:
        raise refuse(
            "report-value-wrong", N_("There cannot be fewer than no samples."), ".evidence"
        )
    if evidence.trace is not None:
        _unit(evidence.trace.unit, ".evidence.trace.unit")
    if (measurement.metric, unit, type(value)) in _usual():
        return
    metric = all_metrics().get(measurement.metric)
    _unit(unit, ".unit")
    if metric is None:
        return
    if unit != metric.unit:
        raise refuse(
            "report-unit-wrong",
            N_("{metric} has the unit {unit}, not {found}."),
            ".unit",
            metric=metric.id,
            unit=metric.unit,
            found=unit,
        )
    raise refuse(
        "report-value-wrong",
        N_("{metric} cannot have a value of this kind."),
        ".value",
        metric=metric.id,
    )


@cache
def _usual() -> frozenset[tuple[str, str, type]]:
    """Every metric that is known here, with its unit and each type that its value may have."""
    return frozenset(
        (metric.id, metric.unit, kind)
        for metric in all_metrics().values()
        for kind in _KINDS.get(metric.shape, (str,))
    )


def _findings(report: Report) -> None:
    counting = doubted(report.session.latest())  # as the judge takes them
    seen: set[str] = set()
    for index, finding in enumerate(report.findings):
        try:
            _finding(finding, counting, seen)
        except InputError as error:
            error.where = f"$.findings[{index}]{error.where}"
            raise


def _finding(
    finding: Finding, counting: Mapping[str, Measurement | Failure], seen: set[str]
) -> None:
    if finding.requirement in seen:
        raise refuse("report-contradicts-itself", N_("A requirement was judged twice."), "")
    seen.add(finding.requirement)
    if not _founded(finding, counting):
        raise refuse(
            "report-finding-unfounded",
            N_("A finding rests on something that the session does not hold."),
            "",
        )
    if finding.criterion is not None:
        _criterion(finding.criterion)
    if not _follows(finding):
        raise refuse(
            "report-contradicts-itself",
            N_("The verdict does not follow from what was measured."),
            ".verdict",
        )


def _criterion(criterion: Criterion) -> None:
    _unit(criterion.unit, ".criterion.unit")
    threshold, operator = criterion.threshold, criterion.operator
    wanted = _THRESHOLDS.get(operator)
    if wanted is None:
        fits = bool(threshold)
    else:
        fits = len(threshold) == wanted and _WORDS.isdisjoint(map(type, threshold))
    if criterion.within or operator in OF_WEEKS:
        fits = fits and _weeks(criterion)
    if not fits:
        raise refuse(
            "report-value-wrong",
            N_("The threshold does not fit its comparison."),
            ".criterion.threshold",
        )


def _weeks(criterion: Criterion) -> bool:
    """Whether hours of a week stand where they belong, and in their one form."""
    operator, within = criterion.operator, criterion.within
    if within and (operator is not Operator.HOURS_AT_LEAST or not read_canonical(within)):
        return False
    if operator is not Operator.COVERS:
        return True
    shifts = criterion.threshold
    return len(shifts) <= 1 and all(read_canonical(text) for text in shifts)


def _founded(finding: Finding, counting: Mapping[str, Measurement | Failure]) -> bool:
    """Whether it rests on what counts in the session: not on an attempt that another replaced."""
    measurement, failure = finding.measurement, finding.failure
    if measurement is not None and counting.get(measurement.metric) != measurement:
        return False
    return failure is None or counting.get(failure.metric) == failure


def _follows(finding: Finding) -> bool:
    """Whether the verdict is the one that criterion and measurement give; conditions aside."""
    criterion, fact = finding.criterion, finding.measurement
    if criterion is None or fact is None or fact.metric != criterion.metric:
        return finding.verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE)
    return finding.verdict is verdict(criterion, fact)


def _during(moment: datetime, run: ProbeRun) -> None:
    """Refuse what was not found during its check, with some slack; a check may take a day."""
    _moment(moment, ".at")
    end = run.started + timedelta(seconds=run.duration_s)
    if not run.started - SLACK <= moment <= end + SLACK:
        raise refuse(
            "report-time-absurd", N_("This was not found while its check was running."), ".at"
        )


def _moment(moment: datetime, path: str) -> None:
    if moment.tzinfo is None:
        raise refuse("report-time-absurd", N_("A time has no time zone."), path)
    if not EARLIEST <= moment <= LATEST:
        raise refuse("report-time-absurd", N_("A time is far away from today."), path)
