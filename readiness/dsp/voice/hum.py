"""Mains hum: the lines that a power supply or a ground loop leaves at multiples of 50 or 60 Hz.

See ``docs/methods/voice.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.finite import finite
from readiness.dsp.voice.level import dbov

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]
    Signal = NDArray[np.float64]

MAINS_HZ = (50, 60)

WANDER_HZ = 0.5
"""The mains, and a recorder's clock, are not further off than that."""

LINES = 8
"""Multiples of the mains frequency that are looked for; higher ones add next to nothing."""

SHORTEST_S = 2.0
"""A shorter silence does not tell a line from its neighbourhood."""

LEAST_RATE = 2500
"""The highest line, 484 Hz, and the slope of the filter before it fit in here."""

AROUND_HZ = 15.0
"""The noise of a line is taken from this far on both sides, where no other line lies."""

LOBE_BINS = 4
"""Half width of the main lobe of a Blackman-Harris window, in bins of the recording's length."""

STANDS_OUT = 15.0
"""A first or second line must be this many times stronger than the noise around it."""

BELONGS = 5.0
"""Where there is hum, another line must be so many times stronger to be counted."""

PARTS = 4
STEADY = 0.3
"""Hum does not come and go: in each quarter it has this share of its usual amplitude, or it is
somebody's voice."""

METHOD_ERROR_DB = 0.15
"""What is left where no noise disturbs, in ``bench/voice/hum.py``."""


@dataclass(frozen=True, kw_only=True)
class Hum:
    """Mains hum in a silence.

    Attributes:
        dbov: Level of its lines together, dBov; none if no hum was found.
        mains_hz: The mains that it comes from, 50 or 60; none if no hum was found.
        half_width_db: How sure the level is (95 %); 0 if no hum was found.
        floor_dbov: A steady tone at the mains frequency above this level would have been found.
    """

    dbov: float | None
    mains_hz: int | None
    half_width_db: float
    floor_dbov: float


@dataclass(frozen=True)
class _Lines:
    """A spectrum in which lines are looked for.

    Attributes:
        power: Mean square of each bin; the bins of a line add up to the line's own.
        bin_hz: Distance of two bins.
        lobe_hz: Half width of a line.
        peak: Share of a line's mean square that its highest bin holds.
    """

    power: Signal
    bin_hz: float
    lobe_hz: float
    peak: float

    def around(self, hertz: float, distance: float) -> Signal:
        """The bins that lie no further from ``hertz`` than that."""
        return self.power[self.bin(hertz - distance) : self.bin(hertz + distance) + 1]

    def bin(self, hertz: float) -> int:
        return round(hertz / self.bin_hz)


def hum(silence: Samples, rate: int) -> Hum:
    """Look for hum in a stretch in which nobody speaks.

    Raises:
        ValueError: Shorter than 2 s, or something that is not a finite number.
    """
    signal = finite(silence)
    if signal.size < SHORTEST_S * rate:
        raise ValueError("hum needs 2 s of silence")
    low, low_rate = _low(signal - signal.mean(), rate)
    lines = _spectrum(low, low_rate)
    noises = {mains: _noises(lines, mains) for mains in MAINS_HZ}
    floor = max(STANDS_OUT * float(noise[:2].min()) / lines.peak for noise in noises.values())
    score, mains, exact = max(_best(lines, mains, noise) for mains, noise in noises.items())
    if score <= 0 or not _steady(low, exact / low_rate, lines, noises[mains]):
        return Hum(dbov=None, mains_hz=None, half_width_db=0.0, floor_dbov=dbov(floor))
    power, deviation = _power(lines, exact, noises[mains])
    half_width = 10 * math.log10(1 + 1.96 * deviation / power)
    return Hum(
        dbov=dbov(power),
        mains_hz=mains,
        half_width_db=math.hypot(half_width, METHOD_ERROR_DB),
        floor_dbov=dbov(floor),
    )


def _low(signal: Signal, rate: int) -> tuple[Signal, float]:
    """Leave out what lies far above the lines."""
    from scipy.signal import resample_poly

    step = max(1, rate // LEAST_RATE)
    return resample_poly(signal, 1, step), rate / step


def _spectrum(low: Signal, rate: float) -> _Lines:
    from scipy.fft import next_fast_len
    from scipy.signal.windows import blackmanharris

    size = next_fast_len(2 * low.size, real=True)
    window = blackmanharris(low.size, sym=False)
    scale = size * float(window @ window)
    power = 2 * np.abs(np.fft.rfft(low * window, size)) ** 2 / scale
    # Without a single value of noise nothing would stand out of anything.
    power += 1e-30
    return _Lines(
        power=power,
        bin_hz=rate / size,
        lobe_hz=LOBE_BINS * rate / low.size,
        peak=float(window.sum()) ** 2 / scale,
    )


def _noises(lines: _Lines, mains: int) -> Signal:
    """Mean power of the bins around each multiple of ``mains``.

    It is taken from the median, which does not notice the lines themselves.
    """
    medians = [np.median(lines.around(mains * line, AROUND_HZ)) for line in range(1, LINES + 1)]
    return np.array(medians) / math.log(2)


def _best(lines: _Lines, mains: int, noise: Signal) -> tuple[float, int, float]:
    """Find how well lines fit the mains: a score, 0 if not at all; the mains; its frequency."""
    grid = mains + np.linspace(-WANDER_HZ, WANDER_HZ, 201)
    bins = np.rint(np.outer(grid, np.arange(1, LINES + 1)) / lines.bin_hz).astype(np.intp)
    ratios = lines.power[bins] / noise
    scores = np.log1p(ratios).sum(axis=1)
    scores[ratios[:, :2].max(axis=1) < STANDS_OUT] = 0
    best = int(scores.argmax())
    return float(scores[best]), mains, float(grid[best])


def _steady(low: Signal, cycles: float, lines: _Lines, noise: Signal) -> bool:
    """Tell a tone that is there all the time; ``cycles`` per sample is the mains frequency."""
    from scipy.signal.windows import blackmanharris

    rate = lines.bin_hz * 2 * (lines.power.size - 1)
    first, second = (lines.power[lines.bin(n * cycles * rate)] / noise[n - 1] for n in (1, 2))
    line = 1 if first >= second else 2
    size = low.size // PARTS
    wave = blackmanharris(size, sym=False) * np.exp(-2j * np.pi * line * cycles * np.arange(size))
    amplitudes = np.abs(low[: PARTS * size].reshape(PARTS, size) @ wave)
    return bool(amplitudes.min() >= STEADY * np.median(amplitudes))


def _power(lines: _Lines, exact: float, noise: Signal) -> tuple[float, float]:
    """Mean square of all lines together without the noise in them, and its deviation."""
    total = variance = 0.0
    for line, usual in enumerate(noise, 1):
        bins = lines.around(line * exact, lines.lobe_hz)
        under = usual * bins.size
        if bins.max() < BELONGS * usual:
            continue
        power = float(bins.sum()) - under
        total += power
        variance += 2 * power * under + under**2
    return total, math.sqrt(variance)
