"""The real window for ``--self-test``: opened, led through its first pages, closed again.

Off-screen unless the person wants to see it. Nothing is measured, and nothing of the person's is
read or written: settings and data lie in the folder that is handed over.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEventLoop,
    QLibraryInfo,
    QRectF,
    QSettings,
    QTimer,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication

import ui
from readiness.locale import languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtCore import QMessageLogContext, QtMsgType

    from ui.window import Window

OFF_SCREEN = "offscreen"
PATIENCE_S = 120.0
"""A slow computer that is busy otherwise is still whole."""

LOOK_MS = 10
PICTURE = 48
"""Width and height of a picture that is drawn to see whether it can be."""

MOST_SAID = 10
"""So many remarks of Qt are handed on."""


class WindowFault(Exception):  # noqa: N818 - it is a finding
    """The window does not do what it should."""


class _Ears:
    """Hears what the window and Qt complain of while it is open."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.said: list[str] = []

    def __enter__(self) -> _Ears:  # noqa: PYI034 - never subclassed
        self._hook, sys.excepthook = sys.excepthook, self._raised
        self._handler = qInstallMessageHandler(self._say)
        return self

    def __exit__(self, *_: object) -> None:
        sys.excepthook = self._hook
        qInstallMessageHandler(self._handler)

    def _raised(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self.faults.append(f"{kind.__name__}: {error}")
        self._hook(kind, error, trace)

    def _say(self, _kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        if words not in self.said:
            self.said.append(words)

    def trouble(self, error: Exception) -> None:
        """The window shows an error to the person."""
        self.faults.append(f"{type(error).__name__}: {error}")


def show_window(home: Path, *, on_screen: bool) -> dict[str, bool | int | float | str | list[str]]:
    """Open the window, look at its pages in every language, draw every picture, load every font.

    Args:
        home: A folder for its settings and data.
        on_screen: Whether it may be seen; else Qt's own off-screen platform is used.

    Raises:
        WindowFault: Something is missing or was complained of.
    """
    if not on_screen and QApplication.instance() is None:
        # Not by setdefault: a desktop may have chosen a platform, and the window would be seen.
        os.environ["QT_QPA_PLATFORM"] = OFF_SCREEN
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(home))
    modules = list(_modules())
    with _Ears() as ears:
        window, painted = _opened(home, ears)
        try:
            pages = _led_through(window, ears)
            fonts, pictures = _fonts(), _pictures()
            _qt_words()
        finally:
            window.close()
            QApplication.processEvents()
    if ears.faults:
        raise WindowFault("; ".join(ears.faults))
    return {
        "platform": QGuiApplication.platformName(),
        "painted_ms": round(painted * 1000),
        "modules": len(modules),
        "pages": pages,
        "languages": list(languages()),
        "fonts": fonts,
        "pictures": pictures,
        "qt_said": ears.said[:MOST_SAID],
    }


def _modules() -> Iterator[str]:
    """Import every module of the window."""
    for found in pkgutil.walk_packages(ui.__path__, "ui."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
            yield found.name


def _opened(home: Path, ears: _Ears) -> tuple[Window, float]:
    """The window with its lists loaded, and the seconds until it was painted."""
    from readiness.engine import Engine
    from ui.app import prepare
    from ui.settings import Settings
    from ui.window import Window

    begin = time.monotonic()
    painted: list[float] = []

    class Seen(Window):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            painted.append(time.monotonic() - begin)
            super().paintEvent(event)

    settings = Settings()
    prepare(settings)
    window = Seen(lambda: Engine(home), settings)
    window.journey.trouble.connect(ears.trouble)
    window.show()
    window.begin()
    _wait("the window", lambda: bool(painted), ears)
    _wait("the lists of requirements", lambda: bool(window.journey.profiles), ears)
    return window, painted[0]


def _led_through(window: Window, ears: _Ears) -> list[str]:
    """Go through the pages that need no measuring, each in every language; returns their names."""
    journey = window.journey
    session = next(iter(journey.engine.samples())).session
    profile = journey.profiles[0].id
    ways: dict[str, Callable[[], None]] = {
        "welcome": journey.home,
        "earlier": journey.look_back,
        "plan": journey.consider,
        "result": lambda: journey.open_session(lambda: session, profile),
    }
    for name, go in ways.items():
        go()
        _wait(f"the page {name}", partial(_shows, window, name), ears)
        for language in languages():
            window.speak(language)
            _wait(
                f"the page {name} in {language}",
                partial(_speaks, window, language),
                ears,
            )
            if window.grab().isNull():
                raise WindowFault(f"the page {name} in {language} cannot be drawn")
    return list(ways)


def _shows(window: Window, name: str) -> bool:
    return window.name == name


def _speaks(window: Window, language: str) -> bool:
    page = window.page
    return page is not None and page.reader.language == language and page.whole


def _wait(what: str, met: Callable[[], bool], ears: _Ears) -> None:
    """Let the window work until something is so; what it complains of meanwhile ends the wait."""
    loop, timer = QEventLoop(), QTimer()
    end = time.monotonic() + PATIENCE_S

    def look() -> None:
        if met() or ears.faults or time.monotonic() > end:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    if not met():
        loop.exec()
    timer.stop()
    if ears.faults:
        raise WindowFault("; ".join(ears.faults))
    if not met():
        raise WindowFault(f"{what}: nothing after {PATIENCE_S:.0f} s")


def _fonts() -> int:
    """Load every font that comes with the program; returns how many."""
    from ui.theme import FONTS, load_font

    files = [path for path in sorted(FONTS.iterdir()) if path.suffix in {".otf", ".ttf"}]
    for path in files:
        if not load_font(path):
            raise WindowFault(f"the font {path.name} cannot be loaded")
    if not files:
        raise WindowFault("no fonts")
    return len(files)


def _pictures() -> int:
    """Draw every icon and picture; returns how many."""
    from ui.widgets.icon import ICONS
    from ui.widgets.picture import PICTURES

    area = QRectF(0, 0, PICTURE, PICTURE)
    icons = sorted(path for path in ICONS.iterdir() if path.suffix == ".svg")
    names = sorted(path.stem for path in PICTURES.iterdir() if path.suffix == ".svg")
    for path in icons:
        if not _draws(partial(_draw_icon, QIcon(str(path)), area)):
            raise WindowFault(f"the icon {path.stem} cannot be drawn")
    for name in names:
        if not _draws(partial(_draw_picture, name, area)):
            raise WindowFault(f"the picture {name} cannot be drawn")
    if not icons or not names:
        raise WindowFault("no pictures")
    return len(icons) + len(names)


def _draw_icon(icon: QIcon, area: QRectF, painter: QPainter) -> None:
    icon.paint(painter, area.toRect())


def _draw_picture(name: str, area: QRectF, painter: QPainter) -> None:
    from ui.widgets.picture import draw_picture

    draw_picture(painter, name, area)


def _draws(draw: Callable[[QPainter], None]) -> bool:
    """Whether anything is seen of it."""
    image = QImage(PICTURE, PICTURE, QImage.Format.Format_ARGB32)
    image.fill(0)
    empty = QImage(image)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image != empty


def _qt_words() -> None:
    """Qt's own words for each language but English, which it speaks by itself."""
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for language in languages():
        if language != "en" and not QTranslator().load(f"qtbase_{language}", folder):
            raise WindowFault(f"Qt has no words in {language}")
