"""Remarks in SQL: reading them, and adding the next version of one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from readiness.desk_archive.remarks import (
    NOTHING_YET,
    ChangedMeanwhile,
    Decision,
    Remark,
    Written,
)
from readiness.desk_archive.schema import tables
from readiness.model.errors import InputError
from readiness.model.text import N_

if TYPE_CHECKING:
    from sqlalchemy import Column, Connection, Row

    from readiness.desk_archive.database import Database


def clock(database: Database, connection: Connection, own: datetime) -> datetime:
    """The time of day, UTC without zone: a server's own, so that all recruiters have the same."""
    if database.is_file:
        return own.astimezone(UTC).replace(tzinfo=None)
    from sqlalchemy import text as sql

    told = connection.scalar(sql("SELECT timezone('utc', now())"))
    assert isinstance(told, datetime)  # noqa: S101 - what this function of PostgreSQL returns
    return told


def remark_columns() -> list[Column[Any]]:
    """What :func:`remark_of` reads, under names that no other table has."""
    remarks = tables().remarks
    return [
        remarks.c.version,
        remarks.c.at,
        remarks.c.who,
        remarks.c.decision,
        remarks.c.reason,
        remarks.c.note,
    ]


def remark_of(row: Row[Any]) -> Remark:
    """The remark in a row; none yet where the row has none. Others can write into the database."""
    if row.version is None:
        return NOTHING_YET
    written = Written(
        note=row.note, decision=Decision(row.decision), reason=row.reason, who=row.who
    ).plain()
    return Remark(version=row.version, written=written, at=row.at.replace(tzinfo=UTC))


def versions(connection: Connection, digest: str, *, last: bool = False) -> tuple[Remark, ...]:
    """All versions at one report, the newest first; or that one alone."""
    from sqlalchemy import select

    remarks = tables().remarks
    query = select(*remark_columns()).where(remarks.c.report == digest)
    query = query.order_by(remarks.c.version.desc())
    return tuple(map(remark_of, connection.execute(query.limit(1) if last else query)))


def must_be_there(connection: Connection, digest: str, *, alone: bool = False) -> None:
    """Look whether there is such a report.

    Args:
        connection: In a transaction.
        digest: Its key.
        alone: Let no other transaction save at it or delete it until this one has ended.

    Raises:
        InputError: ``archive-no-such-report``.
    """
    from sqlalchemy import select

    reports = tables().reports
    query = select(reports.c.digest).where(reports.c.digest == digest)
    if connection.scalar(query.with_for_update() if alone else query) is None:
        raise no_such_report()


def add_version(
    connection: Connection, digest: str, written: Written, *, on: int, at: datetime
) -> Remark:
    """Save over version ``on``, if that one still stands.

    Saving again what stands already changes nothing: an answer may have been lost on its way, a
    button been pressed twice.

    Raises:
        ChangedMeanwhile: Another version stands.
        InputError: ``archive-no-such-report``.
    """
    must_be_there(connection, digest, alone=True)
    stands = next(iter(versions(connection, digest, last=True)), NOTHING_YET)
    if written.says_the_same(stands.written):
        return stands
    if stands.version != on:
        raise ChangedMeanwhile(stands)
    new = Remark(version=on + 1, written=written, at=at.replace(tzinfo=UTC))
    connection.execute(
        tables().remarks.insert(),
        {
            "report": digest,
            "version": new.version,
            "at": at,
            "who": written.who,
            "decision": written.decision.value,
            "reason": written.reason,
            "note": written.note,
        },
    )
    return new


def no_such_report() -> InputError:
    """There is no report of that key."""
    return InputError(
        "archive-no-such-report",
        N_("This report is not in the archive. Somebody may have deleted it."),
        hint=N_("List the archive again."),
    )
