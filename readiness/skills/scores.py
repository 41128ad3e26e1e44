"""Figures of typing and of right answers, as pure functions.

Definitions and their sources: ``docs/methods/skills.md``.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.dsp.interval import share_half_width

if TYPE_CHECKING:
    from readiness.model.practice import Typed

WORD = 5
"""Characters of one word, spaces and stops included: the usual rule since the typewriter."""

FEWEST = 50
"""Of fewer typed characters no speed is told: ten words say little about the next ten."""

FASTEST = 300.0
"""Words a minute. Nobody is known to type a passage faster: it was not typed."""


@dataclass(frozen=True, kw_only=True)
class TypingScore:
    """Figures of one passage.

    Attributes:
        gross: Words a minute, whatever was typed.
        net: Words a minute, less one for each error that was left in a minute; not below 0.
        accuracy: 100 less the MSD error rate, in percent.
        errors: Least number of characters to put in, take out or exchange.
        characters: How many were typed.
    """

    gross: float
    net: float
    accuracy: float
    errors: int
    characters: int


def plain(text: str) -> str:
    """Text as it is compared: composed letters (NFC), every break a space, nothing around it."""
    return unicodedata.normalize("NFC", " ".join(text.splitlines())).strip()


def distance_to_beginning(passage: str, typed: str) -> tuple[int, int]:
    """How far ``typed`` is from that beginning of ``passage`` which it is nearest to.

    The minimum string distance (Levenshtein 1966, Wagner and Fischer 1974) to every beginning of
    the passage; so one letter that is missing is one error, and what was not reached is none.

    Returns:
        The distance, and the length of that beginning; of several the one nearest in length to
        what was typed.
    """
    row = list(range(len(passage) + 1))
    for count, letter in enumerate(typed, start=1):
        left_above, row[0] = row[0], count
        for place, wanted in enumerate(passage, start=1):
            exchanged = left_above + (letter != wanted)
            left_above = row[place]
            row[place] = min(exchanged, left_above + 1, row[place - 1] + 1)
    best = min(row)
    lengths = [length for length, errors in enumerate(row) if errors == best]
    return best, min(lengths, key=lambda length: (abs(length - len(typed)), -length))


def words_per_minute(characters: int, seconds: float) -> float:
    """Speed of ``characters`` whose first one starts the clock (MacKenzie 2002): it is not counted.

    Raises:
        ValueError: No time has passed.
    """
    if seconds <= 0:
        raise ValueError("no time has passed")
    return max(0, characters - 1) / WORD * 60 / seconds


def typing_score(passage: str, typed: Typed) -> TypingScore:
    """The figures of what was typed of ``passage``.

    Raises:
        ValueError: Nothing was typed, or no time has passed.
    """
    # Far more than the passage cannot be right, and would take long to compare.
    text = plain(typed.text)[: 2 * len(passage)]
    if not text:
        raise ValueError("nothing was typed")
    errors, reached = distance_to_beginning(plain(passage), text)
    gross = words_per_minute(len(text), typed.seconds)
    return TypingScore(
        gross=gross,
        net=max(0.0, gross - errors * 60 / typed.seconds),
        accuracy=100 * (1 - errors / max(len(text), reached)),
        errors=errors,
        characters=len(text),
    )


def right_share(right: int, asked: int) -> tuple[float, float]:
    """Share of right answers and its 95 % half width (Wilson 1927), both in percent.

    Raises:
        ValueError: Nothing was asked.
    """
    return 100 * right / asked if asked else 0.0, 100 * share_half_width(right, asked)
