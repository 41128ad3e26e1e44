"""Bring sound of any rate, block by block, to a rate near that of a telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]
    Signal = NDArray[np.float64]

TELEPHONE_RATE = 8000
LOWEST_RATE, HIGHEST_RATE = 8000, 192_000
"""Rates of recordings that are read, samples a second."""

TAPS_A_STEP = 24
"""Length of the low-pass filter in output samples: 50 dB between 3.4 and 4.6 kHz at 8 kHz."""

KAISER_BETA = 4.55
"""Shape of the filter's window for 50 dB (Kaiser's formula: 0.5842 * 29**0.4 + 0.07886 * 29)."""

LOUDEST = 1e6
"""No sound is louder (full scale is 1); larger numbers are a driver's rubbish and are held here."""


class Narrowing:
    """A low-pass filter that keeps every n-th sample, whatever the blocks are that it is fed.

    Attributes:
        rate: Samples a second that come out: 8000 up to 16000, the input's divided by an integer.
    """

    def __init__(self, rate: int) -> None:
        if not LOWEST_RATE <= rate <= HIGHEST_RATE:
            raise ValueError(f"{rate} samples a second are not between 8000 and 192000")
        self._step = int(rate / TELEPHONE_RATE)
        self.rate: float = rate / self._step
        self._filter = _low_pass(self._step)
        self._waiting: Signal = np.zeros(self._filter.size // 2)

    def feed(self, samples: Samples) -> Signal:
        """The next samples of the narrow sound; NaN and infinity count as silence.

        Args:
            samples: One channel, any length, full scale 1.0.
        """
        new = np.asarray(samples, dtype=np.float64)
        held = np.clip(np.where(np.isfinite(new), new, 0.0), -LOUDEST, LOUDEST)
        sound = np.concatenate([self._waiting, held])
        count = max(0, (sound.size - self._filter.size) // self._step + 1)
        self._waiting = sound[count * self._step :]
        if not count:
            return np.zeros(0)
        views = np.lib.stride_tricks.sliding_window_view(sound, self._filter.size)
        narrow: Signal = views[:: self._step][:count] @ self._filter
        return narrow

    def finish(self) -> Signal:
        """What the filter still holds, once nothing more comes."""
        return self.feed(np.zeros(self._filter.size // 2))


def _low_pass(step: int) -> Signal:
    """A windowed sinc with its edge at half the rate that remains; one tap where none is needed."""
    if step == 1:
        return np.ones(1)
    half = TAPS_A_STEP * step // 2
    sinc = np.sinc(np.arange(-half, half + 1) / step) * np.kaiser(2 * half + 1, KAISER_BETA)
    taps: Signal = sinc / sinc.sum()
    return taps
