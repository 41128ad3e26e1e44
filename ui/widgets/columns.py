"""Rows of a table whose columns line up, with text that flows; a row may be a button."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from ui.theme import STEP, theme
from ui.widgets.beside import height_for, line_height
from ui.widgets.label import Label, caption
from ui.widgets.ring import draw_ring, wants_ring

if TYPE_CHECKING:
    from collections.abc import Sequence

    _Base = QWidget
else:
    _Base = object

GAP = 2 * STEP
PAD = 12
LINES = 38
"""Rows narrower than this many line heights put their columns below each other."""


class Table:
    """What the rows of one table have in common: they stand in columns, or all below each other.

    Args:
        shares: How wide each column is, relative to the others.
    """

    def __init__(self, shares: Sequence[int]) -> None:
        self.shares = list(shares)
        self._rows: list[list[QWidget]] = []
        self._least: int | None = None

    def add(self, cells: list[QWidget]) -> None:
        """Add the cells of a row."""
        self._rows.append(cells)
        self._least = None

    def least(self) -> int:
        """The narrowest row in which no word of any row is cut, in pixels."""
        if self._least is None:
            whole, gaps = sum(self.shares), 2 * PAD + GAP * (len(self.shares) - 1)
            needs = [
                math.ceil(widest_word(cell) * whole / share)
                for cells in self._rows
                for cell, share in zip(cells, self.shares, strict=True)
            ]
            self._least = max([LINES * line_height(), *(need + gaps for need in needs)])
        return self._least


class _Cells(_Base):
    """What all rows do with their cells, whether the row is a button or not."""

    def _fill(self, cells: Sequence[QWidget], table: Table, names: Sequence[str] = ()) -> None:
        self._cells = list(cells)
        self._table = table
        table.add(self._cells)
        self._titles = list(names[1:])
        self._names: list[Label] = []
        self._heights: dict[int, int] = {}
        for cell in self._cells:
            cell.setParent(self)
            cell.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _named(self) -> list[Label]:
        """The names, made when they are first needed: most rows are wide enough."""
        if not self._names:
            for title in self._titles:
                name = caption(title)
                name.setParent(self)
                name.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                self._names.append(name)
        return self._names

    def stacked(self, width: int) -> bool:
        """Whether the columns stand below each other at a width."""
        return width < self._table.least()

    def widths(self, width: int) -> list[int]:
        """How wide each column is in a row of ``width``."""
        room = width - 2 * PAD - GAP * (len(self._cells) - 1)
        whole = sum(self._table.shares)
        return [max(16, room * share // whole) for share in self._table.shares]

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Text flows."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as the highest cell, or as all of them below each other; headers vanish then."""
        if width not in self._heights:
            self._heights[width] = self._measure(width)
        return self._heights[width]

    def _measure(self, width: int) -> int:
        if self.stacked(width):
            if not self._titles:
                return 0
            return sum(height for *_, height in self._lines(width)) + 2 * PAD
        heights = [
            height_for(cell, room)
            for cell, room in zip(self._cells, self.widths(width), strict=True)
        ]
        return max(heights, default=0) + 2 * PAD

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """For a page of usual width."""
        width = max(800, LINES * line_height())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow pages are possible."""
        return QSize(12 * line_height(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cells into their columns, or below each other."""
        super().resizeEvent(event)
        if not self._titles:
            for cell in self._cells:
                cell.setVisible(not self.stacked(self.width()))
        if self.stacked(self.width()):
            y = PAD
            for label, cell, height in self._lines(self.width()) if self._titles else ():
                indent = 0 if label is None else self._indent(self.width())
                self._put(cell, PAD + indent, y, self.width() - 2 * PAD - indent, height)
                if label is not None:
                    self._put(label, PAD, y, indent - STEP, height)
                y += height
            for label in self._names:
                label.show()
            return
        for label in self._names:
            label.hide()
        x = PAD
        for cell, width in zip(self._cells, self.widths(self.width()), strict=True):
            height = min(height_for(cell, width), self.height())
            self._put(cell, x, (self.height() - height) // 2, width, height)
            x += width + GAP

    def _indent(self, width: int) -> int:
        return (width - 2 * PAD) // 3

    def _lines(self, width: int) -> list[tuple[QWidget | None, QWidget, int]]:
        """What stands below each other at a width: name, cell, height."""
        first, *rest = self._cells
        found: list[tuple[QWidget | None, QWidget, int]] = [
            (None, first, height_for(first, width - 2 * PAD))
        ]
        indent = self._indent(width)
        for name, cell in zip(self._named(), rest, strict=True):
            height = height_for(cell, width - 2 * PAD - indent)
            found.append((name, cell, max(height, height_for(name, indent - STEP)) + 4))
        return found

    def _put(self, cell: QWidget, x: int, y: int, width: int, height: int) -> None:
        natural = cell.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Maximum
        if natural:
            width = min(width, cell.sizeHint().width())
            high = cell.sizeHint().height()
            y, height = y + (height - high) // 2, high
        left = self.width() - x - width if self.isRightToLeft() else x
        cell.setGeometry(left, y, width, height)


class Header(_Cells, QWidget):
    """The names of the columns.

    Args:
        cells: One widget per column.
        table: Whose rows they stand above.
    """

    def __init__(self, cells: Sequence[QWidget], table: Table) -> None:
        super().__init__()
        self._fill(cells, table)


class Columns(_Cells, QAbstractButton):
    """Widgets side by side, each with a share of the width. The whole row is a button.

    Signals:
        opened: The row was clicked, or Enter or Space was pressed on it.

    Args:
        cells: One widget per column.
        table: Of which it is a row.
        names: What stands before each cell where the row is too narrow for columns; the first
            cell needs none.
    """

    opened = Signal()

    def __init__(
        self,
        cells: Sequence[QWidget],
        table: Table,
        *,
        names: Sequence[str],
    ) -> None:
        super().__init__()
        self._fill(cells, table, names)
        self.chosen = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground of the chosen or touched row, and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        if self.chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("wash" if self.chosen else "sunken"))
            painter.drawRoundedRect(shape, STEP, STEP)
        if wants_ring(self):
            draw_ring(painter, shape, STEP)


def widest_word(cell: QWidget) -> int:
    """The least width at which nothing in a cell is cut, in pixels."""
    labels = [cell] if isinstance(cell, QLabel) else cell.findChildren(QLabel)
    return max(map(_least_width, labels), default=0)


def _least_width(label: QLabel) -> int:
    if not label.wordWrap():
        return label.sizeHint().width()
    metrics = label.fontMetrics()
    return max(map(metrics.horizontalAdvance, label.text().split()), default=0)
