"""Starts the window: font, colours, language, the crash hook."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from ui.settings import Settings
from ui.theme import theme
from ui.trouble import CrashHook
from ui.window import Window
from ui.wishes import follow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from readiness.engine import Engine
    from readiness.review.having import Having


COLLECT_RARELY = (2_000, 10, 1_000)
"""Thresholds of the garbage collector. A collection of everything takes some 65 ms once the voice's
mathematics is loaded, whichever thread sets it off, and the window stands still meanwhile; a check
makes few cycles, and young ones are still collected often."""


SWITCH_S = 0.001
"""How long the window's thread waits at most until a worker that reckons lets it go on. A page that
is shown goes back and forth between Qt and Python some thirty times, and waits each time: with
Python's own 5 ms the window stands still for a moment that one sees."""


class Application(QApplication):
    """The application, which macOS tells of files that were double-clicked.

    Signals:
        file_named: A path, or an address, which is refused.
    """

    file_named = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Pass on what is to be opened."""
        if isinstance(event, QFileOpenEvent):
            self.file_named.emit(event.file() or event.url().toString())
            return True
        return super().event(event)


def make_engine() -> Engine:
    """The engine on this computer; loading it is left until after the first paint."""
    from readiness.engine import Engine

    return Engine()


def prepare(settings: Settings) -> QApplication:
    """The application with the product's font and colours."""
    gc.set_threshold(*COLLECT_RARELY)
    sys.setswitchinterval(SWITCH_S)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # As an argument, because setStyle returns a style, and wrapping that takes 10 ms.
        app = Application(["readiness", "-style", "Fusion"])
    elif app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setApplicationName("Readiness")
    app.setDesktopFileName("readiness")
    theme.choose_font()
    theme.apply(settings.appearance)
    return app


def main(
    arguments: Sequence[str] = (), review: Having | None = None, archive: str | None = None
) -> int:
    """Open the window and stay until it is closed; returns the exit status.

    Args:
        arguments: Optionally the path of a list of requirements or of a report to begin with.
        review: Open the recruiter's desk, with this at hand, and read the arguments there.
        archive: Address of the archive for notes there; read where there are no arguments.
    """
    settings = Settings()
    app = prepare(settings)
    window = Window(make_engine, settings)
    hook = CrashHook(lambda: window.journey.reader)
    before, sys.excepthook = sys.excepthook, hook
    follow(window.follow_system)
    window.show()
    window.begin()
    window.journey.runner.call(
        lambda: _log(window), lambda path: setattr(hook, "log_file", path), lambda _: None
    )
    if isinstance(app, Application):
        app.file_named.connect(lambda name: window.opener.open([name]))
    if review is not None:
        window.journey.reviewing.start(arguments, review, archive)
    elif arguments:
        window.opener.open(arguments)
    try:
        return int(app.exec())
    finally:
        window.journey.close()
        sys.excepthook = before


def _log(window: Window) -> Path | None:
    """Start the log in the engine's folder; on the worker, because it loads the engine."""
    from readiness.log import start_log

    return start_log(window.journey.engine.home)
