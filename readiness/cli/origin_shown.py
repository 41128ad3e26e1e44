"""The three statements about a report and the mark of each figure, for terminal and programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from readiness.cli.console import out
from readiness.foreign import clean
from readiness.model.text import N_
from readiness.report.words import headline, rows
from readiness.review.origin_words import MARKS, oddity_words, said_in_file, statements

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.requirement import Profile
    from readiness.report.words import Row
    from readiness.trust.origin import Origin


def print_origin(name: str, origin: Origin, profile: Profile | None, reader: Reader) -> None:
    """Print what was found out about one report."""
    console = out()
    console.print(Text(f"{clean(name)}  {origin.code}", style="bold"))
    for said in statements(origin, reader):
        console.print(Padding(Text(said), (0, 0, 0, 2)))
    if origin.oddities:
        console.print(Text(reader.text(N_("What does not fit together")), style="bold"))
        for oddity in origin.oddities:
            console.print(Padding(Text(oddity_words(oddity, reader)), (0, 0, 0, 2)))
    if origin.again is None:
        if origin.report is not None:
            words = N_("Nothing was judged again: add --profile or --invitation.")
            console.print(Text(reader.text(words)))
    else:
        first, second = headline(origin.again, profile, reader)
        console.print(Text(first, style="bold"))
        console.print(Text(second))
        console.print(_table(origin, rows(origin.again, profile, reader), reader))
    console.print()


def origin_document(name: str, origin: Origin) -> dict[str, object]:
    """The same for programs."""
    return {
        "report": name,
        "code": origin.code,
        "unchanged": origin.unchanged,
        "answers": origin.answers,
        "why": origin.why,
        "observed_by_your_server": origin.observed,
        "overall": origin.overall,
        "checks": [
            {
                "requirement": check.finding.requirement,
                "mark": check.mark,
                "verdict": check.finding.verdict,
                "verdict_in_file": check.said,
                "seen": check.seen,
            }
            for check in origin.checks
        ],
        "disagree": list(origin.disagree),
        "does_not_fit": [
            {"code": one.code, "metric": one.metric, "where": one.where} for one in origin.oddities
        ],
    }


def _table(origin: Origin, shown: tuple[Row, ...], reader: Reader) -> Table:
    marks = {check.finding.requirement: check for check in origin.checks}
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False, expand=True)
    table.add_column("", width=1)
    for head, ratio in (
        (N_("Requirement"), 6),
        (N_("Found"), 4),
        (N_("Asked"), 5),
        (N_("Rests on"), 4),
        (N_("Verdict"), 3),
    ):
        table.add_column(reader.text(head), ratio=ratio, overflow="fold")
    for row in shown:
        check = marks[row.requirement]
        word = row.word
        if row.requirement in origin.disagree:
            other = said_in_file(check, reader)
            word = reader.text(N_("{verdict} (the file says: {other})"), verdict=word, other=other)
        table.add_row(
            Text(row.symbol),
            Text(row.title),
            Text(" ".join(part for part in (row.found, row.plus_minus) if part)),
            Text(row.asked),
            Text(reader.text(MARKS[check.mark])),
            Text(word),
        )
    return table
