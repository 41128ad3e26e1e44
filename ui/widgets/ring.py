"""The focus ring: two pixels in text colour, two pixels away from what it surrounds.

It is drawn for those who use the keyboard: a click moves the focus too, but then the pointer shows
where one is, and a ring would only be in the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from ui.theme import RING, theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MARGIN = 2 * RING
"""Room that a widget leaves around itself for the ring."""
BY_KEYBOARD = Qt.WidgetAttribute.WA_KeyboardFocusChange
"""Qt sets it on a window when Tab or a shortcut moves the focus; we take it away on a click."""


CLICKS = frozenset(
    (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
    )
)
INFINITE = 1 << 62
"""Milliseconds: longer ago than any click."""


class Hands(QObject):
    """Watches which of keyboard and mouse was used last in one window, and stills a double click.

    Install it on the window's ``QWindow``: there every key and click passes, and little else.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._released = -INFINITE
        """When the last click ended, in the system's milliseconds."""
        self._turned = self._swallowing = False

    def page_turned(self) -> None:
        """Another page is shown: the rest of a double click is not meant for what lies there."""
        self._turned = True

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note the hand; all passes but the second click of one that has turned the page."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self._note(keyboard=True)
        elif isinstance(event, QMouseEvent) and kind in CLICKS:
            return self._still(event)
        return False

    def _still(self, event: QMouseEvent) -> bool:
        """Whether a press, or what follows it, is swallowed.

        By the time at which the person clicked: a busy computer hands it over later.
        """
        if event.type() == QEvent.Type.MouseButtonRelease:
            if not self._swallowing:
                self._released, self._turned = event.timestamp(), False
            return self._swallowing
        since = event.timestamp() - self._released
        self._swallowing = self._turned and since <= QApplication.doubleClickInterval()
        self._note(keyboard=False)
        return self._swallowing

    def _note(self, *, keyboard: bool) -> None:
        if self._window.testAttribute(BY_KEYBOARD) is not keyboard:
            self._window.setAttribute(BY_KEYBOARD, keyboard)
            focused = self._window.focusWidget()
            if focused is not None:
                focused.update()


def wants_ring(widget: QWidget) -> bool:
    """Whether the widget has the focus, and the keyboard is what was used last."""
    return widget.hasFocus() and widget.window().testAttribute(BY_KEYBOARD)


def draw_ring(painter: QPainter, around: QRectF, corner: float) -> None:
    """Draw the ring around a rounded rectangle."""
    away = RING * 1.5
    pen = QPen(theme.colour("text"), RING)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = around.adjusted(-away, -away, away, away)
    painter.drawRoundedRect(ring, corner + away, corner + away)
