"""The telephone's codec against other programs, its noise against ITU-T G.712, and its band."""

from __future__ import annotations

import math
import shutil
import subprocess
from typing import TYPE_CHECKING

import numpy as np

from bench.rows import Row
from readiness.dsp.voice.g711 import Codec, decode, encode
from readiness.dsp.voice.telephone import as_customer_hears

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

RATE = 48_000
STL_VECTORS = {Codec.A_LAW: "a", Codec.MU_LAW: "u"}
SOX_TYPES = {Codec.A_LAW: "al", Codec.MU_LAW: "ul"}

OVERLOAD_DBM0 = 3.14
"""The level of the loudest sine (G.711); mu-law's is 0.03 dB more."""

LEAST_DISTANCE = ((-30, 33), (-40, 27), (-45, 22))
"""ITU-T G.712: signal over total distortion, sine, dB at dBm0; -30 stands for 0 to -30."""

BAND = ((300, 0.25), (1000, 0.25), (3000, 0.25))
"""Tones, and how little they may be changed, dB."""


def rows(*, stl: Path | None = None) -> Iterator[Row]:
    """Print what differs from other programs, the codec's noise, and the band."""
    for codec in Codec:
        if stl is not None:
            yield _against_stl(stl, codec)
        if shutil.which("sox") is not None:
            yield _against_sox(codec)
        yield _distance(codec)
    yield _band()
    yield _outside()


def _against_stl(stl: Path, codec: Codec) -> Row:
    """The STL's test sequence holds every sample of 16 bits; characters stand in 16 bits."""
    folder, law = stl / "src/g711/test_data", STL_VECTORS[codec]
    samples = np.fromfile(folder / "sweep.src", "<i2").astype(np.int16)
    characters = np.fromfile(folder / f"sweep-r.{law}", "<i2")
    back = np.fromfile(folder / f"sweep-r.{law}-{law}", "<i2")
    found = encode(samples, codec)
    wrong = int(np.sum(found != characters)) + int(np.sum(decode(found, codec) != back))
    return Row(
        figure=f"{codec}: the test sequence of ITU-T G.191, {samples.size} samples",
        asked="0 differ",
        reached=str(wrong),
        met=wrong == 0,
    )


def _against_sox(codec: Codec) -> Row:
    characters = np.arange(256).astype(np.uint8)
    raw = ["-t", SOX_TYPES[codec], "-r", "8000", "-c", "1", "-"]
    linear = ["-t", "raw", "-r", "8000", "-c", "1", "-e", "signed", "-b", "16", "-L", "-"]
    heard = subprocess.run(
        ["sox", *raw, *linear],  # noqa: S607 - whichever sox the person has
        input=characters.tobytes(),
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout
    wrong = int(np.sum(np.frombuffer(heard, "<i2") != decode(characters, codec)))
    return Row(
        figure=f"{codec}: all 256 characters decoded, against sox",
        asked="0 differ",
        reached=str(wrong),
        met=wrong == 0,
    )


def _tone(hertz: float, dbm0: float) -> Signal:
    amplitude = 10 ** ((dbm0 - OVERLOAD_DBM0) / 20)
    return amplitude * np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE)


def _middle(signal: NDArray[np.floating]) -> NDArray[np.floating]:
    return signal[RATE // 4 : 3 * RATE // 4]


def _distance(codec: Codec) -> Row:
    reached, met = [], True
    for dbm0, least in LEAST_DISTANCE:
        tone = _tone(1020, dbm0)
        heard = as_customer_hears(tone, RATE, codec)
        noise = float(np.std(_middle(heard - tone)))
        found = 20 * math.log10(float(np.std(_middle(tone))) / noise)
        reached.append(f"{found:.1f}")
        met &= found >= least
    return Row(
        figure=f"{codec}: 1020 Hz over its distortion at -30, -40, -45 dBm0",
        asked=", ".join(str(least) for _, least in LEAST_DISTANCE) + " dB (G.712)",
        reached=", ".join(reached) + " dB",
        met=met,
    )


def _gain(hertz: float) -> float:
    tone = _tone(hertz, -10)
    heard = as_customer_hears(tone, RATE, Codec.A_LAW)
    return 20 * math.log10(float(np.std(_middle(heard)) / np.std(_middle(tone))) + 1e-9)


def _band() -> Row:
    worst = max(abs(_gain(hertz)) for hertz, _ in BAND)
    return Row(
        figure="300, 1000, 3000 Hz through band and codec",
        asked="within 0.25 dB",
        reached=f"{worst:.2f} dB",
        met=all(abs(_gain(hertz)) <= most for hertz, most in BAND),
    )


def _outside() -> Row:
    highest = max(_gain(hertz) for hertz in (60, 150, 4600, 7000, 20_000))
    return Row(
        figure="60, 150, 4600, 7000, 20000 Hz through band and codec",
        asked="below -32 dB (G.712 from 4600 Hz)",
        reached=f"{highest:.0f} dB",
        met=highest < -32,  # noqa: PLR2004 - as asked
    )
