"""The voice of the last seconds as bars: decoration beside the level meter."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.mirror import mirror, mirrored

GAP = 8


class Wave(QWidget):
    """One bar per level that arrives, newest right of the others, starting over when full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: list[float] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def clear(self) -> None:
        """Begin anew."""
        self._heights.clear()
        self.update()

    def add(self, position: float) -> None:
        """Add a level between 0 and 1."""
        self._heights.append(position)
        room = max(1, self.width() // GAP)
        moved = len(self._heights) > room
        del self._heights[:-room]
        if moved:
            self.update()
        else:
            newest = QRectF((len(self._heights) - 1) * GAP, 0, GAP, self.height())
            self.update(mirrored(newest, self).toAlignedRect())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as there is room."""
        return QSize(320, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Bars around a middle line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror(painter, self)
        middle = self.height() / 2
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.drawLine(QLineF(0, middle, self.width(), middle))
        pen = QPen(theme.colour("accent"), 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for index, position in enumerate(self._heights):
            half = max(2.0, (middle - 4) * position**1.5)
            x = 4 + index * GAP
            painter.drawLine(QLineF(x, middle - half, x, middle + half))
