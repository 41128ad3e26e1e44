"""What the live pictures cost: each drawn 30 times a second, as a share of one core.

    python bench/meters.py

Asked: each at most 5 %, and each page that shows them during a check at most 5 %, its numbers,
bars and words included; to a page, values come as often as they do in a real check.

The time of the process is counted, not that of the clock, so that other programs count less; run it
on a quiet computer all the same. Where the computer is too busy for all changes, fewer come; what
one costs is taken as often as it should have come. It prints how busy the computer is: where all
work takes twice as long as at best, so does this.

"nothing" is a timer that ticks without work. It is taken off each meter, and not off a page.
"all together" adds up the meters. No page shows them all.
"""

from __future__ import annotations

import math
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import (  # noqa: E402 - after the path and the platform
    QEventLoop,
    QSettings,
    Qt,
    QTimer,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget  # noqa: E402

from bench.screenshots import settle, until  # noqa: E402
from readiness.engine import LiveValue  # noqa: E402
from readiness.locale import Reader  # noqa: E402
from readiness.ports import Choices, Need  # noqa: E402
from tests.fakes.engine import FakeEngine, room_bands  # noqa: E402
from ui.app import prepare  # noqa: E402
from ui.meters.bar import Bar  # noqa: E402
from ui.meters.level import LevelMeter  # noqa: E402
from ui.meters.plot import Plot  # noqa: E402
from ui.meters.spectrum import SpectrumMeter  # noqa: E402
from ui.meters.wave import Wave  # noqa: E402
from ui.settings import Settings  # noqa: E402
from ui.window import Window  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = 5.0
RATE = 30
SECONDS = 3.0
PAGE_SECONDS = 2.5
SETTLED_S = 0.4
"""So long a page lives before it is looked at: the page before is taken apart meanwhile."""
SPINS = 3000
"""Of plain work by which it is told how busy the computer is."""
POINTS = 300
"""Of a curve: so many values stand in it while it is drawn."""
LINE_S, SOUND_S, BANDS_EVERY = 0.1, 0.035, 3
"""How often live values come in a real check: ten a second of the line, one of the level with each
piece of sound, and a spectrum with each third of those."""
LASTS_S = 4.0
"""So long is a part of a played check."""


def meters() -> dict[str, tuple[QWidget, Callable[[int], None]]]:
    """Each with what gives it its value at a step."""
    level, wave, bar = LevelMeter("level", (-36, -16)), Wave(), Bar("bar")
    plot = Plot("curve", limit=80, limit_text="asked", height=320, end=1.0, scale=str)
    for index in range(POINTS):
        plot.add(40 + 20 * math.sin(index / 9), index / POINTS / 2)
    pitch = SpectrumMeter("spectrum", Reader("en"))
    return {
        "level": (level, lambda step: level.set_level(-40 + 20 * math.sin(step))),
        "wave": (wave, lambda step: wave.add(0.5 + 0.4 * math.sin(step))),
        "bar": (bar, lambda step: bar.set_fraction(step % 100 / 100)),
        "curve": (plot, lambda step: plot.add(40 + 20 * math.sin(step), 0.5 + step / 1000)),
        "spectrum": (pitch, lambda step: pitch.set_levels(room_bands(step), noise=False)),
    }


def live(seconds: float) -> None:
    """Let the window live as it does for a person: asleep wherever nothing happens."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def share(change: Callable[[int], None]) -> float:
    """Percent of one core while something changes 30 times a second."""
    step = 0

    def tick() -> None:
        nonlocal step
        step += 1
        change(step)

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(round(1000 / RATE))
    used = time.process_time()
    live(SECONDS)
    timer.stop()
    return 100 * RATE * (time.process_time() - used) / max(1, step)


def spin() -> None:
    """A fraction of a millisecond of plain work."""
    sum(number * number for number in range(SPINS))


def slowness(idle: float) -> float:
    """How many times as long work takes just now as it does at best, 1 on a quiet computer."""
    best = math.inf
    for _ in range(100):
        used = time.process_time()
        spin()
        best = min(best, time.process_time() - used)
    return (share(lambda _step: spin()) - idle) / (100 * RATE * best)


def page_share(window: Window, every: float) -> float:
    """Percent of one core while a live value comes every so many seconds to the page."""
    came = 0

    def count(event: object) -> None:
        nonlocal came
        came += isinstance(event, LiveValue)

    window.journey.moved.connect(count)
    live(SETTLED_S)
    came = 0
    used = time.process_time()
    live(PAGE_SECONDS)
    spent = time.process_time() - used
    window.journey.moved.disconnect(count)
    return 100 * spent / max(1, came) / every


def single_meters() -> None:
    """Print each meter's share, and the sum."""
    window = QWidget()
    window.resize(800, 900)
    column = QVBoxLayout(window)
    found = meters()
    for widget, _ in found.values():
        column.addWidget(widget)
    window.show()
    settle()
    idle = share(lambda _step: None)
    print(f"nothing: {idle:.1f} % of one core")
    print(f"(all work takes {slowness(idle):.1f} times as long just now as at best)")
    total = 0.0
    for name, (_, change) in found.items():
        cost = share(change) - idle
        total += cost
        print(f"{name}: {cost:.1f} %")
    print(f"all together: {total:.1f} %")
    window.close()


def pages(home: Path) -> None:
    """Print the share of each page of a played check that shows a live picture."""
    engine = FakeEngine(home, pace=LINE_S, steps=round(LASTS_S / LINE_S))
    engine.bands_every = BANDS_EVERY
    window = Window(lambda: engine, Settings())
    window.resize(1100, 760)
    window.show()
    window.begin()
    journey = window.journey
    until(lambda: journey.profiles)
    journey.choices = Choices(consent=frozenset(Need), server="https://measure.example", input="7")
    journey.consider()
    journey.start(journey.choices)
    for title, metric in (
        ("page of the call", "line.round_trip_median"),
        ("page of the speed", "line.upload"),
    ):
        until(partial(_measures, window, metric))
        print(f"{title}: {page_share(window, LINE_S):.1f} %")
    for title in ("page of the silence", "page of the voice"):
        until(lambda: journey.state is not None and journey.state.step is not None)
        engine.pace, engine.steps = SOUND_S, round(LASTS_S / SOUND_S)
        journey.ready()
        until(lambda: journey.state is not None and journey.state.live)
        print(f"{title}: {page_share(window, SOUND_S):.1f} %")
    journey.stop()
    window.close()


def _measures(window: Window, metric: str) -> bool:
    """Whether live values of a metric come just now."""
    state = window.journey.state
    return state is not None and bool(state.live) and state.live[-1].metric == metric


def main() -> None:
    """Print the share of each meter and of each page."""
    with tempfile.TemporaryDirectory() as home:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, home)
        prepare(Settings())
        single_meters()
        pages(Path(home) / "data")
        print(f"asked: each at most {ASKED:.0f} %")


if __name__ == "__main__":
    main()
