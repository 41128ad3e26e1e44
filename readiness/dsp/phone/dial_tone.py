"""Whether a dial tone is heard, and of which countries.

A dial tone is one to three steady tones near 400 Hz and nothing else, without end or in the rhythm
of its country. See ``docs/methods/phone.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.phone.call_tones import CallTone, dial_tones, tones_like
from readiness.dsp.phone.narrowing import Narrowing
from readiness.dsp.phone.spectrum import NOTHING, Line, Spectrum

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]
    Signal = NDArray[np.float64]

WINDOW_S, HOP_S = 0.1, 0.02
"""Frames in which tone and pause are told apart; so long that the beats of a pair do not show."""

TONES_HZ = (320.0, 490.0)
"""Where the lines of all dial tones of the table lie."""

BAND_HZ = (90.0, 3400.0)
"""What has to be empty but for the tone: the telephone band, and mains hum below it."""

FRAME_SHARE = 0.6
"""So much of a frame's band is tone while it sounds; noise comes and goes."""

SHARE = 0.85
"""So much of the band is tone over all of the time: 7.5 dB. A tone 10 dB above white noise of its
own band holds 0.91."""

ON_DB = 6.0
"""The tone is off where it is this far below its usual level."""

STEADY_DB = 6.0
"""Most of the time its level keeps within this range: a note that is struck or blown does not."""

CONTINUOUS_S = 2.5
"""A tone without pauses sounds at least so long; busy and ringing tones are off by then."""

SHORTEST_GAP_S, SHORTEST_ON_S = 0.06, 0.06
"""What is shorter is a crackle."""

CADENCE_PARTS = 6
"""So many tones and pauses in a row have the lengths of a cadence: one and a half of its rounds."""

CADENCE_TOLERANCE, CADENCE_TOLERANCE_S = 0.12, 0.04
"""A part may be off by this share and this time: E.180 allows 10 %, the frames are 20 ms apart."""

LOOK_S = 2.0
"""The lines are looked for in this much of the tone: they are then 2 Hz wide."""

MOST_LINES, FAINTEST_DB = 3, 18.0
"""A tone has up to three lines, none this far below the strongest; a room weakens single ones."""

LOOK_EVERY_S, KEPT_S = 0.25, 30.0
"""How often it is looked for while sound comes in, and in how much of it."""

QUIETEST = 1e-10
"""Below this mean square (-100 dB) nothing is looked at."""


