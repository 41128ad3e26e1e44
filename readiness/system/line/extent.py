"""How long a line is measured, and when the answer is certain."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Extent:
    """What a line backend is told besides its server.

    Attributes:
        seconds: How long data flows in each direction at most.
        packets: Of a call's stream on the idle line.
        targets: ``download``, ``upload`` -> thresholds in Mbit/s after which it may end early.
    """

    seconds: float = 6.5
    packets: int = 750
    targets: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
