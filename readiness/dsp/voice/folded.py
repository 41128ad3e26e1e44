"""A recording folded back with the phases of the sweep it answers: echoes become pulses.

Only phases are turned, so energies stay what they were. The pulse of an echo is looked for on
flattened spectra: where noise is loud at some frequencies, the others still tell.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from readiness.dsp.voice.sweep import LOWEST_HZ, highest_hz

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Spectrum = NDArray[np.complex64]

LOW_EDGE = 1.15
"""The low edge fades over this factor: narrower edges ring for longer than the gate is open."""

HIGH_EDGE = 1.05
"""The same at the high edge, where the same factor is many more hertz."""

SMOOTHING_HZ = 60.0
"""Width over which spectra are flattened: wider than the lines of hum and voices."""

CLOCKS = (-4e-4, -2e-4, 0.0, 2e-4, 4e-4)
"""Differences of the clocks that are tried; ordinary crystals differ by up to 0.02 %."""

NEARER = (1e-4, 5e-5)
"""Then these steps to both sides of the best; finer ones raise no pulse."""


BANDS = 6
"""The sweep's band is divided into so many, about an octave each."""

BAND_HEIGHT = 4.0
"""A pulse so far above its band's background is one; noise is at 1 place of 3000."""

BAND_RATE = 2000.0
"""At least so many samples a second of its envelope are looked at."""

BEFORE_S = 0.02
"""How long before the pulse the gate opens: the band's low edge rings to both sides."""

GATE_S = 0.2
"""How long the gate stays open: rooms with 0.5 s of reverberation have sent all but 0.4 %."""

EARLY_S = 0.05
"""So much before the beginning belongs to it: an echo that is not late at all rings there."""

NEAR_S = 0.003
"""Pulses of one echo lie this near together in all bands: earphones delay low tones more."""


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """The highest pulse.

    Attributes:
        delay_s: Where it is, seconds.
        height: Its peak over the root mean square of the signal.
        bands: In how many of the six bands there is a pulse. That of an echo is in several; a
            bang or a voice is, at any one delay, in one or two.
        clock: The difference of the clocks it was found with.
    """

    delay_s: float
    height: float
    bands: int
    clock: float


