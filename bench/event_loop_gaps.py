"""How long the window is deaf: the longest gap of a 5 ms timer during whole checks.

python bench/event_loop_gaps.py           plays a check with live values at full speed, with the
                                          real judge, journal and archive
python bench/event_loop_gaps.py --real    measures for real: this computer, the loopback line,
                                          the microphone of a virtual sound server

Prints the longest gap and how much of it the window's own thread worked (the rest is other threads'
and programs' doing). Asked: at most 50 ms.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import (  # noqa: E402 - after the path
    QCoreApplication,
    QEvent,
    QSettings,
    Qt,
    QTimer,
)
from PySide6.QtWidgets import QApplication  # noqa: E402

from readiness.engine import Engine  # noqa: E402
from readiness.ports import Choices, Need  # noqa: E402
from tests.fakes.engine import FakeEngine  # noqa: E402
from ui.app import prepare  # noqa: E402
from ui.settings import Settings  # noqa: E402
from ui.window import Window  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ASKED_MS = 50
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


def act(window: Window, server: str) -> None:
    """What a person would do on the present page."""
    journey = window.journey
    if journey.state is not None and journey.state.step is not None:
        journey.ready()
    if window.name == "welcome" and journey.profiles:
        journey.choices = Choices(consent=frozenset(Need), server=server, budget_mb=600)
        journey.consider()
    elif window.name == "plan" and journey.choices is not None:
        journey.start(journey.choices)
    elif window.name == "questions":
        journey.finish()


@contextlib.contextmanager
def played(home: Path) -> Iterator[tuple[Callable[[], Engine], str]]:
    """The real engine with played probes."""
    yield lambda: FakeEngine(home, pace=0.02), "http://measure.example"


@contextlib.contextmanager
def real(home: Path) -> Iterator[tuple[Callable[[], Engine], str]]:
    """Everything real, over the rig's sound server and the loopback line."""
    from tests.fakes.line import measuring_server
    from tests.rig.sound_server import SoundServer

    with SoundServer() as sound, measuring_server() as server:
        os.environ.update(sound.environment)
        sound.play(sound.say("Good morning, you have reached customer service. " * 12, dbov=-26))
        yield lambda: Engine(home), server


def main() -> None:
    """Go through one check and print its longest gaps."""
    world = real if "--real" in sys.argv else played
    with tempfile.TemporaryDirectory() as home, world(Path(home)) as (make_engine, server):
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, home)
        settings = Settings()
        prepare(settings)
        window = Window(make_engine, settings)
        window.show()
        gaps = Gaps(window)
        window.begin()
        actor = QTimer()
        actor.timeout.connect(lambda: act(window, server))
        actor.start(500)
        end = time.monotonic() + PATIENCE_S
        while window.name != "result" and time.monotonic() < end:
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            time.sleep(0.001)
        report(gaps)
        window.close()


def report(gaps: Gaps) -> None:
    """Print the longest gaps."""
    for gap, work, page in sorted(gaps.found, reverse=True)[:5]:
        print(f"{gap:.0f} ms, of which {work:.0f} ms own work, on or before {page}")
    longest = max(gaps.found)[0]
    work = max(work for _, work, _ in gaps.found)
    print(
        f"longest: {longest:.0f} ms; longest own work: {work:.0f} ms (asked: at most {ASKED_MS} ms)"
    )


if __name__ == "__main__":
    main()
