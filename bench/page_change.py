"""How long it takes to change to each page: built, laid out and painted.

    python bench/page_change.py [--language TAG] [--size 910x512]

Asked: at most 100 ms for every page. Each is built anew several times from the state that one walk
through the guide has brought; the median and the worst are printed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QCoreApplication, QEvent, QSize  # noqa: E402 - after the path
from PySide6.QtWidgets import QApplication  # noqa: E402

from readiness.locale import languages  # noqa: E402
from readiness.pseudo import PSEUDO  # noqa: E402
from tests.ui.stations import stations  # noqa: E402
from tests.ui.walk import Walk, opened, settle  # noqa: E402

ASKED_MS = 100
TIMES = 7
STATES = 2
"""A page is measured in at most so many of its states."""


def changes(walk: Walk) -> list[float]:
    """Milliseconds from the wish to see the page until it is painted, several times."""
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        walk.window.again()
        QApplication.processEvents()
        walk.window.repaint()
        found.append(1000 * (time.perf_counter() - began))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        settle()
    return found


def main() -> None:
    """Print every page's time against what is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="en", choices=(*languages(), *PSEUDO))
    parser.add_argument("--size", default="1120x720", help="WIDTHxHEIGHT in pixels")
    wanted = parser.parse_args()
    size = QSize(*map(int, wanted.size.split("x")))
    done: dict[str, int] = {}
    slowest = 0.0
    with (
        tempfile.TemporaryDirectory() as home,
        opened(Path(home), language=wanted.language, size=size) as walk,
    ):
        for station in stations(walk):
            page = walk.window.name
            if walk.shown is not walk.window or done.get(page, 0) >= STATES:
                continue
            done[page] = done.get(page, 0) + 1
            times = changes(walk)
            slowest = max(slowest, median(times))
            print(f"{station.name} ({page}): {median(times):.0f} ms, worst {max(times):.0f} ms")
    print(f"slowest page: {slowest:.0f} ms (asked: at most {ASKED_MS} ms)")


if __name__ == "__main__":
    main()
