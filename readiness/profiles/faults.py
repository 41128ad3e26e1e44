"""Faults found in a file: collected, so that one look at the list is enough to mend it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from readiness.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 100
"""So many faults are listed; a file with more is not a profile with slips."""

SHOWN = 60
"""So many characters of a wrong value are repeated in a message."""


class Faults:
    """The faults of one file.

    Args:
        name: The file's name as the person gave it.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[InputError] = []

    def add(self, reference: str, what: str, path: str, hint: str, **values: object) -> None:
        """Note one fault.

        Args:
            reference: Searchable kebab-case name.
            what: English source text of what is wrong.
            path: The key, e.g. ``requirement[2].any_of[0].unit``, or ``line 3``; empty: the file.
            hint: English source text of what to write instead.
            values: For the placeholders of both texts.
        """
        if len(self.found) < MOST:
            where = f"{self.name}: {path}" if path else self.name
            self.found.append(InputError(reference, what, where=where, hint=hint, **values))


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that ``word`` was probably meant to be; empty if none is near."""
    return next(iter(difflib.get_close_matches(word[:SHOWN], list(known), n=1)), "")


def shown(value: object) -> str:
    """A wrong value as a message repeats it: short, on one line, nothing invisible."""
    try:
        text = str(value)
    except ValueError:  # Python writes no number of more than 4,300 digits
        text = type(value).__name__
    return "".join(char if char.isprintable() else "?" for char in text[:SHOWN])
