"""The tables of an archive, as the newest migration leaves them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData, Table

HEAD = "0001"
"""The form that this program reads and writes: the last one under ``migrations/versions``."""

VERSION_TABLE = "readiness_archive_version"
"""Where an archive says which form it has. All names begin alike: a team's database may hold other
things too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tables:
    """The tables.

    Attributes:
        everything: All of them together.
        reports: A row for each report; its bytes stand last, so that lists need not pass them.
        remarks: A row for each version of a note and decision. A save is a new row: its number is
            the one before and one more, and there can be only one of that number.
        settings: What all who work in the archive have decided.
    """

    everything: MetaData
    reports: Table
    remarks: Table
    settings: Table


@cache
def tables() -> Tables:
    """The tables."""
    from sqlalchemy import (
        Column,
        DateTime,
        ForeignKey,
        Integer,
        LargeBinary,
        MetaData,
        String,
        Table,
        Text,
    )

    everything = MetaData()
    reports = Table(
        "readiness_report",
        everything,
        Column("digest", String(64), primary_key=True),
        Column("name", Text, nullable=False),
        Column("taken_in", DateTime, nullable=False, index=True),
        Column("data", LargeBinary, nullable=False),
    )
    remarks = Table(
        "readiness_remark",
        everything,
        Column(
            "report", ForeignKey("readiness_report.digest", ondelete="CASCADE"), primary_key=True
        ),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("at", DateTime, nullable=False),
        Column("who", String(80), nullable=False),
        Column("decision", String(16), nullable=False),
        Column("reason", Text, nullable=False),
        Column("note", Text, nullable=False),
    )
    settings = Table(
        "readiness_setting",
        everything,
        Column("name", String(32), primary_key=True),
        Column("value", String(64), nullable=False),
    )
    return Tables(everything=everything, reports=reports, remarks=remarks, settings=settings)
