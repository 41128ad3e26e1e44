"""Files: written so that no crash or full disk leaves half of one, read within limits."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.model.errors import InputError, StorageError
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_BINARY = getattr(os, "O_BINARY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
PIECE = 64 * 1024
"""Bytes that are read at a time where a file turns out to be longer than it said."""

HELD_S = 1.0
"""Windows replaces no file that another program has open; scanners and indexers let go of a new one
within moments."""

_HELD = frozenset({5, 32})
"""``ERROR_ACCESS_DENIED`` and ``ERROR_SHARING_VIOLATION`` of winerror.h."""

LONGEST_LINE = 64 * 1024
"""Bytes of a line in a file of lines."""


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``: afterwards it holds all of it or what it held before.

    Raises:
        StorageError: No space, no permission, no such folder.
    """
    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _replace(name, path)
        name = ""
    except OSError as error:
        raise storage_error(error, path) from error
    finally:  # also where the person ends the program by Ctrl+C
        if name:
            with contextlib.suppress(OSError):
                os.unlink(name)  # noqa: PTH108 - the string from mkstemp


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file that is not there yet: afterwards all of it is there, or none.

    Raises:
        InputError: ``file-exists``: whatever has that name stays as it is.
        StorageError: No space, no permission, no such folder; also where writing fails later.
    """
    kept = name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _take_name(path)
        kept = os.fspath(path)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        _replace(name, path)
        kept = name = ""
    except OSError as error:
        raise storage_error(error, path) from error
    finally:  # also where the person ends the program by Ctrl+C
        for left in filter(None, (name, kept)):
            with contextlib.suppress(OSError):
                os.unlink(left)  # noqa: PTH108 - the string from mkstemp


def _replace(name: str, path: Path) -> None:
    """Give a finished file its name. Raises ``OSError``."""
    end = time.monotonic() + HELD_S
    while True:
        try:
            os.replace(name, path)  # noqa: PTH105 - the string from mkstemp
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _HELD or time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


def write_new(path: Path, data: bytes) -> None:
    """The same for bytes that are at hand. Raises as :func:`new_file` does."""
    with new_file(path) as stream:
        stream.write(data)


def refuse_existing(*paths: Path) -> None:
    """Say before the work begins that a file would be written over. Raises ``InputError``."""
    for path in paths:
        if path.exists() or path.is_symlink():
            raise _exists(path)


def _take_name(path: Path) -> None:
    """Make an empty file, so that no other program gets the name meanwhile."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise _exists(path) from error


def _exists(path: Path) -> InputError:
    return InputError(
        "file-exists",
        N_("There is a file of that name already; it was left as it is."),
        where=str(path),
        hint=N_("Choose another name, or move the other file away."),
    )


def storage_error(error: OSError, path: Path) -> StorageError:
    """Say what the disk refused and what to do about it."""
    return StorageError(
        "cannot-write",
        N_("The file could not be saved: {reason}"),
        where=str(path),
        hint=N_("Free some space or choose another folder, then save again."),
        reason=_reason(error),
    )


def _reason(error: OSError) -> str:
    """The system's words as a sentence: the next one follows."""
    return f"{error.strerror or type(error).__name__}."


@contextlib.contextmanager
def open_limited(path: Path, limit: int, *, follow: bool = True) -> Iterator[BinaryIO]:
    """Open a regular file of at most ``limit`` bytes: no pipe, no device, nothing that blocks.

    Its length is its own account: a file that grows meanwhile can be read further.

    Args:
        path: The file.
        limit: At most so many bytes.
        follow: Whether it may be a link to a file.

    Raises:
        InputError: There is none, it is something else, it is longer, or it may not be read; also
            where reading fails later.
    """
    try:
        handle, _ = _opened(path, limit, follow=follow)
        with os.fdopen(handle, "rb") as stream:
            yield stream
    except OSError as error:
        raise _unreadable(error, path) from error


def read_limited(path: Path | str, limit: int, *, follow: bool = True) -> bytes:
    """Read a regular file of at most ``limit`` bytes. The rest as in :func:`open_limited`."""
    try:
        handle, size = _opened(path, limit, follow=follow)
        try:
            # Room for what is there, not for what may be there: the limit can be large.
            data = os.read(handle, size + 1)
            while len(data) <= limit and (more := os.read(handle, PIECE)):
                data += more
        finally:
            os.close(handle)
    except OSError as error:
        raise _unreadable(error, path) from error
    if len(data) > limit:
        raise too_large(str(path), limit)
    return data


def _opened(path: Path | str, limit: int, *, follow: bool) -> tuple[int, int]:
    """The open file, which is an ordinary one, and its length in bytes."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY
    # Systems without O_NOFOLLOW get the look beforehand alone.
    if not follow and not _NOFOLLOW and Path(path).is_symlink():
        raise _link(path)
    try:
        handle = os.open(path, flags if follow else flags | _NOFOLLOW)
    except OSError as error:
        if not follow and Path(path).is_symlink():
            raise _link(path) from error
        raise
    try:
        size = _size_within(os.fstat(handle), path, limit)
    except BaseException:
        os.close(handle)
        raise
    return handle, size


def _size_within(state: os.stat_result, path: Path | str, limit: int) -> int:
    """Bytes of an ordinary file; nothing is read of one that is too large by its own account."""
    if not stat.S_ISREG(state.st_mode):
        raise InputError(
            "not-a-file",
            N_("This is not an ordinary file."),
            where=str(path),
            hint=N_("Copy its content into a file and try again."),
        )
    if state.st_size > limit:
        raise too_large(str(path), limit)
    return state.st_size


def _link(path: Path | str) -> InputError:
    return InputError(
        "not-a-file",
        N_("This is a link to a file, not a file."),
        where=str(path),
        hint=N_("Name the file itself."),
    )


def _unreadable(error: OSError, path: Path | str) -> InputError:
    return InputError(
        "cannot-read",
        N_("The file cannot be read: {reason}"),
        where=str(path),
        hint=N_("Check the name and whether you may open it."),
        reason=_reason(error),
    )


def too_large(where: str, limit: int) -> InputError:
    """The refusal of what is longer than ``limit`` bytes."""
    return InputError(
        "too-large",
        N_("The file is larger than {limit} KiB."),
        where=where,
        hint=N_("Check that it is the right file."),
        limit=limit // 1024,
    )


def append_lines(path: Path, lines: bytes) -> None:
    """Add whole lines to a file, which is made if it is missing; a line that was cut off goes.

    Whoever calls holds a lock on the file. A crash in the middle leaves at most one line without
    its end, which readers leave out.

    Raises:
        StorageError: No space, no permission, no such folder.
    """
    flags = os.O_RDWR | os.O_CREAT | _BINARY | _NOFOLLOW
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, flags, 0o600), "r+b") as stream:
            whole = _whole_lines(stream)
            stream.truncate(whole)
            stream.seek(whole)
            stream.write(lines)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise storage_error(error, path) from error


def _whole_lines(stream: BinaryIO) -> int:
    """How many bytes there are up to the end of the last whole line."""
    end = stream.seek(0, os.SEEK_END)
    tail = max(0, end - LONGEST_LINE)
    stream.seek(tail)
    found = stream.read().rfind(b"\n")
    return tail + found + 1 if found >= 0 else end if tail else 0
