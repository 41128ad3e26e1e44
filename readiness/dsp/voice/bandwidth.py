"""Bandwidth: up to which frequency a recording holds anything, and where a codec cut it off.

A telephone, a Bluetooth headset or a low sampling rate leaves a wall in the spectrum: below it the
voice or the room, above it next to nothing. See ``docs/methods/voice.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from readiness.dsp.voice.finite import finite
from readiness.dsp.voice.spectrum import frame_size, spectra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]
    Signal = NDArray[np.float64]

Klass = Literal["narrow", "wide", "super-wide", "full"]
"""The classes of telephony: up to 3.4 kHz, 7 kHz, 14 kHz, and more (ITU-T P.10)."""

CLASSES: tuple[tuple[float, Klass], ...] = ((4.6, "narrow"), (8.8, "wide"), (17.5, "super-wide"))
"""A class ends here, kHz: a tenth above half of its sampling rate (8, 16, 32 kHz), because gentle
resamplers let some of the mirrored voice through. No codec's own limit lies near."""

LOWEST_WALL_HZ = 2500
"""Lower, a fall is the voice's own."""

FALL_OVER_HZ = 500
SMOOTHED_HZ = 250

LEAST_FALL_DB = 15.0
"""A smaller fall over 0.5 kHz is the end of a voice, not of what can be transmitted."""

WALL_DB = 40.0
"""No microphone falls as steeply as that over 0.5 kHz; a codec or a resampler does."""

SLOPE_DB = 6.0
"""Where it falls by this much over 0.5 kHz, the wall begins: some resamplers round it."""

EDGE_DB = 6.0
"""The edge lies where the spectrum is this much below the wall's top."""

LOUD_DB = 25.0
"""Frames this much below the mean of the reading are no speech."""

LOUD_PERCENT = 95
"""Hissing sounds are rare, and only they reach high."""

LOWEST_POWER = 1e-16
"""Below the noise of 24 bits there is nothing to be compared."""

HALF_WIDTH_KHZ = 0.25


@dataclass(frozen=True, kw_only=True)
class Bandwidth:
    """How far up a recording reaches.

    Attributes:
        khz: Where it ends: at a wall, or at half of the sampling rate if no wall was found.
        half_width_khz: How sure that is.
        klass: The class of telephony that it belongs to.
        wall: Whether it ends so steeply that something digital ends it: a codec, a resampler.
        fall_db: Steepest fall over 0.5 kHz above 2.5 kHz, dB; 0 if the rate leaves no room for one.
    """

    khz: float
    half_width_khz: float
    klass: Klass
    wall: bool
    fall_db: float


def bandwidth(silence: Samples, reading: Samples, rate: int) -> Bandwidth:
    """Find the end of the spectrum of a guided take: of the voice and of the room together.

    Raises:
        ValueError: One of them is shorter than 32 ms, or the reading is all zeros.
    """
    ceiling = _ceiling(silence, reading, rate)
    line_hz = rate / frame_size(rate)
    span, first = round(FALL_OVER_HZ / line_hz), round(LOWEST_WALL_HZ / line_hz)
    highest = rate / 2000
    falls = ceiling[first : ceiling.size - span] - ceiling[first + span :]
    if falls.size == 0:
        return _found(highest, highest, 0.0)
    steepest = first + int(falls.argmax())
    fall = float(falls.max())
    if fall < LEAST_FALL_DB:
        return _found(highest, highest, fall)
    gentle = np.flatnonzero(falls[: steepest - first] < SLOPE_DB)
    top = first + (int(gentle[-1]) if gentle.size else 0)
    edge = int(np.flatnonzero(ceiling < ceiling[top] - EDGE_DB)[0])
    return _found(edge * line_hz / 1000, highest, fall)


def _found(khz: float, highest: float, fall_db: float) -> Bandwidth:
    khz = min(khz, highest)
    return Bandwidth(
        khz=khz,
        half_width_khz=HALF_WIDTH_KHZ,
        klass=next((klass for end, klass in CLASSES if khz < end), "full"),
        wall=fall_db >= WALL_DB,
        fall_db=fall_db,
    )


def _ceiling(silence: Samples, reading: Samples, rate: int) -> Signal:
    """Give the highest level at each line of the spectrum or above it, dB."""
    noise, voice = spectra(finite(silence), rate), spectra(finite(reading), rate)
    levels = voice.sum(axis=1)
    mean = float(levels.mean())
    if mean <= 0:
        raise ValueError("the reading is all zeros")
    loud = voice[levels >= mean * 10 ** (-LOUD_DB / 10)]
    power = np.percentile(loud, LOUD_PERCENT, axis=0) + noise.mean(axis=0)
    width = max(1, round(SMOOTHED_HZ * frame_size(rate) / rate))
    smooth = np.convolve(np.pad(power, width // 2, mode="edge"), np.ones(width) / width, "valid")
    decibels = 10 * np.log10(np.maximum(smooth[: power.size], LOWEST_POWER))
    # A gap below is the voice's own; only where nothing comes above it the recording ends.
    ceiling: Signal = np.maximum.accumulate(decibels[::-1])[::-1]
    return ceiling
