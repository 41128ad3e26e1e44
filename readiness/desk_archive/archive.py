"""A recruiters' archive: taking reports in, reading them, remarks, deleting for good."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any, Self

from readiness.desk_archive.ages import keep, kept_days, swept
from readiness.desk_archive.remarks import NOTHING_YET, Remark, Written
from readiness.desk_archive.saving import (
    add_version,
    clock,
    must_be_there,
    no_such_report,
    remark_columns,
    remark_of,
    versions,
)
from readiness.desk_archive.schema import tables
from readiness.desk_archive.stored import Entry, Incoming, Swept

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime
    from types import TracebackType

    from sqlalchemy import Column, Connection, Row, Table
    from sqlalchemy.dialects import postgresql, sqlite

    from readiness.desk_archive.database import Database

AT_ONCE = 200
"""Keys in one statement: databases limit how many it may hold."""


class DeskArchive:
    """Reports with what recruiters wrote at them. Every method is one transaction.

    May be used by one thread at a time. Leave it by ``with``, or :meth:`close` it.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all connections; harmless twice."""
        self._database.close()

    @property
    def shown(self) -> str:
        """Where it lies, fit to be shown."""
        return self._database.place.shown

    # --- reports -------------------------------------------------------------------------------

    def take_in(self, found: Collection[Incoming]) -> dict[str, datetime]:
        """Keep what is not there yet.

        Returns:
            When each of them first came, by its key.

        Raises:
            StorageError: Nothing of them was kept.
            ValueError: A fault of the program: one has no bytes.
        """
        reports = tables().reports
        for one in found:
            if not one.data:
                raise ValueError(one.digest)
        new = {one.digest: one for one in reversed(list(found))}
        with self._database.writing() as connection:
            at = self._clock(connection)
            # In one order, always: two who take in the same would else wait for each other.
            rows = [
                {
                    "digest": digest,
                    "name": new[digest].name,
                    "taken_in": at,
                    "data": new[digest].data,
                }
                for digest in sorted(new)
            ]
            if rows:
                connection.execute(self._insert(reports).on_conflict_do_nothing(), rows)
            return {
                row.digest: row.taken_in.replace(tzinfo=UTC)
                for row in _in_parts(connection, list(new), reports.c.digest, reports.c.taken_in)
            }

    def entries(self) -> tuple[Entry, ...]:
        """All reports in the order in which they came, with what stands at each."""
        from sqlalchemy import and_, func, select

        reports, remarks = tables().reports, tables().remarks
        all_of_it = remarks.alias()
        newest = (
            select(func.max(all_of_it.c.version))
            .where(all_of_it.c.report == reports.c.digest)
            .correlate(reports)
            .scalar_subquery()
        )
        stands = and_(remarks.c.report == reports.c.digest, remarks.c.version == newest)
        query = (
            select(reports.c.digest, reports.c.name, reports.c.taken_in, *remark_columns())
            .select_from(reports.outerjoin(remarks, stands))
            .order_by(reports.c.taken_in, reports.c.name, reports.c.digest)
        )
        with self._database.reading() as connection:
            return tuple(
                Entry(
                    digest=row.digest,
                    name=row.name,
                    taken_in=row.taken_in.replace(tzinfo=UTC),
                    remark=remark_of(row),
                )
                for row in connection.execute(query)
            )

    def contents(self, digests: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """The bytes of these reports with their keys, some at a time; not of what is gone."""
        reports = tables().reports
        for first in range(0, len(digests), AT_ONCE):
            some = digests[first : first + AT_ONCE]
            with self._database.reading() as connection:
                rows = _in_parts(connection, some, reports.c.digest, reports.c.data)
                found = {row.digest: row.data for row in rows}
            yield from ((digest, found[digest]) for digest in some if digest in found)

    def data(self, digest: str) -> bytes:
        """The bytes of one report. Raises ``InputError``: ``archive-no-such-report``."""
        for _, data in self.contents([digest]):
            return data
        raise no_such_report()

    def beginning_with(self, letters: str) -> tuple[str, ...]:
        """The keys that begin so, at most two: is there one, and only one?"""
        from sqlalchemy import select

        digest = tables().reports.c.digest
        query = select(digest).where(digest.startswith(letters.lower(), autoescape=True))
        with self._database.reading() as connection:
            return tuple(connection.scalars(query.order_by(digest).limit(2)))

    # --- remarks -------------------------------------------------------------------------------

    def remark(self, digest: str) -> Remark:
        """What stands at a report. Raises ``InputError``: ``archive-no-such-report``."""
        return next(iter(self.history(digest)), NOTHING_YET)

    def history(self, digest: str) -> tuple[Remark, ...]:
        """All that was ever saved at a report, the newest first.

        Raises:
            InputError: ``archive-no-such-report``.
        """
        with self._database.reading() as connection:
            must_be_there(connection, digest)
            return versions(connection, digest)

    def save(self, digest: str, written: Written, *, on: int) -> Remark:
        """Save a note and decision over version ``on``; returns what stands then.

        Raises:
            ChangedMeanwhile: Somebody else was faster; theirs stands and comes with it.
            InputError: ``remark-too-long``, ``archive-no-such-report``.
            StorageError: It was not saved.
        """
        tidy = written.tidy()
        with self._database.writing() as connection:
            return add_version(connection, digest, tidy, on=on, at=self._clock(connection))

    # --- deleting ------------------------------------------------------------------------------

    def forget(self, digests: Collection[str]) -> int:
        """Delete reports with all that belongs to them, for good; how many there were."""
        reports = tables().reports
        with self._database.writing() as connection:
            gone = sum(
                connection.execute(reports.delete().where(reports.c.digest == digest)).rowcount
                for digest in sorted(set(digests))
            )
        self._database.wipe_log()
        return gone

    def keep_days(self) -> int | None:
        """After how many days a report is deleted by itself; none: never."""
        with self._database.reading() as connection:
            return kept_days(connection)

    def set_keep_days(self, days: int | None) -> None:
        """Decide, for all who work in this archive, how long reports are kept.

        Raises:
            InputError: ``archive-days-impossible``.
        """
        with self._database.writing() as connection:
            keep(connection, self._insert(tables().settings), days)

    def sweep(self, *, doubtful: bool = False) -> Swept:
        """Delete what is older than the recruiters want to keep it.

        Args:
            doubtful: Also what is so much older that the clock may be wrong.
        """
        if self.keep_days() is None:
            return Swept()  # and no lock is taken
        with self._database.writing() as connection:
            found = swept(connection, self._clock(connection), doubtful=doubtful)
        if found.deleted:
            self._database.wipe_log()
        return found

    def _clock(self, connection: Connection) -> datetime:
        return clock(self._database, connection, self._now())

    def _insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """Both know what to do where a row of that key is there already."""
        from sqlalchemy.dialects import postgresql, sqlite

        return sqlite.insert(table) if self._database.is_file else postgresql.insert(table)


def _in_parts(
    connection: Connection, digests: Sequence[str], key: Column[str], value: Column[Any]
) -> Iterator[Row[Any]]:
    """Key and value of these reports, in any order."""
    from sqlalchemy import select

    for first in range(0, len(digests), AT_ONCE):
        some = digests[first : first + AT_ONCE]
        yield from connection.execute(select(key, value).where(key.in_(some)))
