"""What an employer wants to issue, whether it can be meant, and what was written of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.trust.code import to_code
from readiness.trust.terms import LONGEST_DAYS, LONGEST_NAME, is_name, is_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from readiness.trust.batch import Written


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an employer wants to issue.

    Attributes:
        profile: Id or path of the requirements.
        digest: What they were when somebody looked at them; empty: whatever they are now.
        employer: How the employer calls itself.
        days: How long the invitations last, 1 to 366.
        server: Address of the measuring server; empty: the applicant chooses.
        receipt_key: A file with the public keys of that server; none: it does not sign.
        seal: Whether answers are sealed to the employer.
        names: The employer's mark for each who is invited; one may be empty.
        inside: Whether that mark stands in the invitation as well.
        folder: Where the files go.
        ledger: The ledger's file; none: beside the invitations.
    """

    profile: str
    digest: str = ""
    employer: str = ""
    days: int = 14
    server: str = ""
    receipt_key: Path | None = None
    seal: bool = False
    names: Sequence[str] = ("",)
    inside: bool = False
    folder: Path
    ledger: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Issue:
    """What was written: the invitations, the table that says whose each is, and the ledger.

    Attributes:
        written: The invitations and their files; fewer than wanted where somebody stopped it.
        wanted: How many were wanted.
        index: The table of them.
        ledger: Where they are noted.
    """

    written: tuple[Written, ...]
    wanted: int
    index: Path
    ledger: Path

    @property
    def code(self) -> str:
        """The first invitation as text for a mail."""
        return to_code(self.written[0].invitation.envelope)


def unfit(wanted: Wanted) -> Iterator[InputError]:
    """What no invitation can hold, each with the name of its field as its place."""
    if not is_name(wanted.employer):
        yield InputError(
            "invitation-employer-unfit",
            N_("The name is longer than {longest} characters, or hides something."),
            where="employer",
            hint=N_("Write it on one line, as applicants know you."),
            longest=LONGEST_NAME,
        )
    if not 1 <= wanted.days <= LONGEST_DAYS:
        yield InputError(
            "invitation-expires-unfit",
            N_("An invitation lasts at least 1 and at most {most} days."),
            where="days",
            most=LONGEST_DAYS,
        )
    if wanted.server and not is_server(wanted.server):
        yield InputError(
            "invitation-server-unfit",
            N_("This is no address of a measuring server."),
            where="server",
            hint=N_("Write it in this form: {example}"),
            example="https://measure.example:8443",
        )
    if not all(map(is_name, wanted.names)):
        yield InputError(
            "invitation-reference-unfit",
            N_("The reference is longer than {longest} characters, or hides something."),
            where="reference",
            hint=N_("Write a number or a short name on one line."),
            longest=LONGEST_NAME,
        )
