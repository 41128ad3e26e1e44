"""Judging: (criterion, measurement) -> verdict; requirements -> findings -> overall.

Pure: the same session and profile give the same findings on every computer. With value v, 95 % half
width u and threshold T less its tolerance, "at least T" is met if v - u >= T, not met if v + u < T,
else borderline. Nothing that was not measured can become a pass. Hours of a week are exact: a shift
is covered if not a minute of it is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness import audio_devices, endpoint_outcomes
from readiness.link_doubt import LINK, VOICE, doubted
from readiness.model.finding import Finding, Overall, Verdict
from readiness.model.measurement import EvidenceKind, Failure, Measurement
from readiness.model.requirement import OF_WEEKS, Level, Operator
from readiness.model.week import Week, counting_hours, read_canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from readiness.model.measurement import Session, Value
    from readiness.model.requirement import Condition, Criterion, Profile, Requirement

UNKNOWN_VALUE = "unknown"
ROUNDING = 1e-9
"""Relative slack for sums of binary fractions: 0.3 - 0.1 must still reach 0.2."""

_INFINITE = float("inf")
_PASS, _FAIL, _UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN
_AT_LEAST, _AT_MOST, _ONE_OF = Operator.AT_LEAST, Operator.AT_MOST, Operator.ONE_OF
_MUST = Level.MUST
"""Names of their own for what is asked of every value: until Python 3.12, looking a member up in
its class takes longer than comparing two numbers."""

_WORDS = (bool, str)
"""Values that are no numbers; a tuple, because ``bool | str`` is put together at each look."""

_WEAKEST_FIRST = (EvidenceKind.DECLARED, EvidenceKind.REPORTED, EvidenceKind.MEASURED)
_PREFERENCE = (
    Verdict.PASS,
    Verdict.BORDERLINE,
    Verdict.UNKNOWN,
    Verdict.FAIL,
    Verdict.NOT_APPLICABLE,
)


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """One criterion, compared."""

    verdict: Verdict
    criterion: Criterion | None = None
    measurement: Measurement | None = None
    failure: Failure | None = None
    margin: float | None = None
    rests_on: EvidenceKind | None = None


def judge(session: Session, profile: Profile) -> tuple[Overall, tuple[Finding, ...]]:
    """Judge everything that was found against everything that is asked, in the profile's order."""
    found = facts_for(session.latest(), profile)
    findings = tuple(_finding(requirement, found) for requirement in profile.requirements)
    return overall(findings), findings


OWN_LISTS = endpoint_outcomes.METRICS | {audio_devices.LINK_ID}
"""Metrics whose facts may rest on a profile's own list of hosts or headsets."""

EVIDENT = OWN_LISTS | {LINK, VOICE}
"""Metrics of which not only the value decides, but also what it rests on."""


def facts_for(
    latest: Mapping[str, Measurement | Failure], profile: Profile
) -> Mapping[str, Measurement | Failure]:
    """What of a session's latest facts counts for this profile."""
    known = OWN_LISTS & latest.keys()
    silent = {name for name in known if not _speaks_for(latest[name], profile)}
    if not silent:
        return doubted(latest)
    return doubted({name: fact for name, fact in latest.items() if name not in silent})


def for_some_only(latest: Mapping[str, Measurement | Failure]) -> bool:
    """Whether a fact rests on a list of hosts or headsets, so that it counts for some profiles."""
    link = latest.get(audio_devices.LINK_ID)
    listed = link is not None and not audio_devices.speaks_for(link, "")
    return listed or not endpoint_outcomes.METRICS.isdisjoint(latest)


class Rule:
    """One requirement, made ready to be judged over thousands of sessions: verdicts and no more."""

    def __init__(self, requirement: Requirement) -> None:
        self._applies_to = requirement.applies_to
        self._any_of = [(criterion, _limits(criterion)) for criterion in requirement.any_of]
        self._alone = self._simple()
        self._clear = self._within()
        self._known: dict[tuple[type, Value, str], Verdict] = {}

    def _within(self) -> tuple[str, float, float] | None:
        """Unit and limits between which a number passes whatever else is asked; none: look."""
        criterion, limits = self._any_of[0]
        if limits is None or criterion.unclear or criterion.operator in OF_WEEKS:
            return None
        return criterion.unit, *limits

    def _simple(self) -> Criterion | None:
        """The only comparison there is, if it depends on nothing but one value."""
        only, _ = self._any_of[0]
        simple = len(self._any_of) == 1 and self._applies_to is None and only.when is None
        return only if simple else None

    def verdict(self, found: Mapping[str, Measurement | Failure]) -> Verdict:
        """The verdict that :func:`judge` gives.

        Args:
            found: The facts that count, see :func:`facts_for`.
        """
        if self._alone is not None:
            return self._of_one(found.get(self._alone.metric))
        if self._applies_to is not None:
            applies = _holds(self._applies_to, found)
            if not applies:
                return Verdict.UNKNOWN if applies is None else Verdict.NOT_APPLICABLE
        verdicts = [self._one(criterion, limits, found) for criterion, limits in self._any_of]
        return min(verdicts, key=_PREFERENCE.index)

    def _of_one(self, fact: Measurement | Failure | None) -> Verdict:
        """The same for a single comparison; exact values are few, and are compared once each."""
        if not isinstance(fact, Measurement):
            return _UNKNOWN
        value, wide = fact.value, fact.uncertainty
        if wide is not None and self._clear is not None and type(value) is float:
            unit, low, high = self._clear
            if fact.unit == unit and value - wide >= low and value + wide <= high:
                return _PASS
        criterion, limits = self._any_of[0]
        if wide is not None:
            nothing = _decides_nothing(criterion, fact)
            return _UNKNOWN if nothing else _compared(criterion, limits, fact)
        key = (type(value), value, fact.unit)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = verdict(criterion, fact)
        return known

    def _one(
        self,
        criterion: Criterion,
        limits: tuple[float, float] | None,
        found: Mapping[str, Measurement | Failure],
    ) -> Verdict:
        if criterion.when is not None:
            applies = _holds(criterion.when, found)
            if not applies:
                return Verdict.UNKNOWN if applies is None else Verdict.NOT_APPLICABLE
        fact = found.get(criterion.metric)
        if not isinstance(fact, Measurement) or _decides_nothing(criterion, fact):
            return Verdict.UNKNOWN
        return _compared(criterion, limits, fact)


