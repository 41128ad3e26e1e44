"""Line icons, drawn in a colour of the theme. Decoration: a word always stands beside them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
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
        """Draw the strokes in the role's colour."""
        source = (ICONS / f"{self._name}.svg").read_text(encoding="utf-8")
        coloured = source.replace("currentColor", theme.colour(self._role).name())
        painter = QPainter(self)
        QSvgRenderer(QByteArray(coloured.encode())).render(painter, QRectF(self.rect()))
