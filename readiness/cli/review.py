"""``review``: a heap of reports as one table, with what is wrong with which file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click
from rich.text import Text

from readiness.cli.console import err, print_json
from readiness.cli.desk import open_desk
from readiness.cli.known import FILE, make_having, make_known, with_known
from readiness.cli.passphrase import unlock, with_passphrase
from readiness.cli.review_document import review_document
from readiness.cli.review_read import gathered, reading
from readiness.cli.review_shown import print_refused, print_review
from readiness.cli.root import Exit, cli, make_engine, with_json, with_language
from readiness.cli.shelf import marked, opened_archive, rows_through
from readiness.cli.side_by_side import Wanted, side_by_side, with_side_by_side
from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.model.finding import Overall
from readiness.model.text import N_
from readiness.storage import refuse_existing, write_new

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from readiness.engine import Engine
    from readiness.review.received import Refused
    from readiness.review.rows import ReviewRow
    from readiness.review.sorting import Where
    from readiness.trust.answering import Known
    from readiness.trust.keys import Keys

SHOWN = 100
"""Rows in a terminal; whoever wants more wants a file."""


@cli.command(
    epilog="Example: readiness review answers mail.zip --profile acme.toml "
    "--where verdict=ready --sort=-line.upload --xlsx table.xlsx"
)
@click.argument("paths", metavar="PATH...", nargs=-1, type=FILE)
@with_known
@click.option(
    "--sort",
    "order",
    default="file",
    metavar="COLUMN",
    show_default=True,
    help="With a minus before it the other way round.",
)
@click.option(
    "--where",
    "conditions",
    multiple=True,
    metavar="CONDITION",
    help="Only such reports: verdict=ready, line.upload<5, missing=upload. May be repeated.",
)
@click.option(
    "--metric", "chosen", multiple=True, metavar="METRIC", help="Show its values. May be repeated."
)
@click.option(
    "--rows",
    "most",
    default=SHOWN,
    type=click.IntRange(0),
    show_default=True,
    metavar="N",
    help="Show at most so many; 0: all.",
)
@click.option("--csv", "csv_file", type=FILE, metavar="FILE", help="Also write a table there.")
@click.option("--xlsx", "xlsx_file", type=FILE, metavar="FILE", help="Also write a workbook there.")
@click.option(
    "--archive",
    "address",
    metavar="FILE|URL",
    help="Keep them there, with your notes; without PATH show what is kept. 'default': your own.",
)
@click.option("--window", is_flag=True, help="Show them in the window instead.")
@with_side_by_side
@with_passphrase
@with_json
@with_language
def review(
    *,
    paths: tuple[Path, ...],
    invitation: Path | None,
    ledger: Path | None,
    reference: str,
    receipt_key: Path | None,
    key_file: Path | None,
    received: datetime | None,
    order: str,
    conditions: tuple[str, ...],
    chosen: tuple[str, ...],
    most: int,
    csv_file: Path | None,
    xlsx_file: Path | None,
    address: str | None,
    window: bool,
    beside: bool,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    as_json: bool,
    language: str,
) -> Exit:
    """Judge a heap of reports again: files, folders and ZIP archives of them, a row for each.

    Columns to sort and filter by: file, made, system, profile, verdict, unchanged, answers, seen,
    missing, open, odd, every metric, and of an archive decision, note, who. Nothing is noted in the
    ledger, and nothing is unpacked.

    Status 0: all are ready; 1: one is not, or something is wrong with it; 2: something is open; 3:
    a file was refused.
    """
    reader, engine = Reader(language), make_engine()
    wanted = _wanted(conditions, order, chosen)
    if not paths and address is None and not window:
        raise click.UsageError("Name a PATH, or what is kept by --archive.")
    tables = (csv_file, xlsx_file)
    refuse_existing(*(path for path in tables if path is not None))
    profile = engine.profile(reference) if reference else None
    held = unlock(key_file, reader, passphrase_file, passphrase_fd) if key_file else None
    if window:
        having = make_having(invitation, ledger, receipt_key, profile, received)
        return open_desk(paths, replace(having, keys=held), address)
    known = make_known(invitation, ledger, receipt_key, profile, received, note=False)
    if beside:
        rows, refused = side_by_side(
            paths,
            known,
            wanted,
            engine=engine,
            keys=held,
            reader=reader,
            as_json=as_json,
            tables=tables,
        )
    else:
        found, refused = _read(
            paths, known, wanted, engine=engine, keys=held, reader=reader, address=address
        )
        rows = _show(
            found,
            refused,
            wanted,
            reader=reader,
            as_json=as_json,
            most=most,
            tables=tables,
            archived=address is not None,
        )
    return _status(rows, refused, invited=ledger is not None or invitation is not None)


def _read(
    paths: Sequence[Path],
    known: Callable[[], Known],
    wanted: Wanted,
    *,
    engine: Engine,
    keys: Keys | None,
    reader: Reader,
    address: str | None,
) -> tuple[list[ReviewRow], list[Refused]]:
    """The heap, through an archive where one is named. Raises ``InputError``: there is nothing."""
    how = reading(known(), wanted.metrics, keys, engine)
    with opened_archive(engine, address, reader, begin=bool(paths)) as archive:
        found, refused = gathered(rows_through(paths, how, archive), reader)
        if paths and not found and all(one.aside for one in refused):
            raise _nothing(paths)
        return marked(found, archive, reader), refused


def _show(
    found: Sequence[ReviewRow],
    refused: Sequence[Refused],
    wanted: Wanted,
    *,
    reader: Reader,
    as_json: bool,
    most: int,
    tables: tuple[Path | None, Path | None],
    archived: bool,
) -> list[ReviewRow]:
    """Show what is wanted of a heap, and write it as tables; gives the rows that are shown."""
    from readiness.review.computers import with_alike
    from readiness.review.picture import picture
    from readiness.review.sorting import filtered, ordered

    rows, groups = with_alike(found)
    shown = ordered(filtered(rows, wanted.wheres), wanted.order, falling=wanted.falling)
    chosen = wanted.chosen
    _write_tables(tables, shown, refused, chosen, reader, archived=archived)
    if as_json:
        print_json(review_document(shown, refused, picture(shown), chosen, groups))
    else:
        print_review(shown, picture(shown), chosen, reader, most=most or len(shown), groups=groups)
    print_refused(refused, reader)
    return shown


def _wanted(conditions: Sequence[str], order: str, chosen: tuple[str, ...]) -> Wanted:
    """Which reports are shown and in what order. Raises ``InputError``: a name that is none."""
    key, falling = order.removeprefix("-"), order.startswith("-")
    wheres = _conditions(conditions, key, chosen)
    metrics = _metrics(chosen, key, wheres)
    return Wanted(metrics=metrics, chosen=chosen, wheres=wheres, order=key, falling=falling)


def _conditions(texts: Sequence[str], key: str, chosen: Sequence[str]) -> list[Where]:
    """The conditions; also looks whether every name that was given exists."""
    from readiness.review.sorting import known_key, parse_where

    known_key(key, _is_metric, "--sort")
    for metric in chosen:
        if not _is_metric(metric):
            raise InputError(
                "no-such-metric",
                N_("There is no metric named {name}."),
                where="--metric",
                hint=N_("readiness probes lists them; answers are declared.QUESTION."),
                name=metric,
            )
    return [parse_where(text, _is_metric) for text in texts]


def _is_metric(name: str) -> bool:
    from readiness.explain import DECLARED
    from readiness.probes import all_metrics

    return name in all_metrics() or (name.startswith(DECLARED) and name != DECLARED)


def _metrics(chosen: Sequence[str], key: str, wheres: Sequence[Where]) -> tuple[str, ...]:
    """The metrics of which rows keep the values."""
    from readiness.review.sorting import CELLS

    named = (*chosen, key, *(where.key for where in wheres))
    return tuple(name for name in dict.fromkeys(named) if name not in CELLS)


def _write_tables(
    files: tuple[Path | None, Path | None],
    rows: Sequence[ReviewRow],
    refused: Sequence[Refused],
    metrics: Sequence[str],
    reader: Reader,
    *,
    archived: bool,
) -> None:
    """Write those that are wanted; another file is never written over."""
    from readiness.review.table_file import table_file

    for path, workbook in zip(files, (False, True), strict=True):
        if path is None:
            continue
        data = table_file(
            path, rows, refused, reader, metrics=metrics, archived=archived, workbook=workbook
        )
        write_new(path, data)
        err().print(Text(reader.text(N_("Written: {path}"), path=path)), soft_wrap=True)


def _nothing(paths: Sequence[Path]) -> InputError:
    return InputError(
        "no-report",
        N_("There is no report here."),
        where=", ".join(map(str, paths)),
        hint=N_("Name files, folders or ZIP archives that hold .json, .pdf or .html reports."),
    )


def _status(rows: Sequence[ReviewRow], refused: Sequence[Refused], *, invited: bool) -> Exit:
    """3 where a file was refused; 1 where a report is odd or not ready; 2 where one is open."""
    from readiness.trust.answering import Answers

    if any(not one.aside for one in refused):
        return Exit.BAD_INPUT
    wrong = (Answers.NO, Answers.USED, Answers.EXPIRED) if invited else ()
    for row in rows:
        doubtful = not row.unchanged or row.answers in wrong or row.disagree or row.odd
        if doubtful or row.overall is Overall.NOT_READY:
            return Exit.NOT_READY
    ready = all(row.overall is Overall.READY for row in rows)
    return Exit.READY if ready else Exit.OPEN
