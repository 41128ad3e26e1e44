"""Telephone keys, heard through a microphone: a decoder after ITU-T Q.23 and Q.24.

A receiver in an exchange has a wire; this one has a room. Reverberation fills the pauses, and where
a reflection cancels a tone, the two tones of a key come and go by themselves. So keys are followed
as pairs of tones through their onset, their dips and their tail, and only when one has ended is the
whole of it looked at in one long spectrum (``key_tones``). See ``docs/methods/phone.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from readiness.dsp.phone.key_frames import KeyFrames
from readiness.dsp.phone.key_tones import TONES, dial_tone_before, find_pair, key
from readiness.dsp.phone.narrowing import Narrowing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]

SHORTEST_S = 0.032
"""Q.24: 40 ms must be accepted, 23 ms (20 to 24 by country) must not; this lies between."""

BRIDGE_S = 0.018
"""Q.24: a signal interrupted for 10 ms is one signal, and a pause of 40 ms parts two of them. A
reverberant room leaves some 20 ms of such a pause."""

HALF_DB = 6.0
"""A key's times are where its mean level is half of its highest."""

HOLD_DB = 2.5
"""A key goes on while one of its tones holds its level, even if a reflection cancels the other."""

SETTLING_DB_A_SECOND = 20.0
"""A key may become weaker at this rate while a room settles; where nothing sounds any more, a room
falls silent much faster than that."""

DEEP_DB, PATIENT_S = 8.0, 0.07
"""A pause is this deep, or this long. What is less is two tones that reflections cancel briefly."""

OTHER_S = 0.008
"""So much of another key ends this one without waiting."""

RISE_S = 0.06
"""Within this time before it, the pair was not there: a tail fades, a key begins."""

OVERSHOOT_DB = 1.0

AGAIN_DB, AGAIN_DB_A_SECOND = 3.0, 10.0
"""The same key pressed again is not this much weaker than before, or it is the room's answer; the
longer ago, the weaker it may be."""

LONG_LOOK_S, SHORT_LOOK_S, MUCH_LONGER = 0.1, 0.048, 1.2
"""Stretches of a key that are looked at: its first 100 ms; if it is longer than that by the factor,
its last 100 ms, where a room has come to rest; and its first 48 ms, which a room hardly changes."""

TAIL_S = 0.2
"""So long after a key its tones may still sound on."""

NOISE_S = 0.6
"""The quietest frame in this time before a key tells the noise."""

BEFORE_S, GUARD_S = 0.1, 0.02
"""Stretch before a key in which the dial tone is looked for, and how far from the key it ends."""


@dataclass(frozen=True, kw_only=True)
class Digit:
    """One key that was pressed.

    Attributes:
        symbol: ``0`` to ``9``, ``A`` to ``D``, ``*`` or ``#``.
        at_s: When it began, seconds from the first sample.
        seconds: How long it sounded.
        twist_db: Level of the high tone above that of the low one.
        off_percent: Deviation of the low and of the high tone from their nominal frequencies.
    """

    symbol: str
    at_s: float
    seconds: float
    twist_db: float
    off_percent: tuple[float, float]


@dataclass
class _Press:
    """A pair of tones that is being followed; levels in dB.

    Attributes:
        first, last: Frames in which it was first and last heard.
        peak, peaks: Highest mean level, and highest level of each tone.
        usual: The mean level that it is compared with; follows a fall slowly.
        lowest: Lowest mean level since ``last``.
        others: Frames since ``last`` that hold another pair.
    """

    pair: tuple[int, int]
    first: int
    last: int
    peak: float
    peaks: tuple[float, float]
    usual: float
    lowest: float = 0.0
    others: int = 0


@dataclass(frozen=True)
class _Before:
    """The latest key: its pair, the frame in which it ended, its highest mean level."""

    pair: tuple[int, int]
    last: int
    peak: float


