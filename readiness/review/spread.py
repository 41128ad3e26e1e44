"""How the values of one metric are spread over many reports, beside what is asked: as data."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.model.requirement import Operator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from readiness.model.requirement import Criterion, Profile
    from readiness.review.rows import ReviewRow

MOST_BARS = 16
"""So that they fit under a table in a terminal."""

ENDS = 0.05
"""Share of the values at either end that may lie in an open bar: one value of 10 Gbit/s would
squeeze all others into one."""

_STEPS = (1.0, 2.0, 5.0, 10.0)
_LINES = (Operator.AT_LEAST, Operator.AT_MOST)
"""Comparisons that are one line across the values."""

_DIGITS = 9
"""Of a place between bars: 0.3 / 0.1 is 2.9999999999999996 and means 3."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """So many values from ``low`` to ``high``; the first may begin at -inf, the last end at inf."""

    low: float
    high: float
    count: int


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How the values of one metric are spread.

    Attributes:
        metric: Which.
        criterion: What is asked; none if nothing is that is one line. It lies between two bars.
        bars: In order and without a gap.
        known: How many values there are.
        missing: Reports without one.
        median: Of the values.
    """

    metric: str
    criterion: Criterion | None
    bars: tuple[Bar, ...]
    known: int
    missing: int
    median: float


def criterion_of(asked: Profile, metric: str) -> Criterion | None:
    """The first comparison of this metric that is one line; none if there is none."""
    criteria = (one for requirement in asked.requirements for one in requirement.any_of)
    found = (one for one in criteria if one.metric == metric and one.operator in _LINES)
    return next(found, None)


def spread(
    rows: Iterable[ReviewRow], metric: str, criterion: Criterion | None = None
) -> Spread | None:
    """How a chosen metric is spread over the rows; none if no row has a number for it.

    Bars are steps of 1, 2 or 5 times a power of ten, counted from what is asked, so that none holds
    values of both sides. What lies on the border of two bars belongs to the upper one; where *at
    most* so much is asked, to the lower one: in both cases it is met.
    """
    values = [row.value(metric) for row in rows]
    numbers = [value for value in values if not isinstance(value, bool | str | None)]
    if not numbers:
        return None
    return Spread(
        metric=metric,
        criterion=criterion,
        bars=_bars(sorted(map(float, numbers)), criterion),
        known=len(numbers),
        missing=len(values) - len(numbers),
        median=float(statistics.median(numbers)),
    )


def _bars(known: Sequence[float], criterion: Criterion | None) -> tuple[Bar, ...]:
    """Bars for values that are sorted and not empty."""
    limit = float(criterion.threshold[0]) if criterion is not None else None
    lower = criterion is not None and criterion.operator is Operator.AT_MOST
    cut = int(len(known) * ENDS)
    middle = [known[cut], known[-1 - cut], *([] if limit is None else [limit])]
    origin = 0.0 if limit is None else limit
    step = max(_step(max(middle) - min(middle)), 10.0**-_DIGITS)

    def place(value: float) -> int:
        at = round((value - origin) / step, _DIGITS)
        return math.ceil(at) - 1 if lower else math.floor(at)

    def edge(at: int) -> float:
        return round(origin + at * step, _DIGITS)

    first, last = place(known[cut]), place(known[-1 - cut])
    if limit is not None:  # so that there is a bar on either side of what is asked
        first, last = min(first, -1), max(last, 0)
    counts = Counter(min(max(place(value), first), last) for value in known)
    return tuple(
        Bar(
            low=-math.inf if at == first and place(known[0]) < first else edge(at),
            high=math.inf if at == last and place(known[-1]) > last else edge(at + 1),
            count=counts[at],
        )
        for at in range(first, last + 1)
    )


def _step(span: float) -> float:
    """A round step by which the span, and what juts out of it at both ends, is at most 16 bars."""
    raw = span / (MOST_BARS - 2)
    if raw <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(raw))
    return next(power * step for step in _STEPS if power * step >= raw)
