"""Finished sessions in SQL: SQLite in the person's data folder by default, any database by address.

Sessions are kept whole as JSON beside the few columns that lists need, so that they can be judged
again against any profile.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import InputError, StorageError
from readiness.model.finding import Overall
from readiness.model.measurement import Session
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, MetaData, Table

    from readiness.model.report import Report

BUSY_TIMEOUT_S = 10

_READER = json_reader(Session)


@dataclass(frozen=True, kw_only=True)
class ArchiveEntry:
    """One finished session as a list shows it. ``judged``: profile id -> its last outcome."""

    id: str
    started: datetime
    platform: str
    judged: dict[str, Overall]


class Archive:
    """The archive behind a database address such as ``sqlite:////home/me/archive.sqlite3``."""

    def __init__(self, address: str) -> None:
        self.address = address

    def keep(self, session: Session) -> None:
        """Store the session; one that is there already is replaced."""
        row = {
            "id": session.id,
            "started": session.started.astimezone(UTC).replace(tzinfo=None),
            "platform": session.platform,
            "content": msgspec.json.encode(session).decode(),
        }
        with self._begin() as connection:
            connection.execute(self._sessions.delete().where(self._sessions.c.id == session.id))
            connection.execute(self._sessions.insert().values(row))

    def keep_outcome(self, report: Report) -> None:
        """Store how the session of ``report`` was judged; the last judgement of a profile stays."""
        judged = self._judged
        key = (judged.c.session == report.session.id) & (judged.c.profile == report.profile)
        with self._begin() as connection:
            connection.execute(judged.delete().where(key))
            connection.execute(
                judged.insert().values(
                    session=report.session.id,
                    profile=report.profile,
                    overall=report.overall.value,
                )
            )

    def entries(self) -> tuple[ArchiveEntry, ...]:
        """All finished sessions, newest first."""
        sessions, judged = self._sessions, self._judged
        with self._begin() as connection:
            outcomes: dict[str, dict[str, Overall]] = {}
            for row in connection.execute(judged.select()):
                outcomes.setdefault(row.session, {})[row.profile] = Overall(row.overall)
            columns = sessions.select().order_by(sessions.c.started.desc(), sessions.c.id)
            return tuple(
                ArchiveEntry(
                    id=row.id,
                    started=row.started.replace(tzinfo=UTC),
                    platform=row.platform,
                    judged=outcomes.get(row.id, {}),
                )
                for row in connection.execute(
                    columns.with_only_columns(
                        sessions.c.id, sessions.c.started, sessions.c.platform
                    )
                )
            )

    def session(self, session_id: str) -> Session:
        """One finished session. Raises ``InputError`` if there is none of that id."""
        query = self._sessions.select().where(self._sessions.c.id == session_id)
        with self._begin() as connection:
            row = connection.execute(query).one_or_none()
            if row is not None:
                return _READER.decode(row.content)
        raise InputError(
            "archive-no-such-session",
            N_("There is no earlier check with the id {id}."),
            where=self.address,
            id=session_id,
        )

    def forget(self, session_id: str) -> None:
        """Delete one session and its outcomes for good; nothing if there is none of that id."""
        with self._begin() as connection:
            connection.execute(self._judged.delete().where(self._judged.c.session == session_id))
            connection.execute(self._sessions.delete().where(self._sessions.c.id == session_id))
        self._sweep()

    def forget_all(self) -> None:
        """Delete every session for good."""
        with self._begin() as connection:
            connection.execute(self._judged.delete())
            connection.execute(self._sessions.delete())
        self._sweep()

    def _sweep(self) -> None:
        """Write the file anew, without what older versions of this program left in free pages."""
        from sqlalchemy import text as statement

        if not self._is_file:
            return
        with self._refusals(), self._engine.connect() as plain:
            plain.execution_options(isolation_level="AUTOCOMMIT").execute(statement("VACUUM"))

    @property
    def _is_file(self) -> bool:
        return self.address.startswith("sqlite")

    @cached_property
    def _schema(self) -> MetaData:
        from sqlalchemy import Column, DateTime, ForeignKey, MetaData, String, Table, Text

        schema = MetaData()
        Table(
            "session",
            schema,
            Column("id", String(64), primary_key=True),
            Column("started", DateTime, nullable=False),
            Column("platform", String(32), nullable=False),
            Column("content", Text, nullable=False),
        )
        Table(
            "judged",
            schema,
            Column("session", ForeignKey("session.id"), primary_key=True),
            Column("profile", String(128), primary_key=True),
            Column("overall", String(16), nullable=False),
        )
        return schema

    @property
    def _sessions(self) -> Table:
        return self._schema.tables["session"]

    @property
    def _judged(self) -> Table:
        return self._schema.tables["judged"]

    @cached_property
    def _engine(self) -> Engine:
        from sqlalchemy import create_engine
        from sqlalchemy.pool import NullPool

        options = {"timeout": BUSY_TIMEOUT_S} if self._is_file else {}
        return create_engine(self.address, connect_args=options, poolclass=NullPool)

    @contextlib.contextmanager
    def _begin(self) -> Iterator[Connection]:
        """A transaction in which what is deleted or replaced is overwritten with zeros."""
        from sqlalchemy import text as statement
        from sqlalchemy.schema import CreateTable

        with self._refusals(), self._engine.begin() as connection:
            if self._is_file:
                connection.execute(statement("PRAGMA secure_delete = ON"))
            for table in self._schema.sorted_tables:  # atomic: two programs may begin at once
                connection.execute(CreateTable(table, if_not_exists=True))
            yield connection

    @contextlib.contextmanager
    def _refusals(self) -> Iterator[None]:
        """What the database refuses or has spoiled becomes a ``StorageError``."""
        from sqlalchemy.exc import SQLAlchemyError

        try:
            yield
        except (SQLAlchemyError, msgspec.MsgspecError, ValueError) as error:
            raise StorageError(
                "archive-refused",
                N_("The list of earlier checks cannot be used: {reason}"),
                where=self.address,
                hint=N_("Free some space, or move the file away: a new list is then begun."),
                reason=str(getattr(error, "orig", None) or type(error).__name__),
            ) from error
