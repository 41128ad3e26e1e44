"""A picture that is drawn once and shown many times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class Kept:
    """What a widget draws alike each time, kept as pixels until its size or the colours change.

    For shapes, not for text: text over nothing is drawn coarser than on the page.
    """

    def __init__(self) -> None:
        self._drawn: tuple[object, ...] = ()
        self._picture = QPixmap()

    def picture(self, widget: QWidget, draw: Callable[[QPainter], None]) -> QPixmap:
        """As large as the widget, in its pixels; where nothing was drawn one sees through."""
        wanted = looks(widget)
        if wanted != self._drawn:
            self._drawn = wanted
            self._picture = clear_picture(widget)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter)
            painter.end()
        return self._picture


def looks(widget: QWidget) -> tuple[object, ...]:
    """What a picture of a widget depends on: size, pixels, direction, colours."""
    return widget.size(), widget.devicePixelRatioF(), widget.isRightToLeft(), theme.roles


def clear_picture(widget: QWidget) -> QPixmap:
    """A picture of the widget's size and pixels, of nothing."""
    ratio = widget.devicePixelRatioF()
    picture = QPixmap(widget.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
