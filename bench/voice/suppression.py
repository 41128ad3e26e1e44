"""Noise suppression: gates and expanders of known depth between a room and the recording."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import lfilter, resample_poly

from bench.rows import Row
from bench.voice.talkers import TEXTS, VOICES
from bench.voice.voices import (
    NOISES,
    RATE,
    VOICE_DBOV,
    Speaker,
    at_active_level,
    at_level,
    full_band,
    published,
    reading,
    voices,
)
from readiness.dsp.voice.guided import guided_voice
from readiness.dsp.voice.speech_level import active_level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from readiness.dsp.voice.guided import GuidedVoice

    Signal = NDArray[np.float64]
    Target = Callable[[Signal], Signal]

SILENCE_S = 5
ROOMS = ("white", "pink", "fan")
DISTANCES = (15, 20, 30)
OPENS_DB = 9.0
"""The gates open this much above the noise."""

RATES = (RATE, 16_000)
OTHERS = ("en-us+f5", "en-us+croak", "en-us+whisper", "it+f4")
"""A high, a hoarse, a whispering and a hissing voice of ``talkers`` are added to the usual ones."""

MOST_DB = 2.0
"""Largest error allowed."""
ATTACK_S = 0.003


def rows(*, stl: Path | None = None, quick: bool = False) -> Iterator[Row]:
    """One row a kind of suppression; for wide-band headsets (16 kHz) too."""
    speakers = {name: full_band(voice) for name, voice in (voices() | _others()).items()}
    if stl is not None:
        speakers |= {name: np.tile(voice, 2) for name, voice in published(stl).items()}
    chosen = list(speakers.values())[:: 3 if quick else 1]
    for rate in RATES[: 1 if quick else 2]:
        for name, (held_db, target, release_s) in KINDS.items():
            takes = list(_takes(chosen, target, release_s, rate))
            yield _row(f"{name}, {rate // 1000} kHz", held_db, takes)


def _others() -> dict[str, Signal]:
    said = TEXTS["es"]
    return {
        name: at_active_level(
            reading(
                Speaker(voice=name, speed=speed, pitch=pitch, text=TEXTS.get(name[:2], said)), 12
            ),
            VOICE_DBOV,
        )
        for name, speed, pitch in VOICES
        if name in OTHERS
    }


def _row(name: str, held_db: float, takes: list[tuple[float, GuidedVoice]]) -> Row:
    flagged = sum(found.suppression.found for _, found in takes)
    errors = [abs(found.snr - distance) for distance, found in takes]
    within = sum(
        error <= found.snr_half_width for error, (_, found) in zip(errors, takes, strict=True)
    )
    wanted = len(takes) if held_db else 0
    return Row(
        figure=f"suppression, {name}",
        asked=(f"{'always' if held_db else 'never'} found, voice above noise within {MOST_DB} dB"),
        reached=(
            f"found {flagged} of {len(takes)}; voice above noise: largest error"
            f" {max(errors):.2f} dB, within half width {within}"
        ),
        met=flagged == wanted and max(errors) <= MOST_DB,
    )


def _takes(
    speakers: list[Signal], target: Target, release_s: float, rate: int
) -> Iterator[tuple[float, GuidedVoice]]:
    random = np.random.default_rng(4)
    for speaker in speakers:
        voice = _at(speaker, rate)
        level, size = active_level(voice, rate).dbov, SILENCE_S * rate
        for room in ROOMS:
            noise = _at(NOISES[room](SILENCE_S * RATE + speaker.size, random), rate)
            for distance in DISTANCES:
                heard = np.pad(voice, (size, noise.size - size - voice.size))
                heard += at_level(noise, level - distance)
                heard = _held(heard, level - distance, target, release_s, rate)
                yield distance, guided_voice(heard[:size], heard[size:], rate)


def _at(samples: Signal, rate: int) -> Signal:
    if rate == RATE:
        return samples
    resampled: Signal = resample_poly(samples, rate // 1000, RATE // 1000)
    return resampled


def _held(heard: Signal, noise_dbov: float, target: Target, release_s: float, rate: int) -> Signal:
    """Turn ``heard`` down as ``target`` says of its level above the noise, every millisecond."""
    tick = rate // 1000
    count = heard.size // tick
    power = (heard[: count * tick].reshape(count, tick) ** 2).mean(axis=1)
    above = 10 * np.log10(lfilter([0.1], [1, -0.9], power) + 1e-15) - noise_dbov
    wanted = target(above)
    gain = np.empty(count)
    now = wanted[0]
    opening, closing = (np.exp(-0.001 / seconds) for seconds in (ATTACK_S, release_s))
    for step, aim in enumerate(wanted):
        part = opening if aim > now else closing
        now = part * now + (1 - part) * aim
        gain[step] = now
    held: Signal = heard * np.interp(
        np.arange(heard.size), np.arange(count) * tick, 10 ** (gain / 20)
    )
    return held


def _gate(held_db: float) -> Target:
    return lambda above: np.where(above > OPENS_DB, 0.0, -held_db)


def _expander(held_db: float) -> Target:
    """Twice the distance below the threshold, but no more than ``held_db``."""
    return lambda above: np.clip(above - OPENS_DB, -held_db, 0)


KINDS: dict[str, tuple[float, Target, float]] = {
    "none": (0, _gate(0), 0.1),
    "gate of 6 dB, closes in 20 ms": (6, _gate(6), 0.02),
    "gate of 6 dB, closes in 200 ms": (6, _gate(6), 0.2),
    "gate of 12 dB, closes in 20 ms": (12, _gate(12), 0.02),
    "gate of 12 dB, closes in 200 ms": (12, _gate(12), 0.2),
    "gate of 20 dB, closes in 100 ms": (20, _gate(20), 0.1),
    "gate of 40 dB, closes in 100 ms": (40, _gate(40), 0.1),
    "expander to 20 dB, 100 ms": (20, _expander(20), 0.1),
}
"""What is held down by how much, what holds it, and how fast it closes."""
