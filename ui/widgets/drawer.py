"""A row of a table, and what comes out under it when it is pressed."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import STEP
from ui.widgets.beside import column
from ui.widgets.card import Card

if TYPE_CHECKING:
    from ui.widgets.text_row import TextRow


class Drawer(QWidget):
    """Opens and closes; what is inside is made when it is opened, and gone when it is closed.

    Signals:
        turned: It was opened or closed.

    Args:
        line: The row that is always there.
    """

    turned = Signal()

    def __init__(self, line: TextRow) -> None:
        super().__init__()
        self.line = line
        self._inside: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(line)
        line.opened.connect(self.toggle)

    @abstractmethod
    def name_line(self) -> None:
        """Tell assistive technology what the row says, and whether it is open."""

    @abstractmethod
    def fill(self, card: Card) -> None:
        """Put what is inside into a card."""

    @property
    def is_open(self) -> bool:
        """Whether what is inside is shown."""
        return self._inside is not None

    def toggle(self) -> None:
        """Open or close it."""
        if self._inside is None:
            card = Card(role="sunken", margin=20)
            self.fill(card)
            around, self._inside = column(0)
            around.setContentsMargins(4, 0, 4, STEP)
            around.addWidget(card)
            self._column.addWidget(self._inside)
        else:
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None
        self.name_line()
        self.turned.emit()
