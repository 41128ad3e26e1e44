"""Matching: one session against many profiles. Which are met, which nearly, which not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from readiness.judge import judge
from readiness.model.finding import Overall, Verdict
from readiness.model.requirement import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readiness.model.finding import Finding
    from readiness.model.measurement import Session
    from readiness.model.requirement import Profile

NEARLY = 3
"""At most so many musts may be missing or open for "nearly"."""


class Nearness(StrEnum):
    """How near a session comes to a profile."""

    READY = "ready"
    NEARLY = "nearly"
    NOT = "not"


@dataclass(frozen=True, kw_only=True)
class Match:
    """One profile and how near the session comes to it.

    Attributes:
        profile: Whose requirements.
        nearness: ready, nearly (few musts missing and more met than missing), not.
        overall: The judge's word.
        findings: All findings.
        missing: The musts that are not met or not decided, failed ones first.
    """

    profile: Profile
    nearness: Nearness
    overall: Overall
    findings: tuple[Finding, ...]
    missing: tuple[Finding, ...]


def match(session: Session, profiles: Iterable[Profile]) -> tuple[Match, ...]:
    """Match the session with each profile, nearest first; equal ones keep their order."""
    return tuple(sorted((_match(session, profile) for profile in profiles), key=_distance))


def _match(session: Session, profile: Profile) -> Match:
    overall, findings = judge(session, profile)
    musts = [finding for finding in findings if finding.level is Level.MUST]
    failed = [finding for finding in musts if finding.verdict is Verdict.FAIL]
    undecided = [f for f in musts if f.verdict in (Verdict.UNKNOWN, Verdict.BORDERLINE)]
    missing = (*failed, *undecided)
    met = sum(finding.verdict is Verdict.PASS for finding in musts)
    if overall is Overall.READY:
        nearness = Nearness.READY
    elif len(missing) <= NEARLY and met > len(missing):
        nearness = Nearness.NEARLY
    else:
        nearness = Nearness.NOT
    return Match(
        profile=profile, nearness=nearness, overall=overall, findings=findings, missing=missing
    )


def _distance(found: Match) -> tuple[int, int, int]:
    failed = sum(finding.verdict is Verdict.FAIL for finding in found.missing)
    return list(Nearness).index(found.nearness), failed, len(found.missing)
