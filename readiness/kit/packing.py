"""The ZIP of a kit: the same parts always give the same bytes, and nothing is ever replaced."""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.kit.page import instructions, kinds
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.storage import new_file, open_limited, too_large
from readiness.trust.accepted import INVITATION_ENDING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from readiness.trust.invitation import Invitation

PAGE = "START-HERE.html"
INVITATION = f"invitation{INVITATION_ENDING}"
"""Not the name that it had: that may hold the employer's mark for the applicant."""

LARGEST = 512 * 1024 * 1024
"""Of one installer, bytes; ours has some 75 MB, and mail servers refuse far less than this."""

PIECE = 1024 * 1024
ENDINGS = {
    ".exe": "exe",
    ".zip": "zip",
    ".dmg": "dmg",
    ".deb": "deb",
    ".tar.zst": "tar",
    ".tar.gz": "tar",
    ".tar.xz": "tar",
}
"""How the name of an installer ends -> its kind."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._+-]+")
_UNIX = 3
_FILE = 0o100644


@dataclass(frozen=True, kw_only=True)
class Packed:
    """One file in a kit.

    Attributes:
        name: Its name there.
        size: Bytes.
        digest: SHA-256, hexadecimal.
    """

    name: str
    size: int
    digest: str


def write_kit(invitation: Invitation, installers: Sequence[Path], path: Path) -> tuple[Packed, ...]:
    """Write a kit that is not there yet.

    Args:
        invitation: Who is invited to what.
        installers: Programs to go with it, each for another system; may be none.
        path: The ZIP.

    Returns:
        What it holds, installers first, in the order in which they came.

    Raises:
        InputError: ``file-exists``; an installer that is none, is too large, or cannot be read.
        StorageError: The disk refuses; no half kit is left.
    """
    named = _named(installers)
    with new_file(path) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as kit:
        when = invitation.terms.created.utctimetuple()[:6]
        packed = [_pack(kit, _entry(name, when), _read(file)) for name, file in named.items()]
        page = instructions(
            invitation,
            name=INVITATION,
            installers={name: _kind(name) for name in named},
            digests={one.name: one.digest for one in packed},
        )
        rest = {INVITATION: invitation.envelope, PAGE: page.encode("utf-8")}
        packed += [_pack(kit, _entry(name, when), iter((data,))) for name, data in rest.items()]
    return tuple(packed)


def _named(installers: Sequence[Path]) -> dict[str, Path]:
    """Each under the name that it gets: plain letters, which every system can unpack."""
    named: dict[str, Path] = {}
    for path in installers:
        name = _UNSAFE.sub("-", path.name).strip("-")
        if not _kind(name):
            raise InputError(
                "installer-kind-unknown",
                N_("This is no installer that the instructions have words for."),
                where=path.name,
                hint=N_("Its name must end in one of these: {endings}"),
                endings=", ".join(ENDINGS),
            )
        if name.casefold() in {known.casefold() for known in named}:
            raise InputError(
                "installer-twice",
                N_("Two installers have the same name."),
                where=path.name,
                hint=N_("Name each once."),
            )
        named[name] = path
    return named


def _kind(name: str) -> str:
    """The kind of an installer; empty if it is none."""
    known = [kind for ending, kind in ENDINGS.items() if name.casefold().endswith(ending)]
    return next((kind for kind in known if kind in kinds()), "")


def _read(path: Path) -> Iterator[bytes]:
    """The file, piece by piece."""
    left = LARGEST
    with open_limited(path, LARGEST) as stream:
        while piece := stream.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise too_large(str(path), LARGEST)
            yield piece


def _entry(name: str, when: tuple[int, ...]) -> zipfile.ZipInfo:
    """The head of an entry, in which nothing comes from this computer."""
    year, month, day, hour, minute, second = when
    entry = zipfile.ZipInfo(name, (year, month, day, hour, minute, second))
    entry.create_system = _UNIX
    entry.external_attr = _FILE << 16
    return entry


def _pack(kit: zipfile.ZipFile, entry: zipfile.ZipInfo, pieces: Iterator[bytes]) -> Packed:
    digest, size = hashlib.sha256(), 0
    with kit.open(entry, "w") as stream:
        for piece in pieces:
            stream.write(piece)
            digest.update(piece)
            size += len(piece)
    return Packed(name=entry.filename, size=size, digest=digest.hexdigest())
