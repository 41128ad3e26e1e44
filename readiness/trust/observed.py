"""Which figures the reader's own measuring server saw: receipts, compared with what is claimed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from readiness.model.invited import Invited
from readiness.model.measurement import Measurement
from readiness.model.text import N_
from readiness.trust.contradictions import Oddity
from readiness.trust.receipt import read_receipt

if TYPE_CHECKING:
    from readiness.model.measurement import Session
    from readiness.trust.receipt import Seen

DIRECTIONS = {"line.download": "download", "line.upload": "upload"}
"""Metric -> what the receipt must be about."""

RELATIVE, ABSOLUTE = 0.1, 0.3
"""How far a figure may be from what the server saw: both count the same bytes at two ends, over
windows that differ by some tenths of a second; Mbit/s for the absolute part."""

CLOCKS_APART = timedelta(hours=1)
"""Between the server's and the applicant's clock; more tells of a receipt from another day."""


def observed(session: Session, key: str) -> tuple[dict[str, Seen], tuple[Oddity, ...]]:
    """What the server with the public key ``key`` saw, by metric; and receipts that do not fit.

    Without a key nothing is observed and nothing is doubted: nobody can check a receipt then.
    """
    if not key:
        return {}, ()
    seen: dict[str, Seen] = {}
    doubts: list[Oddity] = []
    used: set[str] = set()
    for metric, found in session.latest().items():
        if not isinstance(found, Measurement) or found.evidence.receipt is None:
            continue
        receipt = found.evidence.receipt
        told = read_receipt(receipt, key)
        text = N_("{title}: its receipt was not signed by your server.")
        if told is not None:
            text = _doubt(session, found, told)
            if receipt.sig in used:
                text = N_("{title}: its receipt is another figure's.")
            used.add(receipt.sig)
        if told is None or text:
            doubts.append(Oddity(code="receipt-does-not-fit", text=text, metric=metric))
        else:
            seen[metric] = told
    return seen, tuple(doubts)


def _doubt(session: Session, found: Measurement, told: Seen) -> str:
    """Why the receipt does not bear the figure out; empty if it does."""
    invited = session.invitation
    if not isinstance(invited, Invited) or told.nonce != invited.nonce:
        return N_("{title}: its receipt was given for another invitation.")
    if DIRECTIONS.get(found.metric) != told.direction:
        return N_("{title}: its receipt is about something else.")
    if abs(told.at - found.at) > CLOCKS_APART:
        return N_("{title}: its receipt is of another time.")
    value = found.value
    if told.rate is None or isinstance(value, bool | str):
        return N_("{title}: your server saw too little of it.")
    room = max(ABSOLUTE, RELATIVE * told.rate)
    room += min(found.uncertainty or 0.0, room)  # a half width can be claimed like anything else
    if abs(value - told.rate) > room:
        return N_("{title}: your server saw another rate.")
    return ""
