"""Rows as tables for spreadsheet programs, in the reader's language; as CSV, and the cells of all.

CSV is UTF-8 with a byte order mark, without which Excel guesses. Where the language writes
decimals with a comma, columns are parted by semicolons, as Excel expects there. No text is ever a
formula.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from readiness.foreign import cell, clean
from readiness.model.measurement import NO_UNIT
from readiness.model.text import N_
from readiness.review.remark_cells import REMARK_HEADS, remark_cells
from readiness.review.words import RowWords

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from readiness.locale import Reader
    from readiness.model.measurement import Value
    from readiness.review.received import Refused
    from readiness.review.rows import ReviewRow

HEADS = (
    N_("File"),
    # Translators: when the check of an applicant was made
    N_("Check begun"),
    N_("System"),
    N_("Requirements of"),
    N_("Verdict"),
    N_("Unchanged since export"),
    N_("Answers your invitation"),
    # Translators: heading of a column: figures that the employer's measuring server saw itself
    N_("Observed by your server"),
    N_("Not met"),
    # Translators: heading of a column: requirements that could not be decided
    N_("Not decided"),
    # Translators: heading of a column: why nothing is said, or what does not fit together
    N_("To be asked about"),
)

Cell: TypeAlias = str | datetime | int | float | None
"""Text, a time in the reader's own zone and without one, a number, or nothing."""


def heads(words: RowWords, metrics: Sequence[str] = (), *, archived: bool = False) -> list[str]:
    """What stands above the columns; chosen metrics have one each, before the last.

    Args:
        words: Whose.
        metrics: Chosen ones.
        archived: Whether what recruiters wrote has columns too.
    """
    text = words.reader.text
    return [
        *map(text, HEADS[:-1]),
        *(_head(metric, words) for metric in metrics),
        *(map(text, REMARK_HEADS) if archived else ()),
        text(HEADS[-1]),
    ]


def cells(
    row: ReviewRow, words: RowWords, metrics: Sequence[str] = (), *, archived: bool = False
) -> list[Cell]:
    """One row, in the order of the heads."""
    title = words.reader.local(row.asked.title) if row.asked is not None else row.profile
    return [
        clean(row.file),
        None if row.made is None else row.made.astimezone().replace(tzinfo=None),
        *map(clean, (words.system(row), title, words.verdict(row))),
        *(clean(words.yes_no(said=row.unchanged)), clean(words.answers(row))),
        ", ".join(words.metric(metric) for metric in row.seen),
        *(_listed(words.named(row, row.missing)), _listed(words.named(row, row.open))),
        *(_value(metric, row.value(metric), words) for metric in metrics),
        *(remark_cells(row, words.reader) if archived else ()),
        _listed(" ".join(filter(None, _remarks(row, words)))),
    ]


def refusal(one: Refused, words: RowWords) -> tuple[str, str]:
    """A file that was refused, and why."""
    return clean(one.file), clean(words.reader.text(one.what, **one.values))


def csv_of(
    rows: Iterable[ReviewRow],
    refused: Iterable[Refused],
    reader: Reader,
    *,
    metrics: Sequence[str] = (),
    archived: bool = False,
) -> bytes:
    """The table as a file: a head, the rows, and the files that were refused with their reasons.

    Args:
        rows: In the order in which they are written.
        refused: Written last; only their first and last columns hold something.
        reader: Whose words, and whose decimal sign.
        metrics: Chosen ones, a column each; their numbers are numbers.
        archived: Whether what recruiters wrote has columns too.
    """
    words = RowWords(reader)
    decimal = reader.number(0.5, 0.1)[1]
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";" if decimal == "," else ",")
    first = heads(words, metrics, archived=archived)
    table.writerow(map(cell, first))
    for row in rows:
        found = cells(row, words, metrics, archived=archived)
        table.writerow(_written(one, decimal) for one in found)
    for one in refused:
        file, why = refusal(one, words)
        table.writerow([cell(file), *[""] * (len(first) - 2), cell(why)])
    return text.getvalue().encode("utf-8-sig")


def _remarks(row: ReviewRow, words: RowWords) -> tuple[str, ...]:
    return words.why(row), words.oddities(row), words.alike(row)


def _listed(text: str) -> str:
    """Any number of names in one line, each as harmless as :func:`clean` makes it."""
    return " ".join(filter(None, map(clean, text.split())))


def _head(metric: str, words: RowWords) -> str:
    known = words.words.metric(metric)
    unit = "" if known is None or known.unit == NO_UNIT else f" ({words.reader.unit(known.unit)})"
    return f"{words.metric(metric)}{unit}"


def _value(metric: str, value: Value | None, words: RowWords) -> Cell:
    """Numbers as they are, so that they can be reckoned with."""
    return clean(words.value(metric, value)) if isinstance(value, bool | str) else value


def _written(found: Cell, decimal: str) -> str:
    """A cell of CSV; a minus before a number is no formula."""
    if found is None:
        return ""
    if isinstance(found, str):
        return cell(found)
    if isinstance(found, datetime):
        return f"{found:%Y-%m-%d %H:%M}"
    return repr(found).replace(".", decimal)
