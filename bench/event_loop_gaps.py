"""How long the window is deaf: the longest gap of a 5 ms timer during whole checks.

python bench/event_loop_gaps.py    plays a check with live values at full speed, with the real
judge, journal and archive; prints the longest gap and how much of it the window's own thread
worked (the rest is other programs' doing). The budget is 100 ms.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QSettings, Qt, QTimer  # noqa: E402 - after the path
from PySide6.QtWidgets import QApplication  # noqa: E402

from readiness.ports import Choices, Need  # noqa: E402
from tests.fakes.engine import FakeEngine  # noqa: E402
from ui.app import prepare  # noqa: E402
from ui.settings import Settings  # noqa: E402
from ui.window import Window  # noqa: E402

BUDGET_MS = 100
STEP_MS = 5
PATIENCE_S = 120


class Gaps:
    """Notes the time between two ticks, and on which page the longest gap was."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.last = time.monotonic()
        self.last_busy = time.thread_time()
        self.found: list[tuple[float, float, str]] = []
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._tick)
        self.timer.start(STEP_MS)

    def _tick(self) -> None:
        moment, busy = time.monotonic(), time.thread_time()
        gap, work = (moment - self.last) * 1000, (busy - self.last_busy) * 1000
        self.found.append((gap, work, self.window.name))
        self.last, self.last_busy = moment, busy


def act(window: Window) -> None:
    """What a person would do on the present page."""
    journey = window.journey
    if journey.state is not None and journey.state.step is not None:
        journey.ready()
    if window.name == "welcome" and journey.profiles:
        journey.choices = Choices(consent=frozenset(Need), server="http://measure.example")
        journey.consider()
    elif window.name == "plan" and journey.choices is not None:
        journey.start(journey.choices)
    elif window.name == "questions":
        journey.finish()


def main() -> None:
    """Play one check and print its longest gaps."""
    with tempfile.TemporaryDirectory() as home:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, home)
        settings = Settings()
        prepare(settings)
        window = Window(lambda: FakeEngine(Path(home), pace=0.02), settings)
        window.show()
        gaps = Gaps(window)
        window.begin()
        actor = QTimer()
        actor.timeout.connect(lambda: act(window))
        actor.start(500)
        end = time.monotonic() + PATIENCE_S
        while window.name != "result" and time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.001)
        for gap, work, page in sorted(gaps.found, reverse=True)[:5]:
            print(f"{gap:.0f} ms, of which {work:.0f} ms own work, on or before {page}")
        longest = max(gaps.found)[0]
        work = max(work for _, work, _ in gaps.found)
        print(f"longest: {longest:.0f} ms; longest own work: {work:.0f} ms (budget {BUDGET_MS})")
        window.close()


if __name__ == "__main__":
    main()
