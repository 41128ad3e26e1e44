"""Rows of a table whose columns line up, with text that flows; a row may be a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import STEP, theme
from ui.widgets.label import Label
from ui.widgets.ring import draw_ring

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 2 * STEP
PAD = 12


class Columns(QAbstractButton):
    """Widgets side by side, each with a share of the width. Clickable if ``clickable``.

    Signals:
        opened: The row was clicked, or Enter or Space was pressed on it.

    Args:
        cells: One widget per column.
        shares: How wide each column is, relative to the others.
        clickable: Whether the row is a button.
    """

    opened = Signal()

    def __init__(
        self,
        cells: Sequence[QWidget],
        shares: Sequence[int],
        *,
        clickable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cells = list(cells)
        self._shares = list(shares)
        self._clickable = clickable
        self.chosen = False
        for cell in self._cells:
            cell.setParent(self)
            cell.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            _dress(cell)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if clickable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.clicked.connect(self.opened)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def widths(self, width: int) -> list[int]:
        """How wide each column is in a row of ``width``."""
        room = width - 2 * PAD - GAP * (len(self._cells) - 1)
        whole = sum(self._shares)
        return [max(16, room * share // whole) for share in self._shares]

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Text flows."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as the highest cell."""
        heights = [
            _height(cell, room) for cell, room in zip(self._cells, self.widths(width), strict=True)
        ]
        return max(heights, default=0) + 2 * PAD

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """For a page of usual width."""
        return QSize(800, self.heightForWidth(800))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow pages are possible."""
        return QSize(400, self.fontMetrics().height() + 2 * PAD)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cells into their columns."""
        super().resizeEvent(event)
        x = PAD
        widths = self.widths(self.width())
        if self.isRightToLeft():
            x = self.width() - PAD
        for cell, width in zip(self._cells, widths, strict=True):
            fixed = cell.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Maximum
            used = min(width, cell.sizeHint().width()) if fixed else width
            height = min(_height(cell, width), self.height())
            left = x - used if self.isRightToLeft() else x
            cell.setGeometry(left, (self.height() - height) // 2, used, height)
            x += (-1 if self.isRightToLeft() else 1) * (width + GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens, as Space does."""
        if self._clickable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Rows that are no buttons let the page have the click."""
        if self._clickable:
            super().mousePressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground of the chosen or touched row, and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        if self.chosen or (self._clickable and self.underMouse()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("wash" if self.chosen else "sunken"))
            painter.drawRoundedRect(shape, STEP, STEP)
        if self.hasFocus():
            draw_ring(painter, shape, STEP)


def _dress(cell: QWidget) -> None:
    """Colour the texts again: Qt's style sheets forget it when a widget gets a new parent."""
    labels = [cell, *cell.findChildren(Label)]
    for label in labels:
        if isinstance(label, Label):
            label.set_role(label.role)


def _height(cell: QWidget, width: int) -> int:
    if cell.hasHeightForWidth():
        return cell.heightForWidth(width)
    return cell.sizeHint().height()
