"""How quick the recruiter's desk is with 100,000 reports. ``python -m bench.desk_table``.

The table: made-up rows, the real page. Asked: first paint within 200 ms, sorting and filtering
within 50 ms, and no gap of more than 50 ms in the window's event loop, also while the rows are made
ready and while reports are judged anew. Then real report files: judging 10,000 of them by another
list within 2 s, and opening one within 50 ms.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from bench.intake_figures import write_heap
from bench.rows import Row, show
from readiness.model.finding import Overall
from readiness.review.desk import METRICS, Heap
from readiness.review.having import Having
from readiness.review.rows import ReviewRow
from readiness.review.view import Wish
from readiness.trust.answering import Answers
from tests.fakes import reports as made
from tests.fakes.engine import FakeEngine
from ui.app import prepare
from ui.settings import Settings
from ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = 100_000
REPORTS = 10_000
STEP_MS, ASK_MS, SELDOM_MS = 5, 2, 50
PAINT_MS, WISH_MS, GAP_MS, OPEN_MS, JUDGE_S = 200, 50, 50, 50, 2.0
REPEATS = 3
LINGER_S = 0.2


class Gaps:
    """The longest time between two ticks of the window's event loop."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(STEP_MS)

    def fresh(self) -> None:
        """Forget what was."""
        self.longest, self._last = 0.0, time.perf_counter()

    def _tick(self) -> None:
        moment = time.perf_counter()
        self.longest = max(self.longest, (moment - self._last) * 1000)
        self._last = moment


def some_rows(number: int) -> tuple[ReviewRow, ...]:
    """Made-up reports of all kinds, in the order of their names."""
    chance = random.Random(1)  # noqa: S311 - no secret
    asked = made.profile()
    names = [requirement.id for requirement in asked.requirements]
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    outcomes = [*Overall, None]

    def one(n: int) -> ReviewRow:
        overall = chance.choice(outcomes)
        missing = tuple(chance.sample(names, k=chance.randrange(3)))
        return ReviewRow(
            file=f"answers/readiness-acme-{n:06}.readiness.json",
            code=f"{n:08X}",
            made=begun + timedelta(minutes=chance.randrange(500_000)),
            system=chance.choice(("windows", "macos", "linux")),
            profile=asked.id,
            asked=asked if overall is not None else None,
            overall=overall,
            missing=missing if overall is Overall.NOT_READY else (),
            unchanged=overall is not None,
            answers=chance.choice(list(Answers)),
            metrics=METRICS,
            values=tuple(
                "usb-corded" if metric == "headset.link" else round(chance.uniform(0, 100), 2)
                for metric in METRICS
            ),
        )

    return tuple(one(n) for n in range(number))


def until(holds: Callable[[], object], *, seconds: float = 600, every_ms: int = ASK_MS) -> None:
    """Let the window live until something holds, in an event loop such as the program's.

    Args:
        holds: What is waited for.
        seconds: It comes by then.
        every_ms: How often that is asked. While a worker reckons, asking takes the window's time.
    """
    end, loop, asking = time.monotonic() + seconds, QEventLoop(), QTimer()

    def ask() -> None:
        if time.monotonic() > end or holds():
            loop.quit()

    asking.timeout.connect(ask)
    asking.start(every_ms)
    loop.exec()
    if not holds():
        raise TimeoutError


def timed(work: Callable[[], object]) -> float:
    """Milliseconds, with what is painted after it."""
    begin = time.perf_counter()
    work()
    QApplication.processEvents()
    return (time.perf_counter() - begin) * 1000


def linger() -> None:
    """Let the window live until what was turned to is painted and has its place."""
    end = time.monotonic() + LINGER_S
    until(lambda: time.monotonic() > end)


def fastest(work: Callable[[], object]) -> float:
    """Of three: other programs only ever slow it down."""
    return min(timed(work) for _ in range(REPEATS))


def row_of(figure: str, asked: float, reached: float, unit: str = "ms") -> Row:
    """A figure that must not be greater than what is asked."""
    digits = 0 if unit == "ms" else 2
    return Row(
        figure=figure,
        asked=f"<= {asked:g} {unit}",
        reached=f"{reached:.{digits}f} {unit}",
        met=reached <= asked,
    )


