"""A dialog: what it says scrolls where the screen is small, its buttons stay in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.theme import STEP
from ui.widgets.beside import line_height
from ui.widgets.native import room_on_screen
from ui.widgets.page import Flowing, Scroller
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

LINES = 34
"""A dialog is so many line heights wide, if the window has room for it."""
EDGE = 3 * STEP
BAR = 12
"""How wide a scroll bar is, in pixels."""


class Dialog(QDialog):
    """Put things into ``column``; buttons into ``foot``. It never grows beyond its window.

    Args:
        title: What the dialog is called.
        parent: The page on which it stands.
        least: How high it is at least, in line heights.
    """

    def __init__(self, title: str, parent: QWidget, *, least: int = 0) -> None:
        super().__init__(parent)
        self._least = least
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        content = Flowing()
        self.column = QVBoxLayout(content)
        self.column.setContentsMargins(EDGE, EDGE, EDGE, STEP)
        self.column.setSpacing(STEP)
        self.foot = Strip(gap=STEP)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 2 * STEP)
        around.setSpacing(STEP)
        around.addWidget(Scroller(content), 1)
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(EDGE, 0, EDGE, 0)
        self._holder.addWidget(self.foot)
        around.addLayout(self._holder)
        self._content = content

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Take the size that the words need, as far as the window has it."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Become as high as what it says now, within the window."""
        room = self._room()
        wide = max(LINES * line_height(), self._content.minimumSizeHint().width())
        wide = min(wide, room.width())
        inside = self._content.layout()
        # As if a scroll bar stood beside it: rows that just fit would else go over into lines.
        high = 0 if inside is None else inside.totalHeightForWidth(wide - BAR)
        high += self.foot.heightForWidth(wide - 2 * EDGE) + 3 * STEP + 2
        high = max(high, self._least * line_height())
        self.resize(wide, min(high, room.height()))

    def _room(self) -> QSize:
        parent = self.parentWidget()
        return room_on_screen(self) if parent is None else parent.window().size()
