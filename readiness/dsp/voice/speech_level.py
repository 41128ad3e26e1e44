"""Active speech level after ITU-T P.56, method B: how loud someone is while they speak.

The envelope is compared with 15 thresholds a factor of two apart; the level is taken over the
time that counts as speech, pauses up to 0.2 s included. See ``docs/methods/voice.md``.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.finite import finite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TIME_CONSTANT_S = 0.03
HANGOVER_S = 0.2
MARGIN_DB = 15.9
POWERS = range(15, 0, -1)
"""The thresholds are one half to the power of these, the lowest first."""

LOWEST = -POWERS[0]
"""Binary exponent of what lies below the lowest threshold."""

TOLERANCE_DB = 0.5
"""Where the reference program (ITU-T G.191, module sv56) stops looking for the margin."""

RELAXED_AFTER = 20
"""Steps after which the reference program begins to widen its tolerance, by a tenth each."""


@dataclass(frozen=True, kw_only=True)
class ActiveLevel:
    """Active speech level.

    Attributes:
        dbov: Level while active, dBov; ``-inf`` if nothing reaches the lowest threshold.
        activity: Share of the time that is active, 0 to 1.
        rms_dbov: Level over the whole time, dBov.
    """

    dbov: float
    activity: float
    rms_dbov: float


@dataclass(frozen=True)
class _Bound:
    """A level over active time and its distance above the threshold it was found with, dB."""

    level: float
    above: float

    @property
    def excess(self) -> float:
        return self.above - MARGIN_DB

    def middle(self, other: _Bound) -> _Bound:
        return _Bound((self.level + other.level) / 2, (self.above + other.above) / 2)


def active_level(
    samples: NDArray[np.floating[Any]], rate: int, *, as_reference: bool = False
) -> ActiveLevel:
    """Measure ``samples`` (full scale 1.0, ``rate`` in Hz).

    Between two thresholds the level is interpolated exactly, or, ``as_reference``, by the halving
    that the reference program of ITU-T G.191 stops at 0.5 dB: it prints levels up to some
    hundredths of a dB away, and this form agrees with what it prints.

    Raises:
        ValueError: Something in ``samples`` is not a finite number.
    """
    signal = finite(samples)
    energy = float(signal @ signal)
    if energy <= 0:
        return ActiveLevel(dbov=-math.inf, activity=0.0, rms_dbov=-math.inf)
    rms = 10 * math.log10(energy / signal.size)
    bounds = list(_bounds(energy, _active_samples(signal, rate)))
    level = _where_margin_is_met(bounds, as_reference=as_reference)
    activity = min(1.0, 10 ** ((rms - level) / 10)) if math.isfinite(level) else 0.0
    return ActiveLevel(dbov=level, activity=activity, rms_dbov=rms)


def _active_samples(signal: NDArray[np.float64], rate: int) -> list[int]:
    """Count, for each threshold, the samples at or above it and those up to 0.2 s after one."""
    window = math.floor(HANGOVER_S * rate + 0.5) + 1
    # The thresholds are powers of two, so a sample's binary exponent tells which it reaches.
    # (Zero's exponent is 0, like that of a half.)
    envelope = np.clip(_envelope(signal, rate), 2.0 ** (LOWEST - 1), 1)
    exponents = np.frexp(envelope)[1].astype(np.int8)
    after = -(signal.size - 1) % window
    padded = np.pad(exponents, (window - 1, after), constant_values=LOWEST)
    blocks = padded.reshape(-1, window)
    # The highest of the last 0.2 s is the higher of what the end of one block and the beginning
    # of the next hold.
    beginnings = np.maximum.accumulate(blocks, axis=1).ravel()
    ends = np.maximum.accumulate(blocks[:, ::-1], axis=1)[:, ::-1].ravel()
    highest = np.maximum(ends[: signal.size], beginnings[window - 1 :][: signal.size])
    return [int(np.count_nonzero(highest >= 1 - power)) for power in POWERS]


def _envelope(signal: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """Rectify and smooth twice with a time constant of 30 ms (P.56, clause 4.2)."""
    from scipy.signal import lfilter

    g = math.exp(-1 / (rate * TIME_CONSTANT_S))
    # Both passes in one.
    envelope: NDArray[np.float64] = lfilter([(1 - g) ** 2], [1, -2 * g, g * g], np.abs(signal))
    return envelope


def _bounds(energy: float, counts: Sequence[int]) -> Sequence[_Bound]:
    found = []
    for count, power in zip(counts, POWERS, strict=True):
        if count == 0:
            break
        level = 10 * math.log10(energy / count)
        found.append(_Bound(level, level + 20 * power * math.log10(2)))
    return found


def _where_margin_is_met(bounds: Sequence[_Bound], *, as_reference: bool) -> float:
    """Find where the level over the active time lies 15.9 dB above its threshold, dBov."""
    if not bounds:
        return -math.inf
    for lower, upper in itertools.pairwise(bounds):
        if lower.excess <= 0:
            break
        if upper.excess <= 0:
            if as_reference:
                return _halved(lower, upper)
            part = lower.excess / (lower.excess - upper.excess)
            return lower.level + (upper.level - lower.level) * part
    # The lowest threshold is too high, the highest too low, or so short that none is met.
    return bounds[0].level if bounds[0].excess <= 0 else bounds[-1].level


def _halved(lower: _Bound, upper: _Bound) -> float:
    """Halve the way between two bounds until the margin is met within 0.5 dB."""
    for bound in (upper, lower):
        if abs(bound.excess) < TOLERANCE_DB:
            return bound.level
    middle, tolerance = lower.middle(upper), TOLERANCE_DB
    for step in itertools.count(1):
        if abs(middle.excess) <= tolerance:
            break
        # As in the reference, the new middle also becomes the bound. So it may step past the
        # margin and then cannot return; a tolerance that grows after 20 steps ends that.
        if middle.excess > 0:
            middle = lower = upper.middle(middle)
        else:
            middle = upper = middle.middle(lower)
        if step >= RELAXED_AFTER:
            tolerance *= 1.1
    return middle.level
