"""The columns of the table: what each is called, and what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.desk_archive.remarks import DECISIONS
from readiness.model.text import N_
from ui.widgets.pill import OVERALL_SYMBOLS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from readiness.review.rows import ReviewRow
    from readiness.review.words import RowWords

NO_SYMBOL = "–"  # noqa: RUF001 - an en dash is meant
"""Beside a report of which nothing is judged."""

MOST_NAMED = 6
"""Requirements that are named in a cell: as many as fit into a wide window."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        key: The cell by which it is sorted, as in ``readiness review --sort``.
        head: English source text, or empty for a metric.
        text: What stands in a row's cell.
        letters: About how wide it is, in letters.
        number: Whether it holds numbers, which stand at the right.
    """

    key: str
    head: str
    text: Callable[[RowWords, ReviewRow], str]
    letters: int
    number: bool = False

    def title(self, words: RowWords) -> str:
        """What it is called."""
        return words.reader.text(self.head) if self.head else words.metric(self.key)


def _verdict(words: RowWords, row: ReviewRow) -> str:
    symbol = NO_SYMBOL if row.overall is None else OVERALL_SYMBOLS[row.overall]
    said = words.not_judged_word if row.overall is None else words.verdict(row)
    return f"{symbol} {said}"


def _seen(words: RowWords, row: ReviewRow) -> str:
    return ", ".join(map(words.metric, row.seen))


def _against(words: RowWords, row: ReviewRow) -> str:
    """What is missing, and why nothing is judged or it does not answer."""
    said = (words.named(row, row.worst, MOST_NAMED), words.why(row))
    return "; ".join(part for part in said if part)


def _odd(words: RowWords, row: ReviewRow) -> str:
    return "; ".join(part for part in (words.odd(row), words.alike(row)) if part)


def _decision(words: RowWords, row: ReviewRow) -> str:
    return "" if row.remark is None else words.reader.text(DECISIONS[row.remark.written.decision])


def _profile(words: RowWords, row: ReviewRow) -> str:
    return words.reader.local(row.asked.title) if row.asked is not None else row.profile


FIXED = (
    Column(
        key="file",
        head=N_("File"),
        text=lambda _, row: row.file,
        letters=28,
    ),
    Column(key="verdict", head=N_("Verdict"), text=_verdict, letters=13),
    Column(
        key="unchanged",
        # Translators: heading of a narrow column: unchanged since it was saved, yes or no
        head=N_("Unchanged"),
        text=lambda words, row: words.yes_no(said=row.unchanged),
        letters=10,
    ),
    Column(
        key="answers",
        # Translators: heading of a narrow column: answers your invitation: yes, no, already used
        head=N_("Invitation"),
        text=lambda words, row: words.answers(row),
        letters=12,
    ),
    Column(
        key="made",
        # Translators: when the check of an applicant was made
        head=N_("Check begun"),
        text=lambda words, row: words.made(row),
        letters=13,
    ),
    Column(
        key="odd",
        # Translators: heading of a column: whether everything in a report fits together
        head=N_("Fits together"),
        text=_odd,
        letters=22,
    ),
    Column(
        key="seen",
        # Translators: heading of a column: figures that the employer's measuring server saw itself
        head=N_("Observed by your server"),
        text=_seen,
        letters=20,
    ),
    Column(
        key="system",
        head=N_("System"),
        text=lambda words, row: words.system(row),
        letters=10,
    ),
    Column(key="profile", head=N_("Requirements of"), text=_profile, letters=22),
    Column(
        key="decision",
        # Translators: heading of a column: what a recruiter decided about an applicant
        head=N_("Decision"),
        text=_decision,
        letters=12,
    ),
)
MISSING = Column(
    key="missing",
    # Translators: heading of a column: what speaks against an applicant's computer or report
    head=N_("What is missing"),
    text=_against,
    letters=18,
)
USUAL = ("file", "verdict", "unchanged", "answers", "made", "line.upload", "missing")
"""What is shown until somebody chooses."""


def columns_of(metrics: tuple[str, ...]) -> Mapping[str, Column]:
    """All columns in their order; what is missing takes the rest of the width and stands last."""
    figures = (_figure(metric) for metric in metrics)
    return {column.key: column for column in (*FIXED, *figures, MISSING)}


def _figure(metric: str) -> Column:
    return Column(
        key=metric,
        head="",
        text=lambda words, row: words.value(metric, row.value(metric)),
        letters=12,
        number=True,
    )