WISHES = {
    "sort by a figure": Wish(key="line.upload"),
    "the other way round": Wish(key="line.upload", falling=True),
    "sort by the day": Wish(key="made"),
    "sort by the name": Wish(key="file"),
    "sort by what is missing": Wish(key="missing"),
    "search for letters": Wish(text="0042"),
    "search for a condition": Wish(text="line.upload<5"),
    "ready alone": Wish(verdict="ready"),
    "unchanged, answered, searched, sorted": Wish(
        unchanged="yes", answers="yes", text="9", key="line.upload"
    ),
}


def table(window: Window, number: int, gaps: Gaps) -> Iterator[Row]:
    """The table with made-up rows."""
    reviewing = window.journey.reviewing
    reviewing.begin()
    rows = some_rows(number)
    linger()
    gaps.fresh()
    begin = time.perf_counter()
    heap = Heap(rows=rows)
    ready: list[object] = []
    reviewing._call(  # noqa: SLF001 - what the worker does after reading, begun as it begins that
        lambda: reviewing._view(heap),  # noqa: SLF001
        ready.append,
    )
    until(lambda: ready, every_ms=SELDOM_MS)
    took = time.perf_counter() - begin
    yield Row(
        figure=f"{number} rows made ready, on the worker",
        asked="-",
        reached=f"{took:.1f} s",
        met=True,
    )
    yield row_of("longest gap meanwhile", GAP_MS, gaps.longest)
    reviewing.heap, reviewing.view = heap, ready[0]  # type: ignore[assignment]  # the view
    reviewing.narrow(Wish())

    def paint() -> None:
        window.turn("review")
        until(lambda: getattr(window.page, "whole", False))
        QApplication.processEvents()

    yield row_of("first paint of the table", PAINT_MS, fastest(paint))
    for name, wish in WISHES.items():
        gaps.fresh()
        yield row_of(name, WISH_MS, fastest(lambda wish=wish: reviewing.narrow(wish)))  # type: ignore[misc]  # bound now
    gaps.fresh()
    for wish in WISHES.values():
        reviewing.narrow(wish)
        until(lambda: True)
        QApplication.processEvents()
    yield row_of("longest gap while sorting and filtering", GAP_MS, gaps.longest)


def reports(window: Window, number: int, gaps: Gaps) -> Iterator[Row]:
    """Real files: read, judged anew, opened."""
    reviewing = window.journey.reviewing
    with tempfile.TemporaryDirectory() as name:
        write_heap(Path(name), number)
        reviewing.heap = reviewing.view = None
        reviewing.begin()  # what the page before holds is given up here, and not while reading
        linger()
        gaps.fresh()
        begin = time.perf_counter()
        reviewing.take([name])
        until(lambda: reviewing.heap is not None and not reviewing.busy, every_ms=SELDOM_MS)
        took = time.perf_counter() - begin
        linger()
        gap = gaps.longest  # before the files are removed, which is no part of it
    yield Row(figure=f"{number} files read and shown", asked="-", reached=f"{took:.1f} s", met=True)
    yield row_of("longest gap meanwhile", GAP_MS, gap)
    gaps.fresh()
    begin = time.perf_counter()
    reviewing.judge(replace(Having(), profile=made.profile()))
    until(lambda: not reviewing.busy, every_ms=SELDOM_MS)
    took = time.perf_counter() - begin
    linger()
    yield row_of(f"{number} judged by another list, and shown", JUDGE_S, took, "s")
    yield row_of("longest gap meanwhile", GAP_MS, gaps.longest)

    def opened() -> None:
        reviewing.opened = None
        reviewing.open(number // 2)
        until(lambda: reviewing.opened is not None)

    def made_whole() -> None:
        opened()
        until(lambda: getattr(window.page, "whole", False))

    yield row_of("one report opened", OPEN_MS, fastest(opened))
    yield Row(
        figure="the same, with the table below the first screen",
        asked="-",
        reached=f"{fastest(made_whole):.0f} ms",
        met=True,
    )


def main() -> None:
    """Print the figures; ends with status 1 if one is not met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--reports", type=int, default=REPORTS)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, home)
        settings = Settings()
        prepare(settings)
        window = Window(lambda: FakeEngine(Path(home) / "data"), settings)
        window.show()
        window.begin()
        until(lambda: window.journey.profiles)
        gaps = Gaps()

        def both() -> Iterator[Row]:
            yield from table(window, wanted.rows, gaps)
            yield from reports(window, wanted.reports, gaps)

        good = show(both())
        window.close()
    if not good:
        sys.exit(1)


if __name__ == "__main__":
    main()
