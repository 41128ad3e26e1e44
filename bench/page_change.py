"""How long it takes to change to each page: built, laid out and painted.

    python bench/page_change.py [--language TAG] [--size 910x512]

Asked: at most 100 ms for every page. Each is built anew several times from the state that one walk
through the guide has brought; the median and the worst are printed. What is below the first
screenful may come a moment later; then it is also printed when the page was whole. Where anything
that is in sight came later, the page counts only from then on.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QCoreApplication, QEvent, QSize  # noqa: E402 - after the path
from PySide6.QtWidgets import QApplication  # noqa: E402

from readiness.locale import languages  # noqa: E402
from readiness.pseudo import PSEUDO  # noqa: E402
from tests.ui.stations import stations  # noqa: E402
from tests.ui.walk import Walk, opened, settle, until  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from ui.widgets.page import Page

ASKED_MS = 100
TIMES = 7
STATES = 2
"""A page is measured in at most so many of its states."""


@dataclass(frozen=True)
class Change:
    """Milliseconds from the wish to see a page until it is painted, and until it is whole."""

    painted: float
    whole: float


def change(walk: Walk) -> Change:
    """Change to the page once."""
    window, began = walk.window, time.perf_counter()
    window.again()
    QApplication.processEvents()
    while window.turning.going:
        QApplication.processEvents()
    window.repaint()
    painted = whole = _since(began)
    page = window.page
    if page is not None and not page.whole:
        first = _seen(page)
        looked = _since(began) - painted
        until(lambda: page.whole)
        whole = _since(began) - looked
        if _seen(page) != first:
            painted = whole
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    settle()
    return Change(painted, whole)


def _since(began: float) -> float:
    return 1000 * (time.perf_counter() - began)


def _seen(page: Page) -> QImage:
    """What is in sight of it, its scroll bar aside."""
    return page.scroller.viewport().grab().toImage()


def told(times: Sequence[Change]) -> str:
    """What is printed of several changes to one page."""
    said = f"{median(one.painted for one in times):.0f} ms"
    said += f", worst {max(one.painted for one in times):.0f} ms"
    later = [one.whole for one in times if one.whole > one.painted]
    return f"{said}; whole after {median(later):.0f} ms" if later else said


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
            times = [change(walk) for _ in range(TIMES)]
            slowest = max(slowest, median(one.painted for one in times))
            print(f"{station.name} ({page}): {told(times)}")
    print(f"slowest page: {slowest:.0f} ms (asked: at most {ASKED_MS} ms)")


if __name__ == "__main__":
    main()
