"""What stays of a report whose data lie packed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.report.codec import decode_report
from readiness.report.seal import Unsealed
from readiness.review.folded import envelope_of, payload_of
from readiness.review.received import Received
from readiness.trust.arrived import Arrived

if TYPE_CHECKING:
    from datetime import datetime

    from readiness.trust.contradictions import Oddity


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A report without its data."""

    file: str
    signed: bool
    intact: bool = False
    payload_type: str = ""
    keyids: tuple[str, ...] = ()
    impossible: Oddity | None = None
    taken_in: datetime | None = None

    @property
    def whole(self) -> bool:
        """Whether what it holds is looked at: its signature holds, and it can be."""
        return self.intact and self.impossible is None

    def received(self, data: bytes) -> Received:
        """As it came out of the intake."""
        payload = payload_of(data)
        if not self.signed:
            return Received(file=self.file, arrived=Arrived(payload=payload))
        opened = Unsealed(
            payload=payload,
            payload_type=self.payload_type,
            keyids=self.keyids,
            intact=self.intact,
            envelope=envelope_of(data),
        )
        report = decode_report(payload) if self.whole else None
        arrived = Arrived(payload=payload, opened=opened, report=report, impossible=self.impossible)
        return Received(file=self.file, arrived=arrived, taken_in=self.taken_in)
