"""The table's model: which row stands where, over rows that lie ready. Nothing is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from readiness.report.rows import DASH
from ui.theme import theme
from ui.widgets.pill import OVERALL_ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from readiness.review.rows import ReviewRow
    from readiness.review.words import RowWords
    from ui.review.columns import Column

    _Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RowsModel(QAbstractTableModel):
    """Rows in an order that somebody else finds out; words are made when a cell is painted.

    Qt's own sorting and filtering calls Python for each comparison: for 100,000 rows that takes
    seconds.

    Args:
        rows: All rows.
        columns: Those that are shown.
        words: Puts cells into words.
        parent: Whose model it is.
    """

    def __init__(
        self,
        rows: Sequence[ReviewRow],
        columns: Sequence[Column],
        words: RowWords,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows, self._columns, self._words = rows, columns, words
        self._shown: Sequence[int] = ()

    @property
    def columns(self) -> Sequence[Column]:
        """Those that are shown."""
        return self._columns

    def show(self, shown: Sequence[int]) -> None:
        """Show the rows with these numbers, in this order."""
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()

    def let_go(self) -> None:
        """Show nothing any more, and hold no rows."""
        self.beginResetModel()
        self._rows = self._shown = ()
        self.endResetModel()

    def number(self, place: int) -> int:
        """The number of the row that stands at a place."""
        return self._shown[place]

    def rowCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """How many are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _ROOT) -> int:  # noqa: N802 - Qt's name
        """How many are shown."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell: its words, its side, and a colour for the verdict."""
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _AT_RIGHT if column.number else _AT_LEFT
        row = self._rows[self._shown[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(self._words, row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.text(self._words, row) or DASH  # an empty cell is told too
        if role == Qt.ItemDataRole.ForegroundRole and column.key == "verdict":
            return theme.colour("quiet" if row.overall is None else OVERALL_ROLES[row.overall])
        return None

    def headerData(  # noqa: N802 - Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """What a column is called."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title(self._words)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _AT_RIGHT if column.number else _AT_LEFT
        return None
