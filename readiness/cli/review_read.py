"""Reading a heap of reports for the terminal, with a word on the way where somebody watches."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rich.text import Text

from readiness.cli.console import err

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readiness.engine import Engine
    from readiness.locale import Reader
    from readiness.review.heap import Reading
    from readiness.review.received import Refused
    from readiness.review.rows import ReviewRow
    from readiness.trust.answering import Known
    from readiness.trust.keys import Keys

STRIDE = 20
"""Files after which somebody who watches is told how many were looked at."""


def reading(known: Known, metrics: tuple[str, ...], keys: Keys | None, engine: Engine) -> Reading:
    """How the heap is read; without an own list by the one that each report names, if known."""
    from readiness.review.heap import Reading

    own = known.profile is not None or known.invitation is not None
    named = cache(engine.known_profile)
    return Reading(
        known=known,
        metrics=metrics,
        lists={} if own else {one.digest: one for one in engine.profiles()},
        profile_of=lambda report: named(report.profile, report.profile_digest),
        keys=keys,
    )


def gathered(
    found: Iterable[ReviewRow | Refused], reader: Reader
) -> tuple[list[ReviewRow], list[Refused]]:
    """Rows, and what was refused."""
    from readiness.review.received import Refused

    rows: list[ReviewRow] = []
    refused: list[Refused] = []
    with err().status("", spinner="line") as status:
        for number, one in enumerate(found, start=1):
            if isinstance(one, Refused):
                refused.append(one)
            else:
                rows.append(one)
            if number % STRIDE == 0:
                words = reader.plural("{n} file looked at", "{n} files looked at", number)
                status.update(Text(words))
    return rows, refused
