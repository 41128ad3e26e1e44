"""How far something is, as a bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.mirror import mirror

FINE = 1000


class Bar(QProgressBar):
    """Progress from 0 to 1. Assistive technology reads it as a progress bar with a percentage."""

    def __init__(self, name: str, *, height: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, FINE)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_fraction(self, fraction: float) -> None:
        """Show a share of the whole, 0 to 1."""
        self.setValue(round(min(1.0, max(0.0, fraction)) * FINE))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin bar."""
        return QSize(200, self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin bar."""
        return QSize(60, self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Track and filling."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror(painter, self)
        track = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        corner = track.height() / 2
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(track, corner, corner)
        filled = QRectF(track)
        filled.setWidth(track.width() * self.value() / FINE)
        if filled.width() < 1:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.setClipRect(filled)
        painter.drawRoundedRect(track, corner, corner)
