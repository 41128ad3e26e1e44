"""The focus ring: two pixels in text colour, two pixels away from what it surrounds."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from ui.theme import RING, theme

MARGIN = 2 * RING
"""Room that a widget leaves around itself for the ring."""


def draw_ring(painter: QPainter, around: QRectF, corner: float) -> None:
    """Draw the ring around a rounded rectangle."""
    away = RING * 1.5
    pen = QPen(theme.colour("text"), RING)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = around.adjusted(-away, -away, away, away)
    painter.drawRoundedRect(ring, corner + away, corner + away)
