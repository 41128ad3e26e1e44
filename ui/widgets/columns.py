"""What the rows of one table have in common, and the names above its columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import STEP, Size
from ui.widgets.beside import line_height
from ui.widgets.label import Label
from ui.widgets.measured_once import height_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QResizeEvent

GAP = 2 * STEP
PAD = 12
LINES = 38
"""Rows narrower than this many line heights put their columns below each other."""
RULE = 1
"""Pixels of the line above a row."""


class Table:
    """The columns of one table: all its rows stand in them, or all put them below each other.

    Args:
        shares: How wide each column is, relative to the others.
        ruled: Whether a line stands above each row.
    """

    def __init__(self, shares: Sequence[int], *, ruled: bool = False) -> None:
        self._shares = list(shares)
        self.rule = RULE if ruled else 0
        self._needs = [0] * len(shares)
        self._least: int | None = None

    def add(self, needs: Iterable[int]) -> None:
        """Add a row by what each of its cells needs at least, in pixels."""
        self._needs = list(map(max, self._needs, needs))
        self._least = None

    def least(self) -> int:
        """The narrowest row in which no word of any row is cut, in pixels."""
        if self._least is None:
            whole, gaps = sum(self._shares), 2 * PAD + GAP * (len(self._shares) - 1)
            needs = [
                math.ceil(need * whole / share) + gaps
                for need, share in zip(self._needs, self._shares, strict=True)
            ]
            self._least = max(LINES * line_height(), *needs)
        return self._least

    def stacked(self, width: int) -> bool:
        """Whether the columns stand below each other in rows of ``width``."""
        return width < self.least()

    def widths(self, width: int) -> list[int]:
        """How wide each column is in rows of ``width``."""
        room = width - 2 * PAD - GAP * (len(self._shares) - 1)
        whole = sum(self._shares)
        return [max(16, room * share // whole) for share in self._shares]


class Header(QWidget):
    """The names of the columns; it vanishes where they stand below each other.

    Args:
        names: One per column.
        table: Whose rows they stand above.
    """

    def __init__(self, names: Sequence[str], table: Table) -> None:
        super().__init__()
        self._table = table
        self._labels = [
            Label(name, size=Size.CAPTION, bold=True, role="quiet", parent=self) for name in names
        ]
        table.add(map(_widest_word, self._labels))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as the highest name; nothing where there are no columns."""
        if self._table.stacked(width):
            return 0
        heights = map(height_for, self._labels, self._table.widths(width))
        return max(heights, default=0) + 2 * PAD

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """On one line; the height follows from the width."""
        return QSize(LINES * line_height(), line_height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow pages are possible."""
        return QSize(12 * line_height(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the names above their columns."""
        super().resizeEvent(event)
        stacked, x = self._table.stacked(self.width()), PAD
        for label, width in zip(self._labels, self._table.widths(self.width()), strict=True):
            label.setVisible(not stacked)
            height = min(height_for(label, width), self.height())
            left = self.width() - x - width if self.isRightToLeft() else x
            label.setGeometry(left, (self.height() - height) // 2, width, height)
            x += width + GAP


def _widest_word(label: Label) -> int:
    """The least width at which no word is cut, in pixels."""
    metrics = label.fontMetrics()
    return max(map(metrics.horizontalAdvance, label.text().split()), default=0)
