"""Hours of a week: when somebody can work, when shifts lie. Text in, sets of minutes, text out.

The text is ``mon 09:00-12:30,14:00-18:00; tue 09:00-17:00``. Written by hand it may name several
days at once (``mon-fri``, ``sat,sun``) and leave out what is plain (``9-17``); times after midnight
count on, as in timetables: ``fri 22:00-30:00`` ends on Saturday at 6. Weeks repeat, so Sunday night
runs into Monday. There are no time zones: a week is in the time of the person's own clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MIN = 24 * 60
WEEK_MIN = 7 * DAY_MIN
STEP_MIN = 30
"""A person's answer is marked in half hours: shifts are sold in such steps."""
MOST_SPANS = 5
"""So many separate times fit into one day; with more, a week would be longer than a value may be
(500 characters): a day takes 4 + 5 x 12 - 1 and the seven of them 6 x 2 more, 453 together."""
LONGEST_TEXT = 500

_DAYS = re.compile(r"\w+\.?(?:\s*[-,]\s*\w+\.?)*?(?=\s+\d)")
_TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*-\s*(\d{1,2})(?::(\d{2}))?")
_EXAMPLE = "mon-fri 09:00-17:00; sat 10:00-14:00"
_NAMES = {name: number for number, name in enumerate(DAYS)}

Span = tuple[int, int]
"""From and to, in minutes."""


@dataclass(frozen=True)
class Week:
    """A set of minutes of a week.

    Attributes:
        minutes: Bit n is set if minute n after Monday, 00:00, belongs to it.
    """

    minutes: int = 0

    @property
    def hours(self) -> float:
        """How long it is altogether."""
        return self.minutes.bit_count() / 60

    def __bool__(self) -> bool:
        """Whether there is any time in it."""
        return bool(self.minutes)

    def __and__(self, other: Week) -> Week:
        """What lies in both."""
        return Week(self.minutes & other.minutes)

    def __or__(self, other: Week) -> Week:
        """What lies in either."""
        return Week(self.minutes | other.minutes)

    def __sub__(self, other: Week) -> Week:
        """What lies in this one only."""
        return Week(self.minutes & ~other.minutes)

    def joined(self, other: Week, piece: str) -> Week:
        """Both together; ``piece`` is how the other was written, for the refusal.

        Raises:
            InputError: ``week-overlap`` or ``week-too-many``.
        """
        if self & other:
            raise _refuse("week-overlap", N_("{piece} overlaps with another time."), piece)
        whole = self | other
        if not whole.fits():
            raise InputError(
                "week-too-many",
                N_("A day has at most {most} separate times."),
                hint=N_("Join some of them."),
                most=MOST_SPANS,
            )
        return whole

    def day(self, number: int) -> tuple[Span, ...]:
        """The times of a day (0 is Monday) in minutes after its midnight, in order."""
        return tuple(_runs((self.minutes >> (number * DAY_MIN)) & ((1 << DAY_MIN) - 1)))

    def text(self) -> str:
        """The one text that stands for it; empty if there is no time in it."""
        days = ((DAYS[number], self.day(number)) for number in range(7))
        return "; ".join(
            f"{name} {','.join(f'{_clock(a)}-{_clock(b)}' for a, b in spans)}"
            for name, spans in days
            if spans
        )

    def fits(self) -> bool:
        """Whether no day has more separate times than can be written down."""
        return all(len(self.day(number)) <= MOST_SPANS for number in range(7))


def span(day: int, start: int, end: int) -> Week:
    """One time, in minutes after the day's midnight; one that runs past the week goes on in it."""
    first = day * DAY_MIN + start
    bits = ((1 << (end - start)) - 1) << first
    return Week((bits | (bits >> WEEK_MIN)) & ((1 << WEEK_MIN) - 1))


