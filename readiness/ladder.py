"""The fix ladder of one finding: why it is so, and what to do, free things first.

The one place where rungs are chosen. The texts stand with what they speak of: in the probe, in the
list of questions, in the profile. See ``docs/fix-ladder.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from readiness import explain
from readiness.foreign import clean
from readiness.model.measurement import Cost, Measurement, Place, Side, System
from readiness.model.requirement import Operator
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from readiness.locale import Reader
    from readiness.model.measurement import Fact, Failure, Metric, Tip, Value
    from readiness.model.requirement import Advice, Criterion, Question

Rung: TypeAlias = tuple[Cost | None, str]
"""What it costs, none where nothing is to be paid or done, and what to do, in words."""

_Kind = TypeVar("_Kind", "Tip", "Advice")

_PLATFORMS = {"win32": System.WINDOWS, "darwin": System.MACOS, "linux": System.LINUX}
_ORDER = (None, *Cost)

UNDECIDED = (
    N_("What was found does not decide it."),
    N_("Look at the value beside what is asked, or ask the employer."),
)


@dataclass(frozen=True, kw_only=True)
class Ladder:
    """One ladder in the reader's words.

    Attributes:
        cause: Why it is so, and how one finds out which it is; empty if nothing is known.
        rungs: What to do, in the order in which to try it.
    """

    cause: str = ""
    rungs: tuple[Rung, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Climber:
    """Who climbs: the reader, and the system of the computer that was measured.

    Attributes:
        system: None if it is not known: then no rung for one system only is shown.
        found: What the session found: nobody who uses a cable is told to use one.
    """

    reader: Reader
    system: System | None
    found: Mapping[str, Measurement | Failure] = field(default_factory=dict)

    def of_value(self, metric: Metric, value: Value, criterion: Criterion | None) -> Ladder:
        """The ladder of a value that falls short of ``criterion``."""
        sign = sign_of(value, criterion)
        causes = [
            cause.text
            for cause in metric.causes
            if _meant(cause.when, sign) and not self._is_so(cause.unless)
        ]
        return Ladder(
            cause=self.reader.text(causes[0]) if causes else "",
            rungs=self._rungs(metric.advice, sign),
        )

    def of_answer(self, question: Question, value: Value) -> Ladder:
        """The ladder of an answer that is not the one asked; its cause is why that is asked."""
        why = clean(self.reader.local(question.why)) if question.why else ""
        return Ladder(cause=why, rungs=self.of_profile(question.advice, value, None))

    def of_profile(
        self, advice: Iterable[Advice], value: Value, criterion: Criterion | None
    ) -> tuple[Rung, ...]:
        """The rungs that come with data, in their own order within each cost."""
        fitting = self._fitting(advice, sign_of(value, criterion))
        return _in_order((tip.cost, clean(self.reader.local(tip.text))) for tip in fitting)

    def of_failure(self, failure: Failure | None, metric: str) -> Ladder:
        """The ladder of what could not be measured: its cause is what happened.

        Args:
            failure: What happened; none if ``metric`` was never tried.
            metric: What was to be found.
        """
        reason = explain.failure_reason(failure, metric)
        what, remedy = explain.failure_words(failure, self.reader, metric)
        first = (reason.cost, self._placed(remedy, reason.where))
        return Ladder(cause=what, rungs=_in_order((first, *self._rungs(reason.tips, None))))

    def of_undecided(self, ladder: Ladder) -> Ladder:
        """The ladder of a value that decides nothing, out of the one of a value like it."""
        what, remedy = UNDECIDED
        last = (Cost.ASK, self.reader.text(remedy))
        asks = any(cost is Cost.ASK for cost, _ in ladder.rungs)
        said = (self.reader.text(what), ladder.cause)
        return Ladder(
            cause=" ".join(part for part in said if part),
            rungs=ladder.rungs if asks else (*ladder.rungs, last),
        )

    def _fitting(self, tips: Iterable[_Kind], sign: Value | None) -> Sequence[_Kind]:
        return [
            tip
            for tip in tips
            if _meant(tip.when, sign) and (not tip.systems or self.system in tip.systems)
        ]

    def _rungs(self, tips: Iterable[Tip], sign: Value | None) -> tuple[Rung, ...]:
        return _in_order(
            (tip.cost, self._placed(self.reader.text(tip.text), tip.where))
            for tip in self._fitting(tips, sign)
            if not self._is_so(tip.unless)
        )

    def _is_so(self, fact: Fact | None) -> bool:
        found = self.found.get(fact.metric) if fact is not None else None
        return fact is not None and isinstance(found, Measurement) and found.value == fact.value

    def _placed(self, advice: str, place: Place | None) -> str:
        where = place.on(self.system) if place is not None else ""
        if not where:
            return advice
        return self.reader.text(
            # Translators: {advice} is one or more whole sentences; {place} is a way through the
            # system's settings, e.g. "Settings > System > Sound > Input".
            N_("{advice} Where: {place}."),
            advice=advice,
            place=self.reader.text(where),
        )


def system_of(platform: str) -> System | None:
    """The system that a session was measured on; none for one without ways of its own here."""
    return _PLATFORMS.get(platform)


def sign_of(value: Value, criterion: Criterion | None) -> bool | str | None:
    """What a rung's ``when`` is compared with: the value itself, or a number's side."""
    if isinstance(value, bool | str):
        return value
    side = _side(value, criterion) if criterion is not None else None
    return None if side is None else side.value


def _side(value: float, criterion: Criterion) -> Side | None:
    limits = [limit for limit in criterion.threshold if not isinstance(limit, bool | str)]
    if criterion.operator is Operator.AT_LEAST or not limits:
        return Side.BELOW
    if criterion.operator is Operator.AT_MOST:
        return Side.ABOVE
    nearer_low = value - min(limits) < max(limits) - value
    return Side.BELOW if nearer_low or value < min(limits) else Side.ABOVE


def _meant(when: tuple[bool | str, ...], sign: Value | None) -> bool:
    return not when or any(
        isinstance(one, bool) == isinstance(sign, bool) and one == sign for one in when
    )


def _in_order(rungs: Iterable[Rung]) -> tuple[Rung, ...]:
    """Each once, free things first."""
    return tuple(sorted(dict.fromkeys(rungs), key=lambda rung: _ORDER.index(rung[0])))
