"""Writing files so that neither a crash nor a full disk leaves half of one."""

from __future__ import annotations

import contextlib
import os
import tempfile
from typing import TYPE_CHECKING

from readiness.model.errors import StorageError
from readiness.model.text import N_

if TYPE_CHECKING:
    from pathlib import Path


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
        os.replace(name, path)  # noqa: PTH105 - the string from mkstemp
    except OSError as error:
        if name:
            with contextlib.suppress(OSError):
                os.unlink(name)  # noqa: PTH108 - the string from mkstemp
        raise storage_error(error, path) from error


def storage_error(error: OSError, path: Path) -> StorageError:
    """Say what the disk refused and what to do about it."""
    return StorageError(
        "cannot-write",
        N_("The file could not be saved: {reason}"),
        where=str(path),
        hint=N_("Free some space or choose another folder, then save again."),
        reason=error.strerror or type(error).__name__,
    )
