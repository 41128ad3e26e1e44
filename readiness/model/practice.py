"""What a person is given to practise, and what came of it: passages, items, what was typed."""

from __future__ import annotations

from dataclasses import dataclass

GAP = "___"
"""Stands in an item's text where the right answer belongs."""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text to be typed. ``text`` is one line of 300 to 500 characters."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """A question with its possible answers, in the order in which they are shown.

    Attributes:
        text: The question; ``GAP`` stands where an answer belongs.
        spoken: The same for a screen reader, with a word in place of the gap.
        choices: 3 or 4 answers, each once.
        right: The one of them that is right.
        why: The explanation, shown once it was answered.
    """

    id: str
    text: str
    spoken: str
    choices: tuple[str, ...]
    right: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed.

    Attributes:
        text: As it stood at the end.
        seconds: From the first key to the last, or to the end of the time.
        ended: Whether the person ended it; else the time was over.
    """

    text: str
    seconds: float
    ended: bool