def _speaks_for(fact: Measurement | Failure, profile: Profile) -> bool:
    """Whether a fact that depends on a profile's own lists was found with this profile's."""
    return endpoint_outcomes.speaks_for(fact, profile.endpoints) and audio_devices.speaks_for(
        fact, profile.digest
    )


def overall(findings: Iterable[Finding]) -> Overall:
    """Any failed must: not ready; else any undecided must: open; else ready. No score."""
    musts = {finding.verdict for finding in findings if finding.level is _MUST}
    if Verdict.FAIL in musts:
        return Overall.NOT_READY
    if musts & {Verdict.UNKNOWN, Verdict.BORDERLINE}:
        return Overall.OPEN
    return Overall.READY


def _finding(requirement: Requirement, found: Mapping[str, Measurement | Failure]) -> Finding:
    outcome = _requirement(requirement, found)
    return Finding(
        requirement=requirement.id,
        level=requirement.level,
        area=requirement.area,
        verdict=outcome.verdict,
        criterion=outcome.criterion,
        measurement=outcome.measurement,
        failure=outcome.failure,
        margin=outcome.margin,
        rests_on=outcome.rests_on,
    )


def _requirement(requirement: Requirement, found: Mapping[str, Measurement | Failure]) -> _Outcome:
    if requirement.applies_to is not None:
        applies = _holds(requirement.applies_to, found)
        if applies is None:
            return _undecided(None, requirement.applies_to.metric, found)
        if not applies:
            return _Outcome(verdict=Verdict.NOT_APPLICABLE)
    outcomes = [_criterion(criterion, found) for criterion in requirement.any_of]
    return min(outcomes, key=_rank)


def _rank(outcome: _Outcome) -> tuple[int, float]:
    """The best verdict first; of several that fail, the one that comes nearest to its threshold."""
    shortfall = 0.0
    if outcome.verdict is Verdict.FAIL and outcome.margin is not None and outcome.criterion:
        threshold: Value | float = outcome.criterion.threshold[0]
        if outcome.criterion.operator is Operator.COVERS:
            threshold = _shift(outcome.criterion).hours
        scale = abs(threshold) if isinstance(threshold, int | float) else 1.0
        shortfall = -outcome.margin / (scale or 1.0)
    return _PREFERENCE.index(outcome.verdict), shortfall


def _holds(condition: Condition, found: Mapping[str, Measurement | Failure]) -> bool | None:
    """Whether the condition holds; none if it was not measured."""
    fact = found.get(condition.metric)
    if not isinstance(fact, Measurement) or fact.value == UNKNOWN_VALUE:
        return None
    return _among(fact.value, condition.one_of)


def _undecided(
    criterion: Criterion | None, metric: str, found: Mapping[str, Measurement | Failure]
) -> _Outcome:
    fact = found.get(metric)
    return _Outcome(
        verdict=Verdict.UNKNOWN,
        criterion=criterion,
        measurement=fact if isinstance(fact, Measurement) else None,
        failure=fact if isinstance(fact, Failure) else None,
        rests_on=fact.evidence.kind if isinstance(fact, Measurement) else None,
    )


def _criterion(criterion: Criterion, found: Mapping[str, Measurement | Failure]) -> _Outcome:
    if criterion.when is not None:
        applies = _holds(criterion.when, found)
        if applies is None:
            return _undecided(criterion, criterion.when.metric, found)
        if not applies:
            return _Outcome(verdict=Verdict.NOT_APPLICABLE, criterion=criterion)
    fact = found.get(criterion.metric)
    if not isinstance(fact, Measurement):
        return _undecided(criterion, criterion.metric, found)
    return _Outcome(
        verdict=verdict(criterion, fact),
        criterion=criterion,
        measurement=fact,
        margin=_margin(criterion, fact),
        rests_on=_rests_on(criterion, fact, found),
    )


