"""The whole table: ``python -m bench.line [--quick] [--only ROWS]`` (Linux; peers need root).

Each row says what was asked and what was reached; other programs stand beside ours on the same
line. Exit status 1 if a row is not met. All of it takes some 45 minutes and two free processors.
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING

from bench.line import call, failures, loaded, quality, runs, serving, throughput
from bench.rows import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bench.rows import Row

RATES = (1.0, 5.0, 25.0, 100.0, 500.0)
DELAYS = (20.0, 80.0)

FULL: dict[str, Callable[[], Iterator[Row]]] = {
    "accuracy": lambda: throughput.accuracy(RATES, DELAYS, 3),
    "lossy": throughput.lossy,
    "peers": lambda: throughput.peers((5.0, 25.0, 100.0, 500.0), DELAYS),
    "idle": call.idle,
    "counts": call.counts,
    "irtt": call.beside_irtt,
    "loaded": loaded.loaded,
    "quality": quality.quality,
    "failures": failures.failures,
    "runs": runs.whole,
    "stop": runs.stopped,
    "effort": throughput.effort,
    "encrypted": runs.encrypted_effort,
    "serving": serving.serving,
}
QUICK: dict[str, Callable[[], Iterator[Row]]] = {
    **FULL,
    "accuracy": lambda: throughput.accuracy((5.0, 100.0), (20.0,), 1),
    "lossy": lambda: throughput.lossy(((25.0, 1),)),
    "peers": lambda: throughput.peers((25.0,), (20.0,)),
    "idle": lambda: call.idle((20.0,)),
    "counts": lambda: call.counts(call.GRID[4:5]),
    "irtt": lambda: call.beside_irtt((6.0,)),
    "loaded": lambda: loaded.loaded(((25.0, 5.0),), (100.0,)),
    "failures": lambda: failures.failures(failures.LISTS[:1]),
    "runs": lambda: runs.whole(thorough=False),
    "stop": lambda: runs.stopped(3),
}


def main() -> int:
    """Print the rows as they come."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="fewer lines and runs")
    options.add_argument("--only", nargs="+", choices=FULL, default=list(FULL), metavar="ROWS")
    chosen = options.parse_args()
    parts = QUICK if chosen.quick else FULL
    begun = time.monotonic()
    good = show(row for name in chosen.only for row in parts[name]())
    print(f"\n{(time.monotonic() - begun) / 60:.0f} min; {'all met' if good else 'not all met'}")
    return int(not good)


if __name__ == "__main__":
    sys.exit(main())
