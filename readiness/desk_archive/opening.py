"""Opening an archive: made where it is not there yet, brought forward where it is older."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from readiness.desk_archive.archive import DeskArchive
from readiness.desk_archive.database import Database
from readiness.desk_archive.forward import make_ready
from readiness.desk_archive.place import place_of
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.storage import storage_error

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def open_archive(
    text: str,
    usual: Path,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    *,
    begin: bool = True,
) -> DeskArchive:
    """The archive at that place.

    Args:
        text: A file, ``postgresql://…``, or ``default`` or nothing for the usual one.
        usual: The file that is taken then; its folder is made.
        now: The clock, for an archive in a file.
        begin: Whether another file that is not there yet is begun.

    Raises:
        InputError: It is no archive, is newer than this program, is not there, or cannot be
            reached for want of a package.
        StorageError: The disk or the server refuses.
    """
    place = place_of(text, usual)
    if place.file is not None:
        if not begin and place.file != usual.absolute() and not place.file.exists():
            raise InputError(
                "no-archive",
                N_("There is no archive here."),
                where=place.shown,
                hint=N_("Look at the name. An archive is begun when reports are taken in."),
            )
        _make_private(place.file)
    database = Database(place)
    try:
        make_ready(database)
    except BaseException:
        database.close()
        raise
    return DeskArchive(database, now)


def _make_private(file: Path) -> None:
    """Begin an empty file that its owner alone may read, if there is none."""
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
    except OSError as error:
        raise storage_error(error, file) from error
