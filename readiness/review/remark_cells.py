"""What recruiters wrote at a report, as cells of a table: the same in every kind of table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.desk_archive.remarks import DECISIONS, NOTHING_YET
from readiness.foreign import clean, clean_lines
from readiness.model.text import N_

if TYPE_CHECKING:
    from datetime import datetime

    from readiness.locale import Reader
    from readiness.review.rows import ReviewRow

REMARK_HEADS = (
    # Translators: heading of a column: what a recruiter decided about an applicant
    N_("Decision"),
    # Translators: heading of a column: why a recruiter decided so
    N_("Reason"),
    # Translators: heading of a column: a recruiter's own text about an applicant
    N_("Note"),
    # Translators: heading of a column: the name of the recruiter who wrote it
    N_("Written by"),
    # Translators: heading of a column: when a recruiter wrote it
    N_("Written on"),
)


def remark_cells(row: ReviewRow, reader: Reader) -> tuple[str | datetime | None, ...]:
    """A cell for each of :data:`REMARK_HEADS`; text is still to be kept from being a formula.

    A note has its line breaks. The time is in the reader's own zone and without one.
    """
    remark = row.remark or NOTHING_YET
    written = remark.written
    on = None if remark.at is None else remark.at.astimezone().replace(tzinfo=None)
    decision = reader.text(DECISIONS[written.decision]) if row.remark is not None else ""
    return decision, clean(written.reason), clean_lines(written.note), clean(written.who), on


def remark_line(row: ReviewRow, reader: Reader) -> str:
    """All of it on one line; empty where nobody has written anything."""
    remark = row.remark or NOTHING_YET
    written = remark.written
    if remark.at is None:
        return ""
    who = clean(written.who)
    said = (
        reader.text(DECISIONS[written.decision]),
        *(clean(written.reason), clean(written.note)),
        ", ".join(part for part in (who, reader.day(remark.at.astimezone().date())) if part),
    )
    # Translators: what a recruiter decided about an applicant, then the reason, a note, name, day
    return reader.text(N_("Decision: {said}"), said="; ".join(part for part in said if part))
