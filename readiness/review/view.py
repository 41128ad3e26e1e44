"""Rows made ready to be sorted and filtered at once, whatever is asked of them.

Everything that takes long is done when a view is made, off the window's thread: the order of the
rows by each column, and the letters in which is searched. What is asked afterwards only picks out
of these.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readiness.review.sorting import NO_VERDICT, both_ways, getter, where_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from readiness.review.rows import ReviewRow
    from readiness.review.words import RowWords

__all__ = ["NO_VERDICT", "Missing", "View", "Wish"]

MOST_SHARED = 10_000
"""So many searched texts are kept for several rows: most rows lack the same few things."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which rows are to be seen, and in what order.

    Attributes:
        key: The cell by which they are sorted; empty: as they came.
        falling: Turned round.
        text: Letters that a row must hold, or a condition such as ``line.upload<5``.
        verdict: ``ready``, ``open``, ``not-ready``, ``none``; empty: any.
        unchanged: ``yes`` or ``no``; empty: any.
        answers: The second statement's code; empty: any.
        missing: A requirement that is not met; empty: any.
        odd: Only those in which something does not fit together.
    """

    key: str = ""
    falling: bool = False
    text: str = ""
    verdict: str = ""
    unchanged: str = ""
    answers: str = ""
    missing: str = ""
    odd: bool = False

    @property
    def narrows(self) -> bool:
        """Whether any row could be left out."""
        return self != Wish(key=self.key, falling=self.falling)

    def sorted_by(self, key: str, *, falling: bool) -> Wish:
        """The same rows in another order."""
        return replace(self, key=key, falling=falling)


@dataclass(frozen=True, kw_only=True)
class Missing:
    """A requirement that some reports fail: its id, what it is called, how many fail it."""

    requirement: str
    title: str
    reports: int


class View:
    """Many rows, ready to be shown.

    Args:
        rows: As they came.
        columns: The cells by which they can be sorted.
        words: In whose language is searched.
    """

    def __init__(self, rows: Sequence[ReviewRow], columns: Iterable[str], words: RowWords) -> None:
        self.rows = rows
        self.language = words.reader.language
        self._as_they_came = array("L", range(len(rows)))
        self._orders: dict[tuple[str, bool], array[int]] = {}
        for key in columns:
            self._learn(key)
        self._texts = _texts(rows, words)
        self._codes = {
            "verdict": [NO_VERDICT if one.overall is None else str(one.overall) for one in rows],
            "unchanged": ["yes" if one.unchanged else "no" for one in rows],
            "answers": [str(one.answers) for one in rows],
        }
        self._counts = {key: Counter(codes) for key, codes in self._codes.items()}
        self._missing = _missing(rows, words)

    def count(self, key: str, code: str) -> int:
        """How many rows have this ``verdict``, ``unchanged`` or ``answers``."""
        return self._counts[key][code]

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The requirements that are not met somewhere, the most frequent first."""
        return self._missing

    def shown(self, wish: Wish) -> Sequence[int]:
        """The numbers of the rows that are wished for, in that order."""
        found: Sequence[int] = self._ordered(wish)
        for key, wanted in (
            ("verdict", wish.verdict),
            ("unchanged", wish.unchanged),
            ("answers", wish.answers),
        ):
            if wanted:
                column = self._codes[key]
                found = [number for number in found if column[number] == wanted]
        for holds in self._tests(wish):
            found = [number for number in found if holds(number)]
        return self._searched(found, wish.text)

    def _ordered(self, wish: Wish) -> Sequence[int]:
        if not wish.key:
            return self._as_they_came
        if (wish.key, wish.falling) not in self._orders:
            self._learn(wish.key)
        return self._orders[wish.key, wish.falling]

    def _learn(self, key: str) -> None:
        """Sort by a column, both ways."""
        rising, falling = both_ways(self.rows, key)
        self._orders[key, False] = array("L", rising)
        self._orders[key, True] = array("L", falling)

    def _tests(self, wish: Wish) -> Iterable[Callable[[int], bool]]:
        """One for each thing that is wished."""
        rows = self.rows
        if wish.odd:
            odd = getter("odd")
            yield lambda number: bool(odd(rows[number]))
        if wish.missing:
            yield lambda number: wish.missing in rows[number].missing

    def _searched(self, found: Sequence[int], text: str) -> Sequence[int]:
        """Those that hold these letters, or meet this condition."""
        rows, texts, letters = self.rows, self._texts, text.strip().casefold()
        if not letters:
            return found
        known = {name for row in rows[:1] for name in row.metrics}
        condition = where_in(text, known.__contains__)
        if condition is not None:
            meets = condition.test()
            return [number for number in found if meets(rows[number])]
        return [number for number in found if letters in texts[number]]


def _texts(rows: Sequence[ReviewRow], words: RowWords) -> list[str]:
    """What is searched in: names, system, list, verdict, what is missing; in small letters."""
    shared: dict[tuple[object, ...], str] = {}

    def common(row: ReviewRow) -> str:
        digest = "" if row.asked is None else row.asked.digest
        key = (row.system, row.profile, digest, row.overall, row.worst)
        if key not in shared:
            if len(shared) >= MOST_SHARED:
                shared.clear()
            told = (words.system(row), row.profile, words.verdict(row), words.named(row, row.worst))
            shared[key] = "\n".join(told).casefold()
        return shared[key]

    return [f"{row.file}\n{row.code}".casefold() + "\n" + common(row) for row in rows]


def _missing(rows: Sequence[ReviewRow], words: RowWords) -> tuple[Missing, ...]:
    counts: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for row in rows:
        counts.update(row.missing)
        for name in row.missing:
            if name not in titles:
                titles[name] = words.named(row, (name,))
    return tuple(
        Missing(requirement=name, title=titles[name], reports=number)
        for name, number in sorted(counts.items(), key=lambda pair: (-pair[1], titles[pair[0]]))
    )