def parse_week(text: str, names: Mapping[str, int] = _NAMES) -> Week:
    """Read what a person or a profile has written.

    Args:
        text: As in the module's description.
        names: Names of days in small letters, with 0 for Monday.

    Raises:
        InputError: ``week-form``, ``week-day``, ``week-time``, ``week-order``, ``week-overlap``,
            ``week-too-many`` or ``week-empty``.
    """
    week = Week()
    parts = [part for part in map(str.strip, text.lower().split(";")) if part]
    if not parts or len(text) > LONGEST_TEXT:
        raise _refuse("week-empty", N_("No hours stand here, or too many words."), text)
    for part in parts:
        days = _DAYS.match(part)
        if days is None:
            raise _refuse("week-form", N_("{piece} are no hours of a week."), part)
        for start, end in _times(part[days.end() :], part):
            for day in _named(days.group(), names):
                week = week.joined(span(day, start, end), part)
    return week


def parse_answer(text: str, names: Mapping[str, int] = _NAMES) -> Week:
    """Read a person's answer, which is in half hours. Raises ``InputError`` as for any week."""
    week = parse_week(text, names)
    for number in range(7):
        for start, end in week.day(number):
            if start % STEP_MIN or end % STEP_MIN:
                piece = f"{DAYS[number]} {_clock(start)}-{_clock(end)}"
                raise _refuse("week-half-hours", N_("{piece} is not in half hours."), piece)
    return week


def read_canonical(text: object) -> Week | None:
    """The week that a stored value stands for; none if it is not exactly what would be written."""
    return _read_canonical(text) if isinstance(text, str) else None


@lru_cache(maxsize=4096)  # thousands of applicants mark the same few weeks
def _read_canonical(text: str) -> Week | None:
    try:
        week = parse_week(text)
    except InputError:
        return None
    return week if week.text() == text else None


def counting_hours(week: Week, within: str) -> Week | None:
    """What of a week counts; ``within`` as stored, empty: all. None if it cannot be read."""
    if not within:
        return week
    window = read_canonical(within)
    return None if window is None else week & window


def _named(words: str, names: Mapping[str, int]) -> Iterator[int]:
    """The days that ``mon-wed,fri`` names; a range may run past Sunday."""
    for piece in words.split(","):
        ends = [names.get(word.strip(" .")) for word in piece.split("-")]
        first, last = ends[0], ends[-1]
        if first is None or last is None or len(ends) > 2:  # noqa: PLR2004 - from and to
            raise _refuse("week-day", N_("{piece} names no day of the week."), piece.strip())
        yield first
        while first != last:
            first = (first + 1) % 7
            yield first


def _times(words: str, part: str) -> Iterator[Span]:
    for piece in words.split(","):
        match = _TIME.fullmatch(piece.strip())
        if match is None:
            raise _refuse("week-form", N_("{piece} are no hours of a week."), part)
        hour, minute, to_hour, to_minute = (int(group or 0) for group in match.groups())
        start, end = hour * 60 + minute, to_hour * 60 + to_minute
        if max(minute, to_minute) >= 60 or start >= DAY_MIN or end > 2 * DAY_MIN:  # noqa: PLR2004 - minutes of an hour
            raise _refuse("week-time", N_("{piece} is no time of day."), piece.strip())
        if not start < end <= start + DAY_MIN:
            raise InputError(
                "week-order",
                N_("{piece} ends before it begins, or lasts more than a day."),
                hint=N_("Past midnight hours count on: write {example}."),
                piece=piece.strip(),
                example="22:00-30:00",
            )
        yield start, end


def _refuse(reference: str, what: str, piece: str) -> InputError:
    shown = "".join(char if char.isprintable() else "?" for char in piece[:60])
    hint = N_("Write, for instance: {example}")
    return InputError(reference, what, hint=hint, piece=shown, example=_EXAMPLE)


def _runs(bits: int) -> Iterator[Span]:
    """Where ones stand beside each other, lowest first."""
    at = 0
    while bits:
        zeros = (bits & -bits).bit_length() - 1
        bits >>= zeros
        ones = (~bits & (bits + 1)).bit_length() - 1
        yield at + zeros, at + zeros + ones
        bits >>= ones
        at += zeros + ones


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
