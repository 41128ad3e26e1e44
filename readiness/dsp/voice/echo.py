"""Echo: how much of what the earphones play comes back through the microphone, and how late.

The recording is folded back with the phases of the sweep that was played: every echo becomes a
short pulse at its delay, and what is not an echo stays noise, whose power is known from the rest
and is taken off. See ``docs/methods/echo.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.finite import finite
from readiness.dsp.voice.folded import BEFORE_S, GATE_S, Folded, Pulse
from readiness.dsp.voice.sweep import LEAST_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]

LONGEST_DELAY_S = 1.25
"""Sound systems are late by up to 0.5 s, Bluetooth by 0.3 s more; the rest is reserve."""

LEAST_PEAK = 12.0
"""An echo's pulse is so far above the root mean square around it. Noise reaches 6, voices 10; the
weakest echo that can be measured in noise has some 17."""

LEAST_CERTAIN = 4.0
"""So many standard deviations of the noise in the gate the energy of an echo has, or it is none."""

SURELY = 2.0
"""An echo that would be found for sure has so many standard deviations more than it needs."""

LEAST_S = 1.0
"""A shorter sweep does not leave enough of its fold for the noise to be measured in."""

BLOCK_S = 0.01
"""Blocks from whose spread the noise in the gate is known."""

METHOD_ERROR_DB = 0.2
"""Twice the largest error seen in ``bench/voice/echo.py`` where noise plays no part."""

FEWEST_BANDS = 3
"""An echo is heard in so many octaves at the same delay; telephone headsets have three to four."""

DB = 10 / math.log(10)
"""A small share of a power, in dB."""

TINY = 1e-30
"""Instead of nothing, where it is divided by."""

MOST_DB = 80.0
"""More than this is not told: the steps of 16 bits are not far."""


@dataclass(frozen=True, kw_only=True)
class Echo:
    """What came back of a sweep.

    Attributes:
        loss_db: Power of what was played over the power of its echo, dB; none if no echo was
            found. Without a calibrated headset it holds for this volume and this gain.
        half_width_db: How sure that is (95 %), dB; 0 if no echo was found.
        delay_ms: When the echo came after it was played, ms, the computer's buffers included;
            none if no echo was found.
        peak_to_background: Height of the highest pulse over the root mean square around it.
        at_least_db: A loss that is surely not undercut, dB: if no echo was found, one of this
            loss would have been; else ``loss_db`` minus its half width.
    """

    loss_db: float | None
    half_width_db: float
    delay_ms: float | None
    peak_to_background: float
    at_least_db: float


def echo_return(played: Samples, heard: Samples, rate: int) -> Echo:
    """Find the echo of a sweep in what the microphone heard meanwhile.

    Args:
        played: The sweep of ``make_sweep``, shape (n,), full scale 1.0.
        heard: Recorded from the moment it began to be played, shape (m,); at least as long, and
            by 1.5 s longer for an echo that comes late.
        rate: Of both, Hz. Clocks may differ by 0.05 %.

    Raises:
        ValueError: The rate is below 1000 Hz; nothing was played, or less than 1 s; the recording
            is shorter than that, or digital silence; or a sample is infinite or no number.
    """
    sweep, recording = finite(played), finite(heard)
    if rate < LEAST_RATE:
        raise ValueError(f"an echo needs {LEAST_RATE} samples a second")
    if sweep.size < LEAST_S * rate:
        raise ValueError(f"what was played is shorter than {LEAST_S:g} s")
    if not sweep.any():
        raise ValueError("nothing was played")
    if recording.size < sweep.size:
        raise ValueError("the recording is shorter than what was played")
    if np.ptp(recording) == 0:
        raise ValueError("the recording is digital silence")
    folded = Folded.of(sweep, recording, rate)
    pulse = folded.highest_pulse(LONGEST_DELAY_S)
    energy, noise = _in_gate(folded, pulse)
    if (
        pulse.height < LEAST_PEAK
        or pulse.bands < FEWEST_BANDS
        or energy < LEAST_CERTAIN * noise.deviation(energy)
    ):
        most = max(energy, 0.0) + noise.least(LEAST_CERTAIN + SURELY)
        return Echo(
            loss_db=None,
            half_width_db=0.0,
            delay_ms=None,
            peak_to_background=pulse.height,
            at_least_db=min(MOST_DB, _db(folded.played_energy / max(most, TINY))),
        )
    loss = _db(folded.played_energy / energy)
    half_width = math.hypot(METHOD_ERROR_DB, 1.96 * DB * noise.deviation(energy) / energy)
    return Echo(
        loss_db=loss,
        half_width_db=half_width,
        delay_ms=1000 * pulse.delay_s,
        peak_to_background=pulse.height,
        at_least_db=loss - half_width,
    )


def echo_by_side(played: Samples, heard: Samples, rate: int) -> tuple[Echo, Echo]:
    """Find the echoes of two sweeps played one after the other: left, then right.

    Args:
        played: Of ``left_then_right``, shape (n, 2).
        heard: Recorded from the moment it began to be played, shape (m,).
        rate: Of both, Hz.

    Raises:
        ValueError: As ``echo_return``, for either side.
    """
    both = finite(played, channels=2)
    left, right = (_one_side(side, heard, rate) for side in both.T)
    return left, right


def _one_side(side: NDArray[np.float64], heard: Samples, rate: int) -> Echo:
    sounding = np.flatnonzero(side)
    if sounding.size == 0:
        raise ValueError("nothing was played on one side")
    start, end = int(sounding[0]), int(sounding[-1]) + 1
    late = round((LONGEST_DELAY_S + GATE_S) * rate)
    return echo_return(side[start:end], heard[start : end + late], rate)


def _in_gate(folded: Folded, pulse: Pulse) -> tuple[float, _Noise]:
    """Energy in the gate around ``pulse`` without the noise in it, and that noise."""
    signal = folded.at_clock(pulse.clock)
    start = max(0, folded.place(pulse.delay_s - BEFORE_S))
    end = folded.place(pulse.delay_s + GATE_S)
    last = folded.place(LONGEST_DELAY_S + GATE_S)
    block = round(BLOCK_S * folded.rate)
    rest = np.concatenate((signal[: start // block * block], signal[end:last]))
    blocks = np.sum(rest[: rest.size // block * block].reshape(-1, block) ** 2, axis=1)
    noise = _Noise.of(blocks, (end - start) / block)
    return float(np.sum(signal[start:end] ** 2)) - noise.energy, noise


def _db(ratio: float) -> float:
    return 10 * math.log10(ratio)


@dataclass(frozen=True, kw_only=True)
class _Noise:
    """Noise in the gate: its energy, how far that scatters, and the energy of one free value."""

    energy: float
    scatter: float
    one: float

    @classmethod
    def of(cls, blocks: NDArray[np.float64], count: float) -> _Noise:
        """Conclude from blocks of noise on ``count`` of them."""
        # The median leaves out the end of the echo and steps that are no noise.
        middle = float(np.median(blocks))
        deviation = 1.4826 * float(np.median(np.abs(blocks - middle)))
        freedom = 2 * (middle / deviation) ** 2 if deviation > 0 else 1.0
        scatter = deviation * math.sqrt(count + count**2 / blocks.size)
        return cls(energy=middle * count, scatter=scatter, one=middle / max(freedom, 1.0))

    def deviation(self, echo: float) -> float:
        """Standard deviation of the energy found for an echo of this energy."""
        return math.sqrt(self.scatter**2 + 4 * max(echo, 0.0) * self.one)

    def least(self, deviations: float) -> float:
        """Find the energy of an echo that is so many of its own standard deviations."""
        # Solved for the echo: echo = deviations * deviation(echo).
        half = 2 * deviations**2 * self.one
        return half + math.sqrt(half**2 + (deviations * self.scatter) ** 2)
