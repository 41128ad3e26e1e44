"""The spectrum of this moment in third-octave bands, for a live picture; nothing is judged by it.

Bands after IEC 61260-1:2014, base ten: exact mid-band frequencies ``1000 * 10**(n/10)`` Hz, edges a
twentieth of a decade away on both sides. They are summed up from a Fourier transform; the filters
of the standard, with their classes of steepness, are not what is here.
"""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.level import FLOOR_DBOV, dbov

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]
    Signal = NDArray[np.float64]

NOMINAL_HZ = (
    *(50, 63, 80, 100, 125, 160, 200, 250, 315, 400, 500, 630, 800),
    *(1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000, 6300, 8000),
)
"""What the bands are called (IEC 61260-1, annex A). Below, a room's microphone hears mostly itself;
above, no call carries anything."""

MIDDLE = NOMINAL_HZ.index(1000)
WINDOW_S = 0.4
"""Long enough to tell hum at 50 Hz (the band from 45 to 56 Hz) from hum at 60 Hz (56 to 71 Hz)."""

EVERY_S = 0.1
"""A picture that changes more often cannot be read."""

LOWEST_HZ = 200
"""As in ``noise_events``: what is lower does not stand out as a noise."""

LEAST_DB = 8.0
"""As in ``noise_events``: a sound that much above the usual is one that people notice."""

USUAL_S = 12.0
"""What is usual is the median of so long; what lasts longer is the room itself."""

SOONEST_S = 1.0
"""Before that nothing is usual yet."""


def edges(count: int) -> Signal:
    """The edges of the first ``count`` bands in Hz, one more than there are bands."""
    return 1000 * 10 ** ((np.arange(count + 1) - MIDDLE - 0.5) / 10)


def band_count(rate: int) -> int:
    """How many bands fit below half of ``rate``."""
    whole = edges(len(NOMINAL_HZ))
    return int(np.count_nonzero(whole[1:] <= rate / 2))


def third_octaves(samples: Samples, rate: int) -> tuple[float, ...]:
    """Level of each band, dBov, never below -120; as many as fit below half of ``rate``.

    A full-scale sine has -3.01 dBov in its band. A constant part is left out.
    """
    count = band_count(rate)
    if samples.size == 0 or count == 0:
        return ()
    signal = np.asarray(samples, dtype=np.float64)
    window = np.hanning(signal.size + 1)[:-1]
    spectrum = np.fft.rfft((signal - signal.mean()) * window)
    power = 2 * np.abs(spectrum) ** 2 / max(signal.size * float(window @ window), 1.0)
    step = rate / signal.size
    # A bin stands for half a step on both sides, so that an edge may cut through it.
    reach = (np.arange(power.size + 1) - 0.5) * step
    below = np.interp(edges(count), reach, np.concatenate(([0.0], np.cumsum(power))))
    return tuple(_shown(float(band)) for band in np.diff(below))


def _shown(mean_square: float) -> float:
    return max(FLOOR_DBOV, dbov(mean_square)) if math.isfinite(mean_square) else FLOOR_DBOV


class BandMeter:
    """Follows a recording piece by piece and has new levels at most ten times a second.

    Args:
        rate: Of the recording, samples a second.
    """

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._recent = np.zeros(round(WINDOW_S * rate), dtype=np.float64)
        self._heard = 0
        self._due = self._recent.size
        self._usual: deque[float] = deque(maxlen=round(USUAL_S / EVERY_S))
        self.levels: tuple[float, ...] = ()
        self.stands_out = False

    def feed(self, samples: Samples) -> None:
        """Hear the next piece."""
        size = self._recent.size
        piece = samples[-size:]
        self._recent = np.concatenate((self._recent[piece.size :], piece))
        self._heard += samples.size
        if self._heard < self._due or not np.isfinite(self._recent).all():
            return
        self._due = self._heard + round(EVERY_S * self._rate)
        self.levels = third_octaves(self._recent, self._rate)
        self._compare(loudness(self.levels))

    def take(self) -> tuple[float, ...]:
        """The newest levels, once; empty until there are others."""
        levels, self.levels = self.levels, ()
        return levels

    def _compare(self, level: float) -> None:
        """Tell whether this moment stands out of what is usual."""
        if len(self._usual) >= SOONEST_S / EVERY_S:
            self.stands_out = level - float(np.median(self._usual)) >= LEAST_DB
        self._usual.append(level)


def loudness(levels: Sequence[float]) -> float:
    """What the bands above 200 Hz hold together, dBov."""
    pairs = zip(NOMINAL_HZ, levels, strict=False)
    return _shown(sum(10 ** (level / 10) for hertz, level in pairs if hertz > LOWEST_HZ))
