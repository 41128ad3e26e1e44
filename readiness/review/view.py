"""Rows made ready to be sorted and filtered at once, whatever is asked of them.

Everything that takes long is done when a view is made, off the window's thread: the order of the
rows by each column, and the letters in which is searched. What is asked afterwards only picks out
of these.
"""

from __future__ import annotations

import operator
from array import array
from dataclasses import dataclass, replace
from functools import reduce
from itertools import compress
from typing import TYPE_CHECKING

from readiness.review.asked import Asked, both, marked
from readiness.review.pieces import PIECE
from readiness.review.sorting import NO_VERDICT, Where, both_ways, cells_of, where_in, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from readiness.review.asked import Mask
    from readiness.review.desk import Heap
    from readiness.review.rows import ReviewRow
    from readiness.review.sorting import Cell
    from readiness.review.words import RowWords

__all__ = ["NO_VERDICT", "Missing", "View", "Wish"]

CODES = ("verdict", "unchanged", "answers")
"""Columns of a few words, of which is said how often each stands there."""

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
        before: The same reports, judged by other requirements or with other notes: their columns
            that stay as they are need not be made ready again.
    """

    def __init__(
        self,
        rows: Sequence[ReviewRow],
        columns: Iterable[str],
        words: RowWords,
        before: View | None = None,
    ) -> None:
        self.rows = rows
        self.language = words.reader.language
        self._as_they_came = range(len(rows))
        self._orders: dict[tuple[str, bool], Sequence[int]] = {}
        self._columns: dict[str, Asked] = {}
        for key in dict.fromkeys((*columns, *CODES)):
            cells = cells_of(rows, key)
            if before is not None and before._has(key, cells):  # noqa: SLF001 - its own kind
                self._take_over(key, before)
            else:
                self._learn(key, cells)
                self._columns[key] = Asked(rows, key, cells)
        self._texts = _texts(rows, words)
        self._counts = {key: self._count(key) for key in CODES}
        self._lacking = _lacking(rows)
        self._missing = _missing(rows, self._lacking, words)

    def count(self, key: str, code: str) -> int:
        """How many rows have this ``verdict``, ``unchanged`` or ``answers``."""
        return self._counts[key].get(code, 0)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The requirements that are not met somewhere, the most frequent first."""
        return self._missing

    def shown(self, wish: Wish) -> Sequence[int]:
        """The numbers of the rows that are wished for, in that order."""
        found: Sequence[int] = self._ordered(wish)
        masks = [self._meeting(condition) for condition in self._conditions(wish)]
        if wish.missing:
            masks.append(marked(self._lacking.get(wish.missing, ()), len(self.rows)))
        if masks:
            mask = reduce(both, masks)
            straight = found is self._as_they_came
            found = list(compress(found, mask if straight else map(mask.__getitem__, found)))
        letters, texts = wish.text.strip().casefold(), self._texts
        if not letters or self._condition(wish.text) is not None:
            return found
        return [number for number in found if letters in texts[number]]

    def _conditions(self, wish: Wish) -> Iterator[Where]:
        """What is wished for, but letters and what is missing."""
        for key, wanted in (
            ("verdict", wish.verdict),
            ("unchanged", wish.unchanged),
            ("answers", wish.answers),
        ):
            if wanted:
                yield Where(key=key, how="=", value=wanted)
        if wish.odd:
            yield Where(key="odd", how=">", value="0")
        condition = self._condition(wish.text)
        if condition is not None:
            yield condition

    def _condition(self, text: str) -> Where | None:
        """The condition that is searched for; none if it is just letters."""
        known = {name for row in self.rows[:1] for name in row.metrics}
        return where_in(text, known.__contains__)

    def _meeting(self, condition: Where) -> Mask:
        key = condition.key
        if key not in self._columns:
            self._columns[key] = Asked(self.rows, key)
        return self._columns[key].meeting(condition)

    def _count(self, key: str) -> dict[str, int]:
        """How often each of its words stands in a column."""
        return {written(cell): number for cell, number in self._columns[key].counts().items()}

    def _ordered(self, wish: Wish) -> Sequence[int]:
        if not wish.key:
            return self._as_they_came
        if (wish.key, wish.falling) not in self._orders:
            self._learn(wish.key, cells_of(self.rows, wish.key))
        return self._orders[wish.key, wish.falling]

    def _has(self, key: str, cells: Sequence[Cell]) -> bool:
        """Whether a column is known here and holds the very same things."""
        known = key in self._columns and (key, False) in self._orders
        if not known or len(self.rows) != len(cells):
            return False
        return all(map(operator.is_, cells_of(self.rows, key), cells))

    def _take_over(self, key: str, before: View) -> None:
        """A column's orders and what is asked of it."""
        for falling in (False, True):
            self._orders[key, falling] = before._orders[key, falling]
        self._columns[key] = before._columns[key].over(self.rows)

    def _learn(self, key: str, cells: Sequence[Cell]) -> None:
        """Sort by a column, both ways."""
        self._orders[key, False], self._orders[key, True] = both_ways(cells, key)


def let_go(before: list[Heap | View | None]) -> None:
    """Give back what was shown before: rows by the thousand, not all in one step.

    Args:
        before: The heap and its view, which nobody else holds any more; emptied.
    """
    rows: list[ReviewRow] = [row for one in before if one is not None for row in one.rows]
    before.clear()
    while rows:
        del rows[-PIECE:]


def _texts(rows: Sequence[ReviewRow], words: RowWords) -> tuple[str, ...]:
    """What is searched in: names, system, list, verdict, what is missing; in small letters.

    A tuple: of strings alone, garbage is looked for in it once and never again.
    """
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

    return tuple([f"{row.file}\n{row.code}".casefold() + "\n" + common(row) for row in rows])


def _lacking(rows: Sequence[ReviewRow]) -> dict[str, array[int]]:
    """The rows that lack a requirement, for each of them."""
    found: dict[str, array[int]] = {}
    for number, row in enumerate(rows):
        for name in row.missing:
            if name not in found:
                found[name] = array("L")
            found[name].append(number)
    return found


def _missing(
    rows: Sequence[ReviewRow], lacking: Mapping[str, Sequence[int]], words: RowWords
) -> tuple[Missing, ...]:
    titles = {name: words.named(rows[where[0]], (name,)) for name, where in lacking.items()}
    return tuple(
        Missing(requirement=name, title=titles[name], reports=len(where))
        for name, where in sorted(
            lacking.items(), key=lambda pair: (-len(pair[1]), titles[pair[0]])
        )
    )
