"""The median of readings and how sure it is, without assuming any distribution."""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NORMAL_95 = 1.959964


def median_interval(values: Sequence[float]) -> tuple[float, float]:
    """The median and the half width of its 95 % confidence interval, in the values' unit.

    The interval ends at two of the sorted values (binomial order statistics, normal
    approximation: ranks n/2 -+ 0.98 sqrt(n)); the half width is the distance to the farther end.
    With fewer than six values no such interval exists; the whole range is taken.

    Raises:
        ValueError: There are no values.
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    n = len(ordered)
    middle = median(ordered)
    reach = NORMAL_95 * math.sqrt(n) / 2
    low = max(0, math.floor(n / 2 - reach) - 1)
    high = min(n - 1, math.ceil(n / 2 + reach))
    return middle, max(middle - ordered[low], ordered[high] - middle)
