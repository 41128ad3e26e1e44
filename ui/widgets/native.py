"""What belongs to Qt and outlives a window: asked for without a window.

PySide counts an object that a widget hands out as that widget's child, and takes it along when the
widget is swept up. A screen that ``QWidget.screen`` gave is deleted so while the program goes on,
and the next look at the pointer's place reads freed memory. Statics hand out the same objects and
tie them to nothing; ``tests/test_qt_ownership.py`` holds all code to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QWidget


def room_on_screen(widget: QWidget) -> QSize:
    """What the screen on which a widget lies leaves to windows, in logical pixels."""
    middle = widget.mapToGlobal(widget.rect().center())
    screen = QGuiApplication.screenAt(middle) or QGuiApplication.primaryScreen()
    return screen.availableSize()


def handle(window: QWidget) -> QWindow | None:
    """The system's window of a window that is or was shown; ``None`` before that."""
    if not window.internalWinId():
        return None
    wanted = window.winId()
    return next((one for one in QGuiApplication.topLevelWindows() if one.winId() == wanted), None)
