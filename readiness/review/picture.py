"""The picture of a whole set of rows, as data: how many are ready, which requirement fails most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.model.finding import Verdict
from readiness.model.requirement import Level
from readiness.review.rows import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from readiness.model.finding import Overall
    from readiness.model.requirement import Profile
    from readiness.review.rows import ReviewRow
    from readiness.trust.answering import Answers


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How one requirement was met: reports that it applies to, and those that fell short."""

    requirement: str
    level: Level
    judged: int
    failed: int
    undecided: int


@dataclass(frozen=True, kw_only=True)
class ListPicture:
    """All reports that were judged by one list; what fails most stands first."""

    asked: Profile
    reports: int
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The whole set.

    Attributes:
        reports: How many rows.
        changed: How many were changed since export, or carry no signature.
        odd: How many hold something that does not fit together, or another verdict than follows.
        overall: Outcome -> how many; none: not judged.
        answers: Second statement -> how many.
        lists: One for each list that some were judged by.
    """

    reports: int
    changed: int
    odd: int
    overall: Mapping[Overall | None, int]
    answers: Mapping[Answers, int]
    lists: tuple[ListPicture, ...]


def picture(rows: Sequence[ReviewRow]) -> Picture:
    """What can be said of these rows together."""
    asked = {row.asked.digest: row.asked for row in rows if row.asked is not None}
    return Picture(
        reports=len(rows),
        changed=sum(not row.unchanged for row in rows),
        odd=sum(bool(row.odd or row.disagree) for row in rows),
        overall=Counter(row.overall for row in rows),
        answers=Counter(row.answers for row in rows),
        lists=tuple(_by_list(rows, one) for one in asked.values()),
    )


def _by_list(rows: Iterable[ReviewRow], asked: Profile) -> ListPicture:
    judged = [
        row.verdicts for row in rows if row.asked is not None and row.asked.digest == asked.digest
    ]
    levels = list(Level)
    found = sorted(
        _tallies(judged, asked),
        key=lambda one: (levels.index(one.level), -one.failed, -one.undecided),
    )
    return ListPicture(asked=asked, reports=len(judged), tallies=tuple(found))


def _tallies(judged: Sequence[tuple[Verdict, ...]], asked: Profile) -> list[Tally]:
    return [
        Tally(
            requirement=requirement.id,
            level=requirement.level,
            judged=sum(verdict is not Verdict.NOT_APPLICABLE for verdict in column),
            failed=sum(verdict is Verdict.FAIL for verdict in column),
            undecided=sum(verdict in OPEN for verdict in column),
        )
        for requirement, column in zip(asked.requirements, zip(*judged, strict=True), strict=True)
    ]
