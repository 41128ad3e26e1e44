"""Reports as they come: opened and read with suspicion, before anything is said of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.report.codec import decode_report
from readiness.report.files import envelope_in
from readiness.report.pdf_intake import TIME_LIMIT_S
from readiness.trust.contradictions import Oddity

if TYPE_CHECKING:
    from readiness.model.report import Report
    from readiness.report.seal import Unsealed

IMPOSSIBLE = frozenset(
    {
        "report-time-absurd",
        "report-unit-wrong",
        "report-value-wrong",
        "report-finding-unfounded",
        "report-contradicts-itself",
    }
)
"""Refusals of a report whose form is right and whose content cannot be."""


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """One report as it came: opened and read, and not yet compared with anything.

    Attributes:
        payload: Its bytes, those that were signed where they were.
        opened: The envelope; none if it carries no signature.
        report: None unless the signature holds and what it says can be.
        impossible: Why it cannot be, where its form is right.
    """

    payload: bytes
    opened: Unsealed | None = None
    report: Report | None = None
    impossible: Oddity | None = None

    @property
    def data(self) -> bytes:
        """Its bytes with every signature, without the PDF or page around them.

        Empty where it was put together again from its parts.
        """
        return self.payload if self.opened is None else self.opened.envelope

    @cached_property
    def digest(self) -> str:
        """The same for the same data with the same signatures, in whatever file they came.

        64 hexadecimal digits. The same data under another signature are another report: who copies
        data cannot sign them as the applicant did, and must not push the real one aside.
        """
        opened = self.opened
        signed = "unsigned" if opened is None else f"{opened.intact} {' '.join(opened.keyids)}"
        return hashlib.sha256(signed.encode() + b"\0" + self.payload).hexdigest()


def arrive(data: bytes, *, seconds: float = TIME_LIMIT_S) -> Arrived:
    """Open and read a report: an envelope, plain JSON, or a PDF or page that carries it.

    Args:
        data: The file.
        seconds: A PDF that takes longer is not read.

    Raises:
        InputError: It is no report, or its form is broken.
    """
    payload, opened = envelope_in(data, seconds=seconds)
    if opened is None:
        decode_report(payload)  # whatever it is, it must be a report
        return Arrived(payload=payload)
    if not opened.intact:
        return Arrived(payload=payload, opened=opened)
    try:
        return Arrived(payload=payload, opened=opened, report=decode_report(payload))
    except InputError as error:
        if error.reference not in IMPOSSIBLE:
            raise
        odd = Oddity(code=error.reference, text=error.what, where=error.where, values=error.values)
    return Arrived(payload=payload, opened=opened, impossible=odd)
