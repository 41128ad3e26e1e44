"""Which reports seem to come from one computer: what they say of it coincides.

Out of what reports hold anyway; nothing is collected for it. Computers of one model say nearly the
same, and one family may share one: so this is a reason to ask, never more. See ``docs/trust.md``.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from readiness.model.invited import Invited
from readiness.model.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from readiness.model.measurement import Failure
    from readiness.model.report import Report
    from readiness.review.rows import ReviewRow

RUN_SALT = secrets.token_bytes(32)
"""For whoever keeps nothing: marks of another run of the program cannot be compared with these."""

STEADY = (
    "machine.architecture",
    "machine.cpu_cores",
    "machine.cpu_model",
    "machine.cpu_threads",
    "machine.disk_total",
    "machine.memory_installed",
    "machine.memory_usable",
)
"""What stays the same from one check to the next; screens and headsets are carried about."""

NEEDED = ("machine.cpu_model", "machine.disk_total", "machine.memory_usable")
"""Without these a computer is like too many others: the sizes are told to 10 MiB and 1 MiB."""

FREE, WHOLE = "machine.disk_free", "machine.disk_total"
VIRTUAL = "machine.virtual"

NEAR_GIB, NEAR_SHARE = 2.0, 0.02
"""How far the free disk space of one computer may differ between two checks: some days' use.

Two computers of one model that are in use differ by more, nearly always.
"""

MOST = 6
"""Applicants; if more tell the very same, it is rather a model that many have."""

MARK_BYTES = 16


class Likeness(NamedTuple):
    """What tells one computer from others, as far as a report can.

    Attributes:
        mark: Salted digest of what stays the same; equal for equal facts, and no way back.
        applicant: Salted digest of the invitation's number, else of the session's id.
        check: Salted digest of the session's id.
        free: GiB free on the disk.
        whole: GiB that the disk holds.
        begun: When the check began, by that computer's clock.
        ended: When its last part ended.
    """

    mark: bytes
    applicant: bytes
    check: bytes
    free: float
    whole: float
    begun: datetime
    ended: datetime


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Reports of at least two applicants whose computers tell the very same.

    Attributes:
        rows: In the order in which they came.
        model: They are too many, or were checked at the same time: rather several computers of
            one model than one computer.
    """

    rows: tuple[ReviewRow, ...]
    model: bool


def likeness(report: Report, salt: bytes) -> Likeness | None:
    """What tells its computer from others; none if the report says too little of it.

    Args:
        report: Read, so that its own form holds.
        salt: The reader's own, up to 64 bytes: with another one nothing can be compared.
    """
    session = report.session
    found = {
        metric: fact.value
        for metric, fact in _known(session.latest())
        if metric in STEADY or metric in (FREE, VIRTUAL)
    }
    free, whole = found.pop(FREE, None), found.get(WHOLE)
    virtual = found.pop(VIRTUAL, False)  # hired computers are alike and say nothing of the desk
    if virtual or not isinstance(free, float | int) or not isinstance(whole, float | int):
        return None
    if any(metric not in found for metric in NEEDED):
        return None
    invited = session.invitation
    who = invited.nonce if isinstance(invited, Invited) else session.id
    ends = [run.started + timedelta(seconds=run.duration_s) for run in session.runs]
    return Likeness(
        mark=_digest("\n".join(f"{metric}={found.get(metric)}" for metric in STEADY), salt),
        applicant=_digest(who, salt),
        check=_digest(session.id, salt),
        free=float(free),
        whole=float(whole),
        begun=session.started,
        ended=max(ends),
    )


def _known(
    latest: Mapping[str, Measurement | Failure],
) -> Iterator[tuple[str, Measurement]]:
    return ((metric, fact) for metric, fact in latest.items() if isinstance(fact, Measurement))


def _digest(text: str, salt: bytes) -> bytes:
    return hashlib.blake2b(text.encode("utf-8"), key=salt, digest_size=MARK_BYTES).digest()


def alike(rows: Iterable[ReviewRow]) -> tuple[Alike, ...]:
    """Rows of several applicants that seem to come from one computer, or from one model."""
    by_mark: dict[bytes, list[ReviewRow]] = defaultdict(list)
    for row in rows:
        if row.likeness is not None:
            by_mark[row.likeness.mark].append(row)
    found: list[Alike] = []
    for same in by_mark.values():
        if min(_applicants(same), _checks(same)) > MOST:
            found.append(Alike(rows=tuple(same), model=True))
        elif len(same) > 1:
            found += [
                Alike(rows=tuple(near), model=_at_once(near))
                for near in _near(same)
                if _applicants(near) > 1
            ]
    return tuple(found)


def with_alike(rows: Sequence[ReviewRow]) -> tuple[list[ReviewRow], tuple[Alike, ...]]:
    """The rows, those of one computer told their group; and all groups, those of models last."""
    groups = sorted(alike(rows), key=lambda group: group.model)
    told: dict[int, ReviewRow] = {}
    for number, group in enumerate(groups, start=1):
        if not group.model:
            others = len(group.rows) - 1
            told |= {
                id(row): msgspec.structs.replace(row, group=number, alike=others)
                for row in group.rows
            }

    def named(row: ReviewRow) -> ReviewRow:
        return told.get(id(row), row)

    return (
        [named(row) for row in rows],
        tuple(replace(group, rows=tuple(map(named, group.rows))) for group in groups),
    )


def _applicants(rows: Iterable[ReviewRow]) -> int:
    return len({row.likeness.applicant for row in rows if row.likeness is not None})


def _checks(rows: Iterable[ReviewRow]) -> int:
    """How many checks these are: one that answers many invitations is no model that many have."""
    return len({row.likeness.check for row in rows if row.likeness is not None})


def _near(rows: Sequence[ReviewRow]) -> list[list[ReviewRow]]:
    """Parts within which the free disk space differs little from one to the next."""
    ordered = sorted(enumerate(rows), key=lambda pair: _free(pair[1]))
    parts = [ordered[:1]]
    for (_, before), (place, row) in pairwise(ordered):
        if _free(row) - _free(before) > _room(row):
            parts.append([])
        parts[-1].append((place, row))
    return [[row for _, row in sorted(part, key=itemgetter(0))] for part in parts]


def _free(row: ReviewRow) -> float:
    return row.likeness.free if row.likeness is not None else 0.0


def _room(row: ReviewRow) -> float:
    whole = row.likeness.whole if row.likeness is not None else 0.0
    return max(NEAR_GIB, NEAR_SHARE * whole)


def _at_once(rows: Iterable[ReviewRow]) -> bool:
    """Whether two applicants were checked at the same time, which one computer cannot do.

    One check that answers two invitations is one all the same.
    """
    checks = sorted(
        (row.likeness for row in rows if row.likeness is not None), key=lambda one: one.begun
    )
    last: Likeness | None = None
    for check in checks:
        if last is not None and check.begun < last.ended and _others(check, last):
            return True
        if last is None or check.ended > last.ended:
            last = check
    return False


def _others(one: Likeness, other: Likeness) -> bool:
    return one.applicant != other.applicant and one.check != other.check


def shown_groups(groups: Iterable[Alike], rows: Iterable[ReviewRow]) -> list[Alike]:
    """The groups of which some report is among these rows."""
    files = {row.file for row in rows}
    return [group for group in groups if any(row.file in files for row in group.rows)]
