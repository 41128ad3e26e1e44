"""Line icons, drawn in a colour of the theme. Decoration: a word always stands beside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from ui.theme import theme

ICONS = Path(__file__).resolve().parent.parent.parent / "resources" / "icons"


class Icon(QWidget):
    """One of ``resources/icons`` at the given size in pixels."""

    def __init__(
        self, name: str, *, size: int = 20, role: str = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self.setFixedSize(QSize(size, size))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Show the strokes in the role's colour."""
        colour = theme.colour(self._role).name()
        QPainter(self).drawImage(self.rect(), _drawn(self._name, colour, self._pixels()))

    def _pixels(self) -> int:
        """How many pixels of the screen it is wide."""
        return round(self.width() * self.devicePixelRatioF())


@cache
def _drawn(name: str, colour: str, pixels: int) -> QImage:
    """An icon, read and drawn once: the bar above every page has one, and the first page seven."""
    source = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    coloured = source.replace("currentColor", colour)
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(coloured.encode())).render(painter, QRectF(image.rect()))
    painter.end()
    return image
