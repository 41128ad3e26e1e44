"""Whether a report answers an invitation: by its number, its key, its requirements and its day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from readiness.model.invited import Invited
from readiness.model.text import N_
from readiness.trust.ledger import Issued

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.report.seal import Unsealed
    from readiness.trust.invitation import Invitation
    from readiness.trust.ledger import Answered, Book


_ANOTHER_FIRST = N_("Another report answered that invitation first.")


class Answers(StrEnum):
    """Whether a report answers the invitation."""

    YES = "yes"
    NO = "no"
    USED = "already-used"
    EXPIRED = "expired"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the reader has.

    Attributes:
        now: Their clock.
        received: When the reports came, if somebody says; else the ledger's day, else ``now``.
        invitation: The one that is to be answered.
        book: The ledger as it stands.
        note: Notes an answer in the ledger and gives the first one; none: nothing is noted.
        profile: Requirements to judge by; without it those of the invitation.
        receipt_key: The measuring server's key; without it the one that the invitation names.
    """

    now: datetime
    received: datetime | None = None
    invitation: Invitation | None = None
    book: Book | None = None
    note: Callable[[str, str], Answered] | None = None
    profile: Profile | None = None
    receipt_key: str = ""


def answers(report: Report, opened: Unsealed, known: Known) -> tuple[Answers, str]:
    """The second statement; an answer that holds is noted in the ledger."""
    invited = report.session.invitation
    if not isinstance(invited, Invited):
        return Answers.NO, N_("It names no invitation.")
    if known.invitation is None and known.book is None:
        return Answers.NOT_ASKED, N_("Name the invitation or the ledger to find out.")
    expected = _expected(invited, known)
    if isinstance(expected, str):
        return Answers.NO, expected
    why = _unlike(invited, opened, expected)
    if why:
        return Answers.NO, why
    if report.created > expected.expires:
        return Answers.EXPIRED, N_("It was made after the invitation had ended.")
    return _in_time_and_first(opened, expected, known)


def _unlike(invited: Invited, opened: Unsealed, expected: Issued) -> str:
    """Why it does not answer this invitation although it names it; empty if it does."""
    if opened.keyids != (expected.answer_key,):
        return N_("It was not signed with the key of that invitation.")
    if invited.profile_digest != expected.profile_digest:
        return N_("It names other requirements than that invitation holds.")
    return ""


def _expected(invited: Invited, known: Known) -> Issued | str:
    """The public side of the invitation that must be answered, or why there is none."""
    if known.invitation is not None:
        if known.invitation.terms.nonce != invited.nonce:
            return N_("It answers another invitation.")
        expected = Issued.of(known.invitation)
        if known.book is not None and known.book.issued.get(invited.nonce) != expected:
            return N_("That invitation does not stand in this ledger.")
        return expected
    found = known.book.issued.get(invited.nonce) if known.book is not None else None
    return found or N_("It answers an invitation that does not stand in this ledger.")


def _in_time_and_first(opened: Unsealed, expected: Issued, known: Known) -> tuple[Answers, str]:
    mine = hashlib.sha256(opened.payload).hexdigest()
    first = known.book.answered.get(expected.nonce) if known.book is not None else None
    received = known.received or (first.at if first and first.report == mine else known.now)
    late = received > expected.expires
    if first is None and not late:
        return noted(expected.nonce, mine, known)
    if first is not None and first.report != mine:
        return Answers.USED, _ANOTHER_FIRST
    if late:
        return Answers.EXPIRED, N_("It came after the invitation had ended.")
    return Answers.YES, ""


def noted(nonce: str, report: str, known: Known) -> tuple[Answers, str]:
    """The second statement about a report that answers in time: whether it is the first to do so.

    Args:
        nonce: The number of the invitation.
        report: SHA-256 of the report's signed bytes.
        known: Its ``note`` says which was first; without it this one is.
    """
    first = known.note(nonce, report) if known.note is not None else None
    if first is not None and first.report != report:
        return Answers.USED, _ANOTHER_FIRST
    return Answers.YES, ""
