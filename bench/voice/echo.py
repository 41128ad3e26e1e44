"""Echo: leaks of known loss and delay in noise, with clocks that differ; and where there is none.

The room responses of the ITU-T Software Tool Library are used if a checkout is given, and a
synthetic leak of a headset in any case.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

from bench.rows import Row
from bench.voice.voices import NOISES, RATE, at_level, pink, voices
from readiness.dsp.voice.echo import LEAST_PEAK, echo_by_side, echo_return
from readiness.dsp.voice.sweep import left_then_right, make_sweep

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from readiness.dsp.voice.echo import Echo

    Signal = NDArray[np.float64]

LOSSES = (0, 10, 20, 30, 40, 50)
CLOCKS = (0.0, 1e-4, -3e-4)
DELAYS_S = (0.004, 0.1, 0.99)
ROOM_DBOV = -70.0
REST_S = 1.5
FINER = 8
"""How much finer a recording is sampled before it is read with another clock."""

RESPONSES = "src/reverb/IR/mono/little_endian"
RATES = {"IR48": 48_000, "visio": 32_000, "meeting50": 32_000, "meeting100": 32_000}
"""Impulse responses, 32-bit float, and their rates."""


def rows(*, stl: Path | None = None, quick: bool = False) -> Iterator[Row]:
    """Print the errors of loss and delay, and what was claimed where there was no echo."""
    random = np.random.default_rng(12)
    sweep = make_sweep(RATE).astype(np.float64)
    paths = {"headset": _leak()} | ({} if stl is None else _rooms(stl))
    for loss in LOSSES[::5] if quick else LOSSES:
        yield _errors(sweep, paths, loss, random)
    yield _clocks(sweep, paths, random)
    yield _sides(random)
    yield from _none(sweep, random)


def _leak() -> Signal:
    """What an earphone sends past the cheek: some 300 to 4000 Hz, and a reflection."""
    pulse = np.zeros(RATE // 20)
    pulse[48], pulse[120] = 1.0, 0.3
    leak: Signal = sosfilt(butter(2, (300, 4000), "band", fs=RATE, output="sos"), pulse)
    return leak


def _rooms(stl: Path) -> dict[str, Signal]:
    return {
        name: resample_poly(
            np.fromfile(stl / RESPONSES / f"{name}.IR", "<f4").astype(np.float64),
            RATE // math.gcd(RATE, rate),
            rate // math.gcd(RATE, rate),
        )
        for name, rate in RATES.items()
    }


def _heard(sweep: Signal, path: Signal, loss: float, delay_s: float) -> Signal:
    """Send the sweep down the path so that what arrives is ``loss`` dB weaker."""
    answer = fftconvolve(sweep, path)
    answer *= 10 ** (-loss / 20) * math.sqrt(float(np.sum(sweep**2) / np.sum(answer**2)))
    heard = np.zeros(sweep.size + round(REST_S * RATE))
    start = round(delay_s * RATE)
    heard[start : start + answer.size] = answer[: heard.size - start]
    return heard


def _other_clock(heard: Signal, clock: float) -> Signal:
    if not clock:
        return heard
    fine = resample_poly(heard, FINER, 1)
    places = np.arange(heard.size) / (1 + clock) * FINER
    read: Signal = np.interp(places, np.arange(fine.size), fine)
    return read


def _room(size: int, random: np.random.Generator) -> Signal:
    return at_level(pink(size, random), ROOM_DBOV)


def _errors(sweep: Signal, paths: dict[str, Signal], loss: int, random: np.random.Generator) -> Row:
    off, late, outside, count = 0.0, 0.0, 0, 0
    for path in paths.values():
        for delay in DELAYS_S:
            heard = _heard(sweep, path, loss, delay)
            found = echo_return(sweep, heard + _room(heard.size, random), RATE)
            truth_ms = 1000 * (delay + int(np.argmax(np.abs(path))) / RATE)
            error = math.inf if found.loss_db is None else abs(found.loss_db - loss)
            off = max(off, error)
            late = max(late, math.inf if found.delay_ms is None else abs(found.delay_ms - truth_ms))
            outside += error > found.half_width_db
            count += 1
    return Row(
        figure=f"echo return {loss} dB, {count} echoes by {len(paths)} paths",
        asked="within 0.5 dB, 1 ms",
        reached=f"{off:.2f} dB, {late:.2f} ms; {outside} outside the half width",
        met=off <= 0.5 and late <= 1,  # noqa: PLR2004 - as asked
    )


def _clocks(sweep: Signal, paths: dict[str, Signal], random: np.random.Generator) -> Row:
    off = late = 0.0
    for path in paths.values():
        for clock in CLOCKS:
            heard = _other_clock(_heard(sweep, path, 30, 0.2), clock)
            found = echo_return(sweep, heard + _room(heard.size, random), RATE)
            truth_ms = 1000 * (0.2 + int(np.argmax(np.abs(path))) / RATE)
            off = max(off, math.inf if found.loss_db is None else abs(found.loss_db - 30))
            late = max(late, math.inf if found.delay_ms is None else abs(found.delay_ms - truth_ms))
    return Row(
        figure="echo return 30 dB, clocks up to 0.03 % apart",
        asked="within 0.5 dB, 1 ms",
        reached=f"{off:.2f} dB, {late:.2f} ms",
        met=off <= 0.5 and late <= 1,  # noqa: PLR2004 - as asked
    )


def _sides(random: np.random.Generator) -> Row:
    """One earphone leaks 15 dB less than the other."""
    played = left_then_right(make_sweep(RATE), RATE)
    mixed = _heard(played[:, 0].astype(np.float64), _leak(), 25, 0.2)
    mixed = mixed + _heard(played[:, 1].astype(np.float64), _leak(), 40, 0.2)
    left, right = echo_by_side(played, mixed + _room(mixed.size, random), RATE)
    off = max(_off(left, 25), _off(right, 40))
    return Row(
        figure="left 25 dB, right 40 dB, one after the other",
        asked="within 0.5 dB",
        reached=f"{off:.2f} dB",
        met=off <= 0.5,  # noqa: PLR2004 - as asked
    )


def _off(echo: Echo, loss: float) -> float:
    return math.inf if echo.loss_db is None else abs(echo.loss_db - loss)


def _none(sweep: Signal, random: np.random.Generator) -> Iterator[Row]:
    size = sweep.size + round(REST_S * RATE)
    sounds = {
        f"{name} noise": [
            at_level(noise(size, random), level) for level in (-70, -50, -30) for _ in range(3)
        ]
        for name, noise in NOISES.items()
    }
    sounds["a voice"] = [
        voice[start : start + size] + _room(size, random)
        for voice in voices(12.0).values()
        for start in (0, RATE, 3 * RATE)
    ]
    for name, heard in sounds.items():
        echoes = [echo_return(sweep, one, RATE) for one in heard]
        claimed = sum(echo.loss_db is not None for echo in echoes)
        highest = max(echo.peak_to_background for echo in echoes)
        yield Row(
            figure=f"no echo, but {name}: {len(echoes)} recordings",
            asked="none claimed",
            reached=f"{claimed}; highest pulse {highest:.1f} (an echo: {LEAST_PEAK:.0f})",
            met=claimed == 0,
        )
