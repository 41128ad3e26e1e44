"""The table of reports: sorted by a click, opened by Enter, walked through by arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.dress import wear
from ui.review.model import RowsModel
from ui.theme import STEP, Size, theme

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent

    from readiness.review.rows import ReviewRow
    from readiness.review.words import RowWords
    from ui.review.columns import Column

LEAST_ROWS = 6
"""So many can be seen however small the window is; then the page scrolls."""

MOST_KEPT = 500
"""So many selected rows stay selected in another order; selecting one by one takes its time."""

NARROWEST = 5
"""Letters that fit into a column that somebody makes narrow."""


class RowsTable(QTableView):
    """Reports, one in each line.

    Signals:
        opened: A row's number: Enter, or a double click.
        sorted_by: A column's key, and whether it falls.
        picked: The numbers of the rows that are selected have changed.
    """

    opened = Signal(int)
    sorted_by = Signal(str, bool)
    picked = Signal()

    def __init__(
        self,
        rows: Sequence[ReviewRow],
        columns: Sequence[Column],
        words: RowWords,
        name: str,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFont(theme.font(Size.CAPTION))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.rows_model = RowsModel(rows, columns, words, self)
        self.setModel(self.rows_model)
        self._dress()
        self._place_columns(columns)
        self.doubleClicked.connect(self._open)
        self._filling = False
        self._selection = self.selectionModel()  # kept: to ask for it takes its time
        self._selection.selectionChanged.connect(self._tell)
        self.horizontalHeader().sectionClicked.connect(self._sort)

    def _dress(self) -> None:
        wear(self)
        line = self.fontMetrics().height() + 2 * STEP
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(line)
        down.setMinimumSectionSize(line)
        across.setFont(theme.font(Size.CAPTION, bold=True))
        across.setHighlightSections(False)
        across.setSectionsClickable(True)
        across.setSortIndicatorShown(True)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._line = line

    def _place_columns(self, columns: Sequence[Column]) -> None:
        header, letter = self.horizontalHeader(), self.fontMetrics().averageCharWidth()
        bold = header.fontMetrics()
        header.setMinimumSectionSize(NARROWEST * letter)
        for place, column in enumerate(columns):
            head = bold.horizontalAdvance(str(self.rows_model.headerData(place, _ACROSS)))
            self.setColumnWidth(place, max(column.letters * letter, head + 5 * STEP))
        header.setStretchLastSection(True)

    def show_rows(self, shown: Sequence[int], picked: Collection[int] = ()) -> None:
        """Show these rows in this order; those that were selected stay so if they are here."""
        current = self.current()
        if current is None:
            current = next(iter(picked), None)
        model, selection = self.rows_model, self._selection
        self._filling = True
        model.show(shown)
        wanted = set(picked) if len(picked) <= MOST_KEPT else set()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        if wanted:
            for place, number in enumerate(shown):
                if number in wanted:
                    selection.select(model.index(place, 0), flags)
        place = _place_of(shown, current) if current is not None else 0
        if model.rowCount():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            selection.setCurrentIndex(model.index(place, 0), flag)
            self.scrollTo(model.index(place, 0))
        self._filling = False
        self.picked.emit()

    def let_go(self) -> None:
        """Hold no rows any more; nobody is told."""
        self._filling = True
        self.rows_model.let_go()

    def show_order(self, key: str, *, falling: bool) -> None:
        """Mark the column by which the rows are sorted."""
        keys = [column.key for column in self.rows_model.columns]
        order = Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(keys.index(key) if key in keys else -1, order)

    def current(self) -> int | None:
        """The number of the row on which the arrow keys stand."""
        index = self.currentIndex()
        return self.rows_model.number(index.row()) if index.isValid() else None

    def numbers(self) -> tuple[int, ...]:
        """The numbers of the selected rows, from top to bottom."""
        chosen = self._selection.selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        places = {row for one in ranges for row in range(one.top(), one.bottom() + 1)}
        return tuple(map(self.rows_model.number, sorted(places)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A head and some rows."""
        head = self.horizontalHeader().sizeHint().height()
        return QSize(20 * STEP, head + LEAST_ROWS * self._line + 2 * STEP)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same: what is left over comes by itself."""
        return self.minimumSizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _letters: str) -> None:  # noqa: N802 - Qt's name
        """Letters do nothing: Qt would ask for every cell of every row; there is a search field."""

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.rows_model.number(index.row()))

    def _tell(self) -> None:
        if not self._filling:
            self.picked.emit()

    def _sort(self, section: int) -> None:
        """Sort by a column; by the same one again the other way round."""
        header = self.horizontalHeader()
        key = self.rows_model.columns[section].key
        self.sorted_by.emit(key, header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder)


_ACROSS = Qt.Orientation.Horizontal


def _place_of(shown: Sequence[int], number: int) -> int:
    """Where a row stands now; at the top if it is left out."""
    try:
        return shown.index(number)
    except ValueError:
        return 0