@dataclass(frozen=True, kw_only=True)
class Folded:
    """A recording folded back.

    Attributes:
        spectrum: Of the recording, the sweep's phases taken off, in the sweep's band.
        lateness: When each of its frequencies was played, seconds.
        flatness: What flattens the spectrum.
        size: Samples of the folded signal.
        rate: Of the folded signal, Hz; lower than the recording's.
        played_energy: Energy of the sweep in its band.
    """

    spectrum: Spectrum
    lateness: NDArray[np.float64]
    flatness: NDArray[np.float32]
    hertz: NDArray[np.float64]
    size: int
    rate: float
    played_energy: float

    @classmethod
    def of(cls, played: NDArray[np.float64], heard: NDArray[np.float64], rate: int) -> Folded:
        """Fold ``heard`` back with ``played``."""
        from scipy.fft import next_fast_len, rfft

        long = next_fast_len(played.size + heard.size, real=True)
        top = highest_hz(rate)
        size = next_fast_len(math.ceil(2.1 * top * long / rate))
        count = size // 2 + 1
        sweep = rfft(played.astype(np.float32), long)[:count]
        answer = rfft(heard.astype(np.float32), long)[:count]
        hertz = np.arange(count) * (rate / long)
        window = _band(hertz, top)
        strength = np.abs(sweep)
        regular = np.maximum(strength, 1e-3 * float(strength.max()))
        early = np.exp(-2j * math.pi * EARLY_S * hertz)
        spectrum = answer * (np.conj(sweep) / regular * window * early).astype(np.complex64)
        octaves = math.log(top / LOWEST_HZ)
        lateness = np.log(np.maximum(hertz, LOWEST_HZ) / LOWEST_HZ) * played.size / rate / octaves
        return cls(
            spectrum=spectrum,
            lateness=lateness,
            hertz=hertz,
            flatness=_flatness(spectrum, round(SMOOTHING_HZ * long / rate)),
            size=size,
            rate=rate * size / long,
            played_energy=float(np.sum((strength * window).astype(np.float64) ** 2)) * 2 / size,
        )

    def place(self, delay_s: float) -> int:
        """Where in the folded signal what comes so late is."""
        return round((delay_s + EARLY_S) * self.rate)

    def at_clock(self, clock: float) -> NDArray[np.float64]:
        """Give the folded signal, the clocks' difference made good; shape (size,)."""
        from scipy.fft import irfft

        signal: NDArray[np.float64] = irfft(self.spectrum * self._turn(clock), self.size)
        return signal.astype(np.float64)

    def highest_pulse(self, longest_s: float) -> Pulse:
        """Find the highest pulse that comes up to ``longest_s`` late."""
        last = self.place(longest_s)
        best = max(self._pulse(clock, last) for clock in CLOCKS)
        for step in NEARER:
            best = max(best, *(self._pulse(best[-1] + side * step, last) for side in (-1, 1)))
        height, place, clock = best
        return Pulse(
            delay_s=place / self.rate - EARLY_S,
            height=height,
            bands=self._bands_at(place, last, clock),
            clock=clock,
        )

    def _pulse(self, clock: float, last: int) -> tuple[float, int, float]:
        """Find the highest pulse if the clocks differ so much: its height, place and clock."""
        power = self._power(self.spectrum * self.flatness * self._turn(clock), self.size, last)
        place = int(np.argmax(power))
        return self._height(power, place, self.rate), place, clock

    def _bands_at(self, place: int, last: int, clock: float) -> int:
        """In how many bands there is a pulse near ``place``."""
        flat = self.spectrum * self.flatness * self._turn(clock)
        edges = np.searchsorted(self.hertz, np.geomspace(LOWEST_HZ, self.hertz[-1], BANDS + 1))
        return sum(
            self._is_in(flat[low:high], place / self.rate, last / self.rate)
            for low, high in itertools.pairwise(edges.tolist())
        )

    def _is_in(self, band: Spectrum, place_s: float, last_s: float) -> bool:
        """Whether there is a pulse near this place in one band."""
        from scipy.fft import next_fast_len

        # Moved down to zero the band has the same envelope, and needs fewer samples.
        seconds = self.size / self.rate
        size = next_fast_len(max(2 * band.size, math.ceil(BAND_RATE * seconds)))
        rate = size / seconds
        power = self._power(band, size, round(last_s * rate))
        start = max(0, math.floor((place_s - NEAR_S) * rate))
        near = power[start : math.ceil((place_s + NEAR_S) * rate) + 1]
        highest = start + int(np.argmax(near)) if near.size else start
        return near.size > 0 and self._height(power, highest, rate) > BAND_HEIGHT

    def _power(self, spectrum: Spectrum, size: int, last: int) -> NDArray[np.float64]:
        """Squared envelope, ``size`` samples of it in all, of which the first are given."""
        from scipy.fft import ifft

        signal = ifft(spectrum, size)[:last]
        power: NDArray[np.float64] = signal.real**2 + signal.imag**2
        return power

    def _height(self, power: NDArray[np.float64], place: int, rate: float) -> float:
        """Envelope at ``place`` over the root mean square of the signal away from it."""
        start = max(0, place - round(BEFORE_S * rate))
        rest = np.concatenate((power[:start], power[place + round(GATE_S * rate) :]))
        # The squared envelope is twice the square of the signal.
        background = float(rest.sum()) / 2 / max(rest.size, 1)
        return math.sqrt(float(power[place]) / background) if background > 0 else 0.0

    def _turn(self, clock: float) -> Spectrum:
        """Phases that make good a recording whose clock differs by this share."""
        phase = (2 * math.pi * clock * self.hertz * self.lateness).astype(np.float32)
        turn: Spectrum = np.exp(np.complex64(1j) * phase)
        return turn


def _band(hertz: NDArray[np.float64], top: float) -> NDArray[np.float64]:
    """1 within the sweep's band, falling to 0 at its edges."""
    corners = (LOWEST_HZ, LOWEST_HZ * LOW_EDGE, top / HIGH_EDGE, top)
    slope = np.interp(hertz, corners, (0.0, 1.0, 1.0, 0.0), left=0.0, right=0.0)
    band: NDArray[np.float64] = np.sin(slope * (math.pi / 2)) ** 2
    return band


def _flatness(spectrum: Spectrum, width: int) -> NDArray[np.float32]:
    """One over the magnitude around each frequency; 0 outside the band."""
    from scipy.ndimage import uniform_filter1d

    power = uniform_filter1d(np.abs(spectrum) ** 2, max(width, 1), mode="nearest")
    inside = power > 1e-12 * float(power.max(initial=0.0))
    flat: NDArray[np.float32] = np.where(inside, 1 / np.sqrt(np.where(inside, power, 1)), 0)
    return flat.astype(np.float32)
