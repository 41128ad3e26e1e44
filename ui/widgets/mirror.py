"""What is drawn by hand, the other way round where one reads from right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QLayout, QWidget


def mirror(painter: QPainter, widget: QWidget) -> None:
    """Let everything that is drawn from now on begin where one begins to read; not for text."""
    if widget.isRightToLeft():
        painter.translate(widget.width(), 0)
        painter.scale(-1, 1)


def mirrored(area: QRectF, widget: QWidget) -> QRectF:
    """Where an area lies that was thought of from left to right."""
    if not widget.isRightToLeft():
        return area
    return QRectF(widget.width() - area.right(), area.top(), area.width(), area.height())


def begin_inside(layout: QLayout, before: int, top: int, after: int, bottom: int) -> None:
    """Margins before and after what is read; layouts mirror their order, not their margins."""
    if QGuiApplication.isRightToLeft():
        before, after = after, before
    layout.setContentsMargins(before, top, after, bottom)
