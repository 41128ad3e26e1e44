"""From counted bytes to a rate: readings of equal length, their median, and how sure it is."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from readiness.dsp.median import median_interval
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import MAX_TRACE, Trace
from readiness.system.line.messages import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readiness.model.measurement import Scalar

MEGABITS = 8e-6
"""bytes => Mbit"""

METHOD_ERROR = 0.016
"""Relative error of the method itself, see docs/methods/line.md."""

SHORT_METHOD_ERRORS = ((0.3, 0.3), (2.0, 0.1))
"""The same where the budget ended the transfer within so many seconds: the start weighs in it."""

WARM_UP_SHARE = 0.3
MIN_BINS = 4
WANTED_BINS = 10
SHORTEST_BIN_S = 0.005

Counted = tuple[float, int]
"""A moment in seconds and how many bytes had been counted until then."""


def rates(counted: Sequence[Counted], step: float) -> list[float]:
    """Mean rates over whole steps of ``step`` seconds, Mbit/s, interpolated between counts."""
    if len(counted) < 2:  # noqa: PLR2004 - a rate needs two moments
        return []
    start = counted[0][0]
    whole = math.floor((counted[-1][0] - start) / step + 1e-9)
    edges = _at(counted, [start + step * k for k in range(whole + 1)])
    return [(b - a) * MEGABITS / step for a, b in pairwise(edges)]


def _at(counted: Sequence[Counted], moments: Sequence[float]) -> list[float]:
    """Bytes at ascending moments, by straight lines between the counts."""
    found: list[float] = []
    index = 0
    for moment in moments:
        while index < len(counted) - 2 and counted[index + 1][0] < moment:
            index += 1
        (t0, n0), (t1, n1) = counted[index], counted[index + 1]
        share = 0.0 if t1 <= t0 else min(1.0, max(0.0, (moment - t0) / (t1 - t0)))
        found.append(n0 + (n1 - n0) * share)
    return found


def reading(
    counted: Sequence[Counted],
    *,
    warm_up: float,
    step: float,
    summary: Mapping[str, Scalar],
    method_error: float = METHOD_ERROR,
) -> Reading:
    """The median rate after the warm-up with its 95 % half width, Mbit/s.

    The half width joins the spread of the readings (order statistics of the median) and the
    method's own error in squares. A transfer that the budget ended early is cut into shorter
    readings, so that a fast line can be measured within it.

    Raises:
        CannotMeasure: Too few readings, or nothing moved after the warm-up.
    """
    whole = counted[-1][0] - counted[0][0]
    step = max(SHORTEST_BIN_S, min(step, whole / WANTED_BINS))
    every = rates(counted, step)
    lasted = len(every) * step
    short = (error for limit, error in SHORT_METHOD_ERRORS if lasted < limit)
    method_error = max(method_error, next(short, 0.0))
    dropped = math.ceil(min(warm_up, WARM_UP_SHARE * lasted) / step - 1e-9)
    used = every[dropped:]
    if len(used) < MIN_BINS:
        raise CannotMeasure(FailureCode.SKIPPED, "budget-spent", seconds=round(lasted, 2))
    rate, spread = median_interval(used)
    if rate <= 0:
        raise CannotMeasure(FailureCode.TIMED_OUT, "stalled", seconds=round(lasted, 2))
    return Reading(
        rate=rate,
        half_width=math.hypot(spread, method_error * rate),
        samples=len(used),
        trace=Trace(
            step_s=step, unit="Mbit/s", values=tuple(round(r, 3) for r in every[:MAX_TRACE])
        ),
        summary={
            **summary,
            "seconds": round(lasted, 3),
            "warm_up_seconds": round(dropped * step, 3),
            "bytes": counted[-1][1],
        },
    )
