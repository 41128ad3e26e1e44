"""A recruiter's note and decision on one report, as it stands and as it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from readiness.foreign import clean_lines
from readiness.model.errors import InputError
from readiness.model.text import N_

if TYPE_CHECKING:
    from datetime import datetime

LONGEST = {"note": 10_000, "reason": 500, "who": 80}
"""Letters: three pages, a few lines, a name."""


class Decision(StrEnum):
    """What a recruiter does with an applicant. The archive holds these words."""

    NONE = "none"
    INVITE = "invite"
    REJECT = "reject"
    ASK_AGAIN = "ask-again"


DECISIONS = {
    # Translators: a recruiter has not decided about an applicant yet.
    Decision.NONE: N_("none yet"),
    # Translators: a recruiter's decision about an applicant: to an interview
    Decision.INVITE: N_("invite"),
    # Translators: a recruiter's decision about an applicant
    Decision.REJECT: N_("reject"),
    # Translators: a recruiter's decision: the applicant is asked something or to check again
    Decision.ASK_AGAIN: N_("ask again"),
}
"""Decisions in words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What a recruiter writes.

    Attributes:
        note: Any text, on several lines.
        decision: One of four.
        reason: Why, in a line or two.
        who: A name that the recruiter chooses, or nothing.
    """

    note: str = ""
    decision: Decision = Decision.NONE
    reason: str = ""
    who: str = ""

    def plain(self) -> Written:
        """The same without signs that cannot be shown or kept."""
        return replace(
            self,
            note=clean_lines(self.note),
            reason=clean_lines(self.reason),
            who=clean_lines(self.who),
        )

    def tidy(self) -> Written:
        """The same, fit to be kept.

        Raises:
            InputError: ``remark-too-long``.
        """
        kept = self.plain()
        for name, most in LONGEST.items():
            length = len(getattr(kept, name))
            if length > most:
                raise InputError(
                    "remark-too-long",
                    N_("This text has {length} letters; {most} can be kept."),
                    where=name,
                    hint=N_("Shorten it, then save again."),
                    length=length,
                    most=most,
                )
        return kept

    def says_the_same(self, other: Written) -> bool:
        """Whether both say the same, whoever wrote them."""
        return (self.note, self.decision, self.reason) == (
            other.note,
            other.decision,
            other.reason,
        )


BLANK = Written()


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """What stands at a report.

    Attributes:
        version: Counts up from 1; 0: nobody has written anything yet.
        written: What it says.
        at: When it was saved, by the clock of the server or of the recruiter's computer.
    """

    version: int = 0
    written: Written = BLANK
    at: datetime | None = None


NOTHING_YET = Remark()


class ChangedMeanwhile(InputError):  # noqa: N818 - what happened, and no fault
    """Somebody else has written something since this was read; nothing was overwritten.

    Attributes:
        stands: What stands there now; its version is the one to save on.
    """

    def __init__(self, stands: Remark) -> None:
        super().__init__(
            "remark-changed-meanwhile",
            N_("Somebody else has written here meanwhile. Yours was not saved."),
            hint=N_("Read what stands there now, then save again."),
        )
        self.stands = stands
