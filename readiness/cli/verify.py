"""``verify``: what can and what cannot be said about where a report comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from readiness.cli.console import err, print_json
from readiness.cli.known import FILE, make_known, with_known
from readiness.cli.origin_shown import origin_document, print_origin
from readiness.cli.passphrase import unlock, with_passphrase
from readiness.cli.root import Exit, cli, explain_error, make_engine, with_json, with_language
from readiness.foreign import clean
from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.report.pdf_intake import MAX_PDF
from readiness.review.received import shown
from readiness.storage import read_limited

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from readiness.model.requirement import Profile
    from readiness.trust.answering import Known
    from readiness.trust.keys import Keys
    from readiness.trust.origin import Origin


@cli.command(
    epilog="Example: readiness verify answers/*.readiness.json "
    "--ledger invitations.readiness-ledger --profile acme.toml"
)
@click.argument("files", metavar="REPORT...", nargs=-1, required=True, type=FILE)
@with_known
@click.option("--no-note", is_flag=True, help="Do not note in the ledger who answered.")
@with_passphrase
@with_json
@with_language
def verify(
    *,
    files: tuple[Path, ...],
    invitation: Path | None,
    ledger: Path | None,
    no_note: bool,
    reference: str,
    receipt_key: Path | None,
    key_file: Path | None,
    received: datetime | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    as_json: bool,
    language: str,
) -> Exit:
    """Say three things about each report: unchanged or not, your invitation or not, and who saw it.

    Every verdict is worked out again. Nothing here proves that a value is true: it was measured on
    the applicant's own computer. Status 0: nothing is wrong; 1: something is; 2: something could
    not be decided; 3: a file could not be read.
    """
    reader = Reader(language)
    profile = make_engine().profile(reference) if reference else None
    known = make_known(invitation, ledger, receipt_key, profile, received, note=not no_note)
    held = unlock(key_file, reader, passphrase_file, passphrase_fd) if key_file else None
    found: list[tuple[Path, Origin]] = []
    refused: list[InputError] = []
    for path in files:
        try:
            found.append((path, _look(path, known(), held)))
        except InputError as error:
            refused.append(error)
    if as_json:
        print_json(
            {
                "reports": [origin_document(shown(path.name), origin) for path, origin in found],
                "refused": [
                    {"where": clean(wrong.where), "reference": wrong.reference} for wrong in refused
                ],
            }
        )
    else:
        for path, origin in found:
            print_origin(path.name, origin, profile or _inside(known()), reader)
    for wrong in refused:
        err().print(Text(explain_error(wrong, reader)), soft_wrap=True)
    return Exit.BAD_INPUT if refused else max((_status(one) for _, one in found), key=_WORST.index)


_WORST = (Exit.READY, Exit.OPEN, Exit.NOT_READY)


def _inside(known: Known) -> Profile | None:
    return known.invitation.profile if known.invitation is not None else None


def _look(path: Path, known: Known, held: Keys | None) -> Origin:
    from readiness.report.files import is_sealed
    from readiness.trust.origin import origin_of
    from readiness.trust.sealing import open_sealed

    data = read_limited(path, MAX_PDF, follow=False)
    try:
        if held is not None and is_sealed(data):
            data = open_sealed(data, held)
        return origin_of(data, known)
    except InputError as error:
        place = error.where.removeprefix("$").removeprefix(".")
        error.where = f"{path.name}: {place}" if place else path.name
        raise


def _status(origin: Origin) -> Exit:
    """0: nothing is wrong; 1: something is; 2: something could not be decided."""
    from readiness.trust.answering import Answers

    wrong = (Answers.NO, Answers.USED, Answers.EXPIRED)
    if not origin.unchanged or origin.answers in wrong or origin.disagree or origin.oddities:
        return Exit.NOT_READY
    undecided = origin.answers is Answers.NOT_ASKED or origin.again is None
    return Exit.OPEN if undecided else Exit.READY
