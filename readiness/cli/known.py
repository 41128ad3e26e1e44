"""What a recruiter has when reports come in: invitations, ledger, keys, requirements, a clock."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readiness.cli.keys import read_public_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.requirement import Profile
    from readiness.trust.answering import Known
    from readiness.trust.ledger import Answered

FILE = click.Path(path_type=Path)
_OPTIONS = (
    click.option("--invitation", type=FILE, metavar="FILE", help="The one that is to be answered."),
    click.option("--ledger", type=FILE, metavar="FILE", help="Every invitation that you issued."),
    click.option(
        "--profile", "reference", default="", metavar="ID|FILE", help="Judge by this list."
    ),
    click.option("--receipt-key", type=FILE, metavar="FILE", help="Public keys of your server."),
    click.option("--keys", "key_file", type=FILE, metavar="FILE", help="Opens sealed answers."),
    click.option(
        "--received",
        type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
        help="When the reports came, in your time; by default now.",
    ),
)


def with_known(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a subcommand the options by which a recruiter says what they have."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def make_known(
    invitation: Path | None,
    ledger: Path | None,
    receipt_key: Path | None,
    profile: Profile | None,
    received: datetime | None,
    *,
    note: bool,
) -> Callable[[], Known]:
    """What the reader has; asked again for each report, because each may be noted."""
    from readiness.trust.answering import Known
    from readiness.trust.invitation import read_invitation
    from readiness.trust.ledger import Book, Ledger

    one = read_invitation(invitation, now=None) if invitation is not None else None
    key = read_public_file(receipt_key).signing if receipt_key is not None else ""
    book = Ledger(ledger).read() if ledger is not None else None
    alone = Book()

    def remember(nonce: str, report: str) -> Answered:
        from readiness.trust.ledger import Answered

        now = datetime.now(UTC).replace(microsecond=0)
        came = received.astimezone(UTC) if received is not None else now
        held = book or alone
        if nonce not in held.answered:
            noted = ledger is not None and note
            held.answered[nonce] = (
                Ledger(ledger).answer(nonce, report, came)
                if noted and ledger is not None
                else Answered(nonce=nonce, report=report, at=came)
            )
        return held.answered[nonce]

    def known() -> Known:
        return Known(
            now=datetime.now(UTC),
            received=received.astimezone(UTC) if received is not None else None,
            invitation=one,
            book=book,
            note=remember,
            profile=profile,
            receipt_key=key,
        )

    return known
