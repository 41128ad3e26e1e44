"""One figure of a bench: what was asked and what was reached; and the table of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure: what was asked and what was reached."""

    figure: str
    asked: str
    reached: str
    met: bool


def show(rows: Iterator[Row]) -> bool:
    """Print the rows as they come, as a table; whether all were met."""
    print("| figure | asked | reached | met |")
    print("|---|---|---|---|", flush=True)
    good = True
    for row in rows:
        good &= row.met
        met = "yes" if row.met else "**no**"
        print(f"| {row.figure} | {row.asked} | {row.reached} | {met} |", flush=True)
    return good
