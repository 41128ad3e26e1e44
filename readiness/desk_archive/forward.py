"""Bringing an archive to the form that this program knows: whole, or it stays as it was."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from readiness.desk_archive.schema import HEAD, VERSION_TABLE
from readiness.model.errors import InputError
from readiness.model.text import N_

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from readiness.desk_archive.database import Database

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
LOCK = 0x7265616469
"""PostgreSQL: held by who brings an archive forward. Any number that others do not use."""


def make_ready(database: Database, migrations: Path = MIGRATIONS, head: str = HEAD) -> None:
    """Make the tables, or bring older ones forward, in one transaction.

    Args:
        database: May be empty.
        migrations: Alembic's folder.
        head: The form that it leads to.

    Raises:
        InputError: ``archive-newer`` or ``archive-other-file``; nothing was touched.
        StorageError: The database refuses; it is as it was.
    """
    with database.reading() as connection:
        if form_of(connection) == head:
            return
    with database.writing() as connection:
        if not database.is_file:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        found = form_of(connection)  # again: another program may have been faster
        if found != head:
            _upgrade(connection, migrations, found, database.place.shown)
    database.keep_log()


def form_of(connection: Connection) -> str | None:
    """Which form an archive has; none if there are no tables of this program."""
    from sqlalchemy import String, column, inspect, select, table

    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version = column("version_num", String)
    found = connection.scalar(select(version).select_from(table(VERSION_TABLE, version)))
    return None if found is None else str(found)


def _upgrade(connection: Connection, migrations: Path, found: str | None, shown: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from sqlalchemy import inspect

    is_file = connection.dialect.name == "sqlite"
    if found is None and is_file and inspect(connection).get_table_names():
        raise _other_file(shown)
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {one.revision for one in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise _newer(shown)
    command.upgrade(config, "head")


def _other_file(shown: str) -> InputError:
    return InputError(
        "archive-other-file",
        N_("This file holds something else, not an archive of this program."),
        where=shown,
        hint=N_("Name another file; a new archive is begun in one that is not there yet."),
    )


def _newer(shown: str) -> InputError:
    return InputError(
        "archive-newer",
        N_("This archive was written by a newer version of this program."),
        where=shown,
        hint=N_("Bring this program up to date. Nothing in the archive was changed."),
    )
