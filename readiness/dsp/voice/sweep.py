"""The sweep that is played to find an echo: from low to high, each octave taking the same time.

An exponential sweep (A. Farina, AES convention paper 5093, 2000) has the spectrum of speech,
about, spends its power where rooms are noisy, and what loudspeakers distort arrives before the
echo and not in it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOWEST_HZ = 100.0
HIGHEST_HZ = 8000.0
SECONDS = 3.0

LEAST_RATE = 1000
"""At lower rates hardly two octaves are left."""

NYQUIST_SHARE = 0.45
"""At low rates the sweep ends at this share of the rate, where converters still let through."""

DBOV = -26.0
"""The level of speech on a telephone line (ITU-T G.191's nominal active speech level)."""

FADE_S = 0.02
"""Rising and falling, so that nothing clicks."""

PAUSE_S = 1.5
"""Between left and right: longer than any delay that is looked for, and a room's ringing."""


def make_sweep(rate: int, seconds: float = SECONDS, dbov: float = DBOV) -> NDArray[np.float32]:
    """Make a sweep from 100 Hz to 8 kHz.

    Args:
        rate: Hz, 1000 or more; below 17.8 kHz the sweep ends at 45 % of it.
        seconds: How long, 0.1 or more.
        dbov: Level over the whole sweep, dBov; -3.1 at most.

    Returns:
        Shape (n,), full scale 1.0.

    Raises:
        ValueError: An argument out of its range.
    """
    if rate < LEAST_RATE or seconds < 0.1 or not dbov <= -3.1:  # noqa: PLR2004 - said above
        raise ValueError(f"no sweep of {seconds} s at {rate} Hz and {dbov} dBov")
    octaves = math.log(highest_hz(rate) / LOWEST_HZ)
    time = np.arange(round(seconds * rate)) / rate
    phase = 2 * math.pi * LOWEST_HZ * seconds / octaves * np.expm1(time / seconds * octaves)
    fade = np.clip(np.minimum(time, time[::-1]) / FADE_S, 0, 1)
    sweep = np.sin(phase) * np.sin(fade * (math.pi / 2)) ** 2
    gain = 10 ** (dbov / 20) / math.sqrt(float(np.mean(sweep**2)))
    scaled: NDArray[np.float32] = (gain * sweep).astype(np.float32)
    return scaled


def highest_hz(rate: int) -> float:
    """Where the sweep ends at this rate, Hz."""
    return min(HIGHEST_HZ, NYQUIST_SHARE * rate)


def left_then_right(sweep: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Play ``sweep`` on the left, and after 1.5 s on the right; shape (n, 2)."""
    wait = sweep.size + round(PAUSE_S * rate)
    both = np.zeros((wait + sweep.size, 2), np.float32)
    both[: sweep.size, 0] = sweep
    both[wait:, 1] = sweep
    return both
