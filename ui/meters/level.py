"""The level of a voice: a big bar with the zone that is right marked on it."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.mirror import mirror

QUIETEST = -80
LOUDEST = 0
HEIGHT = 28


class LevelMeter(QProgressBar):
    """A level in dBov, -80 to 0, with a target zone.

    Args:
        name: What is shown, for assistive technology.
        zone: Lower and upper end of what is right, in dBov.
    """

    def __init__(self, name: str, zone: tuple[float, float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(QUIETEST, LOUDEST)
        self.setValue(QUIETEST)
        self.setFormat("%v dB")
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.zone = zone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_level(self, level: float) -> None:
        """Show a level in dBov."""
        self.setValue(round(min(LOUDEST, max(QUIETEST, level))))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A big bar."""
        return QSize(320, HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A big bar."""
        return QSize(120, HEIGHT)

    def position(self, level: float) -> float:
        """Where a level lies on the bar, 0 to 1."""
        return (min(LOUDEST, max(QUIETEST, level)) - QUIETEST) / (LOUDEST - QUIETEST)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Track, zone, filling, and the zone's two ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror(painter, self)
        track = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        corner = track.height() / 2
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(track, corner, corner)
        low, high = (track.left() + track.width() * self.position(end) for end in self.zone)
        painter.fillRect(QRectF(low, track.top(), high - low, track.height()), theme.colour("wash"))
        filled = QRectF(track)
        filled.setWidth(track.width() * self.position(self.value()))
        painter.save()
        painter.setClipRect(filled)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(track, corner, corner)
        painter.restore()
        for end in (low, high):
            if track.left() + corner < end < track.right() - 1:
                inside = end < filled.right()
                painter.setPen(QPen(theme.colour("on_accent" if inside else "text"), 2))
                painter.drawLine(QLineF(end, track.top(), end, track.bottom()))
