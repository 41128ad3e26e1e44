"""Writing profiles: ``profile new``, ``profile preview``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from readiness.cli.console import VERDICT_STYLE, err, out, print_json
from readiness.cli.look import profile
from readiness.cli.root import Exit, explain_error, make_engine, with_json, with_language
from readiness.explain import OVERALLS, SYMBOLS, VERDICTS
from readiness.foreign import clean
from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.model.finding import Overall, Verdict
from readiness.model.text import N_
from readiness.preview import changes
from readiness.preview.words import change_words, headline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.engine import Engine
    from readiness.model.measurement import Session
    from readiness.model.requirement import Profile
    from readiness.preview import Change, Preview, RuleCount
    from readiness.preview.samples import Sample
    from readiness.profiles.draft import ProfileDraft

ENDING = ".toml"
OVERALL_SIGNS = {
    Overall.READY: Verdict.PASS,
    Overall.OPEN: Verdict.UNKNOWN,
    Overall.NOT_READY: Verdict.FAIL,
}
"""The sign of a result is that of the verdict it comes from."""


@profile.command("new", epilog="Example: readiness profile new acme.toml --from typical-voice")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--from", "reference", default="", metavar="ID|FILE", help="Begin with this one.")
@with_json
@with_language
def profile_new(*, file: Path, reference: str, as_json: bool, language: str) -> Exit:
    """Begin a profile of your own, short or from another one, to be edited."""
    reader = Reader(language)
    _refuse_name(file)
    engine = make_engine()
    draft = engine.save_draft(engine.begin_draft(file, reference), file)
    if as_json:
        print_json({"written": str(file), "id": draft.value(("id",))})
        return Exit.READY
    console = out()
    console.print(Text(reader.text(N_("Written: {path}"), path=file)), soft_wrap=True)
    for said, command in (
        (N_("Change it with a text editor. Then:"), ""),
        (N_("every fault, with what to write instead:"), f"readiness profile check {file}"),
        (N_("what it would say about applicants:"), f"readiness profile preview {file}"),
    ):
        console.print(Text(reader.text(said)))
        if command:
            console.print(Text(f"  {command}"), soft_wrap=True)
    return Exit.READY


def _refuse_name(file: Path) -> None:
    """Raise ``InputError`` for a name that is taken, or by which it could not be named later."""
    if file.suffix != ENDING:
        raise InputError(
            "profile-ending",
            N_("A profile's name ends in {ending}."),
            where=str(file),
            hint=N_("Write, for instance: {example}"),
            ending=ENDING,
            example=f"{file.name}{ENDING}",
        )
    if file.exists() or file.is_symlink():
        raise InputError(
            "file-exists",
            N_("There is a file of that name already."),
            where=str(file),
            hint=N_("Choose another name, or edit the file that is there."),
        )


@profile.command(
    "preview", epilog="Example: readiness profile preview acme.toml answers/*.readiness.json"
)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("reports", metavar="[REPORT]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--before", "reference", default="", metavar="ID|FILE", help="Show what is different since."
)
@with_json
@with_language
def profile_preview(
    *, file: Path, reports: tuple[Path, ...], reference: str, as_json: bool, language: str
) -> Exit:
    """Show what a profile would say about made-up home offices and about saved reports.

    For each requirement, how many would meet it and how many it would refuse.
    """
    engine, reader = make_engine(), Reader(language)
    draft = engine.open_draft(file)
    if draft.profile is None:
        return _faulty(draft, reader, as_json=as_json)
    earlier = engine.profile(reference) if reference else None
    sessions, broken = _opened(engine, reports)
    crowd, offices = engine.crowd(sessions), engine.samples()
    shown = crowd.preview(draft.profile)
    change = changes(crowd.preview(earlier), shown) if earlier is not None else None
    tried = engine.crowd([one.session for one in offices]).preview(draft.profile)
    if as_json:
        print_json(
            _document(
                asked=draft.profile,
                tried=tried,
                offices=offices,
                shown=shown,
                change=change,
                broken=broken,
                reader=reader,
            )
        )
    else:
        _print_samples(draft.profile, tried, offices, reader)
        if sessions:
            _print_reports(draft.profile, shown, change, reader)
        for fault in broken:
            err().print(Text(explain_error(fault, reader)), soft_wrap=True)
    return Exit.BAD_INPUT if broken else Exit.READY


def _opened(engine: Engine, paths: Sequence[Path]) -> tuple[list[Session], list[InputError]]:
    """The sessions of reports; those that cannot be read are named, and the others go through."""
    sessions, broken = [], []
    for path in paths:
        try:
            sessions.append(engine.open(path).session)
        except InputError as fault:
            broken.append(fault)
    return sessions, broken


def _faulty(draft: ProfileDraft, reader: Reader, *, as_json: bool) -> Exit:
    """A profile with faults says nothing about anybody: they are listed."""
    if as_json:
        print_json({"faults": [explain_error(fault, reader) for fault in draft.faults]})
    else:
        for fault in draft.faults:
            out().print(Text(explain_error(fault, reader)), soft_wrap=True)
    return Exit.BAD_INPUT


def _print_samples(
    asked: Profile, tried: Preview, offices: Sequence[Sample], reader: Reader
) -> None:
    from readiness.report.asked import asked_rows

    console = out()
    # Translators: examples that come with the program, not real people's computers.
    console.print(Text(reader.text(N_("Made-up home offices")), style="bold"))
    listed = _table()
    for number, office in enumerate(offices):
        outcome = tried.outcome(number)
        listed.add_row(
            Text(str(number + 1)),
            Text(reader.local(office.title)),
            _signed(OVERALL_SIGNS[outcome], reader.text(OVERALLS[outcome])),
        )
    console.print(listed)
    console.print()
    table = _table()
    table.add_column(reader.text(N_("Requirement")), overflow="fold")
    table.add_column(reader.text(N_("Weight")))
    for number in range(len(offices)):
        table.add_column(str(number + 1), justify="center")
    for row, rule in zip(asked_rows(asked, reader), tried.rules, strict=True):
        verdicts = (rule.verdict(number) for number in range(len(offices)))
        table.add_row(Text(row.title), Text(row.level), *map(_signed, verdicts))
    console.print(table)
    console.print(_legend(reader))


def _print_reports(asked: Profile, shown: Preview, change: Change | None, reader: Reader) -> None:
    from readiness.report.asked import asked_rows

    console = out()
    console.print()
    console.print(Text(headline(shown, reader), style="bold"))
    if change is not None:
        console.print(Text(change_words(change, reader)))
    console.print()
    table = _table()
    table.add_column(reader.text(N_("Requirement")), overflow="fold")
    table.add_column(reader.text(N_("Weight")))
    for verdict in Verdict:
        table.add_column(Text(SYMBOLS[verdict], style=VERDICT_STYLE[verdict]), justify="right")
    # Translators: head of a column: how many applicants only this one requirement refuses.
    table.add_column(reader.text(N_("Only this")), justify="right", overflow="fold")
    before = {one.id: one.before for one in change.rules} if change is not None else {}
    for row, rule in zip(asked_rows(asked, reader), shown.rules, strict=True):
        was = before.get(rule.requirement.id)
        table.add_row(
            Text(row.title),
            Text(row.level),
            *(Text(_counted(rule, was, verdict, reader)) for verdict in Verdict),
            Text(reader.number(rule.alone) if rule.refused else ""),
        )
    console.print(table)
    console.print(_legend(reader))


def _counted(rule: RuleCount, was: RuleCount | None, verdict: Verdict, reader: Reader) -> str:
    """A number, and by how much it differs from before: "31 (+12)"; nothing for none."""
    count = rule.count(verdict)
    more = count - was.count(verdict) if was is not None else 0
    said = reader.number(count) if count or more else ""
    return f"{said} ({'+' if more > 0 else '-'}{reader.number(abs(more))})" if more else said


def _table() -> Table:
    return Table(box=None, pad_edge=False, padding=(0, 1), header_style="bold")


def _signed(verdict: Verdict, words: str = "") -> Text:
    sign = SYMBOLS[verdict]
    return Text(f"{sign} {words}" if words else sign, style=VERDICT_STYLE[verdict])


def _legend(reader: Reader) -> Text:
    said = (f"{SYMBOLS[verdict]} {reader.text(VERDICTS[verdict])}" for verdict in Verdict)
    return Text("   ".join(said), style="dim")


def _document(
    *,
    asked: Profile,
    tried: Preview,
    offices: Sequence[Sample],
    shown: Preview,
    change: Change | None,
    broken: Sequence[InputError],
    reader: Reader,
) -> dict[str, object]:
    document: dict[str, object] = {
        "profile": asked.id,
        "digest": asked.digest,
        "samples": [
            {
                "id": office.id,
                "title": office.title,
                "overall": tried.outcome(number),
                "verdicts": {rule.requirement.id: rule.verdict(number) for rule in tried.rules},
            }
            for number, office in enumerate(offices)
        ],
        "reports": {outcome: shown.count(outcome) for outcome in Overall},
        "requirements": [_rule_document(rule) for rule in shown.rules],
        "unreadable": [clean(explain_error(fault, reader)) for fault in broken],
    }
    if change is not None:
        document["change"] = {
            "requirements": [one.id for one in change.rules],
            "into": {outcome: len(change.into(outcome)) for outcome in Overall},
            "out_of": {outcome: len(change.out_of(outcome)) for outcome in Overall},
        }
    return document


def _rule_document(rule: RuleCount) -> dict[str, object]:
    return {
        "id": rule.requirement.id,
        "level": rule.requirement.level,
        "verdicts": {verdict: rule.count(verdict) for verdict in Verdict},
        "refused": rule.refused,
        "refused_by_this_alone": rule.alone,
    }
