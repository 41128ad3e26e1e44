"""What a profile would say about many sessions at once, and what a change of it changes.

Pure: sessions and profiles in, counts out. Every verdict is the judge's. Each rule is judged once
over all sessions and remembered, so that a change of one rule costs one rule.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from readiness.judge import OWN_LISTS, Rule, facts_for, for_some_only
from readiness.model.finding import Overall, Verdict
from readiness.model.requirement import Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readiness.model.measurement import Failure, Measurement, Session
    from readiness.model.requirement import Condition, Criterion, Profile, Requirement

VERDICTS = tuple(Verdict)
_NUMBERS = {verdict: number for number, verdict in enumerate(VERDICTS)}
OUTCOMES = (Overall.READY, Overall.OPEN, Overall.NOT_READY)
"""What the numbers of :attr:`Preview.outcomes` mean."""

REMEMBERED = 1000
"""So many rules are remembered: a profile has at most 200, and a person goes back and forth."""

_Facts: TypeAlias = "Mapping[str, Measurement | Failure]"
_Rule: TypeAlias = "tuple[tuple[Criterion, ...], Condition | None, object]"


@dataclass(frozen=True, kw_only=True)
class RuleCount:
    """One requirement over all sessions.

    Attributes:
        requirement: What is asked.
        verdicts: For each session the number of its verdict in :data:`VERDICTS`.
        refused: How many it would refuse: a must that is not met.
        alone: How many of these no other must refuses; without this one they would not be refused.
    """

    requirement: Requirement
    verdicts: bytes
    refused: int
    alone: int

    def count(self, verdict: Verdict) -> int:
        """How many sessions have this verdict."""
        return self.verdicts.count(VERDICTS.index(verdict))

    def verdict(self, session: int) -> Verdict:
        """The verdict of one session, by its number."""
        return VERDICTS[self.verdicts[session]]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """One profile over all sessions.

    Attributes:
        rules: One for each requirement, in the profile's order.
        outcomes: For each session the number of its overall result in :data:`OUTCOMES`.
    """

    rules: tuple[RuleCount, ...]
    outcomes: bytes

    def count(self, outcome: Overall) -> int:
        """How many sessions have this result."""
        return self.outcomes.count(OUTCOMES.index(outcome))

    def outcome(self, session: int) -> Overall:
        """The result of one session, by its number."""
        return OUTCOMES[self.outcomes[session]]


@dataclass(frozen=True, kw_only=True)
class RuleChange:
    """A requirement that weighs or counts otherwise than before; none on one side: new or gone."""

    id: str
    before: RuleCount | None
    after: RuleCount | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is different between two previews of the same sessions.

    Attributes:
        rules: Requirements with another verdict somewhere, another level, new or gone.
        moved: From which result to which -> the numbers of the sessions.
    """

    rules: tuple[RuleChange, ...]
    moved: Mapping[tuple[Overall, Overall], tuple[int, ...]]

    def into(self, outcome: Overall) -> tuple[int, ...]:
        """The sessions that have this result now and had another before."""
        return tuple(
            sorted(n for (_, to), all_ in self.moved.items() if to is outcome for n in all_)
        )

    def out_of(self, outcome: Overall) -> tuple[int, ...]:
        """The sessions that had this result before and have another now."""
        return tuple(
            sorted(n for (was, _), all_ in self.moved.items() if was is outcome for n in all_)
        )


class Crowd:
    """The sessions that profiles are tried on."""

    def __init__(self, sessions: Sequence[Session]) -> None:
        self._latest: list[_Facts] = [session.latest() for session in sessions]
        self._choosy = [n for n, latest in enumerate(self._latest) if for_some_only(latest)]
        self._facts: list[_Facts] | None = None
        self._known: OrderedDict[_Rule, bytes] = OrderedDict()

    def __len__(self) -> int:
        return len(self._latest)

    def preview(self, profile: Profile) -> Preview:
        """Count what the profile would say of every session."""
        facts = self._facts_for(profile)
        whose = (profile.endpoints, profile.digest) if self._choosy else None
        columns = [self._column(one, facts, whose) for one in profile.requirements]
        musts = [one.level is Level.MUST for one in profile.requirements]
        failed = [
            _where(column, Verdict.FAIL) if must else 0
            for column, must in zip(columns, musts, strict=True)
        ]
        once = twice = undecided = 0
        for column, must, mask in zip(columns, musts, failed, strict=True):
            twice |= once & mask
            once |= mask
            if must:
                undecided |= _where(column, Verdict.UNKNOWN, Verdict.BORDERLINE)
        rules = tuple(
            RuleCount(
                requirement=requirement,
                verdicts=column,
                refused=mask.bit_count(),
                alone=(mask & ~twice).bit_count(),
            )
            for requirement, column, mask in zip(profile.requirements, columns, failed, strict=True)
        )
        outcomes = (once << 1) | (undecided & ~once)
        return Preview(rules=rules, outcomes=outcomes.to_bytes(len(self), "big"))

    def _facts_for(self, profile: Profile) -> list[_Facts]:
        """The facts that count: of most sessions the same for every profile."""
        if self._facts is None:
            self._facts = [facts_for(latest, profile) for latest in self._latest]
        for number in self._choosy:
            self._facts[number] = facts_for(self._latest[number], profile)
        return self._facts

    def _column(self, asked: Requirement, facts: list[_Facts], whose: object) -> bytes:
        own = whose if asked.metrics() & OWN_LISTS else None
        rule = (asked.any_of, asked.applies_to, own)
        column = self._known.get(rule)
        if column is None:
            judged = Rule(asked).verdict
            column = bytes([_NUMBERS[judged(found)] for found in facts])
            self._known[rule] = column
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        self._known.move_to_end(rule)
        return column


def changes(before: Preview, after: Preview) -> Change:
    """What is different after a change of the profile; both are of the same sessions."""
    was = {one.requirement.id: one for one in before.rules}
    now = {one.requirement.id: one for one in after.rules}
    rules = tuple(
        RuleChange(id=name, before=was.get(name), after=now.get(name))
        for name in dict.fromkeys((*now, *was))
        if _differs(was.get(name), now.get(name))
    )
    moved: dict[tuple[Overall, Overall], list[int]] = {}
    if before.outcomes != after.outcomes:
        pairs = zip(before.outcomes, after.outcomes, strict=True)
        for number, (one, other) in enumerate(pairs):
            if one != other:
                moved.setdefault((OUTCOMES[one], OUTCOMES[other]), []).append(number)
    return Change(rules=rules, moved={key: tuple(found) for key, found in moved.items()})


def _differs(was: RuleCount | None, now: RuleCount | None) -> bool:
    if was is None or now is None:
        return True
    levels = was.requirement.level, now.requirement.level
    return levels[0] is not levels[1] or was.verdicts != now.verdicts


def _where(column: bytes, *verdicts: Verdict) -> int:
    """The sessions with one of these verdicts: a number with one byte for each, 1 or 0."""
    marks = bytes(VERDICTS[place] in verdicts for place in range(len(VERDICTS)))
    return int.from_bytes(column.translate(marks.ljust(256, b"\0")), "big")
