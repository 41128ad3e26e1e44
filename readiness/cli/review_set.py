"""What can be said of a whole heap in a terminal: the counts, what fails most, how figures lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from readiness import explain
from readiness.foreign import clean
from readiness.model.finding import Overall
from readiness.model.text import N_
from readiness.review.spread import criterion_of, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from readiness.locale import Reader
    from readiness.review.computers import Alike
    from readiness.review.picture import ListPicture, Picture
    from readiness.review.rows import ReviewRow
    from readiness.review.spread import Bar, Spread
    from readiness.review.words import RowWords

MOST_TALLIES = 8
"""Requirements; those that follow fail seldom."""

MOST_GROUPS, MOST_NAMES = 10, 8
"""Groups that are listed, and files named of each; --json lists all."""

BAR = 24
"""Letters of the longest bar, so that numbers and what is asked fit beside it in 80 columns."""


def print_set(
    console: Console,
    rows: Sequence[ReviewRow],
    whole: Picture,
    metrics: Sequence[str],
    words: RowWords,
) -> None:
    """Print what can be said of all these rows together."""
    console.print()
    for line in _summary(whole, words.reader):
        console.print(Text(line))
    for one in whole.lists:
        _print_list(console, one, words)
        judged = [r for r in rows if r.asked is not None and r.asked.digest == one.asked.digest]
        for metric in metrics:
            found = spread(judged, metric, criterion_of(one.asked, metric))
            if found is not None:
                _print_spread(console, found, words)


def print_alike(console: Console, groups: Sequence[Alike], words: RowWords) -> None:
    """Print which reports seem to come from one computer, and what that does not say."""
    if not groups:
        return
    reader = words.reader
    console.print()
    heading = reader.text(N_("Computers that seem to be the same"))
    console.print(Text(heading, style="bold"))
    for group in groups[:MOST_GROUPS]:
        for line in _alike(group, reader):
            console.print(Padding(Text(line), (0, 0, 0, 2)))
    if len(groups) > MOST_GROUPS:
        more = reader.plural(
            "{n} more group: --json lists all.",
            "{n} more groups: --json lists all.",
            len(groups) - MOST_GROUPS,
        )
        console.print(Text(more))
    said = N_(
        "Several people may share one computer, and computers of one model are hard to tell apart: "
        "a reason to ask, not to refuse."
    )
    console.print(Text(reader.text(said)))


def _alike(group: Alike, reader: Reader) -> Iterable[str]:
    names = ", ".join(row.file for row in group.rows[:MOST_NAMES])
    n = len(group.rows)
    if n > MOST_NAMES:
        names = reader.plural(
            "{names} and {n} other", "{names} and {n} others", n - MOST_NAMES, names=names
        )
    if group.model:
        # Translators: {n} is at least 2.
        yield reader.plural(
            "{n} report from computers that are alike, as those of one model are: {names}",
            "{n} reports from computers that are alike, as those of one model are: {names}",
            n,
            names=names,
        )
        return
    yield reader.text(
        N_("Group {group}, seems to be the same computer: {names}"),
        group=reader.number(group.rows[0].group),
        names=names,
    )


def _summary(whole: Picture, reader: Reader) -> Iterable[str]:
    counts = [
        reader.text(
            N_("{title}: {value}"),
            title=reader.text(explain.OVERALLS[overall]),
            value=reader.number(whole.overall.get(overall, 0)),
        )
        for overall in Overall
    ]
    if whole.overall.get(None):
        judged = reader.text(N_("not judged"))
        number = reader.number(whole.overall[None])
        counts.append(reader.text(N_("{title}: {value}"), title=judged, value=number))
    yield reader.plural("{n} report", "{n} reports", whole.reports) + " - " + ", ".join(counts)
    if whole.changed:
        yield reader.plural(
            "{n} was changed since it was saved, or is not signed.",
            "{n} were changed since they were saved, or are not signed.",
            whole.changed,
        )
    if whole.odd:
        yield reader.plural(
            "In {n} something does not fit together: readiness verify says what.",
            "In {n} something does not fit together: readiness verify says what.",
            whole.odd,
        )
    yield (
        reader.text(
            N_("What no server of yours observed was measured on the applicants' own computers:")
        )
        + " "
        + reader.text(N_("that cannot be proven."))
    )


def _print_list(console: Console, one: ListPicture, words: RowWords) -> None:
    """What is not met most, by one list of requirements."""
    reader = words.reader
    lacking = [tally for tally in one.tallies if tally.failed or tally.undecided]
    if not lacking:
        return
    titles = words.titles(one.asked)
    console.print()
    heading = reader.text(
        N_("What is not met most: {title}"), title=clean(reader.local(one.asked.title))
    )
    console.print(Text(heading, style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False)
    table.add_column(reader.text(N_("Requirement")), overflow="fold")
    table.add_column(reader.text(N_("Not met")), justify="right")
    table.add_column(reader.text(N_("Not decided")), justify="right")
    table.add_column("", no_wrap=True)
    for tally in lacking[:MOST_TALLIES]:
        share = round(BAR * tally.failed / max(1, one.reports))
        table.add_row(
            Text(titles[tally.requirement]),
            Text(reader.number(tally.failed)),
            Text(reader.number(tally.undecided)),
            Text("#" * share, style="red"),
        )
    console.print(table)


def _print_spread(console: Console, found: Spread, words: RowWords) -> None:
    """How the values of one metric are spread, and where what is asked lies."""
    reader, metric = words.reader, found.metric
    console.print()
    asked = words.words.asked(found.criterion) if found.criterion is not None else ""
    median = reader.text(N_("median {value}"), value=words.value(metric, found.median))
    title = reader.text(N_("{title}: {value}"), title=words.metric(metric), value=median)
    console.print(Text(title, style="bold"))
    highest = max(bar.count for bar in found.bars)
    limit = found.criterion.threshold[0] if found.criterion is not None else None
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False, show_header=False)
    table.add_column(justify="right")
    table.add_column(justify="right")
    table.add_column(no_wrap=True)
    for bar in found.bars:
        if bar.low == limit:
            table.add_row(Text(""), Text(""), Text("-" * BAR + " " + asked, style="dim"))
        table.add_row(
            Text(_ends(bar, metric, words)),
            Text(reader.number(bar.count)),
            Text("#" * round(BAR * bar.count / highest)),
        )
    console.print(table)
    if found.missing:
        said = reader.plural(
            "{n} report has no such value.", "{n} reports have no such value.", found.missing
        )
        console.print(Text(said))


def _ends(bar: Bar, metric: str, words: RowWords) -> str:
    if bar.low == float("-inf"):
        return words.reader.text(N_("below {value}"), value=words.value(metric, bar.high))
    if bar.high == float("inf"):
        return words.reader.text(N_("above {value}"), value=words.value(metric, bar.low))
    low, high = words.value(metric, bar.low), words.value(metric, bar.high)
    return words.reader.text(N_("{low} to {high}"), low=low, high=high)
