"""What comes out of a check: report files, a table or JSON, an exit status."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from rich.text import Text

from readiness.cli.console import err, print_json, print_practised, print_raw, print_rows
from readiness.cli.root import Exit, exit_of, explain_error
from readiness.model.errors import InputError, StorageError
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from readiness.engine import Engine
    from readiness.locale import Reader
    from readiness.model.measurement import Session
    from readiness.model.report import Report
    from readiness.model.requirement import Profile

FORMATS = ("json", "html", "pdf")


@dataclass(frozen=True, kw_only=True)
class Output:
    """Where the result goes."""

    reader: Reader
    folder: Path
    formats: tuple[str, ...]
    as_json: bool
    details: bool = False
    withheld: frozenset[str] = frozenset()


with_withhold = click.option(
    "--withhold",
    "withheld",
    multiple=True,
    metavar="METRIC",
    help="Leave this out of what is written, and say so in it. May be repeated.",
)


def check_withheld(names: Sequence[str], known: Collection[str]) -> frozenset[str]:
    """The metrics that are left out. Raises ``InputError`` for one that nobody knows."""
    for name in names:
        if name not in known:
            raise InputError(
                "no-such-metric",
                N_("There is no metric named {name}."),
                where="--withhold",
                hint=N_("readiness probes lists them; answers are declared.QUESTION."),
                name=name,
            )
    return frozenset(names)


def chosen_formats(
    _context: click.Context, _parameter: click.Parameter, value: str
) -> tuple[str, ...]:
    """The names in a list such as ``html,pdf``. Raises ``click.BadParameter``."""
    chosen = tuple(name.strip() for name in value.split(",") if name.strip())
    for name in chosen:
        if name not in FORMATS:
            raise click.BadParameter(f"{name!r} is none of: {', '.join(FORMATS)}")
    return chosen


def finish(
    engine: Engine,
    profiles: Sequence[Profile],
    session: Session,
    output: Output,
    *,
    stopped: bool,
) -> Exit:
    """Judge, save and show. What was stopped stays in the journal, so that --resume finds it.

    What is withheld is left out of files and output; this computer keeps the whole session.
    """
    whole = [engine.judge(session, profile) for profile in profiles]
    reports = [
        engine.withheld(report, profile, output.withheld)
        for profile, report in zip(profiles, whole, strict=True)
    ]
    troubles: list[StorageError] = []
    for profile, report in zip(profiles, reports, strict=True):
        try:
            paths = engine.save(
                report,
                profile,
                output.folder,
                formats=output.formats,
                language=output.reader.language,
            )
        except StorageError as trouble:
            troubles.append(trouble)
            continue
        for path in paths:
            err().print(Text(output.reader.text(N_("Written: {path}"), path=path)), soft_wrap=True)
    if not stopped:
        try:
            engine.keep(session, whole)
        except StorageError as trouble:
            troubles.append(trouble)
    show_reports(
        list(zip(profiles, reports, strict=True)),
        output.reader,
        as_json=output.as_json,
        details=output.details,
    )
    for refused in troubles:
        err().print(Text(explain_error(refused, output.reader)), soft_wrap=True)
    return Exit.FAULT if troubles else exit_of(report.overall for report in reports)


def show_reports(
    judged: Sequence[tuple[Profile | None, Report]],
    reader: Reader,
    *,
    as_json: bool,
    details: bool = False,
) -> None:
    """Print reports: one plain report as JSON, several as a list, or tables for people."""
    from readiness.cli.details import print_details
    from readiness.report.codec import encode_report
    from readiness.report.words import headline, practised, rows

    if as_json:
        if len(judged) == 1:
            print_raw(encode_report(judged[0][1]))
        else:
            print_json({"reports": [report for _, report in judged]})
        return
    for profile, report in judged:
        if profile is not None:
            click.echo(reader.local(profile.title))
        shown = rows(report, profile, reader)
        print_rows(shown, headline(report, profile, reader), reader)
        print_practised(practised(report, profile, reader), reader)
        if details:
            print_details(shown, reader)
