"""The table as the bytes of a file, of either kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.review.table import csv_of
from readiness.review.workbook import xlsx_of
from readiness.storage import storage_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from readiness.locale import Reader
    from readiness.review.received import Refused
    from readiness.review.rows import ReviewRow


def table_file(
    path: Path,
    rows: Sequence[ReviewRow],
    refused: Iterable[Refused],
    reader: Reader,
    *,
    metrics: Sequence[str],
    archived: bool,
    workbook: bool,
) -> bytes:
    """A workbook, or CSV, that is to be written to ``path``; what is no report is not listed.

    Raises:
        StorageError: The disk refuses what a workbook puts there while it is made.
    """
    bad = [one for one in refused if not one.aside]
    made = xlsx_of if workbook else csv_of
    try:
        return made(rows, bad, reader, metrics=metrics, archived=archived)
    except OSError as error:
        raise storage_error(error, path) from error
