"""The dial tones of the world, looked up in the shipped table.

Pure but for reading ``resources/tables/call_tones.toml``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLE = Path(__file__).resolve().parents[3] / "resources" / "tables" / "call_tones.toml"

TOLERANCE_HZ = 12.0
"""ITU-T E.180 lets a single tone lie between 400 and 450 Hz; exchanges keep within 15 Hz of their
nominal value, those of the precise tone plan much closer."""

AS_CLOSE_HZ = 2.0
"""Tones whose nominal values are this close to each other cannot be told apart by ear or here."""


@dataclass(frozen=True, kw_only=True)
class CallTone:
    """One row of the table.

    Attributes:
        country: ISO 3166-1 code.
        hertz: The frequencies that sound together.
        cadence: Seconds on, off, on, off; empty: continuous.
        kind: Empty, or ``special``: of a line with messages or diverted calls.
        source: Key of the table's sources.
    """

    country: str
    hertz: tuple[float, ...]
    source: str
    cadence: tuple[float, ...] = ()
    kind: str = ""


@cache
def dial_tones() -> Sequence[CallTone]:
    """Every row of the shipped table."""
    with TABLE.open("rb") as stream:
        rows = tomllib.load(stream)["tones"]["dial"]
    return tuple(
        CallTone(
            country=row["country"],
            hertz=tuple(float(one) for one in row["hertz"]),
            source=row["source"],
            cadence=tuple(float(one) for one in row.get("cadence", ())),
            kind=row.get("kind", ""),
        )
        for row in rows
    )


def tones_like(hertz: Sequence[float], cadence: Sequence[float] = ()) -> tuple[CallTone, ...]:
    """The dial tones of these frequencies and this cadence; the closest, or none.

    Args:
        hertz: What was heard, in any order.
        cadence: A cadence of the table; empty: continuous.
    """
    heard = sorted(hertz)
    off = {
        tone: max(abs(ours - theirs) for ours, theirs in zip(heard, tone.hertz, strict=True))
        for tone in dial_tones()
        if len(tone.hertz) == len(heard) and tone.cadence == tuple(cadence)
    }
    closest = min(off.values(), default=TOLERANCE_HZ + 1)
    if closest > TOLERANCE_HZ:
        return ()
    return tuple(tone for tone, apart in off.items() if apart <= closest + AS_CLOSE_HZ)
