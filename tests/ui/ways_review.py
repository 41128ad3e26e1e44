"""Ways to the recruiter's desk and to what lies on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from readiness.review.having import Having
from readiness.trust.ledger import Ledger
from tests.fakes.trust import BEGUN, answer, invitation, profile, rate, session
from tests.hostile.attacks import set_in
from tests.ui.walk import settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.trust.invitation import Invitation
    from tests.ui.walk import Walk

UPLOADS = (2.0, 3.5, 6.0, 7.5, 8.0, 12.0, 20.0, 24.0, 31.0)
"""Of applicants, in Mbit/s; 5 are asked."""


def with_upload(found: Invitation, upload: float) -> bytes:
    """An honest answer with another upload in Mbit/s, which the employer's server saw."""
    first, *others = session(found, nonce=found.terms.nonce).runs
    figures = (first.measurements[0], rate("line.upload", upload, nonce=found.terms.nonce))
    return answer(found, runs=(replace(first, measurements=figures), *others))


def heap(folder: Path) -> tuple[Path, Ledger]:
    """A folder of reports of all kinds, and the ledger of the invitations that they answer."""
    place = folder / "heap"
    place.mkdir(parents=True)
    invited = [invitation() for _ in UPLOADS]
    for number, (found, upload) in enumerate(zip(invited, UPLOADS, strict=True)):
        (place / f"a{number}.json").write_bytes(with_upload(found, upload))
    changed = answer(invited[0]).replace(b'"sig": "', b'"sig": "AAAA', 1)
    (place / "b1.json").write_bytes(changed)
    (place / "b2.json").write_bytes(with_upload(invited[1], 40.0))
    late = set_in("session.runs.1.started", "2026-03-03T09:00:05Z")
    (place / "b3.json").write_bytes(answer(invitation(), change=late))
    (place / "c1.json").write_bytes(b"{}")
    ledger = Ledger(folder / "invitations.readiness-ledger")
    ledger.issue(invited)
    return place, ledger


def empty(walk: Walk) -> None:
    """Nothing lies there yet."""
    walk.journey.reviewing.begin()
    walk.page("review")


def desk(walk: Walk) -> None:
    """Reports of all kinds."""
    place, ledger = heap(walk.engine.home / "received")
    reviewing = walk.journey.reviewing
    came = BEGUN + timedelta(hours=2)
    reviewing.start([str(place)], Having(profile=profile(), ledger=ledger, received=came))
    until(lambda: reviewing.heap is not None and reviewing.heap.rows)
    until(lambda: not reviewing.busy)


def going_on(walk: Walk) -> None:
    """Judging goes on."""
    reviewing = walk.journey.reviewing
    reviewing.busy, reviewing.total = "Judging all reports anew", 12
    walk.again()
    reviewing.progressed.emit(5)
    settle()


def refused(walk: Walk) -> None:
    """Which files were not read."""
    reviewing = walk.journey.reviewing
    reviewing.busy, reviewing.total = "", 0
    walk.again()
    walk.press("refused")


def keys(walk: Walk) -> None:
    """Sealed answers."""
    walk.press("keys")


def applicant(walk: Walk) -> None:
    """An honest one, whose figures the server saw."""
    _opened(walk, 5)


def odd(walk: Walk) -> None:
    """One that does not fit together."""
    _opened(walk, 11)


def _opened(walk: Walk, number: int) -> None:
    reviewing = walk.journey.reviewing
    reviewing.opened = None
    reviewing.open(number)
    until(lambda: reviewing.opened is not None and walk.window.name == "applicant")
    until(lambda: getattr(walk.window.page, "whole", False))


def side_by_side(walk: Walk) -> None:
    """Three of them."""
    walk.journey.turned.emit("review")
    walk.journey.reviewing.picked = (0, 5, 11)
    walk.journey.reviewing.line_up()
    walk.page("side-by-side")


def whole(walk: Walk) -> None:
    """All together."""
    walk.journey.turned.emit("review")
    walk.journey.reviewing.see_whole()
    walk.page("whole-set")
