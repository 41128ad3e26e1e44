"""The cells of reports side by side: lines below each other, reports across, each with words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from readiness.review.compare import Difference

if TYPE_CHECKING:
    from readiness.review.compare_cells import CellWords, LineWords
    from readiness.review.compare_words import LineupWords

Place = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class SideCells(QAbstractTableModel):
    """What the table shows: the lines about the reports, then what is asked, differences first.

    Attributes:
        words: All of it.
        lines: Those that are shown.
    """

    def __init__(self, words: LineupWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.lines: tuple[LineWords, ...] = (*words.about, *words.lines)
        self.only_differences = False

    def show_only_differences(self, *, only: bool) -> None:
        """Leave out what is the same in all reports, or show it again."""
        if only is self.only_differences:
            return
        self.beginResetModel()
        self.only_differences = only
        kept = (one for one in self.words.lines if not only or _differs(one))
        self.lines = (*self.words.about, *kept)
        self.endResetModel()

    def cell(self, index: Place) -> CellWords:
        """One report in one line."""
        return self.lines[index.row()].cells[index.column()]

    def row_of(self, name: str) -> int:
        """Where the line of a requirement or metric stands; the first if it is not shown."""
        return next((row for row, line in enumerate(self.lines) if line.name == name), 0)

    def rowCount(self, parent: Place = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Place = NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Reports."""
        return 0 if parent.isValid() else len(self.words.heads)

    def data(self, index: Place, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is shown, and for assistive technology a whole sentence."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.cell(index).said
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(self.cell(index).parts)
        return None

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Reports above, what is asked beside."""
        heard = role == Qt.ItemDataRole.AccessibleTextRole
        if not heard and role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return (self.words.names if heard else self.words.heads)[section]
        line = self.lines[section]
        return line.said if heard else line.title


def _differs(line: LineWords) -> bool:
    return line.difference is not Difference.NONE
