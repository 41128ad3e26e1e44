"""Noise events: barks, doors and voices of known time and level in five noises; and none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import butter, lfilter, sosfilt

from bench.rows import Row
from bench.voice.voices import NOISES, RATE, at_level, voices
from readiness.dsp.voice.noise_events import LOWEST_HZ, noise_events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

SECONDS = 30
NOISE_DBOV = -60.0
ABOVE_DB = 20.0
STARTS_S = (3.0, 8.0, 13.0, 17.0, 26.0)
DRIFTS: dict[str, Signal] = {
    "steady": np.zeros(SECONDS * RATE),
    "rising by 6 dB": np.linspace(-3, 3, SECONDS * RATE),
    "swinging by 6 dB in 20 s": 3 * np.sin(2 * np.pi * np.arange(SECONDS * RATE) / RATE / 20),
}
MAINS_HISS = 0.03
"""Beside hum there is always hiss; the share of its amplitude."""


def rows() -> Iterator[Row]:
    """Print which events are found, how well, and which are claimed in noise alone."""
    random = np.random.default_rng(13)
    for name in NOISES:
        yield _found(name, random)
    for name, drift in DRIFTS.items():
        yield _claimed(name, drift, random)


def _noise(name: str, random: np.random.Generator) -> Signal:
    noise = NOISES[name](SECONDS * RATE, random)
    if name == "hum":
        noise = noise + MAINS_HISS * random.standard_normal(noise.size)
    return at_level(noise, NOISE_DBOV)


def _audible(signal: Signal) -> Signal:
    """What is above 200 Hz, which alone counts."""
    high_pass = butter(4, LOWEST_HZ, "high", fs=RATE, output="sos")
    audible: Signal = sosfilt(high_pass, signal)
    return audible


def _bark(seconds: float, random: np.random.Generator) -> Signal:
    time = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * random.uniform(350, 700) * time * (1 - 0.2 * time)
    return np.sin(np.pi * time / seconds) * sum(np.sin(k * phase) / k for k in range(1, 9))


def _door(random: np.random.Generator) -> Signal:
    time = np.arange(round(0.35 * RATE)) / RATE
    thud: Signal = lfilter([0.08], [1, -0.92], random.standard_normal(time.size))
    return np.exp(-time / 0.06) * thud


def _found(name: str, random: np.random.Generator) -> Row:
    silence = _noise(name, random)
    floor = float(np.mean(_audible(silence) ** 2))
    sounds = (
        _bark(0.25, random),
        _bark(0.4, random),
        _door(random),
        _television(),
        _bark(0.2, random),
    )
    for start, sound in zip(STARTS_S, sounds, strict=True):
        at = round(start * RATE)
        strength = float(np.mean(_audible(sound) ** 2))
        gain = np.sqrt(floor / strength) * 10 ** (ABOVE_DB / 20)
        silence[at : at + sound.size] += gain * sound
    found = noise_events(silence, RATE).events
    late = [
        min((abs(event.start_s - start) for event in found), default=np.inf) for start in STARTS_S
    ]
    return Row(
        figure=f"bark, bark, door, television, bark, {ABOVE_DB:.0f} dB above {name} noise",
        asked="5 events, within 0.1 s",
        reached=f"{len(found)}, {max(late):.2f} s; "
        + " ".join(f"{event.above_db:.0f}" for event in found)
        + " dB",
        met=len(found) == len(STARTS_S) and max(late) <= 0.1,  # noqa: PLR2004 - as asked
    )


def _television() -> Signal:
    """A voice from the next room: 5 s."""
    return next(iter(voices(5.0).values()))


def _claimed(name: str, drift: Signal, random: np.random.Generator) -> Row:
    counts = [
        noise_events(_noise(noise, random) * 10 ** (drift / 20), RATE).count
        for noise in NOISES
        for _ in range(2)
    ]
    return Row(
        figure=f"events in {len(counts) * SECONDS} s of noise alone, five noises, {name}",
        asked="0",
        reached=str(sum(counts)),
        met=sum(counts) == 0,
    )
