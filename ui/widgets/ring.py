"""The focus ring: two pixels in text colour, two pixels away from what it surrounds.

It is drawn for those who use the keyboard: a click moves the focus too, but then the pointer shows
where one is, and a ring would only be in the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.theme import RING, theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

MARGIN = 2 * RING
"""Room that a widget leaves around itself for the ring."""
BY_KEYBOARD = Qt.WidgetAttribute.WA_KeyboardFocusChange
"""Qt sets it on a window when Tab or a shortcut moves the focus; we take it away on a click."""


class Hands(QObject):
    """Watches which of keyboard and mouse was used last in one window.

    Install it on the window's ``QWindow``: there every key and click passes, and little else.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note the hand; let everything pass."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            self._note(keyboard=True)
        elif kind == QEvent.Type.MouseButtonPress:
            self._note(keyboard=False)
        return False

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
