"""Long lists of words for the pages: put together on the worker, kept until others are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, TypeVarTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.engine import Match
    from readiness.locale import Reader
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.report.comparison import Pair
    from readiness.report.contents import Part
    from readiness.report.evidence import Fact
    from readiness.report.words import Row

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
MOST = 2
"""So many lists of a kind are kept: of a report, and of the same with something withheld."""


class Wording:
    """Each list is kept for the very things it was made of, and no longer.

    Who has just found something on the worker asks for its words there, so that the page has them
    at once; after a change of language the page is the first to ask.
    """

    def __init__(self) -> None:
        self._kept: dict[object, list[tuple[tuple[object, ...], object]]] = {}

    def forget(self) -> None:
        """Keep nothing: a check is being deleted."""
        self._kept.clear()

    def rows(self, report: Report, profile: Profile, reader: Reader) -> tuple[Row, ...]:
        """The findings of a report."""
        from readiness.report.words import rows

        return self._once(rows, report, profile, reader)

    def headline(self, report: Report, profile: Profile | None, reader: Reader) -> tuple[str, str]:
        """What is so in one line, and a second one on what to do."""
        from readiness.report.words import headline

        return self._once(headline, report, profile, reader)

    def contents(self, report: Report, profile: Profile, reader: Reader) -> tuple[Part, ...]:
        """Every value that a report tells."""
        from readiness.report.contents import contents

        return self._once(contents, report.session, profile, reader)

    def frame(self, report: Report, profile: Profile, reader: Reader) -> tuple[Fact, ...]:
        """What a report tells whatever is left out."""
        from readiness.report.contents import frame

        return self._once(frame, report, profile, reader)

    def compared(
        self, before: Report, after: Report, profile: Profile, reader: Reader
    ) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """What has changed between two checks, and what has not."""
        from readiness.report.comparison import compare

        return self._once(compare, before, after, profile, reader)

    def missing(self, matches: tuple[Match, ...], reader: Reader) -> tuple[str, ...]:
        """What is missing to each list, in their order."""
        return self._once(_missing, matches, reader)

    def _once(self, make: Callable[[*Ts], T], *of: *Ts) -> T:
        """What was made of just these, or is made now."""
        wanted = cast("tuple[object, ...]", of)
        kept = self._kept.get(make, [])
        for known, made in kept:
            if all(a is b for a, b in zip(known, wanted, strict=True)):
                return cast("T", made)
        fresh = make(*of)
        self._kept[make] = [(wanted, fresh), *kept[: MOST - 1]]
        return fresh


def _missing(matches: tuple[Match, ...], reader: Reader) -> tuple[str, ...]:
    from readiness.report.asked import missing_words

    return tuple(missing_words(found.missing, found.profile, reader) for found in matches)
