"""Whether samples can be a sound at all, and which of two channels holds the voice."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.gaps import gaps
from readiness.dsp.voice.level import power

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]

HIGHEST_PEAK = 2.0
"""Float recordings may pass full scale a little (a limiter's overshoot); at 6 dB the scale itself
is another one, e.g. that of 16-bit numbers."""


class Flaw(StrEnum):
    """Why samples are no sound; each is the detail of a failure."""

    NOT_FINITE = "not-finite"
    BEYOND_FULL_SCALE = "beyond-full-scale"
    ALL_ZERO = "all-zero"
    CONSTANT = "constant"


def flaw(samples: Samples, rate: int) -> Flaw | None:
    """Why ``samples`` (not empty) are no sound; none if they may be one."""
    low, high = float(samples.min()), float(samples.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        return Flaw.NOT_FINITE
    if max(-low, high) > HIGHEST_PEAK:
        return Flaw.BEYOND_FULL_SCALE
    if gaps(samples, rate).everything:
        return Flaw.ALL_ZERO
    return Flaw.CONSTANT if low == high else None


def voice_channel(reading: Samples) -> int:
    """Index of the channel with the most sound; the first of equals.

    A channel with values that are no numbers comes before all others, so that it is not passed
    over in silence.

    Args:
        reading: One row a moment, one column a channel.
    """
    broken = ~np.isfinite(reading.min(axis=0) - reading.max(axis=0))
    if broken.any():
        return int(np.argmax(broken))
    return int(np.argmax([power(reading[:, channel]) for channel in range(reading.shape[1])]))
