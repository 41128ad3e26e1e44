"""What the second process does while the intake is measured; apart, so that it starts fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.review.intake import Limits, Received, open_plain

if TYPE_CHECKING:
    from readiness.review.received import Refused
    from readiness.review.tasks import Task


def payload(task: Task | Refused) -> bytes | None:
    """The bytes of a report that was read with all care; none if it is none."""
    found = open_plain(task, Limits()) if isinstance(task, tuple) else None
    return found.arrived.payload if isinstance(found, Received) else None
