"""``archive``: notes and decisions, how long reports are kept, deleting them for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from readiness.cli.console import err, interactive, key_values, out, print_json
from readiness.cli.review_document import remark_document
from readiness.cli.root import Exit, cli, make_engine, with_json, with_language
from readiness.cli.shelf import archive_at, tell_swept
from readiness.desk_archive.remarks import DECISIONS, ChangedMeanwhile, Decision, Written
from readiness.desk_archive.saving import no_such_report
from readiness.foreign import clean, clean_lines
from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from readiness.desk_archive.archive import DeskArchive
    from readiness.desk_archive.remarks import Remark

NEVER = "never"

MOST_READ = 1_000_000
"""Letters of standard input; a note that is too long is refused whatever comes after them."""


def with_archive(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a subcommand ``--archive``."""
    return click.option(
        "--archive",
        "address",
        default="default",
        show_default="the one in your data folder",
        metavar="FILE|URL",
        help="Which archive.",
    )(command)


@cli.group(epilog="Example: readiness archive note 3f2a9c1d --decision invite --who Ada")
def archive() -> None:
    """What recruiters keep: notes and decisions at reports that were taken in.

    readiness review PATH --archive ... takes reports in; without PATH it lists them.
    """


@archive.command(
    "note",
    epilog="Example: readiness archive note 3f2a9c1d --decision reject --reason 'no headset'",
)
@click.argument("report", metavar="REPORT")
@click.option(
    "--note",
    default=None,
    metavar="TEXT",
    help="Any text, in place of the one before; - reads it from standard input.",
)
@click.option("--decision", default=None, type=click.Choice([one.value for one in Decision]))
@click.option("--reason", default=None, metavar="TEXT", help="Why.")
@click.option("--who", default="", metavar="NAME", help="A name of your choice, or none.")
@click.option(
    "--on",
    default=None,
    type=click.IntRange(0),
    metavar="VERSION",
    help="The version that you have read; if another stands there, nothing is saved.",
)
@with_archive
@with_json
@with_language
def note(
    *,
    report: str,
    note: str | None,
    decision: str | None,
    reason: str | None,
    who: str,
    on: int | None,
    address: str,
    as_json: bool,
    language: str,
) -> Exit:
    """Write at a report, or show what stands there and what stood there before.

    REPORT is the beginning of its key, as review --archive shows it. What is not given stays.
    """
    reader = Reader(language)
    with archive_at(make_engine(), address, begin=False) as kept:
        digest = _the_one(kept, report)
        if note is not None or decision is not None or reason is not None:
            stands = kept.remark(digest)
            before = stands.written
            written = Written(
                note=before.note if note is None else _from_input(note),
                decision=before.decision if decision is None else Decision(decision),
                reason=before.reason if reason is None else reason,
                who=who,
            )
            _save(kept, digest, written, stands.version if on is None else on, reader)
        _show(digest, kept.history(digest), reader, as_json=as_json)
    return Exit.READY


def _from_input(note: str) -> str:
    """The text itself; every program on the computer can read a command line, but not this."""
    if note != "-":
        return note
    return sys.stdin.read(MOST_READ) if sys.stdin is not None else ""


def _save(kept: DeskArchive, digest: str, written: Written, on: int, reader: Reader) -> None:
    try:
        kept.save(digest, written, on=on)
    except ChangedMeanwhile as error:
        err().print(key_values(_pairs(error.stands, reader)))
        raise


def _show(digest: str, history: Sequence[Remark], reader: Reader, *, as_json: bool) -> None:
    """All versions, the newest first."""
    if as_json:
        print_json({"report": digest, "versions": [remark_document(one) for one in history]})
        return
    console = out()
    for one in history:
        console.print(key_values(_pairs(one, reader)))
        console.print()
    if not history:
        console.print(Text(reader.text(N_("Nobody has written anything here yet."))))


def _pairs(remark: Remark, reader: Reader) -> list[tuple[str, str]]:
    written = remark.written
    at = "" if remark.at is None else reader.date(remark.at)
    pairs = [
        (N_("Version"), str(remark.version)),
        (N_("Decision"), reader.text(DECISIONS[written.decision])),
        (N_("Reason"), clean(written.reason)),
        (N_("Note"), clean_lines(written.note)),
        (N_("Written by"), clean(written.who)),
        (N_("Written on"), at),
    ]
    return [(reader.text(name), value) for name, value in pairs if value]


@archive.command("delete", epilog="Example: readiness archive delete 3f2a9c1d --yes")
@click.argument("reports", metavar="[REPORT...]", nargs=-1)
@click.option("--old", is_flag=True, help="Those that are older than reports are kept.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_archive
@with_json
@with_language
def delete(
    *,
    reports: tuple[str, ...],
    old: bool,
    yes: bool,
    address: str,
    as_json: bool,
    language: str,
) -> Exit:
    """Delete reports for good, with notes, decisions and their history."""
    if bool(reports) == old:
        raise click.UsageError("Name a REPORT, or --old.")
    reader = Reader(language)
    with archive_at(make_engine(), address, begin=False) as kept:
        digests = [_the_one(kept, one) for one in reports]
        if not yes and not _sure(len(digests), reader):
            return Exit.OPEN
        gone = kept.sweep(doubtful=True).deleted if old else kept.forget(digests)
    if as_json:
        print_json({"deleted": gone})
    else:
        said = reader.plural("{n} report was deleted.", "{n} reports were deleted.", gone)
        out().print(Text(said))
    return Exit.READY


def _sure(count: int, reader: Reader) -> bool:
    """Ask, where somebody is there to be asked."""
    if not interactive():
        raise InputError(
            "delete-not-confirmed",
            N_("Nobody is here to be asked whether this is meant."),
            hint=N_("Add --yes."),
        )
    question = (
        reader.plural("Delete {n} report for good?", "Delete {n} reports for good?", count)
        if count
        else reader.text(N_("Delete all reports that are too old for good?"))
    )
    return click.confirm(question, err=True)


@archive.command("keep", epilog="Example: readiness archive keep 180")
@click.argument("days", metavar="[DAYS|never]", required=False, default=None)
@with_archive
@with_json
@with_language
def keep(*, days: str | None, address: str, as_json: bool, language: str) -> Exit:
    """Say for how many days reports are kept; older ones are then deleted by themselves.

    It counts for all who use the archive. Without DAYS it tells what holds now.
    """
    if days is not None and days != NEVER and not (days.isascii() and days.isdigit()):
        raise click.BadParameter("a number of days, or: never", param_hint="DAYS")
    reader = Reader(language)
    with archive_at(make_engine(), address, begin=True) as kept:
        if days is not None:
            kept.set_keep_days(None if days == NEVER else int(days[:9]))
            tell_swept(kept.sweep(), reader)
        holds = kept.keep_days()
    if as_json:
        print_json({"keep_days": holds})
    elif holds is None:
        out().print(Text(reader.text(N_("Reports are kept until somebody deletes them."))))
    else:
        said = reader.plural(
            "Reports are kept for {n} day.", "Reports are kept for {n} days.", holds
        )
        out().print(Text(said))
    return Exit.READY


def _the_one(kept: DeskArchive, letters: str) -> str:
    """The key that begins with these letters. Raises ``InputError`` if not just one does."""
    found = kept.beginning_with(letters) if letters else ()
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            "archive-several-reports",
            N_("Several reports have a key that begins so."),
            where=letters,
            hint=N_("Give more of its letters."),
        )
    lacking = no_such_report()
    lacking.where = letters
    raise lacking
