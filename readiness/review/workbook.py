"""Rows as a workbook for spreadsheet programs (XLSX, ECMA-376), in the reader's language.

Every cell is written with its type: text is text, whatever it begins with, and never a formula or a
link; numbers are numbers, and times are times.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.review.table import cells, heads, refusal
from readiness.review.words import RowWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from readiness.locale import Reader
    from readiness.review.received import Refused
    from readiness.review.rows import ReviewRow
    from readiness.review.table import Cell

OPTIONS = {
    # Rows go to the disk as they come and are gone from memory.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
MOST_ROWS = 1_048_576
"""Rows of a sheet, and letters of a cell: what Excel takes ("Excel specifications and limits")."""

LONGEST_CELL = 32_767
LONGEST_SHEET = 31
"""Letters of a sheet's name."""

_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\']")
NARROWEST, WIDEST = 8, 60
"""Widths of columns, in letters: a heading can be read, and no one column fills the screen."""

DATE = "yyyy-mm-dd hh:mm"
"""The same for readers of every language; ISO 8601 but for the space."""


def xlsx_of(
    rows: Sequence[ReviewRow],
    refused: Sequence[Refused],
    reader: Reader,
    *,
    metrics: Sequence[str] = (),
    archived: bool = False,
) -> bytes:
    """The rows on one sheet, the files that were refused with their reasons on another.

    Args:
        rows: In the order in which they are written.
        refused: Those that could not be read.
        reader: Whose words.
        metrics: Chosen ones, a column each.
        archived: Whether what recruiters wrote has columns too.

    Raises:
        InputError: ``table-too-long``.
        OSError: There is no room for what is written on the way.
    """
    from xlsxwriter import Workbook

    if max(len(rows), len(refused)) >= MOST_ROWS:
        raise InputError(
            "table-too-long",
            N_("A workbook holds {limit} rows at most."),
            where="--xlsx",
            hint=N_("Use --csv, or leave some rows out with --where."),
            limit=MOST_ROWS,
        )
    words, made = RowWords(reader), io.BytesIO()
    with Workbook(made, OPTIONS) as workbook:
        book = _Book(workbook)
        book.sheet(
            reader.text(N_("Reports")),
            heads(words, metrics, archived=archived),
            (cells(row, words, metrics, archived=archived) for row in rows),
        )
        book.sheet(
            # Translators: name of a sheet: files that could not be read
            reader.text(N_("Not read")),
            [reader.text(N_("File")), reader.text(N_("Reason"))],
            (refusal(one, words) for one in refused),
        )
    return made.getvalue()


class _Book:
    """A workbook with the formats that its sheets share."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._head: Format = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._date: Format = workbook.add_format({"num_format": DATE})

    def sheet(self, name: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        """A sheet whose heading stays in sight, with a filter and columns as wide as they need."""
        sheet: Worksheet = self._workbook.add_worksheet(_sheet_name(name))
        widths = [len(title) for title in titles]
        last = 0
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, self._head)
        for last, row in enumerate(rows, start=1):
            for column, found in enumerate(row):
                widths[column] = max(widths[column], self._write(sheet, last, column, found))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(titles) - 1)

    def _write(self, sheet: Worksheet, row: int, column: int, found: Cell) -> int:
        """Write one cell by its type; returns how many letters it takes."""
        if found is None or found == "":
            return 0
        if isinstance(found, str):
            sheet.write_string(row, column, found[:LONGEST_CELL])
            return len(found)
        if isinstance(found, datetime):
            sheet.write_datetime(row, column, found, self._date)
            return len(DATE)
        sheet.write_number(row, column, found)
        return len(repr(found))


def _sheet_name(name: str) -> str:
    """A name without the signs that sheets may not have in theirs."""
    return _NOT_IN_SHEETS.sub(" ", name)[:LONGEST_SHEET].strip()
