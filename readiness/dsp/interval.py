"""How sure a share, a quantile or a mean of neighbouring values is: 95 % intervals."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from readiness.dsp.median import NORMAL_95

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCHES = 20
STUDENT_95 = 2.093
"""Two-sided 95 % point of Student's t with 19 degrees of freedom, for ``BATCHES`` means."""


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Lower and upper end of Wilson's interval for a share, both 0 to 1.

    Raises:
        ValueError: ``total`` is 0, or ``hits`` are more.
    """
    if not 0 <= hits <= total or not total:
        raise ValueError("no share of nothing")
    share, z2 = hits / total, NORMAL_95**2
    middle = share + z2 / (2 * total)
    reach = NORMAL_95 * math.sqrt(share * (1 - share) / total + z2 / (4 * total**2))
    low, high = ((middle + sign * reach) / (1 + z2 / total) for sign in (-1, 1))
    # The ends are 0 and 1 by definition there; rounding would leave them beside it.
    return (0.0 if hits == 0 else low), (1.0 if hits == total else high)


def share_half_width(hits: int, total: int) -> float:
    """Distance from the share to the farther end of Wilson's interval, 0 to 1."""
    low, high = wilson(hits, total)
    return max(hits / total - low, high - hits / total)


def quantile_interval(values: Sequence[float], share: float) -> tuple[float, float]:
    """The quantile and its 95 % half width (order statistics), in the values' unit.

    The quantile is the smallest value that at least ``share`` of the values do not exceed. Where
    the interval would reach beyond the largest value it ends there.

    Raises:
        ValueError: There are no values.
    """
    if not values:
        raise ValueError("no values")
    ordered, n = sorted(values), len(values)
    found = ordered[max(0, math.ceil(share * n) - 1)]
    reach = NORMAL_95 * math.sqrt(n * share * (1 - share))
    low = ordered[max(0, math.floor(n * share - reach) - 1)]
    high = ordered[min(n - 1, math.ceil(n * share + reach))]
    return found, max(found - low, high - found)


def mean_interval(values: Sequence[float]) -> tuple[float, float]:
    """The mean and its 95 % half width, by means of batches.

    Neighbouring values need not be independent: the values are cut into 20 batches in their
    order, and the spread of the batches' means is what counts.

    Raises:
        ValueError: There are fewer values than batches.
    """
    if len(values) < BATCHES:
        raise ValueError("too few values")
    edges = [round(k * len(values) / BATCHES) for k in range(BATCHES + 1)]
    means = [fmean(values[a:b]) for a, b in pairwise(edges)]
    return fmean(values), STUDENT_95 * stdev(means) / math.sqrt(BATCHES)