class DtmfDecoder:
    """Decodes sound that comes in blocks of any size; the digits do not depend on the blocks."""

    def __init__(self, rate: int) -> None:
        """Start at time 0.

        Args:
            rate: Samples a second, 8000 to 192000.

        Raises:
            ValueError: Another rate.
        """
        self._narrowing = Narrowing(rate)
        self._frames = KeyFrames(self._narrowing.rate)
        self._next = 0
        self._press: _Press | None = None
        self._before: _Before | None = None

    def feed(self, samples: Samples) -> tuple[Digit, ...]:
        """The keys that ended in this block.

        Args:
            samples: One channel, any length, full scale 1.0.
        """
        self._frames.feed(self._narrowing.feed(samples))
        return tuple(self._new_digits())

    def finish(self) -> tuple[Digit, ...]:
        """The key that was still pressed at the end, if it was; nothing may be fed afterwards."""
        self._frames.feed(self._narrowing.finish())
        self._frames.finish()
        digits = list(self._new_digits())
        while self._press is not None:
            digits += self._end(self._press)
            digits += self._new_digits()
        return tuple(digits)

    def _new_digits(self) -> Iterator[Digit]:
        while self._next < self._frames.end:
            number = self._next
            self._next += 1
            press = self._press
            if press is None:
                self._press = self._begin(number)
            elif not self._goes_on(press, number) and self._is_over(press, number):
                yield from self._end(press)

    def _begin(self, number: int) -> _Press | None:
        frame = self._frames[number]
        if frame.pair is None:
            return None
        row, column = frame.pair
        peaks = float(frame.levels[row]), float(frame.levels[column])
        mean = frame.mean(frame.pair)
        return _Press(frame.pair, number, number, peak=mean, peaks=peaks, usual=mean)

    def _goes_on(self, press: _Press, number: int) -> bool:
        """Whether the key is still pressed in this frame."""
        frame = self._frames[number]
        mean = frame.mean(press.pair)
        row, column = (float(frame.levels[tone]) for tone in press.pair)
        press.usual -= SETTLING_DB_A_SECOND * self._frames.hop_s
        loud = frame.pair is not None and mean >= press.usual - HALF_DB
        holds = max(row - press.peaks[0], column - press.peaks[1]) >= -HOLD_DB
        if frame.pair not in (None, press.pair) or not (loud or holds):
            press.lowest = min(press.lowest, mean)
            press.others += frame.pair not in (None, press.pair)
            return False
        press.last, press.lowest, press.others = number, mean, 0
        if frame.pair is not None:
            press.usual = max(press.usual, mean)
            press.peak = max(press.peak, mean)
            press.peaks = max(press.peaks[0], row), max(press.peaks[1], column)
        return True

    def _is_over(self, press: _Press, number: int) -> bool:
        """Whether what was not heard since the last frame of the key is a pause."""
        gap = (number - press.last) * self._frames.hop_s
        before = press.usual + SETTLING_DB_A_SECOND * gap
        deep = press.lowest <= before - DEEP_DB
        other = press.others * self._frames.hop_s >= OTHER_S
        return gap > BRIDGE_S and (deep or other or gap > PATIENT_S)

    def _end(self, press: _Press) -> Iterator[Digit]:
        """Judge a press that is over; what came after it is looked at afresh."""
        self._press = None
        self._next = press.last + 1
        first = max(press.first, self._frames.start)
        while first < press.last and self._frames[first].mean(press.pair) < press.peak - HALF_DB:
            first += 1
        seconds = (press.last - first + 1) * self._frames.hop_s
        if seconds < SHORTEST_S or self._is_tail(press, first):
            return
        dial_tone = self._dial_tone(first)
        fading = self._fading(first) + dial_tone
        noise = 0.0 if dial_tone else self._noise(first)
        for look in self._looks(press, first):
            if (look[1] - look[0] + 1) * self._frames.hop_s < SHORTEST_S:
                continue
            sound = self._frames.sound(*look)
            found = find_pair(sound, self._frames.rate, press.pair, noise=noise, fading=fading)
            if found is not None:
                self._before = _Before(press.pair, press.last, press.peak)
                tones = zip((found.row, found.column), press.pair, strict=True)
                low, high = (round(100 * (line.hertz / TONES[tone] - 1), 3) for line, tone in tones)
                yield Digit(
                    symbol=key(press.pair),
                    at_s=round(first * self._frames.hop_s, 3),
                    seconds=round(seconds, 3),
                    twist_db=round(found.twist_db, 2),
                    off_percent=(low, high),
                )
                return

    def _is_tail(self, press: _Press, first: int) -> bool:
        """Whether it did not begin here, but is what the room keeps of a key before."""
        before = self._before
        if before is not None and before.pair == press.pair:
            since = (first - before.last) * self._frames.hop_s
            if press.peak < before.peak - AGAIN_DB - AGAIN_DB_A_SECOND * since:
                return True
        earliest = first - round(RISE_S / self._frames.hop_s)
        for number in range(first - 1, max(self._frames.start, earliest) - 1, -1):
            level = self._frames[number].mean(press.pair)
            if level < press.peak - HALF_DB:
                return False
            if level > press.peak + OVERSHOOT_DB:
                return True
        return earliest > 0

    def _looks(self, press: _Press, first: int) -> Iterator[tuple[int, int]]:
        """Frames between which the key is looked at, the best stretch first."""
        loud = press.last
        while loud > first and self._frames[loud].mean(press.pair) < press.peak - HALF_DB:
            loud -= 1
        long, short = (round(span / self._frames.hop_s) for span in (LONG_LOOK_S, SHORT_LOOK_S))
        yield first, min(loud, first + long)
        if press.last - first > MUCH_LONGER * long:
            yield press.last - long, press.last
        if press.last - first > MUCH_LONGER * short:
            yield first, first + short

    def _noise(self, first: int) -> float:
        """The quietest that it was before; a dial tone is no noise, it may end with the key."""
        earliest = max(self._frames.start, first - round(NOISE_S / self._frames.hop_s))
        return min((self._frames[number].band for number in range(earliest, first)), default=0.0)

    def _fading(self, first: int) -> tuple[float, ...]:
        """Tones of the key before, if it ended just now."""
        before = self._before
        if before is None or (first - before.last) * self._frames.hop_s >= TAIL_S:
            return ()
        return tuple(TONES[tone] for tone in before.pair)

    def _dial_tone(self, first: int) -> tuple[float, ...]:
        hop = self._frames.hop_s
        last = first - round(GUARD_S / hop)
        earliest = last - round(BEFORE_S / hop)
        if earliest < max(0, self._frames.start):
            return ()
        return dial_tone_before(self._frames.sound(earliest, last), self._frames.rate)


def decode(samples: Samples, rate: int) -> tuple[Digit, ...]:
    """The keys in a recording.

    Args:
        samples: One channel, full scale 1.0.
        rate: Samples a second, 8000 to 192000.

    Raises:
        ValueError: Another rate.
    """
    decoder = DtmfDecoder(rate)
    digits: list[Digit] = []
    for start in range(0, samples.size, rate):
        digits += decoder.feed(samples[start : start + rate])
    return (*digits, *decoder.finish())
