"""Small things beside each other that go on in the next line where there is no more room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import STEP

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class Flow(QWidget):
    """A row that breaks into lines like text."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, item: QWidget) -> None:
        """Add a thing at the end."""
        item.setParent(self)
        self._items.append(item)

    def _lines(self, width: int) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = [[]]
        used = 0
        for item in self._items:
            wide = item.sizeHint().width()
            if lines[-1] and used + wide > width:
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += wide + STEP // 2
        return lines

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """All lines."""
        return sum(
            max((i.sizeHint().height() for i in line), default=0) for line in self._lines(width)
        )

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """On one line."""
        width = sum(item.sizeHint().width() + STEP // 2 for item in self._items)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One thing wide."""
        return QSize(max((item.sizeHint().width() for item in self._items), default=0), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put everything into its place."""
        super().resizeEvent(event)
        y = 0
        for line in self._lines(self.width()):
            x = 0
            for item in line:
                size = item.sizeHint()
                left = self.width() - x - size.width() if self.isRightToLeft() else x
                item.setGeometry(left, y, size.width(), size.height())
                x += size.width() + STEP // 2
            y += max((item.sizeHint().height() for item in line), default=0)
