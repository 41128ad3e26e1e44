"""The whole table: ``python -m bench.voice [--quick] [--stl FOLDER] [--only FAMILY...]``.

FOLDER is a checkout of https://github.com/openitu/STL, whose recordings are then measured too;
espeak-ng must be installed. Exit status 1 if a row is not met.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.rows import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.rows import Row

FAMILIES = (
    "level",
    "snr",
    "suppression",
    "clipping",
    "bandwidth",
    "hum",
    "dropouts",
    "echo",
    "events",
    "telephone",
    "dtmf",
    "speed",
    "live",
)
"""Modules of this package. Each has ``rows()``, which may take ``stl`` and ``quick``."""


def main() -> int:
    """Print the rows as they come."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer voices and noises")
    options.add_argument("--stl", type=Path, metavar="FOLDER")
    options.add_argument("--only", nargs="+", choices=FAMILIES, default=FAMILIES, metavar="FAMILY")
    chosen = options.parse_args()
    begun = time.monotonic()
    good = show(
        row for family in chosen.only for row in _rows(family, chosen.stl, quick=chosen.quick)
    )
    print(f"\n{time.monotonic() - begun:.0f} s; {'all met' if good else 'not all met'}")
    return int(not good)


def _rows(family: str, stl: Path | None, *, quick: bool) -> Iterator[Row]:
    """Call the family's ``rows`` with what it can use."""
    rows = importlib.import_module(f"bench.voice.{family}").rows
    given = {"stl": stl, "quick": quick}
    taken = [name for name in inspect.signature(rows).parameters if name in given]
    found: Iterator[Row] = rows(**{name: given[name] for name in taken})
    return found


if __name__ == "__main__":
    sys.exit(main())
