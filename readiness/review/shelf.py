"""Between a heap and an archive: keeping what comes in, reading what is kept, what stands there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from readiness.desk_archive.stored import Incoming
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.review.intake import intake
from readiness.review.once import once
from readiness.review.received import Received, Refused, refused, shown
from readiness.review.rows import row_of
from readiness.trust.arrived import arrive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from readiness.desk_archive.archive import DeskArchive
    from readiness.desk_archive.stored import Entry
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.review.heap import Reading
    from readiness.review.rows import ReviewRow

AT_ONCE = 100
"""Reports that are kept in one transaction, and so long in memory."""


def keeping(
    found: Iterable[Received | Refused], archive: DeskArchive
) -> Iterator[Received | Refused]:
    """The same, kept in the archive on the way; each says when it first came.

    Raises:
        StorageError: The archive refuses; what came out before is kept.
    """
    waiting: list[Received | Refused] = []
    for one in found:
        waiting.append(one)
        if len(waiting) >= AT_ONCE:
            yield from _kept(waiting, archive)
            waiting = []
    yield from _kept(waiting, archive)


def _kept(
    waiting: Sequence[Received | Refused], archive: DeskArchive
) -> Iterator[Received | Refused]:
    came = archive.take_in(
        [
            Incoming(digest=one.arrived.digest, name=one.file, data=one.arrived.data)
            for one in waiting
            if isinstance(one, Received)
        ]
    )
    for one in waiting:
        if isinstance(one, Received):
            yield replace(one, taken_in=came.get(one.arrived.digest))
        else:
            yield one


def stored(archive: DeskArchive, entries: Sequence[Entry]) -> Iterator[Received | Refused]:
    """Reports out of an archive, read with the same suspicion as files.

    What was deleted meanwhile is left out.
    """
    of = {entry.digest: entry for entry in entries}
    for digest, data in archive.contents(list(of)):
        yield _read(of[digest], data)


def _read(entry: Entry, data: bytes) -> Received | Refused:
    name = shown(entry.name)
    try:
        arrived = arrive(data)
    except InputError as error:
        return refused(name, error)
    if arrived.digest != entry.digest:
        return refused(
            name,
            InputError(
                "archive-altered",
                N_("What stands in the archive is not the report that was taken in."),
                hint=N_("Ask the applicant for the report again, and who can write there."),
            ),
        )
    return Received(file=name, arrived=arrived, taken_in=entry.taken_in)


def rows_kept(
    paths: Sequence[Path], reading: Reading, archive: DeskArchive
) -> Iterator[ReviewRow | Refused]:
    """A row for each report below these paths, kept on the way; without paths for all kept ones.

    One process does it all: what it waits for is the archive.
    """
    lists = reading.lists or {}

    def profile_of(report: Report) -> Profile | None:
        known = lists.get(report.profile_digest)
        if known is None and reading.profile_of is not None:
            return reading.profile_of(report)
        return known

    if paths:
        found = keeping(once(intake(paths, reading.limits, keys=reading.keys)), archive)
    else:
        found = stored(archive, archive.entries())
    for one in found:
        if isinstance(one, Refused):
            yield one
        else:
            yield row_of(
                one,
                reading.known,
                metrics=reading.metrics,
                profile_of=profile_of,
                salt=reading.salt,
            )


def with_remarks(rows: Iterable[ReviewRow], archive: DeskArchive) -> list[ReviewRow]:
    """The rows with what recruiters wrote at each."""
    stands = {entry.digest: entry.remark for entry in archive.entries()}
    return [msgspec.structs.replace(row, remark=stands.get(row.digest)) for row in rows]
