"""Another list over rows that were judged before: only what depends on the list is found out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from readiness.judge import Rule, facts_for
from readiness.model.finding import Overall, Verdict
from readiness.model.measurement import Measurement
from readiness.model.report import Report
from readiness.model.requirement import Level
from readiness.review.rows import OPEN

if TYPE_CHECKING:
    from readiness.model.requirement import Profile
    from readiness.review.rows import ReviewRow


class Anew:
    """One list, made ready for thousands of reports.

    Args:
        asked: The list.
    """

    def __init__(self, asked: Profile) -> None:
        self._asked = asked
        self._rules = [(one, Rule(one)) for one in asked.requirements]

    def row(self, row: ReviewRow, payload: bytes) -> ReviewRow | None:
        """The row by this list; none: a receipt must be looked at, which takes the whole way.

        Args:
            row: As it was judged before; its report was read then, and nothing is wrong with it.
            payload: The data of that report.
        """
        report = msgspec.json.decode(payload, type=Report)
        latest = report.session.latest()
        if any(isinstance(one, Measurement) and one.evidence.receipt for one in latest.values()):
            return None
        found = facts_for(latest, self._asked)
        verdicts = tuple(rule.verdict(found) for _, rule in self._rules)
        missing = self._having(verdicts, Level.MUST, Verdict.FAIL)
        undecided = self._having(verdicts, Level.MUST, *OPEN)
        outcome = Overall.OPEN if undecided else Overall.READY
        return replace(
            row,
            asked=self._asked,
            overall=Overall.NOT_READY if missing else outcome,
            verdicts=verdicts,
            missing=missing,
            open=undecided,
            wished=self._having(verdicts, Level.SHOULD, Verdict.FAIL),
            disagree=self._disagree(report, verdicts),
        )

    def _having(
        self, verdicts: tuple[Verdict, ...], level: Level, *wanted: Verdict
    ) -> tuple[str, ...]:
        return tuple(
            one.id
            for (one, _), verdict in zip(self._rules, verdicts, strict=True)
            if verdict in wanted and one.level is level
        )

    def _disagree(self, report: Report, verdicts: tuple[Verdict, ...]) -> tuple[str, ...]:
        """Requirements of which the file says something else, as ``Origin.disagree``."""
        said = {finding.requirement: finding.verdict for finding in report.findings}
        same = report.profile_digest == self._asked.digest
        return tuple(
            one.id
            for (one, _), verdict in zip(self._rules, verdicts, strict=True)
            if said.get(one.id) is not verdict and (same or one.id in said)
        )
