"""The cells of a week: seven days by half hours, each with words for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from readiness.model.text import N_
from readiness.model.week import DAY_MIN, STEP_MIN, Week, span
from readiness.week_words import day_words, span_words

if TYPE_CHECKING:
    from readiness.locale import Reader

COLUMNS = DAY_MIN // STEP_MIN
Place = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class WeekCells(QAbstractTableModel):
    """What the grid shows: ``week``, with its days in the reader's order."""

    def __init__(self, week: Week, reader: Reader, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.week, self.reader = week, reader
        first = reader.first_weekday()
        self.days = tuple((first + place) % 7 for place in range(7))

    def cell(self, row: int, column: int) -> Week:
        """The half hour of a cell."""
        return span(self.days[row], column * STEP_MIN, (column + 1) * STEP_MIN)

    def block(self, one: QModelIndex, other: QModelIndex) -> Week:
        """All half hours of the rectangle between two cells."""
        rows = sorted((one.row(), other.row()))
        columns = sorted((one.column(), other.column()))
        whole = Week()
        for row in range(rows[0], rows[1] + 1):
            start, end = columns[0] * STEP_MIN, (columns[1] + 1) * STEP_MIN
            whole |= span(self.days[row], start, end)
        return whole

    def marked(self, index: Place) -> bool:
        """Whether a cell is marked."""
        return bool(self.week & self.cell(index.row(), index.column()))

    def set_week(self, week: Week) -> None:
        """Show another week."""
        if week == self.week:
            return
        self.week = week
        self.dataChanged.emit(self.index(0, 0), self.index(6, COLUMNS - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, 6)

    def words(self, index: Place) -> str:
        """A cell in words: "Monday 9:00 to 9:30: marked"."""
        start = index.column() * STEP_MIN
        said = N_("{day} {time}: marked") if self.marked(index) else N_("{day} {time}: free")
        return self.reader.text(
            said,
            day=self.reader.weekday(self.days[index.row()]),
            time=span_words((start, start + STEP_MIN), self.reader),
        )

    def day_words(self, row: int) -> str:
        """A row in words: "Monday: 9:00 to 12:30"."""
        return day_words(self.week, self.days[row], self.reader)

    def rowCount(self, parent: Place = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Days."""
        return 0 if parent.isValid() else len(self.days)

    def columnCount(self, parent: Place = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Half hours."""
        return 0 if parent.isValid() else COLUMNS

    def flags(self, index: Place) -> Qt.ItemFlag:
        """A cell can be marked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Place, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for assistive technology, and whether it is marked."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.words(index)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.marked(index) else Qt.CheckState.Unchecked
        return None

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Days with their times, and times of day."""
        vertical = orientation is Qt.Orientation.Vertical
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.day_words(section) if vertical else self.reader.clock(section * STEP_MIN)
        if role == Qt.ItemDataRole.DisplayRole:
            if vertical:
                return self.reader.weekday(self.days[section], short=True)
            return self.reader.clock(section * STEP_MIN)
        return None
