"""``invite``: an employer's signed invitations, one or hundreds; and what one says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from readiness.cli.console import err, print_json
from readiness.cli.invited import opened, print_invitation_json, show_invitation
from readiness.cli.keys import read_public_file
from readiness.cli.passphrase import unlock, with_passphrase
from readiness.cli.root import Exit, cli, make_engine, with_json, with_language
from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.profiles import FOLDER, shipped
from readiness.storage import read_limited

if TYPE_CHECKING:
    from readiness.trust.batch import Written
    from readiness.trust.invitation import Offer
    from readiness.trust.keys import Keys

LEDGER = "invitations.readiness-ledger"
FILE = click.Path(path_type=Path)


@cli.command(
    epilog="Example: readiness invite --keys acme.readiness-keys --profile acme.toml "
    "--employer 'Acme Ltd' --table applicants.csv --out invitations"
)
@click.option("--show", type=FILE, metavar="FILE", help="Say what an invitation says; - for text.")
@click.option("--keys", "key_file", type=FILE, metavar="FILE", help="Your private keys.")
@click.option("--profile", "reference", default="", metavar="ID|FILE", help="What is asked.")
@click.option("--employer", default="", metavar="TEXT", help="How you call yourself.")
@click.option("--days", default=14, show_default=True, type=click.IntRange(1, 366), metavar="N")
@click.option("--server", default="", metavar="URL", help="Your measuring server.")
@click.option(
    "--receipt-key", type=FILE, metavar="FILE", help="Public keys of that server: it signs."
)
@click.option("--seal", is_flag=True, help="Ask for answers that only your keys open.")
@click.option("--table", type=FILE, metavar="FILE", help="CSV with a head: one applicant a line.")
@click.option("--column", default="", metavar="NAME", help="Its column of references; the first.")
@click.option(
    "--for", "single", default="", metavar="TEXT", help="Reference of the one who is invited."
)
@click.option(
    "--reference-inside", is_flag=True, help="Put the reference into the invitation as well."
)
@click.option("--ledger", type=FILE, metavar="FILE", help=f"By default {LEDGER} in --out.")
@click.option("--out", type=FILE, default=Path(), metavar="DIR", help="Where the files go.")
@with_passphrase
@with_json
@with_language
def invite(
    *,
    show: Path | None,
    key_file: Path | None,
    reference: str,
    employer: str,
    days: int,
    server: str,
    receipt_key: Path | None,
    seal: bool,
    table: Path | None,
    column: str,
    single: str,
    reference_inside: bool,
    ledger: Path | None,
    out: Path,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    as_json: bool,
    language: str,
) -> Exit:
    """Invite applicants: a file for a double click and a code for an e-mail, for each.

    The ledger holds what recruiters need to verify answers, and nothing secret. The index says
    which invitation is whose: it stays with you.
    """
    reader = Reader(language)
    if show is not None:
        found = opened(make_engine(), show)
        print_invitation_json(found) if as_json else show_invitation(found, reader)
        return Exit.READY
    if key_file is None or not reference:
        raise click.UsageError("An invitation needs --keys and --profile.")
    if table is not None and single:
        raise click.UsageError("--table and --for: choose one.")
    from readiness.trust.invitation import Offer as Offered

    names = _names(table, column, single)
    profile = _profile_bytes(reference)
    held = unlock(key_file, reader, passphrase_file, passphrase_fd)
    offer = Offered(
        profile=profile,
        days=days,
        employer=employer,
        server=server,
        receipt_key=read_public_file(receipt_key).signing if receipt_key else "",
        seal_to=held.public.sealing if seal else "",
    )
    written, index = _issue(
        offer, names, held, inside=reference_inside, ledger=ledger or out / LEDGER, out=out
    )
    _tell(written, index, reader, as_json=as_json)
    return Exit.READY


def _names(table: Path | None, column: str, single: str) -> list[str]:
    from readiness.trust.batch import MAX_TABLE, references

    if table is None:
        return [single]
    try:
        return references(read_limited(table, MAX_TABLE), column)
    except InputError as error:
        if not error.where.startswith(str(table)):
            error.where = f"{table.name}: {error.where}"
        raise


def _profile_bytes(reference: str) -> bytes:
    """The profile as it stands in its file; a fault in it is named as everywhere."""
    make_engine().profile(reference)
    path = FOLDER / f"{reference}.toml" if reference in shipped() else Path(reference)
    from readiness.trust.terms import LONGEST_PROFILE

    return read_limited(path, LONGEST_PROFILE, follow=False)


def _issue(
    offer: Offer, names: list[str], held: Keys, *, inside: bool, ledger: Path, out: Path
) -> tuple[tuple[Written, ...], Path]:
    """Make all, note them in the ledger, then write the files: none leaves without a note."""
    from readiness.trust.batch import write_index, write_invitations
    from readiness.trust.invitation import issue
    from readiness.trust.ledger import Ledger

    now = datetime.now(UTC)
    made = [
        (name, issue(offer, held.signing, now=now, reference=name if inside else ""))
        for name in names
    ]
    Ledger(ledger).issue(invitation for _, invitation in made)
    written = write_invitations(made, out)
    return written, write_index(written, out)


def _tell(written: tuple[Written, ...], index: Path, reader: Reader, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "index": str(index),
                "invitations": [
                    {
                        "reference": one.reference,
                        "nonce": one.invitation.terms.nonce,
                        "file": str(one.file),
                        "code_file": str(one.code_file),
                        "expires": one.invitation.terms.expires,
                    }
                    for one in written
                ],
            }
        )
    paths = (
        [path for one in written for path in (one.file, one.code_file)] if len(written) == 1 else []
    )
    for path in (*paths, index):
        err().print(Text(reader.text(N_("Written: {path}"), path=path)), soft_wrap=True)
    if len(written) > 1:
        err().print(
            Text(
                reader.text(
                    N_("{count} invitations in {path}"), count=len(written), path=index.parent
                )
            ),
            soft_wrap=True,
        )
