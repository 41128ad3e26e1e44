"""A row of a table under which something comes out when it is pressed."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.theme import STEP
from ui.widgets.beside import column
from ui.widgets.card import Card
from ui.widgets.text_row import TextRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.columns import Table
    from ui.widgets.text_row import Cell


class Drawer(TextRow):
    """Opens and closes; what is inside is made when it is opened, and gone when it is closed.

    It stands in a box layout, and what is inside then stands below it in the same one.

    Signals:
        turned: It was opened or closed.
    """

    turned = Signal()

    def __init__(
        self, cells: Sequence[Cell], table: Table, *, names: Sequence[str], between: int = 0
    ) -> None:
        super().__init__(cells, table, names=names, between=between)
        self._inside: QWidget | None = None
        self.clicked.connect(self._press)

    @property
    def line(self) -> TextRow:
        """The row that is always there."""
        return self

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

    def _press(self) -> None:
        self.toggle()

    def toggle(self) -> None:
        """Open or close it."""
        if self._inside is None:
            self._inside = self._show_inside()
        else:
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None
        self.name_line()
        self.turned.emit()

    def _show_inside(self) -> QWidget:
        parent = self.parentWidget()
        around = None if parent is None else parent.layout()
        if not isinstance(around, QBoxLayout):
            raise TypeError("a row opens only within a box layout")
        card = Card(role="sunken", margin=20)
        self.fill(card)
        margins, inside = column(0)
        margins.setContentsMargins(4, 0, 4, STEP)
        margins.addWidget(card)
        around.insertWidget(around.indexOf(self) + 1, inside)
        return inside
