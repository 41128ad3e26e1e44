"""A row for each report: its verdict by the reader's requirements, and where it comes from.

Small, so that a hundred thousand fit into memory: codes and numbers, no report.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict

import msgspec

from readiness.model.finding import Verdict
from readiness.model.invited import Invited
from readiness.model.measurement import Measurement
from readiness.model.requirement import Level
from readiness.profiles.table import is_profile_id
from readiness.review.computers import RUN_SALT, likeness
from readiness.review.received import NAMELESS
from readiness.trust.origin import Mark, origin_of_arrived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from readiness.desk_archive.remarks import Remark
    from readiness.model.finding import Overall
    from readiness.model.measurement import Value
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.review.computers import Likeness
    from readiness.review.received import Received
    from readiness.trust.answering import Answers, Known
    from readiness.trust.origin import Check, Origin

SYSTEMS = {"win32": "windows", "darwin": "macos", "linux": "linux"}
OTHER_SYSTEM = "other"
"""Stands for what a file may say instead: that is a stranger's text, and no system."""
OPEN = (Verdict.UNKNOWN, Verdict.BORDERLINE)


class ReviewRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One report in the table. The garbage collector passes it by: nothing in it leads back to it.

    Attributes:
        file: Its name, fit to be shown.
        code: Comparison code.
        made: When the check began, by the applicant's clock; none where nothing is looked at.
        system: ``windows``, ``macos``, ``linux``, ``other``; empty where nothing is looked at.
        profile: Id of the requirements that the file names; ``?`` if it is none.
        asked: The reader's requirements that it was judged by; none: nothing was judged again.
        overall: Outcome by ``asked``.
        verdicts: One for each requirement of ``asked``.
        missing: What is required and not met, in the list's order.
        open: What is required and not decided.
        wished: What is only recommended and not met.
        unchanged: First statement.
        answers: Second statement; ``why`` is the English source text of the reason, or empty.
        seen: Third: the metrics that the reader's server saw. All others cannot be proven.
        disagree: Requirements of which the file says something else.
        odd: Codes of what does not fit together.
        metrics: The chosen ones, the same for all rows.
        values: What was found of each; none where there is none.
        digest: Its key in an archive, as ``Arrived.digest``.
        remark: What recruiters wrote, where it is in an archive.
        likeness: What tells its computer from others; none if too little is known of it.
        group: Number of the reports that seem to come from the same computer; 0: none does.
        alike: How many others that are.
    """

    file: str
    code: str
    made: datetime | None = None
    system: str = ""
    profile: str = ""
    asked: Profile | None = None
    overall: Overall | None = None
    verdicts: tuple[Verdict, ...] = ()
    missing: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    wished: tuple[str, ...] = ()
    unchanged: bool
    answers: Answers
    why: str = ""
    seen: tuple[str, ...] = ()
    disagree: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    values: tuple[Value | None, ...] = ()
    digest: str = ""
    remark: Remark | None = None
    likeness: Likeness | None = None
    group: int = 0
    alike: int = 0

    @property
    def worst(self) -> tuple[str, ...]:
        """What counts against it, worst first."""
        return (*self.missing, *self.open, *self.wished)

    def value(self, metric: str) -> Value | None:
        """What was found of a chosen metric; none if nothing was, or it was not chosen."""
        return self.values[self.metrics.index(metric)] if metric in self.metrics else None


def row_of(
    received: Received,
    known: Known,
    *,
    metrics: Sequence[str] = (),
    profile_of: Callable[[Report], Profile | None] | None = None,
    salt: bytes = RUN_SALT,
) -> ReviewRow:
    """Judge one report again and say what can be said of its origin.

    Args:
        received: Out of the intake.
        known: What the reader has; an answer that holds is noted as ``known.note`` does.
        metrics: Whose values are to be kept in the row.
        profile_of: Requirements to judge a report by, where ``known`` brings none.
        salt: For what tells one computer from others; the reader's own, if rows are kept.
    """
    report = received.arrived.report
    known = known_for(received, known, profile_of)
    origin = origin_of_arrived(received.arrived, known)
    if report is None:
        return ReviewRow(file=received.file, digest=received.arrived.digest, **_said(origin))
    invited = known.invitation.profile if known.invitation is not None else None
    seen = (check for check in origin.checks if check.mark is Mark.OBSERVED)
    return ReviewRow(
        file=received.file,
        digest=received.arrived.digest,
        **_said(origin),
        made=report.session.started,
        system=system_of(report.session.platform),
        profile=report.profile if is_profile_id(report.profile) else NAMELESS,
        asked=(known.profile or invited) if origin.again is not None else None,
        overall=origin.overall,
        verdicts=tuple(check.finding.verdict for check in origin.checks),
        missing=_having(origin.checks, Level.MUST, Verdict.FAIL),
        open=_having(origin.checks, Level.MUST, *OPEN),
        wished=_having(origin.checks, Level.SHOULD, Verdict.FAIL),
        seen=tuple(check.finding.measurement.metric for check in seen if check.finding.measurement),
        disagree=origin.disagree,
        metrics=tuple(metrics),
        values=_values(report, metrics),
        likeness=likeness(report, salt),
    )


def known_for(
    received: Received, known: Known, profile_of: Callable[[Report], Profile | None] | None
) -> Known:
    """What the reader has for this report: when it came, and its own list where they bring none."""
    report = received.arrived.report
    if known.received is None and received.taken_in is not None:
        known = replace(known, received=received.taken_in)
    brought = known.profile is not None or known.invitation is not None
    if report is None or brought or profile_of is None:
        return known
    return replace(known, profile=list_of(report, known, profile_of))


class _Said(TypedDict):
    """What can be said of every report, whatever is in it."""

    code: str
    unchanged: bool
    answers: Answers
    why: str
    odd: tuple[str, ...]


def _said(origin: Origin) -> _Said:
    return {
        "code": origin.code,
        "unchanged": origin.unchanged,
        "answers": origin.answers,
        "why": origin.why,
        "odd": tuple(oddity.code for oddity in origin.oddities),
    }


def list_of(
    report: Report, known: Known, profile_of: Callable[[Report], Profile | None]
) -> Profile | None:
    """The list that a report names, unless it answers an invitation that holds another.

    Who is invited could name an easier one, and be ready by it.
    """
    found, invited = profile_of(report), report.session.invitation
    if found is None or not isinstance(invited, Invited):
        return found
    issued = known.book.issued.get(invited.nonce) if known.book is not None else None
    asked = invited.profile_digest if issued is None else issued.profile_digest
    return found if found.digest == asked else None


def system_of(platform: str) -> str:
    """``windows``, ``macos``, ``linux``, or ``other``."""
    return SYSTEMS.get(platform, OTHER_SYSTEM)


def _having(checks: Iterable[Check], level: Level, *verdicts: Verdict) -> tuple[str, ...]:
    """The requirements of that level with one of these verdicts."""
    return tuple(
        check.finding.requirement
        for check in checks
        if check.finding.level is level and check.finding.verdict in verdicts
    )


def _values(report: Report, metrics: Sequence[str]) -> tuple[Value | None, ...]:
    if not metrics:
        return ()
    counting = report.session.latest()
    found = (counting.get(metric) for metric in metrics)
    return tuple(one.value if isinstance(one, Measurement) else None for one in found)
