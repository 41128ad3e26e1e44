"""The table of reports side by side: what is asked stays at the side, the reports stay above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from readiness.report.comparison import SYMBOLS, Turn
from readiness.review.compare import Difference
from ui.dress import wear
from ui.theme import STEP, Size, theme
from ui.widgets.beside import line_height
from ui.widgets.choice import flowing
from ui.widgets.label import breakable
from ui.widgets.measured import text_height
from ui.widgets.ring import MARGIN, draw_ring, wants_ring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from readiness.review.compare_cells import CellWords, LineWords
    from ui.review.side_cells import SideCells

PAD = 12
LINE_GAP = 2
WIDEST_SIDE = 2 / 5
"""Share of the width that the column of requirements takes at most."""
SIDE_LINES = 13
"""Width of that column in line heights, where there is room."""
LEAST_LINES = 7
"""A report's column is never narrower than this many line heights."""
ENDS = re.compile(r"[ \n\u200b]+")
"""Between these a line may be broken; a narrow no-break space keeps number and unit together."""

Piece = tuple[str, QFont, str]
"""A text, its font and its colour role."""


class SideTable(QTableView):
    """Arrows move from cell to cell, Home and End along a line, Enter opens; it scrolls both ways.

    Signals:
        opened: Enter or a double click on a cell of this report, by its place.
    """

    opened = Signal(int)

    def __init__(self, cells: SideCells) -> None:
        super().__init__()
        self.cells = cells
        self.setModel(cells)
        self.setAccessibleName(cells.words.title)
        self.setAccessibleDescription(cells.words.summary)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.viewport().setAutoFillBackground(False)
        self.setItemDelegate(_CellPainter(self))
        self.setHorizontalHeader(_Reports(self))
        self.setVerticalHeader(_Lines(self))
        for corner in self.findChildren(QAbstractButton):
            corner.setFixedSize(0, 0)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        wear(self.verticalScrollBar())
        wear(self.horizontalScrollBar())
        self._narrowest = self._least()
        self.setCurrentIndex(cells.index(0, 0))
        cells.modelReset.connect(self.share_out)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.column()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A few lines; the rest is scrolled to."""
        return QSize(240, 5 * line_height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As much as there is; the page decides."""
        return QSize(800, 16 * line_height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give each column its share and each line its height."""
        super().resizeEvent(event)
        self.share_out()

    def share_out(self) -> None:
        """Columns as wide as there is room, never narrower than a word; lines as high as theirs."""
        beside, above = self.verticalHeader(), self.horizontalHeader()
        bar = self.verticalScrollBar().sizeHint().width()  # kept free, or widths would swing
        room = max(0, self.width() - bar)
        side = min(int(room * WIDEST_SIDE), SIDE_LINES * line_height())
        columns = max(1, self.cells.columnCount())
        wide = max(self._narrowest, (room - side) // columns)
        beside.setFixedWidth(side)
        for column in range(columns):
            above.resizeSection(column, wide)
        for row, line in enumerate(self.cells.lines):
            parts = [height_of(line_pieces(line), side - 2 * PAD, self)]
            parts += [height_of(cell_pieces(cell), wide - 2 * PAD, self) for cell in line.cells]
            beside.resizeSection(row, max(parts) + 2 * PAD)
        heads = [height_of(head_pieces(head), wide - 2 * PAD, self) for head in self._heads()]
        above.setFixedHeight(max(heads, default=0) + 2 * STEP)
        self.updateGeometries()

    def _heads(self) -> Sequence[str]:
        return self.cells.words.heads

    def _least(self) -> int:
        """The narrowest column in which no word is cut, in pixels."""
        pieces = [
            piece for line in self.cells.lines for c in line.cells for piece in cell_pieces(c)
        ]
        pieces += [piece for head in self._heads() for piece in head_pieces(head)]
        widest = max(map(_widest_word, pieces), default=0)
        return max(widest + 2 * PAD, LEAST_LINES * line_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens; letters search nothing here and are left to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().column())
        elif event.text().strip() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def currentChanged(  # noqa: N802 - Qt's name
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The ring moves; what it was around is painted again."""
        super().currentChanged(current, previous)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()


class _CellPainter(QStyledItemDelegate):
    """Paints one cell: the verdict, the value, what it rests on, best or worst."""

    def __init__(self, table: SideTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Everything is text; the colour only goes with it."""
        area: QRect = option.rect  # type: ignore[attr-defined]  # missing in PySide6's stubs
        _ground(painter, area, "surface")
        cell = self._table.cells.cell(index)
        draw(painter, area.adjusted(PAD, PAD, -PAD, -PAD), cell_pieces(cell), self._table)
        if index == self._table.currentIndex() and wants_ring(self._table):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inner = QRectF(area).adjusted(MARGIN + 1, MARGIN + 1, -MARGIN - 1, -MARGIN - 1)
            draw_ring(painter, inner, STEP / 2)
            painter.restore()


class _Header(QHeaderView):
    """What both headers have in common: nothing to press, one size for all."""

    def __init__(self, orientation: Qt.Orientation, table: SideTable) -> None:
        super().__init__(orientation, table)
        self._table = table
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class _Reports(_Header):
    """The names of the reports above their columns."""

    def __init__(self, table: SideTable) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)

    def paintSection(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRect,
        logicalIndex: int,  # noqa: N803 - Qt's name
    ) -> None:
        """One name."""
        _ground(painter, rect, "page")
        head = self._table.cells.words.heads[logicalIndex]
        draw(painter, rect.adjusted(PAD, STEP, -PAD, -STEP), head_pieces(head), self._table)


class _Lines(_Header):
    """What is asked, beside its line."""

    def __init__(self, table: SideTable) -> None:
        super().__init__(Qt.Orientation.Vertical, table)

    def paintSection(  # noqa: N802 - Qt's name
        self,
        painter: QPainter,
        rect: QRect,
        logicalIndex: int,  # noqa: N803 - Qt's name
    ) -> None:
        """Title, what is asked, and whether the reports differ."""
        _ground(painter, rect, "page")
        line = self._table.cells.lines[logicalIndex]
        draw(painter, rect.adjusted(PAD, PAD, -PAD, -PAD), line_pieces(line), self._table)


def cell_pieces(cell: CellWords) -> list[Piece]:
    """What a cell says, each part with its font and colour."""
    small = theme.font(Size.CAPTION)
    pieces: list[Piece] = [
        (cell.verdict, theme.font(Size.CAPTION, bold=True), str(cell.tone)),
        (cell.value, theme.font(), "text"),
        (cell.mark, small, "declared" if cell.declared else "quiet"),
        (cell.place, small, "text"),
    ]
    return [(breakable(text), font, role) for text, font, role in pieces if text]


def line_pieces(line: LineWords) -> list[Piece]:
    """What stands beside a line."""
    small = theme.font(Size.CAPTION)
    same = line.difference is Difference.NONE
    sign = SYMBOLS[Turn.SAME if same else Turn.OTHER]
    pieces: list[Piece] = [
        (line.title, theme.font(bold=True), "text"),
        (line.asked, small, "quiet"),
        (f"{sign} {line.differs}" if line.differs else "", small, "quiet" if same else "text"),
    ]
    return [(breakable(text), font, role) for text, font, role in pieces if text]


def head_pieces(head: str) -> list[Piece]:
    """What stands above a column."""
    return [(breakable(head), theme.font(Size.CAPTION, bold=True), "text")]


def height_of(pieces: Sequence[Piece], width: int, widget: QWidget) -> int:
    """Pixels that texts need below each other."""
    flags = flowing(widget, Qt.AlignmentFlag.AlignTop)
    heights = [
        text_height(text, font, QFontMetrics(font), max(16, width), flags)
        for text, font, _ in pieces
    ]
    return sum(heights) + LINE_GAP * max(0, len(heights) - 1)


def draw(painter: QPainter, area: QRect, pieces: Sequence[Piece], widget: QWidget) -> None:
    """Draw texts below each other; what has no room is cut, never drawn over a neighbour."""
    flags = flowing(widget, Qt.AlignmentFlag.AlignTop)
    painter.save()
    painter.setClipRect(area)
    y = area.top()
    for text, font, role in pieces:
        high = text_height(text, font, QFontMetrics(font), max(16, area.width()), flags)
        painter.setFont(font)
        painter.setPen(theme.colour(role))
        painter.drawText(QRect(area.left(), y, area.width(), high), flags, text)
        y += high + LINE_GAP
    painter.restore()


def _ground(painter: QPainter, area: QRect, role: str) -> None:
    """The surface of a cell, with a hairline below it and at its end."""
    painter.fillRect(area, theme.colour(role))
    line = theme.colour("hairline")
    painter.fillRect(area.left(), area.bottom(), area.width(), 1, line)
    painter.fillRect(area.right(), area.top(), 1, area.height(), line)


def _widest_word(piece: Piece) -> int:
    text, font, _ = piece
    metrics = QFontMetrics(font)
    return max(map(metrics.horizontalAdvance, ENDS.split(text)), default=0)
