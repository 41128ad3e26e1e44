"""A person's mouse: clicks that take the whole way, from the system's window to the widget.

``QTest``'s clicks on a widget go past the window, and its double click leaves the button held for
all tests that follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.walk import until
from ui.widgets.native import handle

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QWidget

LEFT, NONE, PLAIN = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.NoButton,
    Qt.KeyboardModifier.NoModifier,
)


def click(widget: QWidget, at: QPoint | None = None, *, when: int | None = None) -> None:
    """Click once, in the middle or at a place of the widget.

    Args:
        widget: What is clicked, once it lies there.
        at: In its own pixels.
        when: In the system's milliseconds; without it long after the click before.
    """
    window, place = _window(widget), _place(widget, at)
    if when is None:
        QTest.mouseClick(window, LEFT, PLAIN, place)
        return
    where = QPointF(place)
    for kind, held in (
        (QEvent.Type.MouseButtonPress, LEFT),
        (QEvent.Type.MouseButtonRelease, NONE),
    ):
        event = QMouseEvent(kind, where, window.mapToGlobal(where), LEFT, held, PLAIN)
        event.setTimestamp(when)
        QApplication.sendEvent(window, event)


def click_twice(widget: QWidget, at: QPoint | None = None) -> None:
    """A double click: what lies there after the first click gets the second."""
    QTest.mouseDClick(_window(widget), LEFT, PLAIN, _place(widget, at))


def _window(widget: QWidget) -> QWindow:
    found = handle(widget.window())
    if found is None:
        raise LookupError("the window was never shown")
    return found


def _place(widget: QWidget, at: QPoint | None) -> QPoint:
    """Where to click, once the widget is what lies there."""
    window = widget.window()

    def place() -> QPoint:
        return widget.mapTo(window, widget.rect().center() if at is None else at)

    def under() -> bool:
        found = window.childAt(place())
        return found is not None and (found is widget or widget.isAncestorOf(found))

    until(under)
    return place()
