"""Two to six reports side by side, judged by one list of requirements: what differs comes first.

Pure, and without words: those are in ``compare_words``. Nothing that a file says of its own
verdicts is believed; each is worked out again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from typing import TYPE_CHECKING

from readiness.foreign import clean
from readiness.judge import judge
from readiness.model.errors import InputError
from readiness.model.finding import Verdict
from readiness.model.measurement import Failure, Measurement
from readiness.model.requirement import Level
from readiness.model.text import N_
from readiness.report.comparison import alike
from readiness.review.rows import known_for, list_of
from readiness.trust.origin import Mark, check_of, mark_of, origin_of_arrived

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from readiness.model.finding import Finding, Overall
    from readiness.model.measurement import Session
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.review.received import Received
    from readiness.trust.answering import Known
    from readiness.trust.origin import Check, Origin

FEWEST, MOST = 2, 6
"""Reports beside each other. More would be too narrow to read: that is what the table is for."""

_RANKED = (Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL)
"""Best first. What is not known, or does not apply, is neither better nor worse than anything."""


class Difference(StrEnum):
    """In what the reports of a line differ; what weighs most stands first."""

    VERDICT = "verdict"
    VALUE = "value"
    BASIS = "basis"
    NONE = "none"


class Standing(StrEnum):
    """How a report does in a line against what is asked, beside the others."""

    BEST = "best"
    WORST = "worst"


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the reports.

    Attributes:
        name: Its file, fit to be shown.
        session: What was found; none if nothing in the file is looked at.
        checks: One for each requirement of the list, in its order; empty without a session.
        overall: Outcome by that list; none without a session.
        origin: What can be said of where it comes from; none for a check that is no file.
    """

    name: str
    session: Session | None = None
    checks: tuple[Check, ...] = ()
    overall: Overall | None = None
    origin: Origin | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What one report has in a line.

    Attributes:
        finding: The requirement, judged; none where only a value is compared, or nothing is
            looked at.
        fact: What was found, or why nothing was; none where nothing was tried.
        mark: What it rests on; none where nothing is looked at.
        disagrees: The file states another verdict than ``finding`` has.
        said: That verdict; none where it states none.
        standing: Best or worst of these reports; none if neither, or if that cannot be said.
    """

    finding: Finding | None = None
    fact: Measurement | Failure | None = None
    mark: Mark | None = None
    disagrees: bool = False
    said: Verdict | None = None
    standing: Standing | None = None

    @property
    def verdict(self) -> Verdict | None:
        """Of the requirement; none where nothing is judged."""
        return None if self.finding is None else self.finding.verdict

    @property
    def value(self) -> Measurement | None:
        """What was found."""
        return self.fact if isinstance(self.fact, Measurement) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One requirement, or one metric that was asked for beside them.

    Attributes:
        requirement: Its id; empty in the line of a metric.
        metric: Its id; empty in the line of a requirement.
        level: Of the requirement.
        cells: One for each report.
    """

    requirement: str = ""
    metric: str = ""
    level: Level | None = None
    difference: Difference
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lineup:
    """The reports beside each other.

    Attributes:
        profile: What all were judged by.
        sides: Two to six, in the order in which they were given.
        lines: Verdicts that differ, values that differ by more than their uncertainty, values that
            rest on something else, then the rest; within each what is required first, and then in
            the order of the list.
    """

    profile: Profile
    sides: tuple[Side, ...]
    lines: tuple[Line, ...]

    @property
    def differing(self) -> tuple[Line, ...]:
        """The lines in which the reports differ."""
        return tuple(line for line in self.lines if line.difference is not Difference.NONE)


def line_up(
    received: Sequence[Received],
    known: Known,
    *,
    metrics: Sequence[str] = (),
    profile_of: Callable[[Report], Profile | None] | None = None,
) -> Lineup:
    """Judge reports again by one list and put them side by side.

    Args:
        received: Two to six, out of the intake.
        known: What the reader has; an answer that holds is noted as ``known.note`` does.
        metrics: Values to be compared beside the requirements.
        profile_of: The list of a report, where ``known`` brings none: it must be the same of all.

    Raises:
        InputError: ``not-side-by-side``: too few or too many; ``no-list-for-all``.
    """
    right_number(len(received))
    profile = _one_list(received, known, profile_of)
    known = replace(known, profile=profile)
    sides = [side_of(one, known_for(one, known, None)) for one in received]
    return lined_up(sides, profile, metrics=metrics)


def lined_up(sides: Sequence[Side], profile: Profile, *, metrics: Sequence[str] = ()) -> Lineup:
    """Put reports side by side that were judged by ``profile``.

    Raises:
        InputError: ``not-side-by-side``: too few or too many.
    """
    right_number(len(sides))
    lines = [
        _line([_judged(side, place) for side in sides], requirement=asked.id, level=asked.level)
        for place, asked in enumerate(profile.requirements)
    ]
    compared = {criterion.metric for asked in profile.requirements for criterion in asked.any_of}
    wanted = (metric for metric in dict.fromkeys(metrics) if metric not in compared)
    lines += [_line([_found(side, metric) for side in sides], metric=metric) for metric in wanted]
    return Lineup(profile=profile, sides=tuple(sides), lines=tuple(sorted(lines, key=_weight)))


