"""Voice, noise and their distance from a guided take: first silence, then reading aloud.

The silence tells the noise; the noise's power is taken off the reading, and the voice's active
level (ITU-T P.56) is found on what is left. A single blind recording cannot do this: where nobody
said when the person speaks, noise and voice are told apart by guessing. Where noise suppression
holds the silence down, the noise beside the voice is what counts. See ``docs/methods/voice.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.finite import finite
from readiness.dsp.voice.level import NoiseLevel, dbov, noise_level, power
from readiness.dsp.voice.spectrum import frame_size
from readiness.dsp.voice.speech_level import active_level
from readiness.dsp.voice.suppression import Suppression, is_steady, suppression

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]

LEAST_RISE_DB = 6.0
"""The reading must be this much louder than the silence, or nobody is taken to have spoken."""

OWN_VOICE_DB = 12.0
"""Sounds in the silence that come this near to the voice are the person's own, or as near."""

BURST_DB = 12.0
"""A frame of the silence counts as a sound if it stands out of the quiet frames by this much."""

FEWEST_BURSTS_S = 0.3
"""Shorter sounds in the silence (a click, a cough from afar) are part of the noise."""

FRAME_S = 0.05

LEAST_GAIN = 0.03
"""How far noise is held down (-30 dB) before the activity is measured."""

ABOVE_MEAN = 2
ABOVE_MEAN_UNSTEADY = 8
"""Single frames of noise scatter around its mean, and other people's syllables far more."""

METHOD_ERROR_DB = ((20.0, 0.2), (10.0, 0.4), (-math.inf, 1.0))
"""Largest error seen in ``bench/voice/snr.py``: from this distance of voice and noise up."""


@dataclass(frozen=True, kw_only=True)
class GuidedVoice:
    """What a guided take tells. Levels in dBov, half widths (95 %) and distance in dB.

    Attributes:
        level: Active speech level of the voice without the noise.
        level_half_width: How sure that is.
        noise: Level of the silence.
        snr: Level minus noise, and minus the suppression if any was found.
        snr_half_width: How sure that is.
        activity: Share of the reading in which the voice was active, 0 to 1.
        suppression: How much louder the noise is beside the voice than in the silence.
    """

    level: float
    level_half_width: float
    noise: NoiseLevel
    snr: float
    snr_half_width: float
    activity: float
    suppression: Suppression


def rise_db(silence: Samples, reading: Samples) -> float:
    """How much louder the reading is than the silence, dB. Neither may be all zeros."""
    return dbov(power(reading)) - dbov(power(silence))


def sounds_in_silence(silence: Samples, rate: int) -> float | None:
    """Level of what stands out of the silence for 0.3 s or longer, dBov; none if nothing does."""
    size = int(FRAME_S * rate)
    count = silence.size // size
    frames = silence[: count * size].reshape(count, size).var(axis=1, dtype=np.float64)
    quiet = float(np.percentile(frames, 20))
    loud = frames[frames > quiet * 10 ** (BURST_DB / 10)]
    if loud.size * FRAME_S < FEWEST_BURSTS_S:
        return None
    return dbov(float(loud.mean()))


def was_silent(silence: Samples, reading: Samples, rate: int) -> bool:
    """Whether the person kept silent: nothing in the silence is as loud as their voice."""
    sounds = sounds_in_silence(silence, rate)
    return sounds is None or sounds < active_level(reading, rate).dbov - OWN_VOICE_DB


def guided_voice(silence: Samples, reading: Samples, rate: int) -> GuidedVoice:
    """Measure a take in which the person kept silent in one part and spoke in the other.

    Raises:
        ValueError: The reading is not louder than the silence, or the silence is all zeros.
    """
    noise = noise_level(finite(silence), rate)
    if power(finite(reading)) <= power(silence):
        raise ValueError("the reading is not louder than the silence")
    activity = active_level(without_noise(silence, reading, rate), rate).activity
    if activity <= 0:
        raise ValueError("no speech is left when the noise is taken off")
    held = suppression(silence, reading, rate)
    held_db = held.db if held.found else 0.0
    # A gate lets the noise through while the person speaks.
    noise_power = power(silence) * (1 + activity * (10 ** (held_db / 10) - 1))
    voice_power = power(reading) - noise_power
    if voice_power <= 0:
        raise ValueError("the reading is not louder than the silence")
    level = dbov(voice_power / activity)
    snr = level - noise.dbov - held_db
    method_error = next(error for least, error in METHOD_ERROR_DB if snr >= least)
    # The noise enters the level only by the share it has in the reading's power.
    share = noise_power / power(reading)
    level_half_width = math.hypot(method_error, noise.half_width * share / (1 - share))
    held_half_width = held.half_width if held.found or held.hidden else 0.0
    return GuidedVoice(
        level=level,
        level_half_width=level_half_width,
        noise=noise,
        snr=snr,
        snr_half_width=math.hypot(level_half_width, noise.half_width, held_half_width),
        activity=activity,
        suppression=held,
    )


def without_noise(silence: Samples, reading: Samples, rate: int) -> NDArray[np.float64]:
    """Hold the noise of ``silence`` down in ``reading`` (Wiener gain on 32 ms frames)."""
    size = frame_size(rate)
    window = np.hanning(size + 1)[:-1]
    count = silence.size // size
    quiet = np.fft.rfft(silence[: count * size].reshape(count, size) * window, axis=1)
    noise = np.mean(np.abs(quiet) ** 2, axis=0)
    above = ABOVE_MEAN if is_steady(silence, rate) else ABOVE_MEAN_UNSTEADY
    count = -(-(reading.size + size) // size)
    heard = np.zeros((count + 1) * size)
    heard[size // 2 : size // 2 + reading.size] = reading
    cleaned = np.zeros(heard.size)
    for start in (0, size // 2):  # the windows of both halves add up to one
        part = slice(start, start + count * size)
        lines = np.fft.rfft(heard[part].reshape(count, size) * window, axis=1)
        gain = 1 - above * noise / np.maximum(lines.real**2 + lines.imag**2, 1e-30)
        lines *= np.maximum(gain, LEAST_GAIN)
        cleaned[part] += np.fft.irfft(lines, size, axis=1).ravel()
    return cleaned[size // 2 :][: reading.size]
