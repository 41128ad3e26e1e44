"""Bandwidth: voices and rooms that were cut off at a known frequency."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import firwin, oaconvolve, resample_poly

from bench.rows import Row
from bench.voice.voices import NOISES, RATE, at_level, full_band, published, voices
from readiness.dsp.voice.bandwidth import bandwidth
from readiness.dsp.voice.speech_level import active_level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from readiness.dsp.voice.bandwidth import Klass

    Signal = NDArray[np.float64]

SILENCE_S = 5
ROOMS = ("white", "pink", "fan")
DISTANCES = (20, 30, 45)
CUTS: tuple[tuple[float, Klass], ...] = ((3.4, "narrow"), (7.0, "wide"), (14.0, "super-wide"))
RATES: tuple[tuple[int, Klass], ...] = (
    (8_000, "narrow"),
    (16_000, "wide"),
    (24_000, "super-wide"),
    (32_000, "super-wide"),
    (44_100, "full"),
)
TAPS = 801
"""A filter of a codec: it falls within 0.2 kHz."""


@dataclass(frozen=True)
class Take:
    """A guided take of a voice in a room."""

    silence: Signal
    reading: Signal
    rate: int = RATE

    def through(self, way: Callable[[Signal], Signal], rate: int = RATE) -> Take:
        """What comes out of ``way``, which treats both parts alike, at ``rate``."""
        return Take(way(self.silence), way(self.reading), rate)


def rows(*, stl: Path | None = None, quick: bool = False) -> Iterator[Row]:
    """One row a codec's limit, and one a device's own rate."""
    speakers = {name: full_band(voice) for name, voice in voices().items()}
    if stl is not None:
        # The other recording of P.501 ends at 14 kHz itself.
        speakers |= {name: it for name, it in published(stl).items() if "_FB_" in name}
    if quick:
        speakers = dict(list(speakers.items())[::3])
    takes = list(_takes(speakers))
    for khz, klass in CUTS:
        taps = firwin(TAPS, khz * 1000, fs=RATE)
        codec = partial(oaconvolve, in2=taps, mode="same")
        yield _row(f"cut at {khz} kHz", klass, [take.through(codec) for take in takes], khz)
    yield _row("not cut", "full", takes)
    for rate, klass in RATES:
        name = f"sampled at {rate / 1000:g} kHz"
        there, back = (
            partial(_resampled, up=rate, down=RATE),
            partial(_resampled, up=RATE, down=rate),
        )
        sampled = [take.through(there, rate).through(_bits, rate) for take in takes[::4]]
        yield _row(name, klass, sampled)
        again = [take.through(back) for take in sampled]
        yield _row(f"{name}, resampled to 48", klass, again, rate / 2000)


def _takes(speakers: Mapping[str, Signal]) -> Iterator[Take]:
    random = np.random.default_rng(5)
    for voice in speakers.values():
        for room in ROOMS:
            for distance in DISTANCES:
                noise = active_level(voice, RATE).dbov - distance
                silence = at_level(NOISES[room](SILENCE_S * RATE, random), noise)
                yield Take(silence, voice + at_level(NOISES[room](voice.size, random), noise))


def _row(name: str, klass: Klass, takes: list[Take], khz: float | None = None) -> Row:
    recorded = [take.through(_bits, take.rate) for take in takes]
    found = [bandwidth(take.silence, take.reading, take.rate) for take in recorded]
    right = sum(one.klass == klass for one in found)
    edges = [one.khz for one in found]
    falls = [one.fall_db for one in found]
    walls = sum(one.wall for one in found)
    return Row(
        figure=f"bandwidth, {name}",
        asked=f"{klass}, always",
        reached=(
            f"{right} of {len(found)}; {min(edges):.2f} to {max(edges):.2f} kHz"
            + (f" (set {khz:g})" if khz else "")
            + f"; falls {min(falls):.0f} to {max(falls):.0f} dB, {walls} walls"
        ),
        met=right == len(found),
    )


def _resampled(samples: Signal, up: int, down: int) -> Signal:
    """Resample with a filter that begins a tenth below the limit, as sound systems do."""
    common = math.gcd(up, down)
    most = max(up, down) // common
    taps = firwin(2 * 32 * most + 1, 0.95 / most, window=("kaiser", 8.0))
    resampled: Signal = resample_poly(samples, up // common, down // common, window=taps)
    return resampled


def _bits(samples: Signal) -> Signal:
    """16 bits with the usual dither: the floor of what a device delivers."""
    dither = np.random.default_rng(6).random((2, samples.size)).sum(axis=0) - 1
    steps: Signal = np.round(samples * 32768 + dither) / 32768
    return steps
