"""``keys``: an employer's keys for invitations, sealed answers and receipts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from readiness.cli.console import err, out, print_json
from readiness.cli.passphrase import get_passphrase, unlock, with_passphrase
from readiness.cli.root import Exit, cli, make_engine, with_json, with_language
from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.storage import read_limited, write_whole

if TYPE_CHECKING:
    from readiness.trust.keys import PublicKeys


@cli.group(epilog="Example: readiness keys new acme")
def keys() -> None:
    """Keys by which invitations are signed and answers are sealed."""


@keys.command("new", epilog="Example: readiness keys new acme --passphrase-file secret.txt")
@click.argument("name", metavar="NAME")
@click.option("--out", type=click.Path(path_type=Path), default=Path(), metavar="DIR")
@with_passphrase
@with_json
@with_language
def new(
    *,
    name: str,
    out: Path,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    as_json: bool,
    language: str,
) -> Exit:
    """Make keys: NAME.readiness-keys stays with you, NAME.readiness-public is handed on.

    The private file is locked by a passphrase of 12 characters or more. Nobody can open it
    without, nor make it again: keep a copy of both in a safe place.
    """
    from readiness.trust.inviting import is_key_name

    if not is_key_name(name):
        raise click.BadParameter("a name without folders, such as: acme")
    reader, inviting = Reader(language), make_engine().inviting
    inviting.key_paths(out, name)  # refused before anybody thinks of a passphrase
    said = get_passphrase(reader, passphrase_file, passphrase_fd, twice=True)
    made = inviting.make_keys(out, name, said)
    for path in (made.private, made.public):
        err().print(Text(reader.text(N_("Written: {path}"), path=path)), soft_wrap=True)
    _print(made.keys, reader, as_json=as_json)
    return Exit.READY


@keys.command(epilog="Example: readiness keys show acme.readiness-public")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@with_json
@with_language
def show(*, file: Path, as_json: bool, language: str) -> Exit:
    """Show public keys and their fingerprint, of either file; no passphrase is needed."""
    _print(read_public_file(file), Reader(language), as_json=as_json)
    return Exit.READY


@keys.command(
    "open",
    epilog="Example: readiness keys open answer.readiness-sealed --keys acme.readiness-keys",
)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--keys", "key_file", required=True, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--out", type=click.Path(path_type=Path), default=None, metavar="DIR")
@with_passphrase
@with_json
@with_language
def open_answers(
    *,
    files: tuple[Path, ...],
    key_file: Path,
    out: Path | None,
    passphrase_file: Path | None,
    passphrase_fd: int | None,
    as_json: bool,
    language: str,
) -> Exit:
    """Open sealed answers: each becomes a report file that every other subcommand reads."""
    from readiness.trust.inviting import refuse_existing
    from readiness.trust.sealing import MAX_SEALED, open_sealed

    reader = Reader(language)
    held = unlock(key_file, reader, passphrase_file, passphrase_fd)
    written: list[str] = []
    for path in files:
        target = (out or path.parent) / f"{path.name.removesuffix(path.suffix)}.readiness.json"
        refuse_existing(target)
        try:
            write_whole(target, open_sealed(read_limited(path, MAX_SEALED, follow=False), held))
        except InputError as error:
            error.where = error.where or path.name
            raise
        written.append(str(target))
        err().print(Text(reader.text(N_("Written: {path}"), path=target)), soft_wrap=True)
    if as_json:
        print_json({"written": written})
    return Exit.READY


def read_public_file(path: Path) -> PublicKeys:
    """Public keys out of either kind of file. Raises ``InputError``."""
    return make_engine().inviting.public_keys(path)


def _print(public: PublicKeys, reader: Reader, *, as_json: bool) -> None:
    from readiness.trust.keys import fingerprint

    print_of = fingerprint(public.signing)
    if as_json:
        print_json({"signing": public.signing, "sealing": public.sealing, "fingerprint": print_of})
        return
    for name, said in (
        # Translators: letters that stand for a key, to be compared on the phone.
        (N_("Fingerprint"), print_of),
        (N_("Signing key"), public.signing),
        (N_("Sealing key"), public.sealing),
    ):
        line = reader.text(N_("{title}: {value}"), title=reader.text(name), value=said)
        out().print(Text(line), soft_wrap=True)
