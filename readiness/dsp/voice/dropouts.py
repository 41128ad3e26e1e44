"""Dropouts: stretches the sound system lost and filled with zeros, one value, or an old block.

Exact on samples as the converter delivered them; a resampler or an encoder blurs the traces.
Samples that are missing without a filling leave no trace that can be told from speech, and are
not claimed. See ``docs/methods/voice-faults.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.finite import finite
from readiness.dsp.voice.repeats import repeats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]

SHORTEST_S = 0.005
"""The shortest dropout that is looked for; the smallest blocks of sound systems are 3 to 10 ms."""

FRAME_S = 0.01
"""Length of the frames in which living quiet and digital silence are compared."""

QUIET_SHARE = 0.05
"""The quietest frames of a recording that still live: this share of them is taken as a measure."""

QUIET_RANGE = 10**0.6
"""Frames up to 6 dB above these are pauses in which the noise goes on."""

STILLEST_SHARE = 0.01
"""The stillest of them: only moments of the pauses."""

STILLER_THAN_A_ROOM = 10**-6.9
"""Pauses 69 dB below the voice are a gate's or a synthesiser's: the recordings of ITU-T P.501, made
in a studio, have 61 and 64 dB."""

FEWEST_STEPS = 3
"""Around zeros, and in a repeated block, the signal spans as many steps of the converter: less is
the quiet of its quantising."""

FULL_SWING = 10**-0.75
"""In gated sound silence is a dropout if it cuts the voice within 15 dB of its level, both sides.

