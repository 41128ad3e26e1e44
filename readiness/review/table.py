"""Rows as CSV for spreadsheet programs, in the reader's language; no text is ever a formula.

UTF-8 with a byte order mark, without which Excel guesses. Where the language writes
decimals with a comma, columns are parted by semicolons, as Excel expects there.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from readiness.foreign import cell, clean, clean_lines
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
        archived: Whether they come out of an archive, with what recruiters wrote.
    """
    words = RowWords(reader)
    decimal = reader.number(0.5, 0.1)[1]
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";" if decimal == "," else ",")
    heads = [reader.text(head) for head in HEADS[:-1]]
    heads += [_head(metric, words) for metric in metrics]
    if archived:
        heads += [reader.text(head) for head in REMARK_HEADS]
    table.writerow([_text(head) for head in (*heads, reader.text(HEADS[-1]))])
    for row in rows:
        values = [_value(metric, row.value(metric), words, decimal) for metric in metrics]
        written = map(_lines, remark_cells(row, reader)) if archived else ()
        table.writerow([*_cells(row, words), *values, *written, _text(_remarks(row, words))])
    for one in refused:
        why = reader.text(one.what, **one.values)
        table.writerow([_text(one.file), *[""] * (len(heads) - 1), _text(why)])
    return text.getvalue().encode("utf-8-sig")


def _cells(row: ReviewRow, words: RowWords) -> list[str]:
    made = "" if row.made is None else f"{row.made.astimezone():%Y-%m-%d %H:%M}"
    title = words.reader.local(row.asked.title) if row.asked is not None else row.profile
    cells = (
        *(row.file, made, words.system(row), title, words.verdict(row)),
        *(words.yes_no(said=row.unchanged), words.answers(row)),
        ", ".join(words.metric(metric) for metric in row.seen),
        *(words.named(row, row.missing), words.named(row, row.open)),
    )
    return [_text(one) for one in cells]


def _remarks(row: ReviewRow, words: RowWords) -> str:
    return " ".join(part for part in (words.why(row), words.odd(row)) if part)


def _head(metric: str, words: RowWords) -> str:
    known = words.words.metric(metric)
    unit = "" if known is None or known.unit == NO_UNIT else f" ({words.reader.unit(known.unit)})"
    return f"{words.metric(metric)}{unit}"


def _value(metric: str, value: Value | None, words: RowWords, decimal: str) -> str:
    """Numbers as they are, so that they can be reckoned with; a minus there is no formula."""
    if value is None:
        return ""
    if isinstance(value, bool | str):
        return _text(words.value(metric, value))
    return repr(value).replace(".", decimal)


def _text(text: str) -> str:
    return cell(clean(text))

def _lines(text: str) -> str:
    """Text that may have several lines, none of which is a formula where it begins."""
    return cell(clean_lines(text))

