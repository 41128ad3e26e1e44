"""Somebody who talks, made by arithmetic: syllables, hissing sounds and pauses, full band."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

PITCH_HZ = 120
HARMONICS = 40
LENGTHS_S = (0.16, 0.24, 0.12, 0.3, 0.2)
HISS_EVERY = 3
SENTENCE = 7


def talk(seconds: float = 10, rate: int = 48_000, dbov: float = -26) -> Signal:
    """Talk for so long, with that level over the whole time (pauses are a fifth of it)."""
    random = np.random.default_rng(7)
    out = np.zeros(round(seconds * rate))
    start, syllable = 0, 0
    while start < out.size:
        length = round(LENGTHS_S[syllable % len(LENGTHS_S)] * rate)
        sound = (
            _hiss(length, random) if syllable % HISS_EVERY == 0 else _vowel(length, rate, random)
        )
        part = out[start : start + length]
        part += (sound * np.sin(np.pi * np.arange(length) / length))[: part.size]
        syllable += 1
        start += length + round((0.45 if syllable % SENTENCE == 0 else 0.04) * rate)
    levelled: Signal = out * 10 ** (dbov / 20) / out.std()
    return levelled


def noise(dbov: float, seconds: float, rate: int = 48_000, *, seed: int = 1) -> Signal:
    """White noise of that level."""
    size = round(seconds * rate)
    return 10 ** (dbov / 20) * np.random.default_rng(seed).standard_normal(size)


def _vowel(length: int, rate: int, random: np.random.Generator) -> Signal:
    pitch = PITCH_HZ * random.uniform(0.8, 1.3)
    loud = random.uniform(0.3, 1.0)
    time = np.arange(length) / rate
    parts = (
        np.sin(2 * np.pi * pitch * n * time + random.uniform(0, 2 * np.pi)) / n**1.3
        for n in range(1, HARMONICS)
        if n * pitch < rate / 2
    )
    vowel: Signal = loud * np.sum(list(parts), axis=0)
    return vowel


def _hiss(length: int, random: np.random.Generator) -> Signal:
    return 0.15 * random.standard_normal(length)
