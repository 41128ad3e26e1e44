"""Connections to an archive: one way in for SQLite and PostgreSQL, in whole transactions."""

from __future__ import annotations

import contextlib
import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING, Any

from readiness.desk_archive.faults import refusals
from readiness.model.errors import InputError
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from readiness.desk_archive.place import Place

BUSY_TIMEOUT_S = 10
"""So long one waits for another program's transaction, which takes milliseconds."""

CONNECT_TIMEOUT_S = 10
WRITES = "readiness_writes"
"""Option of a connection: its transaction takes the lock for writing at once."""


class Database:
    """The database of one archive."""

    def __init__(self, place: Place) -> None:
        self.place = place

    @property
    def is_file(self) -> bool:
        """Whether it is SQLite."""
        return self.place.file is not None

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads: it waits for nobody. Raises ``StorageError``."""
        with refusals(self.place), self._engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it or nothing. Raises ``StorageError``."""
        with refusals(self.place), self._engine.connect() as connection:
            connection.execution_options(**{WRITES: True})
            with connection.begin():
                yield connection

    def keep_log(self) -> None:
        """Let readers and a writer work side by side: for good, so once is enough."""
        if not self.is_file:
            return
        with (
            refusals(self.place),
            contextlib.closing(self._engine.raw_connection()) as raw,
            # Where two programs begin an archive at once, one does this for both.
            contextlib.suppress(sqlite3.OperationalError),
        ):
            raw.cursor().execute("PRAGMA journal_mode = WAL")

    def wipe_log(self) -> None:
        """Let nothing that was deleted stay in SQLite's log beside the file.

        While somebody else reads there, it stays until they have ended.
        """
        if not self.is_file:
            return
        with refusals(self.place), contextlib.closing(self._engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """End all connections."""
        if "_engine" in self.__dict__:
            self._engine.dispose()

    @cached_property
    def _engine(self) -> Engine:
        file = self.place.file
        return _postgres(self.place) if file is None else _sqlite(file)


def _sqlite(file: Path) -> Engine:
    from sqlalchemy import URL, create_engine, event
    from sqlalchemy.pool import NullPool

    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        # No isolation level: transactions begin where this program says so, also for tables.
        connect_args={"timeout": BUSY_TIMEOUT_S, "isolation_level": None},
        poolclass=NullPool,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Deletion reaches all that belongs to a report, and the bytes."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _begin(connection: Connection) -> None:
    """A reader that becomes a writer could be refused in the middle; so a writer says it first."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres(place: Place) -> Engine:
    from sqlalchemy import create_engine

    return create_engine(
        "postgresql+psycopg://",
        creator=_connector(place),
        pool_size=2,
        pool_pre_ping=True,
        use_native_hstore=False,
        hide_parameters=True,
    )


def _connector(place: Place) -> Callable[[], Any]:
    """What connects, by libpq's own rules: password file, service file and environment count."""
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise InputError(
            "archive-needs-team",
            N_("For an archive on a PostgreSQL server a further package is needed."),
            where=place.shown,
            hint=N_('Install the package "psycopg[binary]" beside this program.'),
        ) from error
    try:
        asked = conninfo_to_dict(place.address)
    except psycopg.Error:
        # Not from the error: it repeats pieces of the address.
        raise InputError(
            "archive-address-unclear",
            N_("This address of a PostgreSQL server cannot be read."),
            where=place.shown,
            hint=N_("Write it like postgresql://name@server/database."),
        ) from None
    usual: dict[str, Any] = {"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "readiness"}
    return lambda: psycopg.connect(**{**usual, **asked, "client_encoding": "utf8"})
