"""What the live pictures cost: each drawn 30 times a second, as a share of one core.

    python bench/meters.py

Asked: all together at most 5 %. The time of the process is counted, not that of the clock, so that
other programs count less; run it on a quiet computer all the same.
"""

from __future__ import annotations

import math
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QSettings, QTimer  # noqa: E402 - after the path and the platform
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget  # noqa: E402

from ui.app import prepare  # noqa: E402
from ui.meters.bar import Bar  # noqa: E402
from ui.meters.level import LevelMeter  # noqa: E402
from ui.meters.plot import Plot  # noqa: E402
from ui.meters.wave import Wave  # noqa: E402
from ui.settings import Settings  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = 5.0
RATE = 30
SECONDS = 5.0
POINTS = 300
"""Of a curve: so many values stand in it while it is drawn."""


def meters() -> dict[str, tuple[QWidget, Callable[[int], None]]]:
    """Each with what gives it its value at a step."""
    level, wave, bar = LevelMeter("level", (-36, -16)), Wave(), Bar("bar")
    plot = Plot("curve", limit=80, limit_text="asked", height=320, end=1.0, scale=str)
    for index in range(POINTS):
        plot.add(40 + 20 * math.sin(index / 9), index / POINTS / 2)
    return {
        "level": (level, lambda step: level.set_level(-40 + 20 * math.sin(step))),
        "wave": (wave, lambda step: wave.add(0.5 + 0.4 * math.sin(step))),
        "bar": (bar, lambda step: bar.set_fraction(step % 100 / 100)),
        "curve": (plot, lambda step: plot.add(40 + 20 * math.sin(step), 0.5 + step / 1000)),
    }


def share(change: Callable[[int], None]) -> float:
    """Percent of one core while something changes 30 times a second."""
    step = 0

    def tick() -> None:
        nonlocal step
        step += 1
        change(step)

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(round(1000 / RATE))
    began, used = time.monotonic(), time.process_time()
    while time.monotonic() - began < SECONDS:
        QApplication.processEvents()
        time.sleep(0.002)
    timer.stop()
    return 100 * (time.process_time() - used) / (time.monotonic() - began)


def main() -> None:
    """Print each meter's share and that of all."""
    with tempfile.TemporaryDirectory() as home:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, home)
        prepare(Settings())
        window = QWidget()
        window.resize(800, 600)
        column = QVBoxLayout(window)
        found = meters()
        for widget, _ in found.values():
            column.addWidget(widget)
        window.show()
        idle = share(lambda _step: None)
        print(f"nothing: {idle:.1f} % of one core")
        total = 0.0
        for name, (_, change) in found.items():
            cost = share(change) - idle
            total += cost
            print(f"{name}: {cost:.1f} %")
        print(f"all together: {total:.1f} % (asked: at most {ASKED:.0f} %)")
        window.close()


if __name__ == "__main__":
    main()
