"""A picture that is drawn once and shown many times."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class Kept:
    """What a widget draws alike each time, kept as pixels until its size or the colours change.

    Without a ground it is for shapes, not for text: text over nothing is drawn coarser than on the
    page.

    Args:
        ground: Colour role of what it stands on: then it is only copied where it is shown. Empty:
            where nothing is drawn one sees through.
    """

    def __init__(self, ground: str = "") -> None:
        self._ground = ground
        self._drawn: tuple[object, ...] = ()
        self._picture = QPixmap()

    def picture(self, widget: QWidget, draw: Callable[[QPainter], None]) -> QPixmap:
        """As large as the widget, in its pixels."""
        wanted = looks(widget)
        if wanted != self._drawn:
            self._drawn = wanted
            self._picture = blank_picture(widget, self._ground)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter)
            painter.end()
        return self._picture


def looks(widget: QWidget) -> tuple[object, ...]:
    """What a picture of a widget depends on: size, pixels, direction, colours."""
    return widget.size(), widget.devicePixelRatioF(), widget.isRightToLeft(), theme.roles


def blank_picture(widget: QWidget, ground: str = "") -> QPixmap:
    """A picture of the widget's size and pixels: of its ground, else of nothing."""
    ratio = widget.devicePixelRatioF()
    size = widget.size()
    # Rounded up: else one line may be missing where a pixel of the widget is no whole one.
    picture = QPixmap(math.ceil(size.width() * ratio), math.ceil(size.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.colour(ground) if ground else Qt.GlobalColor.transparent)
    return picture
