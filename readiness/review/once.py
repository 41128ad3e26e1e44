"""Each report once: applicants send the PDF and its data, folders hold copies."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.review.received import Received, Refused, refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def once(
    found: Iterable[Received | Refused], first: dict[bytes, str] | None = None
) -> Iterator[Received | Refused]:
    """The same, but what came before is set aside with the name of the first.

    The same data under another signature are another report: who copies data cannot sign them as
    the applicant did, and must not push the real one aside.

    Args:
        found: Out of the intake.
        first: What came before this heap; what is new is put to it.
    """
    known = {} if first is None else first
    for one in found:
        if isinstance(one, Received):
            before = known.setdefault(_mark(one), one.file)
            if before is not one.file:
                yield refused(one.file, _twice(before), aside=True)
                continue
        yield one


def _mark(received: Received) -> bytes:
    """Equal for the same data with the same signatures."""
    arrived = received.arrived
    opened = arrived.opened
    signed = "unsigned" if opened is None else f"{opened.intact} {' '.join(opened.keyids)}"
    return hashlib.sha256(signed.encode() + b"\0" + arrived.payload).digest()


def _twice(before: str) -> InputError:
    return InputError("report-twice", N_("This is the same report as {file}."), file=before)
