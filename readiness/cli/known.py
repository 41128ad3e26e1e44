"""What a recruiter has when reports come in: invitations, ledger, keys, requirements, a clock."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readiness.cli.keys import read_public_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from readiness.model.requirement import Profile
    from readiness.review.having import Having
    from readiness.trust.answering import Known

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


def make_having(
    invitation: Path | None,
    ledger: Path | None,
    receipt_key: Path | None,
    profile: Profile | None,
    received: datetime | None,
    *,
    note: bool = False,
) -> Having:
    """What the options say that the reader has."""
    from readiness.review.having import Having
    from readiness.trust.invitation import read_invitation
    from readiness.trust.ledger import Ledger

    return Having(
        profile=profile,
        invitation=read_invitation(invitation, now=None) if invitation is not None else None,
        ledger=Ledger(ledger) if ledger is not None else None,
        receipt_key=read_public_file(receipt_key).signing if receipt_key is not None else "",
        received=received,
        note=note,
    )


def make_known(
    invitation: Path | None,
    ledger: Path | None,
    receipt_key: Path | None,
    profile: Profile | None,
    received: datetime | None,
    *,
    note: bool,
) -> Callable[[], Known]:
    """The same, asked again for each report, because each may be noted."""
    from readiness.review.having import knowing

    return knowing(make_having(invitation, ledger, receipt_key, profile, received, note=note))
