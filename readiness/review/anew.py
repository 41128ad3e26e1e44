"""Another list over rows that were judged before: only what depends on the list is found out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from readiness.judge import Rule, facts_for
from readiness.model.finding import Overall, Verdict
from readiness.model.measurement import Measurement
from readiness.model.requirement import Level
from readiness.review.folded import payload_of
from readiness.review.lean import Lean
from readiness.review.packed import unpacked
from readiness.review.rows import OPEN

if TYPE_CHECKING:
    from readiness.model.requirement import Profile
    from readiness.review.rows import ReviewRow

VERDICTS = tuple(Verdict)
"""A verdict travels between processes as its place here."""


class Job(NamedTuple):
    """A report that was read and judged before, and with which nothing is wrong.

    Attributes:
        number: Of its row.
        data: Packed and folded.
    """

    number: int
    data: bytes


class Judged(NamedTuple):
    """What a list says of one report.

    Attributes:
        codes: Places in :data:`VERDICTS`, one for each requirement.
        disagree: Requirements of which the file says something else, as ``Origin.disagree``.
    """

    codes: bytes
    disagree: tuple[str, ...]


class Anew:
    """One list, made ready for thousands of reports; it goes to the other process.

    Args:
        asked: The list.
    """

    def __init__(self, asked: Profile) -> None:
        self._asked = asked
        self._rules = [Rule(one) for one in asked.requirements]
        self._places = {verdict: place for place, verdict in enumerate(VERDICTS)}
        self._decoder: msgspec.json.Decoder[Lean] | None = None

    def __getstate__(self) -> Profile:
        """What another process needs of it."""
        return self._asked

    def __setstate__(self, asked: Profile) -> None:
        """Made ready anew there."""
        self.__init__(asked)  # type: ignore[misc]  # nothing else was made of it yet

    def __call__(self, job: Job) -> Judged | None:
        """What the list says; none: a receipt must be looked at, which takes the whole way."""
        if self._decoder is None:
            self._decoder = msgspec.json.Decoder(Lean)
        report = self._decoder.decode(payload_of(unpacked(job.data)))
        latest = report.session.latest()
        if any(isinstance(one, Measurement) and one.evidence.receipt for one in latest.values()):
            return None
        found = facts_for(latest, self._asked)
        verdicts = [rule.verdict(found) for rule in self._rules]
        return Judged(
            bytes(map(self._places.__getitem__, verdicts)), self._disagree(report, verdicts)
        )

    def _disagree(self, report: Lean, verdicts: list[Verdict]) -> tuple[str, ...]:
        said = {one.requirement: one.verdict for one in report.findings}
        same = report.profile_digest == self._asked.digest
        return tuple(
            one.id
            for one, verdict in zip(self._asked.requirements, verdicts, strict=True)
            if said.get(one.id) is not verdict and (same or one.id in said)
        )


class _Told(NamedTuple):
    """What follows from one series of verdicts; thousands of rows share it."""

    overall: Overall
    verdicts: tuple[Verdict, ...]
    missing: tuple[str, ...]
    open: tuple[str, ...]
    wished: tuple[str, ...]


class Rewriting:
    """Puts what a list says into rows.

    Args:
        asked: The list.
    """

    def __init__(self, asked: Profile) -> None:
        self._asked = asked
        self._told: dict[bytes, _Told] = {}

    def row(self, row: ReviewRow, judged: Judged) -> ReviewRow:
        """The row by this list, as it was judged before."""
        told = self._told.get(judged.codes)
        if told is None:
            told = self._told[judged.codes] = self._what_follows(judged.codes)
        return replace(row, asked=self._asked, disagree=judged.disagree, **told._asdict())

    def _what_follows(self, codes: bytes) -> _Told:
        verdicts = tuple(VERDICTS[code] for code in codes)
        missing = self._having(verdicts, Level.MUST, Verdict.FAIL)
        undecided = self._having(verdicts, Level.MUST, *OPEN)
        outcome = Overall.OPEN if undecided else Overall.READY
        return _Told(
            overall=Overall.NOT_READY if missing else outcome,
            verdicts=verdicts,
            missing=missing,
            open=undecided,
            wished=self._having(verdicts, Level.SHOULD, Verdict.FAIL),
        )

    def _having(
        self, verdicts: tuple[Verdict, ...], level: Level, *wanted: Verdict
    ) -> tuple[str, ...]:
        return tuple(
            one.id
            for one, verdict in zip(self._asked.requirements, verdicts, strict=True)
            if verdict in wanted and one.level is level
        )
