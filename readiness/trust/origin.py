"""What can be said about where a report comes from: three statements, and one mark for each figure.

Unchanged since export; answers your invitation; measured on the applicant's own computer, which
cannot be proven, or observed by your server. Nothing more: see ``docs/trust.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from readiness.judge import judge, verdict
from readiness.model.finding import Verdict
from readiness.model.invited import Invited
from readiness.model.measurement import EvidenceKind, Measurement
from readiness.model.text import N_
from readiness.report.seal import comparison_code
from readiness.trust.answering import Answers, Known, answers
from readiness.trust.arrived import Arrived, arrive
from readiness.trust.contradictions import Oddity, contradictions
from readiness.trust.grounds import ground_of
from readiness.trust.ledger import Issued
from readiness.trust.misplaced import misplaced
from readiness.trust.observed import observed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from readiness.model.finding import Finding, Overall
    from readiness.model.measurement import Failure
    from readiness.model.report import Report
    from readiness.report.seal import Unsealed
    from readiness.trust.receipt import Seen


class Mark(StrEnum):
    """What one figure rests on."""

    MEASURED = "measured"
    OBSERVED = "observed-by-your-server"
    REPORTED = "reported-by-the-system"
    DECLARED = "declared"
    NOT_MEASURED = "not-measured"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One requirement, judged again.

    Attributes:
        mark: What it rests on.
        seen: What the reader's server saw of it.
        said: The verdict in the file; none if it holds none for this requirement.
    """

    finding: Finding
    mark: Mark
    seen: Seen | None
    said: Verdict | None


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What was found out about one report.

    Attributes:
        code: Comparison code of its signed bytes.
        unchanged: First statement.
        answers: Second statement.
        why: English source text of the reason behind the second, or empty.
        report: As the file has it; none if it was changed, or cannot be.
        again: Judged again by the reader's own requirements; none if there are none.
        checks: Each requirement of ``again``.
        disagree: Requirements whose verdict in the file is another than ``checks`` say.
        oddities: What does not fit together.
    """

    code: str
    unchanged: bool
    answers: Answers
    why: str = ""
    report: Report | None = None
    again: Report | None = None
    checks: tuple[Check, ...] = ()
    disagree: tuple[str, ...] = ()
    oddities: tuple[Oddity, ...] = ()

    @property
    def overall(self) -> Overall | None:
        """The outcome by the reader's own requirements."""
        return self.again.overall if self.again is not None else None

    @property
    def observed(self) -> bool:
        """Whether the reader's server saw any of it."""
        return any(check.mark is Mark.OBSERVED for check in self.checks)


def origin_of(data: bytes, known: Known) -> Origin:
    """Say what can be said about a report: an envelope, plain JSON, a PDF or page that carries it.

    Raises:
        InputError: It is no report, or its form is broken.
    """
    return origin_of_arrived(arrive(data), known)


def origin_of_arrived(arrived: Arrived, known: Known) -> Origin:
    """Say what can be said about a report that was read; an answer that holds is noted."""
    opened, report = arrived.opened, arrived.report
    if opened is None:
        return _worthless(arrived.payload, N_("It carries no signature."))
    if arrived.impossible is not None:
        return _impossible(arrived.payload, arrived.impossible)
    if report is None:
        why = N_("Its signature does not hold, so nothing in it is looked at.")
        return _worthless(arrived.payload, why)
    answered, why = answers(report, opened, known)
    return _judged(report, opened, known, answered=answered, why=why)


def _worthless(payload: bytes, why: str) -> Origin:
    return Origin(code=comparison_code(payload), unchanged=False, answers=Answers.NO, why=why)


def _impossible(payload: bytes, oddity: Oddity) -> Origin:
    return Origin(
        code=comparison_code(payload),
        unchanged=True,
        answers=Answers.NO,
        why=N_("What it holds cannot be, so it answers nothing."),
        oddities=(oddity,),
    )


