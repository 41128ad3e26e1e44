"""How long reports are kept, and deleting those that are older."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from readiness.desk_archive.schema import tables
from readiness.desk_archive.stored import Swept
from readiness.model.errors import InputError
from readiness.model.text import N_

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection
    from sqlalchemy.dialects import postgresql, sqlite

KEEP_DAYS = "keep_days"
LONGEST_DAYS = 36_500
LEAP = timedelta(days=365)
"""What is older than it should be by more than this is not deleted by itself: a clock that was set
wrong would empty the archive."""


def kept_days(connection: Connection) -> int | None:
    """After how many days reports go; none: never."""
    from sqlalchemy import select

    settings = tables().settings
    found = connection.scalar(select(settings.c.value).where(settings.c.name == KEEP_DAYS))
    return None if found is None else int(found)


def keep(connection: Connection, put: sqlite.Insert | postgresql.Insert, days: int | None) -> None:
    """Note the decision for all.

    Args:
        connection: In a transaction.
        put: Into the settings.
        days: None: never delete.

    Raises:
        InputError: ``archive-days-impossible``.
    """
    settings = tables().settings
    if days is None:
        connection.execute(settings.delete().where(settings.c.name == KEEP_DAYS))
        return
    if not 1 <= days <= LONGEST_DAYS:
        raise InputError(
            "archive-days-impossible",
            N_("Reports can be kept for 1 to {most} days."),
            hint=N_("Give a number of days, or: never"),
            most=LONGEST_DAYS,
        )
    value = {"value": str(days)}
    new = put.values(name=KEEP_DAYS, **value)
    connection.execute(new.on_conflict_do_update(index_elements=[settings.c.name], set_=value))


def swept(connection: Connection, now: datetime, *, doubtful: bool) -> Swept:
    """Delete what is older than it should be. ``now`` is UTC without zone."""
    from sqlalchemy import func, select

    days = kept_days(connection)
    if days is None:
        return Swept()
    reports = tables().reports
    limit = now - timedelta(days=days)
    far = reports.c.taken_in < limit - LEAP
    old = reports.c.taken_in < limit
    gone = connection.execute(reports.delete().where(old if doubtful else old & ~far)).rowcount
    left = connection.scalar(select(func.count()).select_from(reports).where(far)) or 0
    return Swept(deleted=gone, doubtful=left)
