"""The power spectrum of one stretch of sound, and the lines in it."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

FINER = 4
"""The spectrum is computed at this many times the points that the stretch has: a line's top is then
met closely enough for a parabola."""

NOTHING = 1e-300
"""Stands for a power of nothing where a logarithm is taken."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """The strongest line of a part of a spectrum.

    Attributes:
        hertz: Its frequency, interpolated between the points.
        top: Power at its top; only ratios of tops mean something.
        energy: All that its main lobe holds, as :meth:`Spectrum.energy` counts.
    """

    hertz: float
    top: float
    energy: float


class Spectrum:
    """Power spectrum of a stretch under a Hann window.

    Attributes:
        lobe: Half the width of what a steady tone fills, Hz: two periods of the stretch.
    """

    def __init__(self, sound: Signal, rate: float) -> None:
        window = np.hanning(sound.size + 2)[1:-1]
        points = 1 << (FINER * sound.size - 1).bit_length()
        self.power: Signal = np.abs(np.fft.rfft(sound * window, points)) ** 2
        self.lobe = 2 * rate / sound.size
        self._step = rate / points
        self._scale = 2 / (points * float(np.sum(window**2)))

    def energy(self, low: float, high: float) -> float:
        """Mean square of what sounds between ``low`` and ``high`` Hz."""
        return self._scale * float(self.power[self._from(low) : self._to(high)].sum())

    def top(self, low: float, high: float) -> float:
        """The highest power between ``low`` and ``high`` Hz; 0 above half the rate."""
        return float(self.power[self._from(low) : self._to(high)].max(initial=0.0))

    def strongest(self, low: float, high: float) -> Line:
        """The strongest line whose top lies between ``low`` and ``high`` Hz."""
        first = max(1, self._from(low))
        at = first + int(np.argmax(self.power[first : min(self._to(high), self.power.size - 1)]))
        before, here, after = np.log(np.maximum(self.power[at - 1 : at + 2], NOTHING))
        bend = before - 2 * here + after
        aside = (before - after) / (2 * bend) if bend < 0 else 0.0
        hertz = (at + float(np.clip(aside, -1, 1))) * self._step
        return Line(
            hertz=hertz,
            top=float(self.power[at]),
            energy=self.energy(hertz - self.lobe, hertz + self.lobe),
        )

    def without(self, *hertz: float, spread: float = 0.0, keep: tuple[float, ...] = ()) -> Spectrum:
        """The spectrum with the lobes of tones taken out of it.

        Args:
            hertz: The tones.
            spread: They may lie off by this share of their frequency.
            keep: Tones whose own lobes stay, even where they overlap with those.
        """
        other = copy(self)
        other.power = self.power.copy()
        for tone in hertz:
            wide = self.lobe + spread * tone
            other.power[self._from(tone - wide) : self._to(tone + wide)] = 0
        for tone in keep:
            part = slice(self._from(tone - self.lobe), self._to(tone + self.lobe))
            other.power[part] = self.power[part]
        return other

    def _from(self, hertz: float) -> int:
        return max(0, round(hertz / self._step))

    def _to(self, hertz: float) -> int:
        return round(hertz / self._step) + 1
