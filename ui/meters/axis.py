"""Where an axis ends, and where lines are drawn: at round numbers."""

from __future__ import annotations

import math

ROUND = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
PARTS = {1: 2, 1.5: 3, 2: 2, 3: 3, 4: 2, 5: 2, 6: 3, 8: 2, 10: 2}
"""Into how many parts an axis falls that ends at one of these."""


def parts_of(high: float) -> int:
    """Into how many parts an axis that ends at a round number falls, each round as well."""
    power = 10.0 ** math.floor(math.log10(high)) if high > 0 and math.isfinite(high) else 1.0
    nearest = min(PARTS, key=lambda step: abs(step - high / power))
    return PARTS[nearest]


def round_above(value: float) -> float:
    """The next round number that is not below ``value``; 1 if that is not above 0."""
    if not value > 0 or not math.isfinite(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in ROUND if step * power >= value), 10 * power)