@dataclass(frozen=True, kw_only=True)
class DialTone:
    """A dial tone that was heard.

    Attributes:
        hertz: Its lines, ascending.
        cadence: Seconds on, off, on, off; empty: continuous.
        tones: The rows of the table that it fits.
        snr_db: Tone above everything else between 90 and 3400 Hz.
        seconds: How long it was heard.
    """

    hertz: tuple[float, ...]
    cadence: tuple[float, ...]
    tones: tuple[CallTone, ...]
    snr_db: float
    seconds: float

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO codes of the countries whose dial tone sounds so, each once."""
        return tuple(dict.fromkeys(tone.country for tone in self.tones))


@dataclass(frozen=True)
class _Run:
    """A stretch of frames with or without the tone, by the number of the first and one past it."""

    on: bool
    first: int
    end: int


class DialToneListener:
    """Listens to blocks of sound until it has heard a dial tone."""

    def __init__(self, rate: int) -> None:
        """Start with nothing heard.

        Args:
            rate: Samples a second, 8000 to 192000.

        Raises:
            ValueError: Another rate.
        """
        self._narrowing = Narrowing(rate)
        self._sound: Signal = np.zeros(0)
        self._looked_at = 0

    def feed(self, samples: Samples) -> DialTone | None:
        """The dial tone in the last half minute, if there is one; looked for every 0.25 s."""
        rate = self._narrowing.rate
        self._sound = np.concatenate([self._sound, self._narrowing.feed(samples)])
        if self._sound.size - self._looked_at < LOOK_EVERY_S * rate:
            return None
        self._sound = self._sound[-round(KEPT_S * rate) :]
        self._looked_at = self._sound.size
        return _find(self._sound, rate)


def dial_tone(samples: Samples, rate: int) -> DialTone | None:
    """The dial tone in a recording, if there is one.

    Args:
        samples: One channel, full scale 1.0; at least 2.5 s can hold one.
        rate: Samples a second, 8000 to 192000.

    Raises:
        ValueError: Another rate.
    """
    narrowing = Narrowing(rate)
    return _find(narrowing.feed(samples), narrowing.rate)


def _find(sound: Signal, rate: float) -> DialTone | None:
    size, hop = round(WINDOW_S * rate), round(HOP_S * rate)
    if sound.size < size:
        return None
    tone, band = _frames(sound, rate, size, hop)
    runs = _runs(_on(tone, band))
    return _continuous(sound, rate, tone, runs) or _cadenced(sound, rate, runs)


def _frames(sound: Signal, rate: float, size: int, hop: int) -> tuple[Signal, Signal]:
    """Energy in the frames: of the strongest two lines where dial tones lie, and of the band."""
    windows = np.lib.stride_tricks.sliding_window_view(sound, size)[::hop] * np.hanning(size)
    power = np.abs(np.fft.rfft(windows, axis=1)) ** 2
    hertz = np.fft.rfftfreq(size, 1 / rate)
    near = (hertz >= TONES_HZ[0]) & (hertz <= TONES_HZ[1])
    band = (hertz >= BAND_HZ[0]) & (hertz <= BAND_HZ[1])
    scale = 2 / (size * float(np.sum(np.hanning(size) ** 2)))
    return scale * power[:, near].sum(axis=1), scale * power[:, band].sum(axis=1)


def _on(tone: Signal, band: Signal) -> NDArray[np.bool_]:
    """In which frames the tone sounds."""
    usual = float(np.quantile(tone, 0.9))
    if usual < QUIETEST:
        return np.zeros(tone.size, dtype=np.bool_)
    loud = tone >= usual * 10 ** (-ON_DB / 10)
    on: NDArray[np.bool_] = loud & (tone >= FRAME_SHARE * band)
    return on


def _runs(on: NDArray[np.bool_]) -> list[_Run]:
    """The frames as stretches with and without tone; what is short as a crackle is passed over."""
    edges = [0, *(np.flatnonzero(np.diff(on.astype(np.int8))) + 1), on.size]
    runs: list[_Run] = []
    for first, end in pairwise(edges):
        here = _Run(bool(on[first]), int(first), int(end))
        short = (SHORTEST_ON_S if here.on else SHORTEST_GAP_S) / HOP_S
        if runs and (runs[-1].on == here.on or end - first < short):
            runs[-1] = _Run(runs[-1].on, runs[-1].first, here.end)
        else:
            runs.append(here)
    return runs


def _continuous(sound: Signal, rate: float, tone: Signal, runs: list[_Run]) -> DialTone | None:
    longest = max(
        (run for run in runs if run.on), key=lambda run: run.end - run.first, default=None
    )
    if longest is None or (longest.end - longest.first) * HOP_S < CONTINUOUS_S:
        return None
    inner = tone[longest.first + 2 : longest.end - 2]
    low, high = np.quantile(inner, [0.1, 0.9])
    if high > low * 10 ** (STEADY_DB / 10):
        return None
    return _named(sound, rate, longest, ())


def _cadenced(sound: Signal, rate: float, runs: list[_Run]) -> DialTone | None:
    """A tone in the rhythm of a country; what sounds before and after it does not count."""
    for cadence in sorted({tone.cadence for tone in dial_tones() if tone.cadence}):
        for start in range(1, len(runs) - CADENCE_PARTS):
            part = runs[start : start + CADENCE_PARTS]
            if _keeps(part, cadence):
                first, last = part[0].first, part[-1].end
                longest = max((run for run in part if run.on), key=lambda run: run.end - run.first)
                found = _named(sound, rate, longest, cadence)
                if found is not None:
                    return replace(found, seconds=round((last - first) * HOP_S, 2))
    return None


def _keeps(part: Sequence[_Run], cadence: tuple[float, ...]) -> bool:
    """Whether tones and pauses have the lengths of the cadence, beginning anywhere in it."""
    for turn in range(0 if part[0].on else 1, len(cadence), 2):
        expected = (cadence[(turn + number) % len(cadence)] for number in range(len(part)))
        if all(
            abs((run.end - run.first) * HOP_S - length)
            <= CADENCE_TOLERANCE * length + CADENCE_TOLERANCE_S
            for run, length in zip(part, expected, strict=True)
        ):
            return True
    return False


def _named(sound: Signal, rate: float, run: _Run, cadence: tuple[float, ...]) -> DialTone | None:
    """What sounds during ``run``, if it is a dial tone and hardly anything else sounds."""
    size, hop = round(WINDOW_S * rate), round(HOP_S * rate)
    first, last = run.first * hop + size // 2, (run.end - 1) * hop + size // 2
    middle, half = (first + last) // 2, round(LOOK_S * rate / 2)
    spectrum = Spectrum(sound[max(first, middle - half) : min(last, middle + half)], rate)
    lines = list(_lines(spectrum))
    while lines and not tones_like([line.hertz for line in lines], cadence):
        lines.pop()
    tone = sum(line.energy for line in lines)
    rest = max(spectrum.energy(*BAND_HZ) - tone, NOTHING)
    if not lines or tone < SHARE * (tone + rest):
        return None
    hertz = sorted(line.hertz for line in lines)
    return DialTone(
        hertz=tuple(round(one, 1) for one in hertz),
        cadence=cadence,
        tones=tones_like(hertz, cadence),
        snr_db=round(10 * math.log10(tone / rest), 1),
        seconds=round((run.end - run.first) * HOP_S, 2),
    )


def _lines(spectrum: Spectrum) -> Iterator[Line]:
    """The lines that may belong to a dial tone, the strongest first."""
    strongest = spectrum.strongest(*TONES_HZ)
    least = strongest.top * 10 ** (-FAINTEST_DB / 10)
    left, line = spectrum, strongest
    for _ in range(MOST_LINES):
        if line.top < max(least, NOTHING):
            return
        yield line
        left = left.without(line.hertz)
        line = left.strongest(*TONES_HZ)
