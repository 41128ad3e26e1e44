"""``kit``: one ZIP to mail to an applicant, with the program, their invitation and instructions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from readiness.cli.console import err, key_values, out, print_json
from readiness.cli.invited import opened
from readiness.cli.root import Exit, cli, make_engine, with_json, with_language
from readiness.invitation_words import invitation_facts
from readiness.locale import Reader
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.kit import Packed
    from readiness.trust.invitation import Invitation

FILE = click.Path(path_type=Path)


@cli.command(
    epilog="Example: readiness kit --invitation invitation-ada.readiness-invitation "
    "--installer Readiness-setup.exe --out for-ada.zip"
)
@click.option(
    "--invitation", "source", type=FILE, required=True, metavar="FILE", help="Whose kit it is."
)
@click.option(
    "--installer",
    "installers",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="A program to go with it: .exe, .zip, .dmg, .deb or .tar.zst. May be repeated.",
)
@click.option(
    "--out", "file", type=FILE, required=True, metavar="FILE", help="The ZIP, which must be new."
)
@with_json
@with_language
def kit(
    *, source: Path, installers: tuple[Path, ...], file: Path, as_json: bool, language: str
) -> Exit:
    """Put program, invitation and a page of instructions into one ZIP.

    The page is in English, German and Spanish. The same parts always give the same bytes; a file
    that is there already is never replaced.
    """
    reader, engine = Reader(language), make_engine()
    invitation = opened(engine, source)
    packed = engine.write_kit(invitation, installers, file)
    if as_json:
        print_json(_document(invitation, packed, file))
    else:
        _show(invitation, packed, reader)
    err().print(Text(reader.text(N_("Written: {path}"), path=file)), soft_wrap=True)
    return Exit.READY


def _document(invitation: Invitation, packed: Sequence[Packed], file: Path) -> dict[str, object]:
    return {
        "kit": str(file),
        "nonce": invitation.terms.nonce,
        "expires": invitation.terms.expires,
        "files": [{"name": one.name, "bytes": one.size, "sha256": one.digest} for one in packed],
    }


def _show(invitation: Invitation, packed: Sequence[Packed], reader: Reader) -> None:
    """What an employer wants to compare: the invitation's facts, and the digests to publish."""
    console = out()
    console.print(key_values(list(invitation_facts(invitation, reader))))
    console.print()
    for one in packed:
        size = reader.quantity(one.size / 1e6, "MB", 0.1)
        console.print(Text(f"{one.name} ({size})", style="bold"))
        console.print(Text(f"SHA-256 {one.digest}"), soft_wrap=True)
