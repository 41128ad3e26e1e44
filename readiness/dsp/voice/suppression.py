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
"""From here on it is called suppression. Without any, at most 2 dB were seen."""

BANDS = 24
NARROW_BANDS = 12
NARROW_RATE = 12_000
"""Whether noise is steady is seen in so many bands, each of ten lines of the spectrum or more."""

PATCH_LINES = 8
"""A patch is one frame of 32 ms by 250 Hz: small enough to fit between the sounds of a voice, large
enough for the noise in it to scatter by 2 dB only."""

FEWEST_PATCHES = 30
FEWEST_SHARE = 0.01
"""Fewer than that many and than that share in the quiet tail could be chance."""

REACHES = 0.05
LEAST_REACH_DB = 0.25
"""Patches that hold a little voice look like louder noise. The further the patches with voice lie
above it, the more of those there are: by this share of the way to the middle one, and never by
less than that, the noise is found too loud."""

HIDDEN_DB = 20.0
HIDES_CLAIM = 0.1
HIDES = 0.4
"""Where the middle patch lies further above the noise than this, a voice may leave too little noise
to be seen: for each further dB so much more is asked for a claim, and less is known."""

LOWEST_HZ = 100
"""Below this a room rumbles unsteadily."""

HIGHEST_SHARE = 0.92
"""Above this share of the highest frequency the converter's filter is at work."""

ABOVE_NOISE_DB = 12.0
"""A frame this much above the noise beside the voice holds voice, so that a gate is open, if it
does before and after as well: gates open and close within a frame."""

LOUD_DB = 10.0
"""Frames this near to the voice's mean certainly do: with them the search begins."""

FEWEST_FRAMES = 10
"""If no more frames with voice have such neighbours, those without are taken too."""

ROUNDS = 6
"""Each round lowers the noise beside the voice and so lets in frames with less voice."""

STEADY_DB = 7.0
"""If four of five frames of the silence lie closer together, band by band, the noise is steady."""

LEAST_POWER = 1e-30
SHORT_S = 0.02
UNSTEADY_PERCENT = 5

HALF_WIDTH_DB = 2.0
HALF_WIDTH_UNSTEADY_DB = 5.0
"""Largest errors in ``bench/voice/suppression.py``; and where noise is unsteady."""


@dataclass(frozen=True, kw_only=True)
class Suppression:
    """How much louder the noise is beside the voice than in the silence.

    Attributes:
        db: The difference, dB; small or negative without suppression.
        half_width: How sure that is (95 %), dB.
        found: Whether it is so large that it is suppression.
        hidden: Whether the voice covers so much of the noise that some may have been missed.
    """

    db: float
    half_width: float
    found: bool
    hidden: bool = False


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
    if not _steady(noise, rate):
        found = _between_words(quiet, heard, rate)
        return Suppression(db=found, half_width=HALF_WIDTH_UNSTEADY_DB, found=found >= FOUND_DB)
    patches = _patches(noise, rate)
    usual = patches.mean(axis=0) + LEAST_POWER
    loud = 10 * np.log10(voice.sum(axis=1) / noise.sum(axis=1).mean() + 1e-12)
    return _beside_voice(_rise(_patches(voice, rate), usual), loud, _rise(patches, usual))


def is_steady(silence: Samples, rate: int) -> bool:
    """Whether the noise of a silence, 32 ms or longer, is steady: a fan, and not people talking."""
    return _steady(spectra(finite(silence), rate), rate)


def _steady(noise: Signal, rate: int) -> bool:
    first, last = _reach(noise.shape[1], rate)
    count = NARROW_BANDS if rate <= NARROW_RATE else BANDS
    edges = np.linspace(first, last, count + 1).astype(np.intp)
    bands = np.add.reduceat(noise, edges, axis=1)[:, :-1]
    low, high = np.percentile(bands, (10, 90), axis=0)
    spread = float(np.median(10 * np.log10((high + LEAST_POWER) / (low + LEAST_POWER))))
    return spread <= STEADY_DB


def _reach(lines: int, rate: int) -> tuple[int, int]:
    """The lines of the spectrum that are looked at: the first, and the one after the last."""
    return max(1, math.ceil(LOWEST_HZ * 2 * lines / rate)), int(HIGHEST_SHARE * lines)


def _patches(power_of: Signal, rate: int) -> Signal:
    """Mean power of each frame (rows) in each 250 Hz (columns)."""
    first, last = _reach(power_of.shape[1], rate)
    count = (last - first) // PATCH_LINES
    part = power_of[:, first : first + count * PATCH_LINES]
    mean: Signal = part.reshape(-1, count, PATCH_LINES).mean(axis=2)
    return mean


def _rise(patches: Signal, usual: Signal) -> Signal:
    rise: Signal = 10 * np.log10(patches / usual + 1e-12)
    return rise


def _beside_voice(rise: Signal, loud: Signal, scatter: Signal) -> Suppression:
    """Find how much the patches without voice rise while the person speaks.

    Args:
        rise: Of the reading's patches over their mean in the silence, dB.
        loud: Its frames above the mean of the silence, dB.
        scatter: As ``rise``, of the silence itself.
    """
    voice = 10 * math.log10(float(np.mean(10 ** (np.sort(loud)[loud.size // 2 :] / 10))))
    if voice < 1:
        raise ValueError("the reading is not louder than the silence")
    below = scatter[scatter < 0]
    depth = -float(below.mean()) if below.size else 0.0
    least, found, patches = max(voice - LOUD_DB, ABOVE_NOISE_DB), 0.0, rise
    for _ in range(ROUNDS):
        patches = rise[_speaking(loud, least)]
        found = _quiet_edge(patches, depth)
        least = min(least, max(found, 0.0) + ABOVE_NOISE_DB)
    middle = max(0.0, float(np.median(patches)) - found)
    hidden = max(0.0, middle - HIDDEN_DB)
    found -= LEAST_REACH_DB + REACHES * middle
    return Suppression(
        db=found,
        half_width=HALF_WIDTH_DB + HIDES * hidden,
        found=found >= FOUND_DB + HIDES_CLAIM * hidden,
        hidden=hidden > 0,
    )


def _speaking(loud: Signal, least: float) -> NDArray[np.bool_]:
    """Which frames hold voice, as do the ones before and after."""
    with_voice: NDArray[np.bool_] = loud >= min(least, float(loud.max()))
    inside = with_voice.copy()
    inside[1:] &= with_voice[:-1]
    inside[:-1] &= with_voice[1:]
    return inside if np.count_nonzero(inside) >= FEWEST_FRAMES else with_voice


def _quiet_edge(rise: Signal, depth: float) -> float:
    """The mean of the noise among patches of which most hold voice, dB.

    Noise alone scatters below its mean by ``depth`` on average. The voice lies above; so the mean
    of the noise is the first value from below that has all lower ones so far below it.
    """
    values = np.sort(rise.ravel())
    count = np.arange(1, values.size)
    far = values[1:] - np.cumsum(values[:-1]) / count >= depth
    fewest = max(FEWEST_PATCHES, round(FEWEST_SHARE * values.size))
    far[: min(fewest, far.size) - 1] = False
    return float(values[1:][int(np.argmax(far))]) if far.any() else float(values[-1])


def _between_words(quiet: Signal, heard: Signal, rate: int) -> float:
    """Level of the quietest moments of the reading minus that of the silence, dB."""
    size = round(SHORT_S * rate)
    count = heard.size // size
    moments = heard[: count * size].reshape(count, size).var(axis=1)
    return dbov(float(np.percentile(moments, UNSTEADY_PERCENT))) - dbov(power(quiet))
