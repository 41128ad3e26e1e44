"""Two checks side by side against one list of requirements: what changed first, then the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from readiness.model.finding import Verdict
from readiness.model.text import N_
from readiness.report.rows import Writer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.locale import Reader
    from readiness.model.finding import Finding
    from readiness.model.measurement import Measurement
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.report.row import Row


class Turn(StrEnum):
    """What became of a requirement from the earlier check to the later one."""

    BETTER = "better"
    WORSE = "worse"
    OTHER = "other"
    SAME = "same"


WORDS: Mapping[Turn, str] = {
    Turn.BETTER: N_("better"),
    Turn.WORSE: N_("worse"),
    # Translators: the value is another one, but the verdict is the same.
    Turn.OTHER: N_("changed"),
    Turn.SAME: N_("the same"),
}
SYMBOLS: Mapping[Turn, str] = {
    Turn.BETTER: "↑",
    Turn.WORSE: "↓",
    Turn.OTHER: "≠",
    Turn.SAME: "=",
}
_BEST_FIRST = (Verdict.PASS, Verdict.BORDERLINE, Verdict.FAIL)
"""Between these a verdict can become better or worse; to and from the others it is another."""

_SHOWN_FIRST = (Turn.WORSE, Turn.BETTER, Turn.OTHER, Turn.SAME)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One requirement in both checks."""

    before: Row
    after: Row
    turn: Turn


def compare(
    before: Report, after: Report, profile: Profile, reader: Reader
) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    """The requirements that changed, the worse ones first, and those that did not.

    Args:
        before: The earlier check, judged against ``profile``.
        after: The later one, judged against the same.
        profile: What both were judged against.
        reader: Who reads.
    """
    writers = [Writer(profile, reader, report.session) for report in (before, after)]
    pairs = [
        Pair(before=writers[0].row(old), after=writers[1].row(new), turn=turn(old, new))
        for old, new in zip(before.findings, after.findings, strict=True)
    ]
    changed = [pair for pair in pairs if pair.turn is not Turn.SAME]
    changed.sort(key=lambda pair: _SHOWN_FIRST.index(pair.turn))
    return tuple(changed), tuple(pair for pair in pairs if pair.turn is Turn.SAME)


def turn(before: Finding, after: Finding) -> Turn:
    """What became of a requirement. Values within their uncertainty of each other are the same."""
    if before.verdict is not after.verdict:
        if before.verdict not in _BEST_FIRST or after.verdict not in _BEST_FIRST:
            return Turn.OTHER
        rank = _BEST_FIRST.index
        return Turn.BETTER if rank(after.verdict) < rank(before.verdict) else Turn.WORSE
    return Turn.SAME if alike(before.measurement, after.measurement) else Turn.OTHER


def alike(one: Measurement | None, other: Measurement | None) -> bool:
    """Whether two values are the same, numbers within the uncertainty of their difference."""
    if one is None or other is None:
        return one is other
    if one.metric != other.metric or isinstance(one.value, bool) != isinstance(other.value, bool):
        return False
    if isinstance(one.value, bool | str) or isinstance(other.value, bool | str):
        return one.value == other.value
    apart = math.hypot(one.uncertainty or 0.0, other.uncertainty or 0.0)
    return abs(one.value - other.value) <= apart + 1e-9 * abs(one.value)
