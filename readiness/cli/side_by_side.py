"""``review --side-by-side``: two to six reports in 80 columns, what differs first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import click
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from readiness.cli.console import out, print_json
from readiness.cli.review_shown import print_refused
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.review.compare_cells import Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from rich.console import Console

    from readiness.engine import Engine
    from readiness.locale import Reader
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.review.compare import Cell, Lineup
    from readiness.review.compare_cells import CellWords, LineWords
    from readiness.review.compare_words import LineupWords
    from readiness.review.received import Received, Refused
    from readiness.review.rows import ReviewRow
    from readiness.review.sorting import Where
    from readiness.trust.answering import Known
    from readiness.trust.keys import Keys

STYLES = {Tone.MET: "green", Tone.NOT_MET: "red", Tone.OPEN: "yellow", Tone.QUIET: ""}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which reports are shown, in a table or side by side, and what of them.

    Attributes:
        metrics: Whose values rows keep, to be sorted and chosen by.
        chosen: Whose values are shown beside the requirements.
        wheres: Conditions; only reports that meet all are shown.
        order: A column to sort by; ``file``: as they were named.
        falling: The other way round.
    """

    metrics: tuple[str, ...]
    chosen: tuple[str, ...]
    wheres: Sequence[Where]
    order: str
    falling: bool


def with_side_by_side(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a subcommand ``--side-by-side``."""
    return click.option(
        "--side-by-side",
        "beside",
        is_flag=True,
        help="Two to six reports in columns, what differs first.",
    )(command)


def side_by_side(
    paths: Sequence[Path],
    known: Callable[[], Known],
    wanted: Wanted,
    *,
    engine: Engine,
    keys: Keys | None,
    reader: Reader,
    as_json: bool,
    tables: Sequence[Path | None] = (),
) -> tuple[list[ReviewRow], list[Refused]]:
    """Say what was refused and print the chosen reports side by side; returns rows and refusals.

    Args:
        paths: Files, folders and archives.
        known: What the reader has, asked for each report.
        wanted: Which reports, and what of them.
        engine: Knows the list that a report names, where ``known`` brings none.
        keys: Open what was sealed to the reader.
        reader: Who reads.
        as_json: For programs.
        tables: Files that were asked for too; there is no table of columns to write.

    Raises:
        InputError: ``not-side-by-side``, ``no-list-for-all``, ``not-with-side-by-side``.
    """
    from readiness.review.compare import line_up, right_number
    from readiness.review.compare_words import LineupWords
    from readiness.review.intake import intake
    from readiness.review.once import once

    if any(tables):
        raise _no_table()
    named = cache(engine.known_profile)

    def profile_of(report: Report) -> Profile | None:
        return named(report.profile, report.profile_digest)

    found = once(intake(paths, keys=keys))
    chosen, refused, met = _chosen(found, known, wanted, profile_of)
    print_refused(refused, reader)
    right_number(met)
    lineup = line_up(
        [one for _, one in chosen], known(), metrics=wanted.chosen, profile_of=profile_of
    )
    if as_json:
        print_json(_document(lineup, [row for row, _ in chosen], refused))
    else:
        _print(LineupWords(lineup, reader), out())
    return [row for row, _ in chosen], refused


def _no_table() -> InputError:
    return InputError(
        "not-with-side-by-side",
        N_("No table is written where reports stand side by side."),
        where="--side-by-side",
        hint=N_("Leave one of the two out."),
    )


def _chosen(
    found: Iterable[Received | Refused],
    known: Callable[[], Known],
    wanted: Wanted,
    profile_of: Callable[[Report], Profile | None],
) -> tuple[list[tuple[ReviewRow, Received]], list[Refused], int]:
    """The first six reports that meet the conditions, in order, and how many do."""
    from readiness.review.compare import MOST
    from readiness.review.received import Refused
    from readiness.review.rows import row_of
    from readiness.review.sorting import filtered, ordered

    kept: dict[int, tuple[ReviewRow, Received]] = {}
    refused: list[Refused] = []
    met = 0
    for one in found:
        if isinstance(one, Refused):
            refused.append(one)
            continue
        row = row_of(one, known(), metrics=wanted.metrics, profile_of=profile_of)
        if filtered([row], wanted.wheres):
            met += 1
            if met <= MOST:
                kept[id(row)] = (row, one)
    rows = [row for row, _ in kept.values()]
    if wanted.order != "file" or wanted.falling:
        rows = ordered(rows, wanted.order, falling=wanted.falling)
    return [kept[id(row)] for row in rows], refused, met


def _print(words: LineupWords, console: Console) -> None:
    """The names, the lines about the reports, then what is asked under what differs."""
    console.print(Text(words.title, style="bold"))
    for name in words.names:
        console.print(Padding(Text(name), (0, 0, 0, 2)))
    console.print()
    for line in words.about:
        _print_line(console, line)
    console.print(Text(words.summary, style="bold"))
    before = None
    for line in words.lines:
        if line.difference is not before:
            before = line.difference
            console.print()
            console.print(Text(f"== {line.differs} ==", style="bold"))
            letters = [Text(name[0], style="bold") for name in words.names]
            console.print(_columns(letters, console.width))
        _print_line(console, line)


def _print_line(console: Console, line: LineWords) -> None:
    """Title and what is asked over the whole width, the reports in columns below them."""
    heading = Text(line.title, style="bold")
    if line.asked:
        heading.append(f"  {line.asked}", style="not bold dim")
    console.print(heading)
    console.print(_columns([_cell(cell) for cell in line.cells], console.width))


def _cell(cell: CellWords) -> Text:
    """What one report has, below each other."""
    shown = Text(cell.verdict, style=STYLES[cell.tone])
    for part in (cell.value, cell.mark, cell.place):
        if part:
            shown.append(f"\n{part}" if shown.plain else part, style="default")
    return shown


def _columns(cells: Sequence[Text], room: int) -> Table:
    """One row of columns that are equal in every row; ``room``: letters in a line."""
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.show_header = False
    for _ in cells:
        table.add_column(width=(room - len(cells) + 1) // len(cells), overflow="fold")
    table.add_row(*cells)
    return table


def _document(
    lineup: Lineup, rows: Sequence[ReviewRow], refused: Sequence[Refused]
) -> dict[str, object]:
    """The same for programs."""
    return {
        "judged_by": lineup.profile.id,
        "digest": lineup.profile.digest,
        "reports": [
            {
                "report": row.file,
                "code": row.code,
                "overall": row.overall,
                "unchanged": row.unchanged,
                "answers": row.answers,
                "disagree": list(row.disagree),
                "does_not_fit": list(row.odd),
            }
            for row in rows
        ],
        "lines": [
            {
                "requirement": line.requirement or None,
                "metric": line.metric or None,
                "level": line.level,
                "difference": line.difference,
                "cells": [_cell_document(cell) for cell in line.cells],
            }
            for line in lineup.lines
        ],
        "refused": [{"file": one.file, "reference": one.reference} for one in refused],
    }


def _cell_document(cell: Cell) -> dict[str, object]:
    found = cell.value
    return {
        "verdict": cell.verdict,
        "metric": None if cell.fact is None else cell.fact.metric,
        "value": None if found is None else found.value,
        "unit": None if found is None else found.unit,
        "uncertainty": None if found is None else found.uncertainty,
        "mark": cell.mark,
        "standing": cell.standing,
    }
