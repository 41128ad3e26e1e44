"""Drawings of what is asked: lines in the theme's colours. Decoration: words stand beside them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

PICTURES = Path(__file__).resolve().parent.parent.parent / "resources" / "pictures"
SHAPE = (4, 3)
"""Width and height of every drawing, in the same measure."""
_ROLE = re.compile(r"var\(--(\w+)\)")


@cache
def _source(name: str) -> str:
    return (PICTURES / f"{name}.svg").read_text(encoding="utf-8")


def draw_picture(painter: QPainter, name: str, area: QRectF) -> None:
    """Draw one of ``resources/pictures`` into ``area`` in the theme's colours, as large as fits."""

    def colour(match: re.Match[str]) -> str:
        found: QColor = theme.colour(match[1])
        return found.name()

    width = min(area.width(), area.height() * SHAPE[0] / SHAPE[1])
    height = width * SHAPE[1] / SHAPE[0]
    place = QRectF(0, 0, width, height)
    place.moveCenter(area.center())
    coloured = _ROLE.sub(colour, _source(name))
    QSvgRenderer(QByteArray(coloured.encode())).render(painter, place)


class Picture(QWidget):
    """A drawing of the given height in pixels."""

    def __init__(self, name: str, *, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setFixedSize(QSize(height * SHAPE[0] // SHAPE[1], height))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw it."""
        draw_picture(QPainter(self), self._name, QRectF(self.rect()))
