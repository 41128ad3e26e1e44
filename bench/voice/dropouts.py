"""Dropouts: put into voices in every kind and length, and counted where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bench.rows import Row
from bench.voice.voices import RATE, at_level, pink, published, voices
from readiness.dsp.voice.dropouts import Filling, dropouts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

LENGTHS_MS = (5, 10, 20, 40)
EACH = 9
"""So many of every length and kind: 36 of each kind, as many for every voice."""

ROOM_DBOV = -65.0
"""A quiet room behind voices of -26 dBov."""

APART_S = 0.12
SECONDS = 12.0


def rows(*, stl: Path | None = None) -> Iterator[Row]:
    """Print how many are found, and how many where there are none."""
    random = np.random.default_rng(11)
    spoken = voices(SECONDS)
    heard = {name: _recorded(voice, random) for name, voice in spoken.items()}
    if stl is not None:
        heard |= published(stl)
    for filling in Filling:
        yield _found(filling, heard, random)
    yield _claimed(heard, "voices in a quiet room")
    yield _claimed({name: _steps(voice) for name, voice in spoken.items()}, "pauses of zeros")
    yield _deleted(heard, random)


def _recorded(voice: Signal, random: np.random.Generator) -> Signal:
    return _steps(voice + at_level(pink(voice.size, random), ROOM_DBOV))


def _steps(signal: Signal) -> Signal:
    """What a converter of 16 bits makes of it."""
    return np.round(signal * 32768) / 32768


def _places(voice: Signal, random: np.random.Generator) -> list[tuple[int, int]]:
    """Start and length of dropouts anywhere in the recording, apart from each other."""
    places: list[tuple[int, int]] = []
    for ms in LENGTHS_MS * EACH:
        length = ms * RATE // 1000
        for _ in range(1000):
            start = int(random.integers(RATE // 10, voice.size - RATE // 10))
            if all(abs(start - other) > APART_S * RATE for other, _ in places):
                places.append((start, length))
                break
    return places


def _break(voice: Signal, places: list[tuple[int, int]], filling: Filling) -> Signal:
    broken = voice.copy()
    for start, length in places:
        before = voice[start - length : start]
        filled = {
            Filling.ZEROS: np.zeros(length),
            Filling.FROZEN: np.full(length, before[-1]),
            Filling.REPEATED: before,
        }
        broken[start : start + length] = filled[filling]
    return broken


def _found(filling: Filling, heard: dict[str, Signal], random: np.random.Generator) -> Row:
    found = total = more = 0
    for voice in heard.values():
        places = _places(voice, random)
        at = dropouts(_break(voice, places, filling), RATE).at
        # A sample that was zero when it froze cannot be told from zeros.
        hits = sum(
            any(abs(one.start_s * RATE - start) < RATE / 500 for one in at) for start, _ in places
        )
        found, total, more = found + hits, total + len(places), more + len(at) - hits
    return Row(
        figure=f"dropouts of 5 to 40 ms, {filling}",
        asked="100 % found, none beside",
        reached=f"{found} of {total}, {more} beside",
        met=found == total and more == 0,
    )


def _claimed(heard: dict[str, Signal], what: str) -> Row:
    count = sum(dropouts(voice, RATE).count for voice in heard.values())
    seconds = sum(voice.size for voice in heard.values()) / RATE
    return Row(
        figure=f"dropouts in {seconds:.0f} s without any, {what}",
        asked="0",
        reached=str(count),
        met=count == 0,
    )


def _deleted(heard: dict[str, Signal], random: np.random.Generator) -> Row:
    """Samples cut out leave no trace: they are not claimed, which the page says."""
    count = total = 0
    for voice in heard.values():
        places = _places(voice, random)
        gone = np.concatenate([np.arange(start, start + length) for start, length in places])
        count += dropouts(np.delete(voice, gone), RATE).count
        total += len(places)
    return Row(
        figure=f"samples cut out at {total} places",
        asked="0 claimed",
        reached=str(count),
        met=count == 0,
    )
