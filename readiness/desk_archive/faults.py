"""What a database refuses, in words for people; never with a password or a recruiter's text."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from readiness.foreign import clean
from readiness.model.errors import StorageError
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.desk_archive.place import Place

BUSY, FULL, NO_ACCESS, SPOILED, AWAY, OTHER = "busy", "full", "no-access", "spoiled", "away", ""

_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: NO_ACCESS,
    sqlite3.SQLITE_CANTOPEN: NO_ACCESS,
    sqlite3.SQLITE_PERM: NO_ACCESS,
    sqlite3.SQLITE_CORRUPT: SPOILED,
    sqlite3.SQLITE_NOTADB: SPOILED,
}
"""Primary result codes: https://www.sqlite.org/rescode.html."""

_OF_POSTGRES = {
    "53100": FULL,
    "55P03": BUSY,
    "40P01": BUSY,
    "40001": BUSY,
    "42501": NO_ACCESS,
    "25006": NO_ACCESS,
}
"""https://www.postgresql.org/docs/current/errcodes-appendix.html"""

_AWAY = ("08", "28", "3D", "57")
"""Classes: connection, authorization, no such database, an operator ended it."""

_WORDS = {
    BUSY: (
        N_("Another program has been writing to this archive for a while."),
        N_("Wait a little, then try again."),
    ),
    FULL: (
        N_("There is no space left where this archive lies."),
        N_("Free some space, then try again."),
    ),
    NO_ACCESS: (
        N_("This archive may not be read or written from here."),
        N_("Look whether the folder is there and who may write in it."),
    ),
    SPOILED: (
        N_("This file is no archive of this program, or it is damaged."),
        N_("Name another file, or bring this one back from a backup."),
    ),
    AWAY: (
        N_("The server of this archive does not answer or does not let you in: {reason}"),
        N_("Look at the address, your name and password there, and the network."),
    ),
    OTHER: (
        N_("The archive cannot be used: {reason}"),
        N_("Try again. If it stays so, ask whoever looks after it."),
    ),
}


@contextlib.contextmanager
def refusals(place: Place) -> Iterator[None]:
    """What the database refuses becomes a ``StorageError`` that says what to do."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise _refused(error, place) from error


def _refused(error: Exception, place: Place) -> StorageError:
    origin = getattr(error, "orig", None) or error
    kind = _kind(origin, place)
    what, hint = _WORDS[kind]
    said = clean(place.without_secrets(str(origin))) or type(origin).__name__
    return StorageError(
        f"archive-{kind or 'refused'}", what, where=place.shown, hint=hint, reason=_sentence(said)
    )


def _kind(origin: BaseException, place: Place) -> str:
    if isinstance(origin, sqlite3.Error):
        code = getattr(origin, "sqlite_errorcode", None)
        return OTHER if code is None else _OF_SQLITE.get(code & 0xFF, OTHER)
    state = getattr(origin, "sqlstate", None)
    if state is not None:
        away = AWAY if state.startswith(_AWAY) else OTHER
        return _OF_POSTGRES.get(state, away)
    # A connection that never came about, or broke off, has no state.
    lost = type(origin).__name__ in ("OperationalError", "ConnectionTimeout", "InterfaceError")
    return AWAY if place.file is None and lost else OTHER


def _sentence(said: str) -> str:
    """With a full stop: another sentence follows."""
    return said if said.endswith((".", "!", "?")) else f"{said}."
