"""How long something takes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.locale import Reader

MINUTE = 60
EXACT = 20
"""Up to so many seconds each is told; of more, nobody counts on "about 62"."""


def duration(seconds: float, reader: Reader) -> str:
    """About how long, in words: "35 seconds", "4 minutes"."""
    if seconds >= MINUTE * 1.5:
        return reader.plural("{n} minute", "{n} minutes", round(seconds / MINUTE))
    step = 5 if seconds > EXACT else 1
    return reader.plural("{n} second", "{n} seconds", max(1, round(seconds / step) * step))
