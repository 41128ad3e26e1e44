"""From counted bytes to a rate: the slope of the counts over time, and how sure it is."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import MAX_TRACE, Trace
from readiness.system.line.messages import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readiness.model.measurement import Scalar

MEGABITS = 8e-6
"""bytes => Mbit"""

METHOD_ERROR = 0.01
"""Relative error of the method itself, see docs/methods/line.md."""

HELD = 6 * 2 * 1448
"""Bytes: what six streams hold back, two segments each, until a hole is filled; on a slow line
these weigh at the ends of the window."""

HALF_TO_WHOLE = 0.5
"""A slope over half of a window scatters 2.8 times as much as one over the whole; the farthest of
several, which overlap, lies about 1.5 of its deviations off. 1.96 / (2.8 x 1.5) = 0.5."""

FINE = 5
"""Points of the regression in each reading."""

HALVES = 8
"""So many half windows are looked at."""

SHORT_METHOD_ERRORS = ((0.3, 0.3), (2.0, 0.1))
"""The same where the budget ended the transfer within so many seconds: the start weighs in it."""

BUSY_ERROR = 0.5
"""Relative half width where this computer was the limit: the line may well be faster."""

CLEAR = 2.0
"""Factor between a rate and a threshold beyond which more measuring would not change the answer."""

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


def slope(moments: Sequence[float], counts: Sequence[float]) -> float:
    """The rate at which ``counts`` (bytes) grow over ``moments`` (s): least squares, Mbit/s.

    The ends of a window are blurred by what TCP holds back until a hole is filled; a regression
    leans on all of it, where a mean rests on the two ends alone.
    """
    n = len(moments)
    middle, mean = sum(moments) / n, sum(counts) / n
    spread = sum((t - middle) ** 2 for t in moments)
    joint = sum((t - middle) * (c - mean) for t, c in zip(moments, counts, strict=True))
    return joint / spread * MEGABITS


def reading(
    counted: Sequence[Counted],
    *,
    warm_up: float,
    step: float,
    summary: Mapping[str, Scalar],
    method_error: float = METHOD_ERROR,
) -> Reading:
    """The rate after the warm-up with its 95 % half width, Mbit/s.

    The figure is the slope of all counts. The half width joins in squares how far the slope over
    half of the window strays, the method's own error, and what the streams may hold back. A
    transfer that the budget ended early is cut into shorter readings, so that a fast line can be
    measured within it.

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
    used = len(every) - dropped
    if used < MIN_BINS:
        raise CannotMeasure(FailureCode.SKIPPED, "budget-spent", seconds=round(lasted, 2))
    rate, strays = _fit(counted, counted[0][0] + dropped * step, used * FINE, step / FINE)
    if rate <= 0:
        raise CannotMeasure(FailureCode.TIMED_OUT, "stalled", seconds=round(lasted, 2))
    return Reading(
        rate=rate,
        half_width=math.hypot(
            HALF_TO_WHOLE * strays, method_error * rate, HELD * MEGABITS / (used * step)
        ),
        samples=used,
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


def observed(found: Reading, seen: Mapping[str, Any]) -> Reading:
    """The reading with when it was taken, and with doubt where this computer was the limit.

    Args:
        found: The figure.
        seen: ``begin`` and ``end`` on the steady clock; ``busy`` if this computer had nothing left;
            ``processor_percent``, what measuring used of one core.
    """
    width = found.half_width
    summary = {**found.summary, "processor_percent": seen["processor_percent"]}
    if seen["busy"]:
        summary["limited_by_this_computer"] = True
        width = max(width or 0.0, BUSY_ERROR * found.rate)
    return msgspec.structs.replace(
        found, begin=seen["begin"], end=seen["end"], half_width=width, summary=summary
    )


def certain(found: Reading, targets: Sequence[float]) -> bool:
    """Whether the rate is clear of every threshold by a factor of two, with its half width."""
    width = found.half_width or 0.0
    return bool(targets) and all(
        found.rate - width >= CLEAR * target or found.rate + width <= target / CLEAR
        for target in targets
    )


def _fit(counted: Sequence[Counted], begin: float, points: int, step: float) -> tuple[float, float]:
    """The slope over the whole window, and how far that over half of it strays, Mbit/s."""
    moments = [k * step for k in range(points + 1)]
    counts = _at(counted, [begin + moment for moment in moments])
    whole = slope(moments, counts)
    half = points // 2 + 1
    starts = range(0, points + 2 - half, max(1, half // HALVES))
    halves = [slope(moments[k : k + half], counts[k : k + half]) for k in starts]
    return whole, max(abs(one - whole) for one in halves)
