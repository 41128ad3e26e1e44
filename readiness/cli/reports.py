"""Saved reports: ``judge``, ``match``, ``render``, ``report-schema``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from readiness.cli.console import err, out, print_json
from readiness.cli.details import with_details
from readiness.cli.result import (
    check_withheld,
    chosen_formats,
    show_reports,
    with_withhold,
)
from readiness.cli.root import Exit, cli, exit_of, make_engine, with_json, with_language
from readiness.engine import Nearness
from readiness.foreign import clean
from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.model.finding import Overall
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.engine import Engine, Match
    from readiness.model.report import Report
    from readiness.model.requirement import Profile

NEARNESS = {
    Nearness.READY: N_("ready"),
    Nearness.NEARLY: N_("nearly"),
    Nearness.NOT: N_("not yet"),
}

_files = click.argument(
    "files", metavar="REPORT...", nargs=-1, required=True, type=click.Path(path_type=Path)
)


@cli.command(epilog="Example: readiness judge ada.readiness.json --profile strict-voice")
@_files
@click.option("--profile", "reference", required=True, metavar="ID|FILE", help="Whose list.")
@with_details
@with_json
@with_language
def judge(
    *, files: tuple[Path, ...], reference: str, details: bool, as_json: bool, language: str
) -> Exit:
    """Judge saved sessions again, against this profile."""
    engine = make_engine()
    profile = engine.profile(reference)
    reports = [engine.judge(engine.open(path).session, profile) for path in files]
    judged = [(profile, report) for report in reports]
    show_reports(judged, Reader(language), as_json=as_json, details=details)
    return exit_of(report.overall for report in reports)


@cli.command(epilog="Example: readiness match ada.readiness.json")
@_files
@with_json
@with_language
def match(*, files: tuple[Path, ...], as_json: bool, language: str) -> Exit:
    """Match saved sessions with every known profile: ready, nearly, not."""
    engine, reader = make_engine(), Reader(language)
    found = {path: engine.match(engine.open(path).session) for path in files}
    if as_json:
        print_json({"reports": [_document(path, matches) for path, matches in found.items()]})
    else:
        for path, matches in found.items():
            _print_matches(path, matches, reader, several=len(found) > 1)
    return _best({match.overall for matches in found.values() for match in matches})


def _best(outcomes: set[Overall]) -> Exit:
    """Ready for any: 0; else any that may still become ready: 2; else 1."""
    if Overall.READY in outcomes:
        return Exit.READY
    return Exit.OPEN if Overall.OPEN in outcomes else Exit.NOT_READY


def _document(path: Path, matches: tuple[Match, ...]) -> dict[str, object]:
    return {
        "report": path.name,
        "matches": [
            {
                "profile": found.profile.id,
                "nearness": found.nearness,
                "overall": found.overall,
                "missing": [
                    {
                        "requirement": finding.requirement,
                        "verdict": finding.verdict,
                        "margin": finding.margin,
                    }
                    for finding in found.missing
                ],
            }
            for found in matches
        ],
    }


def _print_matches(
    path: Path, matches: tuple[Match, ...], reader: Reader, *, several: bool
) -> None:
    from readiness.report.asked import missing_words

    console = out()
    if several:
        console.print(Text(clean(path.name), style="bold"))
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    table.add_column(reader.text(N_("Requirements of")), overflow="fold", ratio=2)
    table.add_column(reader.text(N_("Ready?")), no_wrap=True)
    table.add_column(reader.text(N_("What is missing")), overflow="fold", ratio=3)
    for found in matches:
        table.add_row(
            Text(reader.local(found.profile.title)),
            Text(reader.text(NEARNESS[found.nearness])),
            Text(missing_words(found.missing, found.profile, reader)),
        )
    console.print(table)


@cli.command(epilog="Example: readiness render ada.readiness.json --format pdf --lang de")
@_files
@click.option(
    "--format",
    "formats",
    default="html,pdf",
    callback=chosen_formats,
    metavar="LIST",
    show_default=True,
)
@click.option("--profile", "reference", default="", metavar="ID|FILE", help="Its own words.")
@with_withhold
@click.option("--out", type=click.Path(path_type=Path), default=None, metavar="DIR")
@with_json
@with_language
def render(
    *,
    files: tuple[Path, ...],
    formats: tuple[str, ...],
    reference: str,
    withheld: tuple[str, ...],
    out: Path | None,
    as_json: bool,
    language: str,
) -> Exit:
    """Write a saved report as HTML or PDF, in the reader's language.

    With --withhold it is judged again without what is left out, which takes its own list.
    """
    engine, reader = make_engine(), Reader(language)
    written: list[str] = []
    for path in files:
        report = engine.open(path)
        profile = (
            engine.profile(reference)
            if reference
            else engine.known_profile(report.profile, report.profile_digest)
        )
        report = _less(engine, report, profile, withheld)
        folder = out or path.parent
        paths = engine.save(report, profile, folder, formats=formats, language=language)
        written.extend(map(str, paths))
        for made in paths:
            err().print(Text(reader.text(N_("Written: {path}"), path=made)), soft_wrap=True)
    if as_json:
        print_json({"written": written})
    return Exit.READY


def _less(
    engine: Engine, report: Report, profile: Profile | None, withheld: Sequence[str]
) -> Report:
    """The report without what is left out. Raises ``InputError``."""
    if not withheld:
        return report
    if profile is None or profile.digest != report.profile_digest:
        raise InputError(
            "profile-not-at-hand",
            N_("The list that this report was judged against is not known here."),
            where="--withhold",
            hint=N_("Name its file with --profile."),
        )
    metrics = check_withheld(withheld, report.session.latest())
    return engine.withheld(report, profile, metrics)


@cli.command("report-schema", epilog="Example: readiness report-schema > report.schema.json")
def report_schema() -> Exit:
    """Print the JSON Schema of a report."""
    from readiness.report.codec import schema

    print_json(schema())
    return Exit.READY
