"""A card: the one level of box on a page, and thin rules between things."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import CARD_CORNER, STEP, theme


class Card(QWidget):
    """A surface with rounded corners. Put things into ``inside``.

    Args:
        role: Colour role of the surface.
        margin: Room between edge and content, in pixels.
    """

    def __init__(
        self, *, role: str = "surface", margin: int = 3 * STEP, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role = role
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(margin, margin, margin, margin)
        self.inside.setSpacing(STEP)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Surface and hairline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour(self._role))
        edged = self._role == "surface" or theme.high_contrast
        painter.setPen(QPen(theme.colour("hairline"), 1) if edged else Qt.PenStyle.NoPen)
        shape = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(shape, CARD_CORNER, CARD_CORNER)


class Rule(QWidget):
    """A hairline between rows. Decoration only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """One line."""
        QPainter(self).fillRect(self.rect(), theme.colour("hairline"))