def _rests_on(
    criterion: Criterion, fact: Measurement, found: Mapping[str, Measurement | Failure]
) -> EvidenceKind:
    kinds = [fact.evidence.kind]
    if criterion.when is not None:
        condition = found.get(criterion.when.metric)
        if isinstance(condition, Measurement):
            kinds.append(condition.evidence.kind)
    return min(kinds, key=_WEAKEST_FIRST.index)


def verdict(criterion: Criterion, measurement: Measurement) -> Verdict:
    """Compare one measurement with one criterion, ``when`` aside.

    A value that decides nothing, another unit or another kind of value gives *unknown*.
    """
    if _decides_nothing(criterion, measurement):
        return _UNKNOWN
    return _compared(criterion, _limits(criterion), measurement)


def _decides_nothing(criterion: Criterion, measurement: Measurement) -> bool:
    value = measurement.value
    if measurement.unit != criterion.unit or value == UNKNOWN_VALUE:
        return True
    return _among(value, criterion.unclear)


def _compared(
    criterion: Criterion, limits: tuple[float, float] | None, measurement: Measurement
) -> Verdict:
    value = measurement.value
    if criterion.operator in OF_WEEKS:
        short = _shortfall(criterion, value)
        return _UNKNOWN if short is None else _of_week(short)
    if limits is None:
        return _PASS if _among(value, criterion.threshold) else _FAIL
    number = _number(value)
    if number is None:
        return _UNKNOWN
    return _within(number, measurement.uncertainty or 0.0, limits)


def _limits(criterion: Criterion) -> tuple[float, float] | None:
    """The allowed interval with its tolerance; none where values are compared one by one."""
    operator = criterion.operator
    if operator is _ONE_OF:
        return None
    threshold = criterion.threshold
    first = last = _number(threshold[0])
    if len(threshold) > 1:
        last = _number(threshold[-1])
    if first is None or last is None:
        return None
    if operator is _AT_LEAST:
        return first - criterion.tolerance, _INFINITE
    if operator is _AT_MOST:
        return -_INFINITE, last + criterion.tolerance
    return first - criterion.tolerance, last + criterion.tolerance


def _within(value: float, half_width: float, limits: tuple[float, float]) -> Verdict:
    low, high = limits
    if value - half_width >= low and value + half_width <= high:
        return _PASS
    slack = ROUNDING * max(abs(value), half_width, 1e-300)
    if value - half_width >= low - slack and value + half_width <= high + slack:
        return _PASS
    if value + half_width < low - slack or value - half_width > high + slack:
        return _FAIL
    return Verdict.BORDERLINE


def _margin(criterion: Criterion, measurement: Measurement) -> float | None:
    """Value minus threshold, positive where there is room to spare; tolerance is not counted.

    Of hours of a week in hours; what covers a shift has none to spare.
    """
    if criterion.operator in OF_WEEKS:
        short = _shortfall(criterion, measurement.value)
        covered = criterion.operator is Operator.COVERS and not short
        return None if short is None or covered else _rounded(-short)
    value = _number(measurement.value)
    numbers = [_number(threshold) for threshold in criterion.threshold]
    first, last = numbers[0], numbers[-1]
    if value is None or first is None or last is None or measurement.unit != criterion.unit:
        return None
    if criterion.operator is Operator.AT_LEAST:
        return _rounded(value - first)
    if criterion.operator is Operator.AT_MOST:
        return _rounded(last - value)
    if criterion.operator is Operator.BETWEEN:
        return _rounded(min(value - first, last - value))
    return None


def _of_week(short: float) -> Verdict:
    return Verdict.FAIL if short > ROUNDING else Verdict.PASS


def _shortfall(criterion: Criterion, value: Value) -> float | None:
    """Hours that are missing, negative where there are more; none if it is no week."""
    week = read_canonical(value)
    if week is None:
        return None
    if criterion.operator is Operator.COVERS:
        shift = _shift(criterion)
        return (shift - week).hours if shift else None
    asked = _number(criterion.threshold[0])
    counting = counting_hours(week, criterion.within)
    return None if asked is None or counting is None else asked - counting.hours


def _shift(criterion: Criterion) -> Week:
    """The hours to be covered; no time at all if they cannot be read."""
    return read_canonical(criterion.threshold[0]) or Week()


def _rounded(margin: float) -> float:
    """Cut the noise of binary fractions, so that reports do not show 0.09999999999999964."""
    return round(margin, 9)


def _number(value: Value) -> float | None:
    return None if isinstance(value, _WORDS) else float(value)


def _among(value: Value, others: tuple[Value, ...]) -> bool:
    """Whether one of them is equal and of the same kind: ``True`` is not 1."""
    if value not in others:
        return False
    kind = isinstance(value, bool)
    return any(isinstance(other, bool) is kind and value == other for other in others)
