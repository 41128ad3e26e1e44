"""The two tones of a telephone key (ITU-T Q.23), and whether a stretch of sound is such a pair.

A voice can hold two harmonics at the frequencies of a key for as long as a key is pressed. It does
not leave the rest of the telephone band empty, which a key does: that is what is asked for here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.dsp.phone.spectrum import NOTHING, Line, Spectrum

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

ROWS = (697.0, 770.0, 852.0, 941.0)
COLUMNS = (1209.0, 1336.0, 1477.0, 1633.0)
TONES = ROWS + COLUMNS
"""The frequencies of ITU-T Q.23, Hz; a pair is (row, column) as indices into them."""

KEYS = ("123A", "456B", "789C", "*0#D")

LOW_PART, HIGH_PART = (620.0, 1075.0), (1075.0, 1750.0)
"""Where the row's and the column's line is looked for: as far as a wrong tone could be, Hz."""

LOWEST, HIGHEST = 160.0, 3400.0
"""What a key leaves empty, Hz: the telephone band and the fundamentals of voices below it."""

TOLERANCE, TOLERANCE_HZ = 0.015, 3.0
"""Q.24: 1.5 % must be accepted, and the 2 Hz of Q.23's table with 1 Hz for the reading error."""

WIDEST = 0.0225
"""A room turns the phase while a tone builds up, so a pure pair may be this far off; Q.24 has 3.5 %
rejected and leaves what lies between open."""

LEAST_SHARE, LEAST_EXPLAINED, PURE = 0.6, 0.8, 0.9
"""Share of the band's energy that the pair must hold; that it must hold together with the noise
that was there before; and that it must hold to be off by more than 1.5 %. The voices of
``bench.voice.dtmf`` stay below 0.79 where their tones are those of a key."""

MOST_NOISE = 0.35
"""More than this share is not put down to noise."""

CLEAR_DB = 4.5
"""So far the mean level of the two lines stands above any third line."""

SHORT_S = 0.06
SHORT_EXPLAINED, SHORT_CLEAR_DB, SHORT_FAINT_CLEAR_DB = 0.855, 6.0, 3.3
"""A voice keeps to two frequencies for a moment more often than for long, so more is asked of a
shorter stretch: of two and a half hours of real double talk 12 moments passed for keys without
this. Keys of 50 ms at 10 dB in babble reach 0.86, 6.8 and 3.9."""

FREE_TWIST_DB, WIDEST_TWIST_DB = 12.0, 25.0
"""Levels differ by up to 8 dB by Q.24, and by far more where a room cancels one tone; beyond the
first figure the weaker tone must be clear of everything else."""

FAINT_CLEAR_DB, FAINT_EXPLAINED = 3.0, 0.95

HARMONIC_DB, HARMONIC_HZ = 10.0, 40.0
"""The second harmonic of a key's tone lies this far below it; that of a voice often does not."""

DIAL_TONE = (330.0, 490.0)
"""Dial tones of all countries that have a continuous one lie here, Hz: they sound until the first
key is pressed, and partly while it is."""

DIAL_PURE = 0.85
"""Share of a stretch before a key that two lines there must hold to be taken for a dial tone."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """The two tones that were found.

    Attributes:
        row, column: Their lines.
        twist_db: Level of the column's tone above that of the row's.
    """

    row: Line
    column: Line
    twist_db: float


def key(pair: tuple[int, int]) -> str:
    """The symbol on the key with these two tones (indices into ``TONES``)."""
    row, column = pair
    return KEYS[row][column - len(ROWS)]


def find_pair(
    sound: Signal,
    rate: float,
    pair: tuple[int, int],
    *,
    noise: float = 0.0,
    fading: Sequence[float] = (),
) -> Pair | None:
    """The tones of ``pair`` in a stretch, if it holds them and hardly anything else.

    Args:
        sound: From 30 to 120 ms, inside the key's press.
        rate: Samples a second, 8000 to 16000.
        pair: Which two tones, as indices into ``TONES``.
        noise: Mean square of what sounded in the band while no key was pressed.
        fading: Tones (Hz) that may be left over: of the key before, or the dial tone.
    """
    whole = Spectrum(sound, rate)
    nominal = (TONES[pair[0]], TONES[pair[1]])
    lines = (whole.strongest(*LOW_PART), whole.strongest(*HIGH_PART))
    off = [abs(line.hertz / tone - 1) for line, tone in zip(lines, nominal, strict=True)]
    if max(off) > WIDEST:
        return None
    kept = tuple(line.hertz for line in lines)
    rest = [tone for tone in fading if min(abs(tone - line) for line in kept) > HARMONIC_HZ]
    band = whole.without(*rest, spread=TOLERANCE, keep=kept)
    heard = band.energy(LOWEST, HIGHEST)
    share = (lines[0].energy + lines[1].energy) / max(heard, NOTHING)
    explained = share + min(noise / max(heard, NOTHING), MOST_NOISE)
    strict = all(
        apart <= TOLERANCE + TOLERANCE_HZ / tone for apart, tone in zip(off, nominal, strict=True)
    )
    short = sound.size < SHORT_S * rate
    least = (SHORT_EXPLAINED if short else LEAST_EXPLAINED) if strict else PURE
    if share < LEAST_SHARE or explained < least:
        return None
    twist = _db(lines[1].top / max(lines[0].top, NOTHING))
    clear = _db(min(line.top for line in lines) / max(_third(band, kept), NOTHING))
    if short:
        lost_in_others = clear + abs(twist) / 2 < SHORT_CLEAR_DB or clear < SHORT_FAINT_CLEAR_DB
    else:
        lost_in_others = clear + abs(twist) / 2 < CLEAR_DB
    faint = clear < FAINT_CLEAR_DB and explained < FAINT_EXPLAINED
    too_uneven = abs(twist) > (FREE_TWIST_DB if faint else WIDEST_TWIST_DB)
    if lost_in_others or too_uneven:
        return None
    if any(_has_harmonic(band, line, lines[1]) for line in lines):
        return None
    return Pair(row=lines[0], column=lines[1], twist_db=twist)


def dial_tone_before(sound: Signal, rate: float) -> tuple[float, ...]:
    """The lines (Hz) of a dial tone, if the stretch holds one and hardly anything else."""
    whole = Spectrum(sound, rate)
    first = whole.strongest(*DIAL_TONE)
    rest = whole.without(first.hertz)
    second = rest.strongest(*DIAL_TONE)
    left = rest.without(second.hertz).energy(LOWEST, HIGHEST)
    heard = whole.energy(LOWEST, HIGHEST)
    return (first.hertz, second.hertz) if left <= (1 - DIAL_PURE) * heard and heard > 0 else ()


def _third(band: Spectrum, kept: tuple[float, ...]) -> float:
    return band.without(*kept).top(LOWEST, HIGHEST)


def _has_harmonic(band: Spectrum, line: Line, column: Line) -> bool:
    """The row's second harmonic is not looked at where the column's tone covers it."""
    at = 2 * line.hertz
    if abs(at - column.hertz) < HARMONIC_HZ + 2 * band.lobe:
        return False
    return _db(band.top(at - HARMONIC_HZ, at + HARMONIC_HZ) / line.top) > -HARMONIC_DB


def _db(ratio: float) -> float:
    return 10 * math.log10(max(ratio, NOTHING))
