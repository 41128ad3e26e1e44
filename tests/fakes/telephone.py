"""A telephone as a microphone hears it: keys, dial tones, and the room between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import fftconvolve, firwin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

ROWS = (697, 770, 852, 941)
COLUMNS = (1209, 1336, 1477, 1633)
LAYOUT = ("123A", "456B", "789C", "*0#D")
EDGE_S = 0.002
"""A key's tones come and go within this time, as in a telephone."""


@dataclass(frozen=True, kw_only=True)
class Presses:
    """How keys are pressed.

    Attributes:
        on, off: Seconds that each sounds, and between two.
        twist_db: Level of the high tone above that of the low one; both together stay the same.
        low_percent, high_percent: Deviation from the nominal frequencies.
        lead: Seconds of silence before the first and after the last.
        amplitude: Of each tone without twist, full scale 1.
    """

    on: float = 0.1
    off: float = 0.1
    twist_db: float = 0.0
    low_percent: float = 0.0
    high_percent: float = 0.0
    lead: float = 0.3
    amplitude: float = 0.1


def keys(
    symbols: str, rate: int, how: Presses = Presses(), *, seed: int = 1
) -> tuple[Signal, list[float]]:
    """The sound of ``symbols`` being pressed, and when each begins."""
    random = np.random.default_rng(seed)
    parts, times, at = [np.zeros(round(how.lead * rate))], [], how.lead
    for symbol in symbols:
        parts += [key(symbol, rate, how, random), np.zeros(round(how.off * rate))]
        times.append(at)
        at += how.on + how.off
    return np.concatenate([*parts, np.zeros(round(how.lead * rate))]), times


def key(symbol: str, rate: int, how: Presses, random: np.random.Generator) -> Signal:
    """One key with tones of any phase."""
    row = next(number for number, line in enumerate(LAYOUT) if symbol in line)
    low = ROWS[row] * (1 + how.low_percent / 100)
    high = COLUMNS[LAYOUT[row].index(symbol)] * (1 + how.high_percent / 100)
    lean = 10 ** (how.twist_db / 40)
    sound = how.amplitude * (
        tone(low, how.on, rate, phase=random.uniform(0, 2 * np.pi)) / lean
        + tone(high, how.on, rate, phase=random.uniform(0, 2 * np.pi)) * lean
    )
    edge = max(1, round(EDGE_S * rate))
    sound[:edge] *= np.linspace(0, 1, edge)
    sound[-edge:] *= np.linspace(1, 0, edge)
    return sound


def tone(hertz: float, seconds: float, rate: int, *, phase: float = 0.0) -> Signal:
    """A sine of amplitude 1."""
    return np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate + phase)


def chord(hertz: Sequence[float], seconds: float, rate: int) -> Signal:
    """Sines of amplitude 1 together."""
    together: Signal = np.sum([tone(one, seconds, rate, phase=one) for one in hertz], axis=0)
    return together


def cadenced(sound: Signal, rate: int, rhythm: Sequence[float]) -> Signal:
    """A sound that is on and off in turn for the seconds of ``rhythm``, over and over."""
    time = np.arange(sound.size) / rate % sum(rhythm)
    step = np.searchsorted(np.cumsum(rhythm), time, side="right")
    return np.where(step % 2 == 0, sound, 0.0)


def room(
    rate: int, *, direct_to_reverberant_db: float, seed: int, reverberation_s: float = 0.3
) -> Signal:
    """The response of a room: the direct sound, and noise that falls by 60 dB in that time."""
    random = np.random.default_rng(seed)
    time = np.arange(round(1.2 * reverberation_s * rate)) / rate
    tail = random.standard_normal(time.size) * 10 ** (-3 * time / reverberation_s)
    tail[time < EDGE_S] = 0
    response: Signal = tail / np.sqrt(np.sum(tail**2)) * 10 ** (-direct_to_reverberant_db / 20)
    response[0] = 1
    return response


def in_room(sound: Signal, response: Signal) -> Signal:
    """What the microphone hears of ``sound``, with the tail that is left at the end."""
    heard: Signal = fftconvolve(sound, response)
    return heard


def telephone_band(sound: Signal, rate: int) -> Signal:
    """Only what lies between 300 and 3400 Hz."""
    taps = firwin(2 * (rate // 40) + 1, [300, 3400], pass_zero=False, fs=rate)
    heard: Signal = fftconvolve(sound, taps, mode="same")
    return heard


def with_noise(sound: Signal, noise: Signal, snr_db: float) -> Signal:
    """Add a noise; the distance is that of the keys while they sound, over the whole band."""
    loud = sound[np.abs(sound) > 1e-9]
    gain = np.sqrt(np.mean(loud**2) * 10 ** (-snr_db / 10) / np.mean(noise**2))
    noisy: Signal = sound + gain * noise[: sound.size]
    return noisy


def white(size: int, *, seed: int) -> Signal:
    """White noise of power 1."""
    return np.random.default_rng(seed).standard_normal(size)
