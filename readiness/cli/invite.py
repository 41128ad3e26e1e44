"""``invite``: an employer's signed invitations, one or hundreds; and what one says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from readiness.cli.console import err, print_json
from readiness.cli.invited import opened, print_invitation_json, show_invitation
from readiness.cli.passphrase import unlock, with_passphrase
from readiness.cli.root import Exit, cli, make_engine, with_json, with_language
from readiness.locale import Reader
from readiness.model.text import N_

if TYPE_CHECKING:
    from readiness.trust.inviting import Inviting
    from readiness.trust.wanted import Issue

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
@click.option(
    "--ledger", type=FILE, metavar="FILE", help="By default invitations.readiness-ledger in --out."
)
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
    from readiness.trust.wanted import Wanted

    engine = make_engine()
    engine.profile(reference)  # its faults are named before anybody is asked for a passphrase
    inviting = engine.inviting
    wanted = Wanted(
        profile=reference,
        days=days,
        employer=employer,
        server=server,
        receipt_key=receipt_key,
        seal=seal,
        names=_names(inviting, table, column, single),
        inside=reference_inside,
        folder=out,
        ledger=ledger,
    )
    held = unlock(key_file, reader, passphrase_file, passphrase_fd)
    made = inviting.invite(wanted, held)
    if made is not None:  # nothing here stops it in the middle
        _tell(made, reader, as_json=as_json)
    return Exit.READY


def _names(inviting: Inviting, table: Path | None, column: str, single: str) -> list[str]:
    return [single] if table is None else list(inviting.table(table, column).found)


def _tell(made: Issue, reader: Reader, *, as_json: bool) -> None:
    written, index = made.written, made.index
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
