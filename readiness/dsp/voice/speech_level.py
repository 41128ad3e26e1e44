"""Active speech level after ITU-T P.56, method B: how loud someone is while they speak.

The envelope is compared with 15 thresholds a factor of two apart; the level is taken over the
time that counts as speech, pauses up to 0.2 s included. See ``docs/methods/voice.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TIME_CONSTANT_S = 0.03
HANGOVER_S = 0.2
MARGIN_DB = 15.9
THRESHOLDS = tuple(2.0**-power for power in range(15, 0, -1))


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


def active_level(samples: NDArray[np.floating[Any]], rate: int) -> ActiveLevel:
    """Measure ``samples`` (full scale 1.0). Thresholds are interpolated exactly."""
    signal = samples.astype(np.float64)
    energy = float(signal @ signal)
    if energy <= 0:
        return ActiveLevel(dbov=-math.inf, activity=0.0, rms_dbov=-math.inf)
    envelope = _envelope(signal, rate)
    counts = [_active_samples(envelope, threshold, rate) for threshold in THRESHOLDS]
    rms = 10 * math.log10(energy / signal.size)
    level = _where_margin_is_met(energy, counts)
    activity = min(1.0, 10 ** ((rms - level) / 10)) if math.isfinite(level) else 0.0
    return ActiveLevel(dbov=level, activity=activity, rms_dbov=rms)


def _envelope(signal: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """Rectify and smooth twice with a time constant of 30 ms (P.56, clause 4.2)."""
    from scipy.signal import lfilter

    g = math.exp(-1 / (rate * TIME_CONSTANT_S))
    once = lfilter([1 - g], [1, -g], np.abs(signal))
    twice: NDArray[np.float64] = lfilter([1 - g], [1, -g], once)
    return twice


def _active_samples(envelope: NDArray[np.float64], threshold: float, rate: int) -> int:
    """Count samples at or above ``threshold`` and those up to 0.2 s after one."""
    hangover = math.floor(HANGOVER_S * rate + 0.5)
    above = np.flatnonzero(envelope >= threshold)
    if above.size == 0:
        return 0
    until_next = np.diff(above, append=envelope.size)
    return int(np.minimum(until_next, hangover + 1).sum())


def _where_margin_is_met(energy: float, counts: list[int]) -> float:
    """Find where the level over the active time lies 15.9 dB above its threshold, dBov."""
    before: tuple[float, float] | None = None
    for count, threshold in zip(counts, THRESHOLDS, strict=True):
        if count == 0:
            break
        level = 10 * math.log10(energy / count)
        excess = level - 20 * math.log10(threshold) - MARGIN_DB
        if excess <= 0:
            if before is None:
                return level
            last_level, last_excess = before
            return last_level + (level - last_level) * last_excess / (last_excess - excess)
        before = (level, excess)
    # Louder than the highest threshold can tell, or so short that no threshold is met.
    return before[0] if before is not None else -math.inf
