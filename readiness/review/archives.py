"""The files in a ZIP that anybody may have made: in memory, one at a time, within limits.

Nothing is unpacked onto the disk, so that a name inside leads nowhere. What unfolds is counted as
it comes; what the archive says of itself is not believed.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.review.kinds import Kind, kind_of, parts_of, unread
from readiness.review.received import Refused, refused, shown
from readiness.storage import too_large

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from readiness.review.limits import Limits

MARKS = (b"PK\x03\x04", b"PK\x05\x06")
"""How a ZIP begins, also an empty one (APPNOTE.TXT 4.3.7 and 4.3.16)."""

_LOCKED = 0x1 | 0x40 | 0x2000
"""Flags of an encrypted file, strongly so, and with its header hidden (APPNOTE.TXT 4.4.4)."""

_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways of packing whose reader needs little memory; LZMA's can ask for gigabytes."""

PIECE = 64 * 1024
"""Bytes that are unfolded at a time, so that those of a file that breaks off are counted too."""

_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError),
    *(OSError, ValueError, OverflowError, NotImplementedError),
)
"""What ``zipfile`` raises for archives that are damaged, or made to be."""


@dataclass(frozen=True, kw_only=True)
class FoundMember:
    """One file of an archive; ``name`` is fit to be shown, ``kind`` is told by the name."""

    name: str
    kind: Kind
    data: bytes


class _Pieces:
    """A file of which no more than so much is read at once.

    ``zipfile`` reads the table of contents in one go, as long as the archive says that it is.
    """

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._most = stream, most
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            raise zipfile.BadZipFile("a piece that is too long")
        data = self._stream.read(size if size >= 0 else self._most + 1)
        if len(data) > self._most:
            raise zipfile.BadZipFile("a piece that is too long")
        return data


def members(stream: BinaryIO, name: str, limits: Limits) -> Iterator[FoundMember | Refused]:
    """The files of a ZIP in the order of its table of contents.

    Args:
        stream: The archive.
        name: Its own name, fit to be shown.
        limits: How much is read.
    """
    try:
        archive = zipfile.ZipFile(cast("IO[bytes]", _Pieces(stream, limits.contents)))
    except _BROKEN:
        yield refused(name, _broken())
        return
    with archive:
        entries = archive.infolist()
        if len(entries) > limits.members:
            yield refused(name, _too_many(limits.members))
            return
        left = limits.unpacked
        for entry in entries:
            if entry.filename.endswith("/"):  # is_dir() fails for a name that is empty
                continue
            found, spent = _member(archive, entry, name, limits, left)
            yield found
            left -= spent
            if left <= 0:
                yield refused(name, _too_much(limits.unpacked))
                return


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: Limits, left: int
) -> tuple[FoundMember | Refused, int]:
    """One file of it or why not, and how many bytes it unfolded to; at most ``left`` and one."""
    inside = f"{name}: {shown(entry.orig_filename)}"
    unfit = _unfit(entry)
    if unfit is not None:
        return refused(inside, unfit), 0
    kind = Kind.UNKNOWN if _beside(entry) else kind_of(entry.filename)
    left_out = unread(kind, inside, named=False, inside=True)
    if left_out is not None:
        return left_out, 0
    limit = limits.of(kind)
    data, whole = _unfolded(archive, entry, min(limit, left) + 1)
    if not whole:
        return refused(inside, _broken()), len(data)
    if len(data) > min(limit, left):
        return refused(inside, too_large("", limit)), len(data)
    return FoundMember(name=inside, kind=kind, data=data), len(data)


def _unfolded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> tuple[bytes, bool]:
    """At most so many bytes of it, and whether they came without a fault."""
    data = bytearray()
    try:
        with archive.open(entry) as stream:
            while len(data) < most and (piece := stream.read(min(PIECE, most - len(data)))):
                data += piece
    except _BROKEN:
        return bytes(data), False
    return bytes(data), True


def _beside(entry: zipfile.ZipInfo) -> bool:
    """Whether macOS put it beside the files that it is about."""
    return parts_of(entry.filename)[0] == "__MACOSX"


def _unfit(entry: zipfile.ZipInfo) -> InputError | None:
    """Why this entry is not even looked into; none if it is."""
    name = entry.orig_filename
    if ".." in parts_of(name) or name[:1] in ("/", "\\") or _DRIVE.match(name):
        return InputError(
            "archive-name-leads-out",
            N_("Its name in the archive leads out of the archive, as only attacks do."),
            hint=N_("Do not unpack this archive. Ask for the file itself."),
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        return InputError(
            "not-a-file",
            N_("This is a link to a file, not a file."),
            hint=N_("Ask for the file itself."),
        )
    if entry.flag_bits & _LOCKED:
        return InputError(
            "archive-locked",
            N_("It is locked with a password."),
            hint=N_("Unpack it yourself, then name the folder."),
        )
    if entry.compress_type not in _PACKED:
        return InputError(
            "archive-packed-unusually",
            N_("It is packed in a way that is not opened here."),
            hint=N_("Unpack it yourself, then name the folder."),
        )
    return None


def _broken() -> InputError:
    return InputError(
        "archive-broken",
        N_("The archive is damaged here, or was made to do harm."),
        hint=N_("Ask for the file again, best without an archive around it."),
    )


def _too_many(most: int) -> InputError:
    return InputError(
        "archive-too-many",
        N_("The archive holds more than {limit} files; none was read."),
        hint=N_("Unpack it yourself, then name the folder."),
        limit=most,
    )


def _too_much(most: int) -> InputError:
    return InputError(
        "archive-too-much",
        N_("The archive unfolds to more than {limit} MiB; the rest was not read."),
        hint=N_("Unpack it yourself, then name the folder."),
        limit=most // 1024 // 1024,
    )
