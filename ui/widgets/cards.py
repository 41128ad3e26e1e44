"""Cards in as many columns as their text has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import STEP
from ui.widgets.beside import line_height

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

COLUMNS = 3
CARD_LINES = 12
"""A card is at least so many line heights wide."""


class Cards(QWidget):
    """A grid of cards that keeps their order. A wide one fills a row of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2 * STEP)
        self._cards: list[tuple[QWidget, bool]] = []
        self._columns = 0

    def add(self, card: QWidget) -> None:
        """Add a card behind the others."""
        self._put(card, wide=False)

    def add_wide(self, card: QWidget) -> None:
        """Add a card that fills a row."""
        self._put(card, wide=True)

    def clear(self) -> None:
        """Take all of them away."""
        for card, _ in self._cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards.clear()

    def _put(self, card: QWidget, *, wide: bool) -> None:
        self._cards.append((card, wide))
        self._arrange(self._fitting())

    def _fitting(self) -> int:
        """How many columns there is room for, and no more than there are cards."""
        room = self.width() // (CARD_LINES * line_height())
        return min(COLUMNS, max(1, room))

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        row = column = 0
        for card, wide in self._cards:
            if wide or column == columns:
                row, column = row + bool(column), 0
            self._grid.addWidget(card, row, column, 1, columns if wide else 1)
            column = 0 if wide else column + 1
            row += wide
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fewer columns where it is narrow."""
        super().resizeEvent(event)
        if self._fitting() != self._columns:
            self._arrange(self._fitting())
