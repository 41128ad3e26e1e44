"""What a recruiter has when reports come in: requirements, ledger, invitation, keys, a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from readiness.trust.answering import Known
from readiness.trust.ledger import Answered, Book

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.requirement import Profile
    from readiness.trust.invitation import Invitation
    from readiness.trust.keys import Keys
    from readiness.trust.ledger import Ledger


@dataclass(frozen=True, kw_only=True)
class Having:
    """What a recruiter has; everything may be missing.

    Attributes:
        profile: Requirements to judge by.
        invitation: The one that is to be answered.
        ledger: Every invitation that was issued.
        receipt_key: Public key of their measuring server, or empty.
        keys: Open what was sealed to them.
        received: When the reports came; none: now.
        note: Note in the ledger for good which report was the first to answer.
    """

    profile: Profile | None = None
    invitation: Invitation | None = None
    ledger: Ledger | None = None
    receipt_key: str = ""
    keys: Keys | None = None
    received: datetime | None = None
    note: bool = False


def knowing(
    having: Having, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Callable[[], Known]:
    """What the reader knows; asked again for each report, because each may be noted.

    Raises:
        InputError: The ledger cannot be read.
    """
    book = having.ledger.read() if having.ledger is not None else None
    held = book or Book()
    came = having.received.astimezone(UTC) if having.received is not None else None

    def remember(nonce: str, report: str) -> Answered:
        if nonce not in held.answered:
            at = came or now().replace(microsecond=0)
            noted = having.ledger if having.note else None
            held.answered[nonce] = (
                Answered(nonce=nonce, report=report, at=at)
                if noted is None
                else noted.answer(nonce, report, at)
            )
        return held.answered[nonce]

    def known() -> Known:
        return Known(
            now=now(),
            received=came,
            invitation=having.invitation,
            book=book,
            note=remember,
            profile=having.profile,
            receipt_key=having.receipt_key,
        )

    return known
