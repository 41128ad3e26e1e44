"""What of the table goes onto paper: the rows and columns that are shown, and why just these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_
from ui.widgets.label import breakable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.review.words import RowWords
    from ui.review.reviewing import Reviewing

MOST = 1_000
"""Rows that are printed: some 40 pages. Of more nobody reads the paper, and the window would stand
still while they are laid out; a workbook holds them all."""


PAPER = {"missing": 32}
"""Letters of a column that in the window takes what the others leave over."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """A column: what it is called, about how wide it is in letters, whether it holds numbers."""

    title: str
    letters: int
    number: bool = False


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What is printed.

    Attributes:
        title: In the first line of each page, with ``day`` at its right.
        about: Below it: how many rows, how they are filtered and sorted.
        heads: The columns.
        lines: Each row's cells.
    """

    title: str
    day: str
    about: str
    heads: Sequence[Head]
    lines: Sequence[Sequence[str]]


def shown_rows(reviewing: Reviewing, narrowed: Sequence[str], words: RowWords) -> Printed:
    """The rows and columns that are shown on the desk.

    Args:
        reviewing: The desk.
        narrowed: How they are filtered and sorted, in words.
        words: Who reads.

    Raises:
        InputError: ``too-many-to-print``.
    """
    reader, rows, heap = words.reader, reviewing.rows_shown(), reviewing.heap
    if len(rows) > MOST:
        raise InputError(
            "too-many-to-print",
            N_("{n} reports are too many to print."),
            hint=N_("Search or filter until at most {most} are left, or save them as a table."),
            n=reader.number(len(rows)),
            most=reader.number(MOST),
        )
    columns = [reviewing.known_columns[key] for key in reviewing.columns]
    everything = 0 if heap is None else len(heap.rows)
    count = reader.text(
        N_("{shown} of {all} reports"),
        shown=reader.number(len(rows)),
        all=reader.number(everything),
    )
    asked = reviewing.having.profile
    by = [] if asked is None else [reader.local(asked.title)]
    judged = [reader.text(N_("Judged by: {profile}"), profile=title) for title in by]
    return Printed(
        title=reader.text(N_("Reports of applicants")),
        day=reader.date(datetime.now(UTC)),
        about=" · ".join((count, *judged, *narrowed)),
        heads=[
            Head(title=one.title(words), letters=PAPER.get(one.key, one.letters), number=one.number)
            for one in columns
        ],
        lines=[_cells([one.text(words, row) for one in columns]) for row in rows],
    )


def _cells(texts: Sequence[str]) -> tuple[str, ...]:
    """A row's cells, fit to be broken into lines."""
    return tuple(breakable(" ".join(text.split())) for text in texts)