def _judged(
    report: Report, opened: Unsealed, known: Known, *, answered: Answers, why: str
) -> Origin:
    issued = _issued(report, known)
    made = issued.created if issued is not None else None
    odd = contradictions(report, now=known.now, invited=made)
    profile = known.profile or (known.invitation.profile if known.invitation else None)
    seen, doubts = observed(
        report.session, known.receipt_key or (issued.receipt_key if issued else "")
    )
    origin = Origin(
        code=comparison_code(opened.payload),
        unchanged=True,
        answers=answered,
        why=why,
        report=report,
        oddities=(*odd, *misplaced(report), *doubts),
    )
    if profile is None:
        return origin
    overall, findings = judge(report.session, profile)
    said = {finding.requirement: finding.verdict for finding in report.findings}
    checks = tuple(check_of(finding, seen, said) for finding in findings)
    again = msgspec.structs.replace(
        report,
        profile=profile.id,
        profile_digest=profile.digest,
        overall=overall,
        findings=findings,
    )
    same = report.profile_digest == profile.digest
    differ = tuple(
        check.finding.requirement
        for check in checks
        if (same or check.said is not None) and check.said is not check.finding.verdict
    )
    return replace(
        origin,
        again=again,
        checks=checks,
        disagree=differ,
        oddities=(*origin.oddities, *_seen_otherwise(checks)),
    )


def _issued(report: Report, known: Known) -> Issued | None:
    """The public side of the invitation that it names, if the reader knows that."""
    invited = report.session.invitation
    if not isinstance(invited, Invited):
        return None
    if known.invitation is not None and known.invitation.terms.nonce == invited.nonce:
        return Issued.of(known.invitation)
    return known.book.issued.get(invited.nonce) if known.book is not None else None


_MARKS = {
    EvidenceKind.MEASURED: Mark.MEASURED,
    EvidenceKind.REPORTED: Mark.REPORTED,
    EvidenceKind.DECLARED: Mark.DECLARED,
}


def mark_of(fact: Measurement | Failure | None) -> Mark:
    """What a fact rests on that no server saw, whatever the file calls it."""
    return _MARKS[ground_of(fact)] if isinstance(fact, Measurement) else Mark.NOT_MEASURED


def check_of(finding: Finding, seen: Mapping[str, Seen], said: Mapping[str, Verdict]) -> Check:
    """One finding with its mark.

    Args:
        finding: Judged by the reader.
        seen: What their server saw, by metric.
        said: The verdicts in the file, by requirement.
    """
    found = finding.measurement
    told = None if found is None else seen.get(found.metric)
    mark = Mark.NOT_MEASURED
    if found is not None:
        ground = ground_of(found, finding)
        mark = _MARKS[ground]
        same = told is not None and _by_server(finding, told) is finding.verdict
        if same and ground is EvidenceKind.MEASURED:
            mark = Mark.OBSERVED
    return Check(
        finding=finding,
        mark=mark,
        seen=told,
        said=said.get(finding.requirement),
    )


def _by_server(finding: Finding, told: Seen) -> Verdict | None:
    """The verdict by what the server saw, which may differ a little; none if it saw too little."""
    criterion, found = finding.criterion, finding.measurement
    if criterion is None or found is None or told.rate is None or criterion.metric != found.metric:
        return None
    return verdict(criterion, msgspec.structs.replace(found, value=told.rate))


def _seen_otherwise(checks: Iterable[Check]) -> Iterator[Oddity]:
    """What is met by the file and not met by what the server saw."""
    for check in checks:
        finding, told = check.finding, check.seen
        if told is None or finding.measurement is None or finding.verdict is not Verdict.PASS:
            continue
        if _by_server(finding, told) is Verdict.FAIL:
            yield Oddity(
                code="receipt-says-otherwise",
                text=N_("{title}: by what your server saw it would not be met."),
                metric=finding.measurement.metric,
            )