The pauses of espeak-ng begin or end 19 dB below the voice's level or lower, those of gates far
lower.
"""


class Filling(StrEnum):
    """What stands in the place of the samples that were lost."""

    ZEROS = "zeros"
    FROZEN = "frozen"
    REPEATED = "repeated"


@dataclass(frozen=True, kw_only=True)
class Dropout:
    """One dropout: when it begins (s), how long it is (ms), and what fills it."""

    start_s: float
    length_ms: float
    filling: Filling


@dataclass(frozen=True, kw_only=True)
class Dropouts:
    """The dropouts of a recording, in the order of their time.

    Attributes:
        at: Where they are.
        gated: The pauses are digital silence, as a gate or a synthesiser makes them. Zeros and
            frozen samples are then claimed only in the midst of loud voice, so the count is a
            lower bound; otherwise it is exact for the three kinds from 5 ms.
    """

    at: tuple[Dropout, ...]
    gated: bool

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.at)

    @property
    def longest_ms(self) -> float:
        """The longest of them, ms; 0 if there is none."""
        return max((dropout.length_ms for dropout in self.at), default=0.0)


def dropouts(samples: Samples, rate: int) -> Dropouts:
    """Find the dropouts of 5 ms and longer in ``samples``, shape (n,), at ``rate`` Hz.

    What touches the beginning or the end is none: streams begin with zeros, and files are padded.

    Raises:
        ValueError: A sample is infinite or no number.
    """
    signal = finite(samples)
    shortest = max(2, math.floor(SHORTEST_S * rate))
    held = _Held.find(signal, shortest)
    gated = held.is_habit(signal, rate)
    again = repeats(signal, rate, shortest, at_once=gated)
    # Most recordings have nothing to look at.
    least = FEWEST_STEPS * _step(signal) if held.starts.size or again else 0.0
    found = [
        (start, length, Filling.FROZEN if signal[start] else Filling.ZEROS)
        for start, length in held.dropouts(signal, rate, least, gated=gated)
    ]
    for start, length in again:
        if np.ptp(signal[start : start + length]) < least:
            continue
        if not any(start < a + n and a < start + length for a, n, _ in found):
            found.append((start, length, Filling.REPEATED))
    return Dropouts(
        at=tuple(
            Dropout(start_s=start / rate, length_ms=1000 * length / rate, filling=filling)
            for start, length, filling in sorted(found)
        ),
        gated=gated,
    )


@dataclass(frozen=True, kw_only=True)
class _Held:
    """Stretches of at least the shortest dropout in which the value does not change."""

    starts: NDArray[np.intp]
    lengths: NDArray[np.intp]
    shortest: int

    @classmethod
    def find(cls, signal: NDArray[np.float64], shortest: int) -> _Held:
        same = np.concatenate(([False], signal[1:] == signal[:-1], [False])).view(np.int8)
        edges = np.flatnonzero(np.diff(same)).reshape(-1, 2)
        starts, lengths = edges[:, 0], edges[:, 1] - edges[:, 0] + 1
        long = lengths >= shortest
        return cls(starts=starts[long], lengths=lengths[long], shortest=shortest)

    def is_habit(self, signal: NDArray[np.float64], rate: int) -> bool:
        """Whether there is more of them than of quiet in which the noise goes on."""
        living = _living(signal, rate)
        if living.size == 0:
            return True
        stillest, floor = np.quantile(living, (STILLEST_SHARE, QUIET_SHARE)).tolist()
        if stillest < STILLER_THAN_A_ROOM * _level(living) ** 2:
            return True
        quiet = living <= QUIET_RANGE * floor
        return int(self.lengths.sum()) > int(quiet.sum()) * FRAME_S * rate

    def dropouts(
        self, signal: NDArray[np.float64], rate: int, least: float, *, gated: bool
    ) -> Iterator[tuple[int, int]]:
        """Give start and length of those that interrupt something."""
        if self.starts.size == 0:
            return
        top, bottom = float(signal.max()), float(signal.min())
        swing = FULL_SWING * _level(_living(signal, rate)) if gated else 0.0
        silence = self._commonest_value(signal)
        for start, length in zip(self.starts.tolist(), self.lengths.tolist(), strict=True):
            end, value = start + length, float(signal[start])
            # At the top or the bottom of all samples it is overdriving.
            if start == 0 or end == signal.size or value in {top, bottom}:
                continue
            before = signal[max(0, start - self.shortest) : start + 1] - value
            after = signal[end - 1 : end + self.shortest] - value
            if not (_moves(before, least) and _moves(after, least)):
                continue
            if value != silence or min(abs(before[-2]), abs(after[1])) >= swing:
                yield start, length

    def _commonest_value(self, signal: NDArray[np.float64]) -> float:
        """What digital silence is in this recording: 0, or the converter's offset."""
        values, place = np.unique(signal[self.starts], return_inverse=True)
        return float(values[np.argmax(np.bincount(place, self.lengths))])


def _moves(signal: NDArray[np.float64], least: float) -> bool:
    """Whether the signal gets so far from zero, and by two steps at once: what creeps may rest."""
    farthest, fastest = np.abs(signal).max(), np.abs(np.diff(signal)).max()
    return bool(farthest >= least and fastest >= least * 2 / FEWEST_STEPS)


def _step(signal: NDArray[np.float64]) -> float:
    """The smallest change in the recording: a step of its converter, if it has any."""
    steps = np.abs(np.diff(signal))
    return float(np.min(steps[steps > 0], initial=math.inf))


def _living(signal: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """Mean squares of the frames in which anything moves, without their constant parts."""
    size = max(2, int(FRAME_S * rate))
    frames = signal[: signal.size // size * size].reshape(-1, size)
    moving = frames.max(axis=1) > frames.min(axis=1)
    powers = np.einsum("ij,ij->i", frames, frames) / size - frames.mean(axis=1) ** 2
    living: NDArray[np.float64] = np.maximum(powers[moving], 0.0)
    return living


def _level(frames: NDArray[np.float64]) -> float:
    """Root mean square of the louder half of the frames: the voice's, about."""
    louder = np.sort(frames)[frames.size // 2 :]
    return math.sqrt(float(louder.mean())) if louder.size else 0.0
