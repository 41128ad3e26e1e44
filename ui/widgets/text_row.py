"""A row of a table that is a button and paints its own text: pages have dozens of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import STEP, Size, theme
from ui.widgets.beside import line_height
from ui.widgets.columns import GAP, LINES, PAD
from ui.widgets.ring import draw_ring, wants_ring
from ui.widgets.written import Placed, Words, heights, stacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.widgets.columns import Table

    Cell = tuple[Words, ...]

LOW = 4
"""Pixels below each cell where they stand below each other."""


@dataclass(frozen=True)
class _Laid:
    """How a row looks at a width: its height, and what stands where, read from the left."""

    height: int
    placed: list[Placed]


class TextRow(QAbstractButton):
    """Texts side by side, each with a share of the width. The whole row is a button.

    Give it an accessible name that says everything: what it paints is no widget of its own.

    Args:
        cells: Of each column what stands in it, below each other.
        table: Of which it is a row.
        names: What stands before each cell where the row is too narrow for columns; the first
            cell needs none.
        between: Pixels between words of one cell.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        table: Table,
        *,
        names: Sequence[str],
        between: int = 0,
    ) -> None:
        super().__init__()
        self._cells, self._table, self._between = tuple(cells), table, between
        self._names = [Words(name, size=Size.CAPTION, role="quiet") for name in names[1:]]
        self._known: dict[int, _Laid] = {}
        table.add(max(words.least() for words in cell) for cell in cells)
        self.chosen = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- where everything stands -----------------------------------------------------------------

    def written(self) -> list[Placed]:
        """Everything that is painted now, and where."""
        laid = self._laid(self.width())
        if self.isRightToLeft():
            return [placed.mirrored(self.width()) for placed in laid.placed]
        return laid.placed

    def _laid(self, width: int) -> _Laid:
        if width not in self._known:
            lay = self._below if self._table.stacked(width) else self._beside
            self._known[width] = lay(width)
        return self._known[width]

    def _beside(self, width: int) -> _Laid:
        """In columns, each in the middle of the row's height."""
        rooms = self._table.widths(width)
        high = [heights(cell, room) for cell, room in zip(self._cells, rooms, strict=True)]
        whole = [sum(own) + self._between * (len(own) - 1) for own in high]
        highest, top = max(whole), self._table.rule + PAD
        placed, x = [], PAD
        for cell, room, own, tall in zip(self._cells, rooms, high, whole, strict=True):
            corner = QPoint(x, top + (highest - tall) // 2)
            placed += stacked(cell, corner, room, high=own, between=self._between)
            x += room + GAP
        return _Laid(top + highest + PAD, placed)

    def _below(self, width: int) -> _Laid:
        """Below each other, with the names of the columns beside them."""
        room = width - 2 * PAD
        indent = room // 3
        y, placed = self._table.rule + PAD, []
        for name, cell in zip((None, *self._names), self._cells, strict=True):
            before = indent if name else 0
            own = heights(cell, room - before)
            corner = QPoint(PAD + before, y)
            placed += stacked(cell, corner, room - before, high=own, between=self._between)
            tall = sum(own) + self._between * (len(own) - 1)
            if name:
                corner = QPoint(PAD, y + max(0, (cell[0].line() - name.line()) // 2))
                named = heights((name,), indent - STEP)
                placed += stacked((name,), corner, indent - STEP, high=named)
                tall = max(tall, *named) + LOW
            y += tall
        return _Laid(y + PAD, placed)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as the highest cell, or as all of them below each other."""
        return self._laid(width).height

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """For a page of usual width; the height follows from the width."""
        return QSize(max(800, LINES * line_height()), line_height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow pages are possible."""
        return QSize(12 * line_height(), 0)

    # --- using and painting it -------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """The pointer becomes a hand: set only now, because each cursor takes its time."""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The line above, the ground of the chosen or touched row, the words, the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rule = self._table.rule
        painter.fillRect(0, 0, self.width(), rule, theme.colour("hairline"))
        shape = QRectF(self.rect()).adjusted(4, 4 + rule, -4, -4)
        if self.chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("wash" if self.chosen else "sunken"))
            painter.drawRoundedRect(shape, STEP, STEP)
        for placed in self.written():
            if placed.area.intersects(event.rect()):
                placed.draw(painter)
        if wants_ring(self):
            draw_ring(painter, shape, STEP)
