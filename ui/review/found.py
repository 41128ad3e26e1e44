"""What the worker finds out for the desk's pages: one report, a change, the whole set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.locale import Reader
    from readiness.model.requirement import Profile
    from readiness.report.words import Row
    from readiness.review.desk import Desk, Heap
    from readiness.review.picture import Picture
    from readiness.review.rows import ReviewRow
    from readiness.review.spread import Spread
    from readiness.trust.origin import Origin


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One report that is looked at.

    Attributes:
        number: Of its row.
        origin: What can be said of it.
        asked: The list by which it was judged anew; none: by the one in the file.
        headline: The two lines above what the applicant saw, in the words of ``language``.
        rows: What that is, in the same words; empty if nothing is looked at; none: not yet known.
    """

    number: int
    origin: Origin
    asked: Profile | None
    headline: tuple[str, str]
    rows: tuple[Row, ...] | None
    language: str


@dataclass(frozen=True, kw_only=True)
class WholeSet:
    """What can be said of many reports together, and how their figures are spread.

    Attributes:
        spreads: With the digest of the list by which the reports were judged.
    """

    picture: Picture
    spreads: tuple[tuple[str, Spread], ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """What another list has changed: verdicts that are different, and who was and is ready."""

    different: int
    before: int
    now: int


def look_at(desk: Desk, number: int, reader: Reader) -> Opened:
    """Judge one report again, and say what stands at the top. Raises ``StorageError``."""
    from readiness.report.words import headline

    origin = desk.origin(number)
    asked, seen = desk.asked_of(origin), origin.again or origin.report
    return Opened(
        number=number,
        origin=origin,
        asked=asked,
        headline=headline(seen, asked, reader) if seen is not None else ("", ""),
        rows=None if seen is not None else (),
        language=reader.language,
    )


def in_words(opened: Opened, reader: Reader) -> Opened:
    """The same with what the applicant saw, which takes longer."""
    from readiness.report.words import rows

    seen = opened.origin.again or opened.origin.report
    return opened if seen is None else replace(opened, rows=rows(seen, opened.asked, reader))


def change_between(before: Heap | None, after: Heap) -> Change:
    """What is different between two judgements of the same reports."""
    from readiness.model.finding import Overall

    was = () if before is None else before.rows
    pairs = list(zip(was, after.rows, strict=False))
    return Change(
        different=sum(one.overall is not other.overall for one, other in pairs),
        before=sum(one.overall is Overall.READY for one, _ in pairs),
        now=sum(other.overall is Overall.READY for _, other in pairs),
    )


def whole_set(rows: Sequence[ReviewRow]) -> WholeSet:
    """Count everything, and spread the figures of the reports of each list."""
    from readiness.review.picture import picture
    from readiness.review.spread import criterion_of, spread

    found = picture(rows)
    metrics = next((row.metrics for row in rows if row.metrics), ())
    spreads = []
    for one in found.lists:
        judged = [r for r in rows if r.asked is not None and r.asked.digest == one.asked.digest]
        for metric in metrics:
            figures = spread(judged, metric, criterion_of(one.asked, metric))
            if figures is not None:
                spreads.append((one.asked.digest, figures))
    return WholeSet(picture=found, spreads=tuple(spreads))
