"""Noise suppression: a gate that holds the room down while nobody speaks flatters the silence.

What is noise while the person speaks must be found beside the voice: in each short frame there are
bands without voice, and what they hold is compared with what they held in the silence. See
``docs/methods/voice.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.level import dbov, finite, power
from readiness.dsp.voice.spectrum import spectra

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]
    Signal = NDArray[np.float64]

FOUND_DB = 3.0
"""From here on it is called suppression. Without any, at most half of that was seen."""

BANDS = {6_000: 12, 12_000: 16}
MOST_BANDS = 24
"""Bands by the highest frequency: as many as leave each ten lines of the spectrum or more."""

LOWEST_HZ = 100
"""Below this a room rumbles unsteadily."""

HIGHEST_SHARE = 0.92
"""Above this share of the highest frequency the converter's filter is at work."""

QUIETEST_BANDS = 3
"""The bands without voice: that many of a frame, those that rose least over the silence."""

QUIETEST_PERCENT = 10
"""Frames in which the voice leaves bands free: the tenth that rose least."""

ABOVE_NOISE_DB = 6.0
"""A frame this much above the noise beside the voice holds voice, so that a gate is open."""

LOUD_DB = 10.0
"""Frames this near to the voice's mean certainly do: with them the search begins."""

ROUNDS = 6
"""Each round lowers the noise beside the voice and so lets in frames with less voice."""

STEADY_DB = 7.0
"""If four of five frames of the silence lie closer together, band by band, the noise is steady."""

SPAN_DB = 14.0
"""Frames louder than that have more voice in them, which reaches more bands."""

FEWEST = 12
"""Fewer frames in that span tell nothing; then all louder ones are taken."""

CLEAR_DB = 28.0
HIDDEN_PER_DB = {6_000: 0.35, 12_000: 0.2}
HIDDEN_PER_DB_WIDE = 0.1
"""Where the voice stands out of the noise by more than 28 dB it begins to reach its quietest bands
too, by this much for each further dB; the more, the fewer bands there are above the voice."""

SHORT_S = 0.02
UNSTEADY_PERCENT = 5

HALF_WIDTH_STEADY_DB = 1.5
HALF_WIDTH_UNSTEADY_DB = 4.0
"""Largest errors seen in ``bench/voice/suppression.py``."""


@dataclass(frozen=True, kw_only=True)
class Suppression:
    """How much louder the noise is beside the voice than in the silence.

    Attributes:
        db: The difference, dB; small or negative without suppression.
        half_width: How sure that is (95 %), dB.
        found: Whether it is so large that it is suppression.
    """

    db: float
    half_width: float
    found: bool


def suppression(silence: Samples, reading: Samples, rate: int) -> Suppression:
    """Compare the noise beside the voice with the noise of the silence.

    Where the noise itself is unsteady (people talking), only the quietest moments of the reading
    can be compared with the silence: a gate that closes quickly is then not found.

    Raises:
        ValueError: One is shorter than 0.5 s or all zeros, or the reading is not louder.
    """
    quiet, heard = finite(silence), finite(reading)
    if min(quiet.size, heard.size) < rate / 2 or power(quiet) <= 0:
        raise ValueError("suppression needs 0.5 s of silence and reading, not all zeros")
    noise, voice = spectra(quiet - quiet.mean(), rate), spectra(heard - heard.mean(), rate)
    edges = _edges(noise.shape[1], rate)
    bands = np.add.reduceat(noise, edges, axis=1)[:, :-1]
    if _spread(bands) > STEADY_DB:
        found, half_width = _between_words(quiet, heard, rate), HALF_WIDTH_UNSTEADY_DB
    else:
        usual = bands.mean(axis=0)
        rise = _rise(np.add.reduceat(voice, edges, axis=1)[:, :-1] / usual)
        still = float(np.median(_rise(bands / usual)))
        loud = 10 * np.log10(voice.sum(axis=1) / noise.sum(axis=1).mean() + 1e-12)
        found, half_width = _beside_voice(rise - still, loud, rate), HALF_WIDTH_STEADY_DB
    return Suppression(db=found, half_width=half_width, found=found >= FOUND_DB)


def _edges(lines: int, rate: int) -> NDArray[np.intp]:
    """First lines of the bands, and the line where the last one ends."""
    count = int(_for(rate, BANDS, MOST_BANDS))
    lowest = max(1, math.ceil(LOWEST_HZ * 2 * lines / rate))
    return np.linspace(lowest, HIGHEST_SHARE * lines, count + 1).astype(np.intp)


def _spread(bands: Signal) -> float:
    """How far four of five frames lie apart, dB; the middle one of the bands."""
    low, high = np.percentile(bands, (10, 90), axis=0)
    return float(np.median(10 * np.log10((high + 1e-30) / (low + 1e-30))))


def _rise(ratios: Signal) -> Signal:
    """Rise over the silence of the bands that rose least, dB, frame by frame."""
    least = np.partition(ratios, QUIETEST_BANDS - 1, axis=1)[:, :QUIETEST_BANDS]
    rise: Signal = 10 * np.log10(least + 1e-12).mean(axis=1)
    return rise


def _beside_voice(rise: Signal, loud: Signal, rate: int) -> float:
    """How much the bands without voice rise, at the least, while the person speaks, dB."""
    voice = 10 * math.log10(float(np.mean(10 ** (np.sort(loud)[loud.size // 2 :] / 10))))
    least, found = max(voice - LOUD_DB, ABOVE_NOISE_DB), 0.0
    for _ in range(ROUNDS):
        frames = rise[(loud >= least) & (loud < least + SPAN_DB)]
        if frames.size < FEWEST:
            frames = rise[loud >= least]
        if frames.size == 0:
            raise ValueError("the reading is not louder than the silence")
        found = float(np.percentile(frames, QUIETEST_PERCENT))
        least = min(least, max(found, 0) + ABOVE_NOISE_DB)
    hidden = _for(rate, HIDDEN_PER_DB, HIDDEN_PER_DB_WIDE)
    return found - hidden * max(0.0, voice - found - CLEAR_DB)


def _for(rate: int, table: Mapping[int, float], otherwise: float) -> float:
    """Find the entry of the first highest frequency that covers half of ``rate``."""
    return next((entry for highest, entry in table.items() if rate <= 2 * highest), otherwise)


def _between_words(quiet: Signal, heard: Signal, rate: int) -> float:
    """Level of the quietest moments of the reading minus that of the silence, dB."""
    size = round(SHORT_S * rate)
    count = heard.size // size
    moments = heard[: count * size].reshape(count, size).var(axis=1)
    return dbov(float(np.percentile(moments, UNSTEADY_PERCENT))) - dbov(power(quiet))
