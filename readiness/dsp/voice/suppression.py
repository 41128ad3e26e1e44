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

from readiness.dsp.voice.finite import finite
from readiness.dsp.voice.level import dbov, power
from readiness.dsp.voice.spectrum import spectra

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]
    Signal = NDArray[np.float64]

FOUND_DB = 3.0
"""From here on it is called suppression. Without any, at most half of that was seen."""


@dataclass(frozen=True)
class _Width:
    """How voices of one bandwidth are looked past.

    Attributes:
        khz: For recordings that can reach up to this.
        bands: How many bands: as many as leave each ten lines of the spectrum or more.
        clear_db: The voice reaches even the quietest bands if it is louder than this,
        hides: by a tenth of what is more; and beyond ``hidden_db`` by up to this for each dB.
    """

    khz: float
    bands: int
    clear_db: float
    hides: float


WIDTHS = (
    _Width(khz=6, bands=12, clear_db=15, hides=0.6),
    _Width(khz=12, bands=24, clear_db=18, hides=0.9),
    _Width(khz=math.inf, bands=24, clear_db=28, hides=0.0),
)
"""Found with the voices and rooms of ``bench/voice/suppression.py``; the narrower a recording is,
the fewer bands stay free."""

REACHES = 0.1
HIDDEN_DB = 36.0
"""A voice that is louder than this hides the noise in a narrow recording: only so much more is
called suppression as it may hide."""

LOWEST_HZ = 100
"""Below this a room rumbles unsteadily."""

HIGHEST_SHARE = 0.92
"""Above this share of the highest frequency the converter's filter is at work."""

QUIETEST_BANDS = 3
"""The bands without voice: that many of a frame, those that rose least over the silence."""

QUIETEST_PERCENT = 7
"""This share of the frames with voice leaves bands free of it."""

ABOVE_NOISE_DB = 12.0
"""A frame this much above the noise beside the voice holds voice, so that a gate is open."""

LOUD_DB = 10.0
"""Frames this near to the voice's mean certainly do: with them the search begins."""

ROUNDS = 6
"""Each round lowers the noise beside the voice and so lets in frames with less voice."""

STEADY_DB = 7.0
"""If four of five frames of the silence lie closer together, band by band, the noise is steady."""

LEAST_POWER = 1e-30
SHORT_S = 0.02
UNSTEADY_PERCENT = 5

HALF_WIDTH_DB = 2.0
HALF_WIDTH_UNSURE_DB = 5.0
"""Largest errors in ``bench/voice/suppression.py``; and where noise is unsteady or hidden."""


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
    width = next(one for one in WIDTHS if rate <= 2000 * one.khz)
    noise, voice = spectra(quiet - quiet.mean(), rate), spectra(heard - heard.mean(), rate)
    edges = _edges(noise.shape[1], rate, width.bands)
    bands = np.add.reduceat(noise, edges, axis=1)[:, :-1]
    if not _steady(bands):
        found = _between_words(quiet, heard, rate)
        return Suppression(db=found, half_width=HALF_WIDTH_UNSURE_DB, found=found >= FOUND_DB)
    usual = bands.mean(axis=0) + LEAST_POWER
    rise = _rise(np.add.reduceat(voice, edges, axis=1)[:, :-1] / usual)
    loud = 10 * np.log10(voice.sum(axis=1) / noise.sum(axis=1).mean() + 1e-12)
    return _beside_voice(rise - float(np.median(_rise(bands / usual))), loud, width)


def is_steady(silence: Samples, rate: int) -> bool:
    """Whether the noise of a silence, 32 ms or longer, is steady: a fan, and not people talking."""
    noise = spectra(finite(silence), rate)
    width = next(one for one in WIDTHS if rate <= 2000 * one.khz)
    return _steady(
        np.add.reduceat(noise, _edges(noise.shape[1], rate, width.bands), axis=1)[:, :-1]
    )


def _edges(lines: int, rate: int, count: int) -> NDArray[np.intp]:
    """First lines of the bands, and the line where the last one ends."""
    lowest = max(1, math.ceil(LOWEST_HZ * 2 * lines / rate))
    return np.linspace(lowest, HIGHEST_SHARE * lines, count + 1).astype(np.intp)


def _steady(bands: Signal) -> bool:
    low, high = np.percentile(bands, (10, 90), axis=0)
    spread = float(np.median(10 * np.log10((high + LEAST_POWER) / (low + LEAST_POWER))))
    return spread <= STEADY_DB


def _rise(ratios: Signal) -> Signal:
    """Rise over the silence of the bands that rose least, dB, frame by frame."""
    least = np.partition(ratios, QUIETEST_BANDS - 1, axis=1)[:, :QUIETEST_BANDS]
    rise: Signal = 10 * np.log10(least + 1e-12).mean(axis=1)
    return rise


def _beside_voice(rise: Signal, loud: Signal, width: _Width) -> Suppression:
    """Find how much the bands without voice rise, at the least, while the person speaks."""
    voice = 10 * math.log10(float(np.mean(10 ** (np.sort(loud)[loud.size // 2 :] / 10))))
    least, found = max(voice - LOUD_DB, ABOVE_NOISE_DB), 0.0
    for _ in range(ROUNDS):
        frames = rise[loud >= min(least, float(loud.max()))]
        found = float(np.percentile(frames, QUIETEST_PERCENT))
        least = min(least, max(found, 0) + ABOVE_NOISE_DB)
    if voice < 1:
        raise ValueError("the reading is not louder than the silence")
    clear = voice - found
    hidden = width.hides * max(0.0, clear - HIDDEN_DB)
    found -= REACHES * max(0.0, clear - width.clear_db)
    return Suppression(
        db=found,
        half_width=HALF_WIDTH_UNSURE_DB if hidden else HALF_WIDTH_DB,
        found=found >= FOUND_DB + hidden,
    )


def _between_words(quiet: Signal, heard: Signal, rate: int) -> float:
    """Level of the quietest moments of the reading minus that of the silence, dB."""
    size = round(SHORT_S * rate)
    count = heard.size // size
    moments = heard[: count * size].reshape(count, size).var(axis=1)
    return dbov(float(np.percentile(moments, UNSTEADY_PERCENT))) - dbov(power(quiet))
