"""Opens the window on the screen and prints, as JSON, what it is like there."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinterInfo

from readiness.engine import Engine
from ui.app import prepare
from ui.settings import Settings
from ui.theme import theme
from ui.window import Window


def main(home: str) -> None:
    """Show it until it has been painted."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, home)
    settings = Settings()
    app = prepare(settings)
    window = Window(lambda: Engine(), settings)  # noqa: PLW0108 - the home is in the environment
    window.show()
    window.begin()
    for _ in range(50):
        app.processEvents()
    found = {
        "platform": QGuiApplication.platformName(),
        "ratio": window.devicePixelRatioF(),
        "page": theme.roles.page,
        "language": window.journey.reader.language,
        "printers": len(QPrinterInfo.availablePrinters()),
        "handle": int(window.winId()) != 0,
    }
    window.close()
    window.journey.close()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