def side_of(received: Received, known: Known) -> Side:
    """One report, judged again by ``known.profile``."""
    origin = origin_of_arrived(received.arrived, known)
    judged = origin.report if origin.again is not None else None
    return Side(
        name=received.file,
        session=None if judged is None else judged.session,
        checks=origin.checks,
        overall=origin.overall,
        origin=origin,
    )


def side_of_session(name: str, session: Session, profile: Profile) -> Side:
    """One check that is no file, such as one out of the archive."""
    overall, findings = judge(session, profile)
    checks = tuple(check_of(finding, {}, {}) for finding in findings)
    return Side(name=clean(name), session=session, checks=checks, overall=overall)


def right_number(reports: int) -> None:
    """Refuse too few and too many. Raises ``InputError``: ``not-side-by-side``."""
    if not FEWEST <= reports <= MOST:
        raise InputError(
            "not-side-by-side",
            N_("Two to six reports can stand side by side; here the number is {n}."),
            hint=N_("Choose those that you want to compare, by name or by a condition."),
            n=reports,
        )


def _one_list(
    received: Sequence[Received],
    known: Known,
    profile_of: Callable[[Report], Profile | None] | None,
) -> Profile:
    """The list by which all are judged: the reader's own, or the one that all were made for."""
    own = known.profile or (known.invitation.profile if known.invitation is not None else None)
    if own is not None:
        return own
    reports = [one.arrived.report for one in received if one.arrived.report is not None]
    found = [
        None if profile_of is None else list_of(report, known, profile_of) for report in reports
    ]
    lists = {None if one is None else one.digest: one for one in found}
    only = next(iter(lists.values())) if len(lists) == 1 else None
    if only is None:
        raise InputError(
            "no-list-for-all",
            N_("These reports do not all name one list of requirements that is known here."),
            hint=N_("Choose one to judge them all by; in a terminal with --profile."),
        )
    return only


def _judged(side: Side, place: int) -> Cell:
    """What a report has for the requirement at a place of the list."""
    if side.session is None:
        return Cell()
    check = side.checks[place]
    finding = check.finding
    odd = () if side.origin is None else side.origin.disagree
    return Cell(
        finding=finding,
        fact=finding.measurement or finding.failure,
        mark=check.mark,
        disagrees=finding.requirement in odd,
        said=check.said,
    )


def _found(side: Side, metric: str) -> Cell:
    """What a report has of a metric that nothing is asked of."""
    if side.session is None:
        return Cell()
    fact = side.session.latest().get(metric)
    return Cell(fact=fact, mark=mark_of(fact))


def _line(
    cells: Sequence[Cell], *, requirement: str = "", metric: str = "", level: Level | None = None
) -> Line:
    standings = _standings(cells)
    return Line(
        requirement=requirement,
        metric=metric,
        level=level,
        difference=_difference([cell for cell in cells if cell.mark is not None]),
        cells=tuple(
            replace(cell, standing=standing)
            for cell, standing in zip(cells, standings, strict=True)
        ),
    )


def _difference(cells: Sequence[Cell]) -> Difference:
    """In what these differ; what nothing is looked at in is not among them."""
    pairs = list(combinations(cells, 2))
    if any(one.verdict is not other.verdict for one, other in pairs):
        return Difference.VERDICT
    if not all(_same(one, other) for one, other in pairs):
        return Difference.VALUE
    if any(one.mark is not other.mark for one, other in pairs):
        return Difference.BASIS
    return Difference.NONE


def _same(one: Cell, other: Cell) -> bool:
    """Whether two values, or two reasons why there is none, are the same."""
    if isinstance(one.fact, Failure) and isinstance(other.fact, Failure):
        here, there = one.fact, other.fact
        return (here.failure, here.detail) == (there.failure, there.detail)
    return type(one.fact) is type(other.fact) and alike(one.value, other.value)


def _standings(cells: Sequence[Cell]) -> list[Standing | None]:
    """Best is what nothing is better than and something is worse than; worst the other way round.

    Values that lie within their uncertainty of each other are as good as each other, so that of
    three the middle one can be neither.
    """
    found: list[Standing | None] = []
    for cell in cells:
        worse = any(_better(cell, other) for other in cells)
        better = any(_better(other, cell) for other in cells)
        found.append(None if worse is better else Standing.BEST if worse else Standing.WORST)
    return found


def _better(one: Cell, other: Cell) -> bool:
    """Whether ``one`` does better than ``other`` against what is asked, as far as can be said.

    Of numbers alone: of a choice the verdict has said it already.
    """
    here, there = one.finding, other.finding
    if here is None or there is None:
        return False
    if here.margin is None or there.margin is None:
        return False
    if here.verdict not in _RANKED or there.verdict not in _RANKED:
        return False
    if here.verdict is not there.verdict:
        return _RANKED.index(here.verdict) < _RANKED.index(there.verdict)
    comparable = here.criterion == there.criterion and not _same(one, other)
    return comparable and here.margin > there.margin


def _weight(line: Line) -> tuple[int, int]:
    levels = list(Level)
    level = len(levels) if line.level is None else levels.index(line.level)
    return list(Difference).index(line.difference), level
