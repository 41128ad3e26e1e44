"""A person who goes through the whole window once, with probes that play."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from readiness.engine import LiveValue
from readiness.ports import Live, Prompt
from tests.fakes.engine import NOISY, SILENT, FakeEngine, room_bands
from ui.app import prepare
from ui.person import Answer, Step
from ui.settings import Settings
from ui.theme import Appearance, theme
from ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

USUAL = QSize(1120, 720)
SMALL = QSize(910, 512)
"""A laptop of 1366 x 768 pixels at 150 %, in logical pixels."""
PATIENCE_S = 60
STEP_S = 6.0
VALUES = {"device": "Example USB Headset", "output": "Example USB Headset", "code": "402918"}
ENOUGH = 8
"""Live values that make a curve; the window takes no more than 30 a second."""


def until(holds: Callable[[], object]) -> None:
    """Let the window live until something holds, and the layout come to rest."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        settle(1)
        if time.monotonic() > end:
            raise TimeoutError("the window did not get there")
    settle()


def settle(rounds: int = 4) -> None:
    """Let pages be filled and layouts come to rest: what they ask for is done some events later.

    Pages that are over are deleted as by a running event loop: ``processEvents`` alone keeps them.
    """
    end = time.monotonic() + PATIENCE_S
    while rounds > 0 and time.monotonic() < end:
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if whole():
            rounds -= 1
            time.sleep(0.002)


def whole() -> bool:
    """Whether every window shows all that belongs on its page, and the page before is gone."""
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, Window)]
    return not any(
        one.turning.going or (one.page is not None and not one.page.whole) for one in windows
    )


class Walk:
    """A person who goes through everything once.

    Args:
        window: Shown, with nothing done yet.
        engine: The one it uses.
    """

    def __init__(self, window: Window, engine: FakeEngine) -> None:
        self.window, self.engine, self.journey = window, engine, window.journey
        self.practised: Answer = ()
        """What will have come of the part that is practised now."""

    @property
    def shown(self) -> QWidget:
        """What is in front: an open dialog, or the window."""
        dialogs = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        return dialogs[-1] if dialogs else self.window

    def press(self, name: str) -> None:
        """Press the button of that name."""
        button = self.window.findChild(QAbstractButton, name)
        if button is None:
            raise LookupError(name)
        button.click()
        settle()

    def page(self, name: str) -> None:
        """Wait for a page."""
        until(lambda: self.window.name == name)

    def close_dialogs(self) -> None:
        """Close what is open."""
        for dialog in self.window.findChildren(QDialog):
            dialog.reject()
        settle()

    def drained(self) -> None:
        """Wait until everything that was asked of the worker is done."""
        done: list[bool] = []
        self.journey.runner.call(lambda: True, done.append, self.journey.trouble.emit)
        until(lambda: done)

    def again(self) -> None:
        """Show the present page anew, from a state that was changed."""
        self.window.again()
        settle()

    def hold(self, metric: str, index: int) -> None:
        """Wait until so many values of a metric have come, and hold the measuring there."""
        self.engine.hold = (metric, index)
        until(lambda: self.engine.held == (metric, index))
        until(lambda: self.values(metric) > ENOUGH)

    def values(self, metric: str) -> int:
        """How many live values of a metric have come to the window."""
        state = self.journey.state
        return 0 if state is None else sum(live.metric == metric for live in state.live)

    def asked(self) -> None:
        """Wait for the next guided step."""
        self.engine.hold = None
        until(lambda: self.journey.state is not None and self.journey.state.step is not None)

    def guided(self, prompt: Prompt, *, going: bool = False, why: str = "") -> None:
        """Show a guided step: waiting, going on, or over and not usable."""
        state = self.journey.state
        if state is None:
            raise RuntimeError("nothing is measured")
        step = Step(prompt=prompt, seconds=STEP_S, values=VALUES, why=why)
        state.step, state.started_step = (None, step) if going else (step, None)
        self.again()
        if going:
            self._let_hear(prompt)

    def choose(self, prompt: Prompt, options: tuple[str, ...]) -> None:
        """Show the question about a guided step."""
        state = self.journey.state
        if state is None:
            raise RuntimeError("nothing is measured")
        state.step = Step(prompt=prompt, seconds=0, values=VALUES, options=options)
        self.again()

    def _let_hear(self, prompt: Prompt) -> None:
        """Some seconds of what comes in while a step goes on."""
        quiet = prompt in (Prompt.STAY_SILENT, Prompt.ROOM_SILENT, Prompt.LISTEN)
        for index in range(48):
            level = -58.0 + index % 4 if quiet else -24.0 - 14 * (index % 9 == 0) + index % 5
            live = Live(
                metric="voice.level",
                value=level,
                unit="dBov",
                through=index / 60,
                bands=room_bands(index) if prompt in SILENT else (),
                stands_out=prompt in SILENT and index in NOISY,
            )
            self.journey.moved.emit(LiveValue(probe="microphone", live=live))
        settle()


@contextlib.contextmanager
def opened(
    home: Path,
    *,
    language: str = "en",
    appearance: Appearance = Appearance.LIGHT,
    size: QSize = USUAL,
    scale: float = 1.0,
    pace: float = 0.036,
) -> Iterator[Walk]:
    """The window with played probes, in its own folder; text ``scale`` times as big."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(home))
    settings = Settings()
    settings.appearance, settings.language = appearance, "en"
    theme.choose_font() if QApplication.instance() is not None else prepare(settings)
    before = theme.base.pointSizeF()
    theme.base.setPointSizeF(before * scale)
    prepare(settings)
    engine = FakeEngine(home / "data", pace=pace)
    window = Window(lambda: engine, settings)
    window.speak(language)
    window.resize(size)
    window.show()
    window.begin()
    try:
        settle()
        yield Walk(window, engine)
    finally:
        engine.hold = None
        window.close()
        window.qt_words.speak("en")
        theme.base.setPointSizeF(before)
        settings.language = "en"
        theme.apply(Appearance.LIGHT)
        settle()
