"""Leaving values out of what is shared, honestly: the report says that they were withheld.

Every attempt of a metric that is struck out becomes a failure *withheld*; nothing of what stood
there stays: no value, course, evidence or reason. What other values repeat of it (the same device's
name, the same figure of the same check, a course in the same unit) goes too. All other values stay,
and which attempt of them counts does not change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from readiness.model.errors import FailureCode
from readiness.model.measurement import WITHHELD, Failure, Measurement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from readiness.model.measurement import ProbeRun, Scalar, Session

TELLING = 6
"""A text of at least so many letters is a name of something: it is found inside other texts too."""

DECIMALS = (0, 1, 2, 3)
"""Rounded to so many a figure may be repeated in the evidence of its check."""

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_TIME = re.compile(r" (?P<number>\d+\.\d) ms$")
"""How long a host took, behind what came out there: the outcome itself may stay."""


@dataclass(frozen=True, kw_only=True)
class _Struck:
    """What must not be found any more.

    Attributes:
        texts: Values that are texts, in small letters.
        numbers: Values that are numbers, of one run, also rounded.
        units: Units of what was struck in one run: a course in one of them tells the value.
    """

    texts: frozenset[str]
    numbers: frozenset[float] = field(default=frozenset())
    units: frozenset[str] = field(default=frozenset())

    def tells(self, value: Scalar) -> bool:
        """Whether a fact repeats what was struck out."""
        if isinstance(value, bool):
            return False
        if isinstance(value, int | float):
            return float(value) in self.numbers
        said = value.casefold()
        if said in self.texts or any(len(t) >= TELLING and t in said for t in self.texts):
            return True
        return any(float(number) in self.numbers for number in _NUMBER.findall(said))

    def cleared(self, summary: Mapping[str, Scalar]) -> dict[str, Scalar]:
        """The facts that repeat nothing of it."""
        shorter = {key: self._untimed(value) for key, value in summary.items()}
        return {k: v for k, v in shorter.items() if not self.tells(v) and not self._named(k)}

    def _untimed(self, value: Scalar) -> Scalar:
        match = _TIME.search(value) if isinstance(value, str) else None
        if match is None or float(match["number"]) not in self.numbers:
            return value
        return str(value)[: match.start()]

    def _named(self, key: str) -> bool:
        return any(len(text) >= TELLING and text in key.casefold() for text in self.texts)


def withhold(session: Session, metrics: Collection[str]) -> Session:
    """The session without anything that tells the value of ``metrics``.

    Args:
        session: What was found.
        metrics: Ids; those that the session does not hold change nothing.
    """
    struck = frozenset(metrics)
    gone = [m for run in session.runs for m in run.measurements if m.metric in struck]
    texts = frozenset(m.value.casefold() for m in gone if isinstance(m.value, str) and m.value)
    runs = tuple(_without(run, struck, texts) for run in session.runs)
    return msgspec.structs.replace(session, runs=runs)


def is_withheld(fact: Measurement | Failure | None) -> bool:
    """Whether the applicant left this value out."""
    return isinstance(fact, Failure) and fact.detail == WITHHELD


def _without(run: ProbeRun, metrics: frozenset[str], texts: frozenset[str]) -> ProbeRun:
    gone = [m for m in run.measurements if m.metric in metrics]
    numbers = (float(m.value) for m in gone if not isinstance(m.value, bool | str))
    struck = _Struck(
        texts=texts,
        numbers=_rounded(numbers),
        units=frozenset(m.unit for m in gone),
    )
    facts: tuple[Measurement | Failure, ...] = (*run.measurements, *run.failures)
    named = dict.fromkeys(fact.metric for fact in facts)
    return msgspec.structs.replace(
        run,
        measurements=tuple(_silent(m, struck) for m in run.measurements if m.metric not in metrics),
        failures=(
            *(
                msgspec.structs.replace(failure, summary=struck.cleared(failure.summary))
                for failure in run.failures
                if failure.metric not in metrics
            ),
            *(_placeholder(run, name) for name in named if name in metrics),
        ),
    )


def _rounded(numbers: Iterable[float]) -> frozenset[float]:
    exact = list(numbers)
    return frozenset([*exact, *(round(number, digits) for number in exact for digits in DECIMALS)])


def _placeholder(run: ProbeRun, metric: str) -> Failure:
    """What stands where something was struck out; a stopped attempt stays a stopped one."""
    code = FailureCode.CANCELLED if run.stopped else FailureCode.SKIPPED
    return Failure(metric=metric, failure=code, detail=WITHHELD, at=run.started)


def _silent(found: Measurement, struck: _Struck) -> Measurement:
    evidence, trace = found.evidence, found.evidence.trace
    evidence = msgspec.structs.replace(
        evidence,
        summary=struck.cleared(evidence.summary),
        trace=None if trace is not None and trace.unit in struck.units else trace,
    )
    return msgspec.structs.replace(found, evidence=evidence)
