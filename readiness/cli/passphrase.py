"""The passphrase of a key file: asked at a terminal, or read from a file or a descriptor.

Never an argument: those can be read by every program on the computer.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readiness.cli.console import interactive
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.storage import read_limited

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.locale import Reader
    from readiness.trust.keys import Keys

MAX_PASSPHRASE = 4096


def with_passphrase(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a subcommand ``--passphrase-file`` and ``--passphrase-fd``."""
    command = click.option(
        "--passphrase-fd",
        type=click.IntRange(0),
        metavar="N",
        help="Read the passphrase from this open descriptor.",
    )(command)
    return click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Read the passphrase from the first line of this file.",
    )(command)


def get_passphrase(
    reader: Reader, file: Path | None, descriptor: int | None, *, twice: bool = False
) -> str:
    """The passphrase. Raises ``InputError`` where nobody can be asked and no file is named."""
    if file is not None and descriptor is not None:
        raise click.UsageError("--passphrase-file and --passphrase-fd: choose one.")
    if file is not None:
        return _first_line(read_limited(file, MAX_PASSPHRASE), str(file))
    if descriptor is not None:
        return _first_line(_from(descriptor), "--passphrase-fd")
    if not interactive():
        raise InputError(
            "passphrase-missing",
            N_("The keys are locked, and nobody is here to be asked for the passphrase."),
            hint=N_("Add --passphrase-file FILE."),
        )
    said = click.prompt(
        reader.text(N_("Passphrase")),
        hide_input=True,
        confirmation_prompt=reader.text(N_("The same again")) if twice else False,
        err=True,
    )
    return str(said)


def unlock(path: Path, reader: Reader, file: Path | None, descriptor: int | None) -> Keys:
    """The keys of a private file. Raises ``InputError``."""
    from readiness.trust.keys import MAX_FILE, unlocked

    data = read_limited(path, MAX_FILE)
    try:
        return unlocked(data, get_passphrase(reader, file, descriptor))
    except InputError as error:
        error.where = error.where or path.name
        raise


def _first_line(data: bytes, where: str) -> str:
    line = data.split(b"\n", 1)[0].removesuffix(b"\r")
    try:
        found = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = ""
    if not found:
        raise InputError(
            "passphrase-empty",
            N_("There is no passphrase in the first line."),
            where=where,
            hint=N_("Write it there as UTF-8 text."),
        )
    return found


def _from(descriptor: int) -> bytes:
    found = b""
    try:
        while b"\n" not in found and len(found) < MAX_PASSPHRASE:
            piece = os.read(descriptor, MAX_PASSPHRASE)
            if not piece:
                break
            found += piece
    except OSError as error:
        raise InputError(
            "passphrase-unreadable",
            N_("The passphrase cannot be read: {reason}"),
            where="--passphrase-fd",
            reason=f"{error.strerror}.",
        ) from error
    return found
