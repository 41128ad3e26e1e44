"""The level of a voice: a big bar with the zone that is right marked on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, QSize
from PySide6.QtGui import QPainter, QPen

from ui.meters.filled import Filled
from ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

QUIETEST = -80
LOUDEST = 0
HEIGHT = 28


class LevelMeter(Filled):
    """A level in dBov, -80 to 0, with a target zone.

    Args:
        name: What is shown, for assistive technology.
        zone: Lower and upper end of what is right, in dBov.
    """

    def __init__(self, name: str, zone: tuple[float, float], parent: QWidget | None = None) -> None:
        super().__init__(name, ground="page", parent=parent)
        self.setRange(QUIETEST, LOUDEST)
        self.setValue(QUIETEST)
        self.setFormat("%v dB")
        self.zone = zone

    def set_level(self, level: float) -> None:
        """Show a level in dBov."""
        self.fill(self.position(level), round(min(LOUDEST, max(QUIETEST, level))))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A big bar."""
        return QSize(320, HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A big bar."""
        return QSize(120, HEIGHT)

    def position(self, level: float) -> float:
        """Where a level lies on the bar, 0 to 1."""
        return (min(LOUDEST, max(QUIETEST, level)) - QUIETEST) / (LOUDEST - QUIETEST)

    def draw_empty(self, painter: QPainter) -> None:
        """Track, zone, and the zone's two ends."""
        super().draw_empty(painter)
        track = self.track()
        low, high = self._ends()
        painter.fillRect(QRectF(low, track.top(), high - low, track.height()), theme.colour("wash"))
        self._draw_ends(painter, "text")

    def draw_full(self, painter: QPainter) -> None:
        """The filling, with the zone's two ends on it."""
        super().draw_full(painter)
        self._draw_ends(painter, "on_accent")

    def _ends(self) -> list[float]:
        """Where the zone begins and ends, in pixels."""
        track = self.track()
        return [track.left() + track.width() * self.position(end) for end in self.zone]

    def _draw_ends(self, painter: QPainter, role: str) -> None:
        track = self.track()
        painter.setPen(QPen(theme.colour(role), 2))
        for end in self._ends():
            if track.left() + track.height() / 2 < end < track.right() - 1:
                painter.drawLine(QLineF(end, track.top(), end, track.bottom()))
