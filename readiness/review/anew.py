"""Another list over rows that were judged before: only what depends on the list is found out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import msgspec

from readiness.judge import Rule, facts_for
from readiness.model.finding import Overall, Verdict
from readiness.model.requirement import Level
from readiness.review.facts import read_facts
from readiness.review.rows import OPEN

if TYPE_CHECKING:
    from readiness.model.requirement import Profile
    from readiness.review.facts import Facts
    from readiness.review.rows import ReviewRow


class _Told(TypedDict):
    """What follows from one series of verdicts; thousands of rows share it."""

    overall: Overall
    verdicts: tuple[Verdict, ...]
    missing: tuple[str, ...]
    open: tuple[str, ...]
    wished: tuple[str, ...]


class Anew:
    """One list, made ready for thousands of reports.

    Args:
        asked: The list.
    """

    def __init__(self, asked: Profile) -> None:
        self._asked = asked
        self._rules = [Rule(one) for one in asked.requirements]
        self._ids = [one.id for one in asked.requirements]
        self._told: dict[tuple[int, ...], _Told] = {}
        """By the identities of the verdicts: the hash of a member of an enumeration is costly."""

    def row(self, row: ReviewRow, data: bytes) -> ReviewRow:
        """The row by this list.

        Args:
            row: As it was judged before.
            data: What of its report decides, see :mod:`readiness.review.facts`.
        """
        facts = read_facts(data)
        found = facts_for(facts.latest, self._asked)
        verdicts = [rule.verdict(found) for rule in self._rules]
        which = tuple(map(id, verdicts))
        told = self._told.get(which)
        if told is None:
            told = self._told[which] = self._what_follows(tuple(verdicts))
        disagree = self._disagree(facts, verdicts)
        return msgspec.structs.replace(row, asked=self._asked, disagree=disagree, **told)

    def _disagree(self, facts: Facts, verdicts: list[Verdict]) -> tuple[str, ...]:
        """Requirements of which the file says something else, as ``Origin.disagree``."""
        said = facts.said
        if list(map(said.get, self._ids)) == verdicts:
            return ()  # as nearly always
        same = facts.profile_digest == self._asked.digest
        return tuple(
            one.id
            for one, verdict in zip(self._asked.requirements, verdicts, strict=True)
            if said.get(one.id) is not verdict and (same or one.id in said)
        )

    def _what_follows(self, verdicts: tuple[Verdict, ...]) -> _Told:
        missing = self._having(verdicts, Level.MUST, Verdict.FAIL)
        undecided = self._having(verdicts, Level.MUST, *OPEN)
        outcome = Overall.OPEN if undecided else Overall.READY
        return {
            "overall": Overall.NOT_READY if missing else outcome,
            "verdicts": verdicts,
            "missing": missing,
            "open": undecided,
            "wished": self._having(verdicts, Level.SHOULD, Verdict.FAIL),
        }

    def _having(
        self, verdicts: tuple[Verdict, ...], level: Level, *wanted: Verdict
    ) -> tuple[str, ...]:
        return tuple(
            one.id
            for one, verdict in zip(self._asked.requirements, verdicts, strict=True)
            if verdict in wanted and one.level is level
        )
