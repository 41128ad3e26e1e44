"""A heap of reports in a terminal of 80 columns, and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from readiness.cli.console import err, out
from readiness.cli.review_set import print_alike, print_set
from readiness.cli.root import explain_error
from readiness.model.finding import Overall
from readiness.model.text import N_
from readiness.review.computers import shown_groups
from readiness.review.remark_cells import remark_line
from readiness.review.words import RowWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from readiness.locale import Reader
    from readiness.review.computers import Alike
    from readiness.review.picture import Picture
    from readiness.review.received import Refused
    from readiness.review.rows import ReviewRow

STYLE = {Overall.READY: "green", Overall.NOT_READY: "red", Overall.OPEN: "yellow"}
SIGNS = {Overall.READY: "✓", Overall.NOT_READY: "✕", Overall.OPEN: "?"}
NO_SIGN = "!"
"""Beside a report of which nothing is judged."""

MOST_REASONS = 10
"""Files that are named for each reason; a heap may hold two hundred thousand bad ones."""

WIDEST = 18
"""Of a cell; several metrics and what is missing are to fit beside it."""

NOT_JUDGED = "yellow"

KEY_LETTERS = 10
"""Of a report's key in an archive: by so many it can be named there."""


def print_review(
    rows: Sequence[ReviewRow],
    whole: Picture,
    metrics: Sequence[str],
    reader: Reader,
    *,
    most: int,
    groups: Sequence[Alike] = (),
) -> None:
    """Print the table, then what can be said of all rows together."""
    console, words = out(), RowWords(reader)
    if not rows:
        console.print(Text(reader.text(N_("No report meets these conditions."))))
        return
    _print_table(console, rows[:most], metrics, words)
    if len(rows) > most:
        console.print(
            Text(
                reader.plural(
                    "{n} more row: --rows 0 shows all, --csv FILE writes a table.",
                    "{n} more rows: --rows 0 shows all, --csv FILE writes a table.",
                    len(rows) - most,
                )
            )
        )
    print_set(console, rows, whole, metrics, words)
    print_alike(console, shown_groups(groups, rows), words)


def _print_table(
    console: Console, rows: Sequence[ReviewRow], metrics: Sequence[str], words: RowWords
) -> None:
    """A line of cells for each report, and its name above them: names are longer than columns."""
    reader = words.reader
    heads = [
        *(reader.text(N_("Verdict")), reader.text(N_("Check begun"))),
        # Translators: heading of a narrow column: unchanged since it was saved, yes or no
        reader.text(N_("Unchanged")),
        # Translators: heading of a narrow column: answers your invitation: yes, no, already used
        reader.text(N_("Invitation")),
        *map(words.metric, metrics),
    ]
    lines = [_cells(row, metrics, words) for row in rows]
    widths = [_width(cells) for cells in zip(heads, *lines, strict=True)]
    # Translators: heading of a column: what speaks against an applicant's computer or report
    last = Text(reader.text(N_("What is missing")))
    console.print(_line([*map(Text, heads), last], widths))
    for row, cells in zip(rows, lines, strict=True):
        kept = "" if row.remark is None else row.digest[:KEY_LETTERS]
        name = ", ".join(part for part in (row.file, words.system(row), kept) if part)
        console.print(Text(name, style="bold"))
        style = NOT_JUDGED if row.overall is None else STYLE[row.overall]
        first, *others = map(Text, cells)
        first.stylize(style)
        console.print(_line([first, *others, Text(words.against(row))], widths))
        if row.overall is None:
            console.print(Padding(Text(words.why(row)), (0, 0, 0, 2)))
        if row.seen:
            seen = ", ".join(map(words.metric, row.seen))
            said = reader.text(N_("Observed by your server: {figures}."), figures=seen)
            console.print(Padding(Text(said), (0, 0, 0, 2)))
        written = remark_line(row, reader)
        if written:
            console.print(Padding(Text(written), (0, 0, 0, 2)))


def _cells(row: ReviewRow, metrics: Sequence[str], words: RowWords) -> list[str]:
    sign = NO_SIGN if row.overall is None else SIGNS[row.overall]
    return [
        f"{sign} {words.verdict(row)}",
        *(words.made(row), words.yes_no(said=row.unchanged), words.answers(row)),
        *(words.value(metric, row.value(metric)) for metric in metrics),
    ]


def _width(cells: Sequence[str]) -> int:
    """As wide as the cells, but the heading may be broken between its words."""
    head, *others = cells
    longest = max((cell_len(cell) for cell in others), default=1)
    return min(WIDEST, max(longest, *(cell_len(word) for word in head.split())))


def _line(cells: Sequence[Text], widths: Sequence[int]) -> Table:
    """One line of the table; all but the last cell have a width of their own."""
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False, expand=True)
    table.show_header = False
    for width in widths:
        table.add_column(width=width, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row(*cells)
    return table


def print_refused(refused: Sequence[Refused], reader: Reader) -> None:
    """Say on standard error which files were not read and why; many of one reason are counted."""
    console = err()
    groups: dict[tuple[bool, str], list[Refused]] = {}
    for one in refused:
        groups.setdefault((one.aside, one.reference), []).append(one)
    for (aside, _), group in sorted(groups.items(), key=lambda pair: pair[0][0]):
        named = 1 if aside else MOST_REASONS
        for one in group[:named]:
            console.print(Text(explain_error(one.error(), reader)), soft_wrap=True)
        if len(group) > named:
            more = reader.plural(
                "{n} more file for the same reason.",
                "{n} more files for the same reason.",
                len(group) - named,
            )
            console.print(Text(f"readiness: {more}"), soft_wrap=True)
