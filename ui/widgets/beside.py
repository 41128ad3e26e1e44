"""Things side by side that go below each other where there is too little room for the text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import STEP, theme
from ui.widgets.measured_once import MeasuredOnce, height_for

_heights: dict[float, int] = {}


def line_height() -> int:
    """Height of a line of body text in pixels: what widths are compared with."""
    size = theme.base.pointSizeF()
    if size not in _heights:
        _heights[size] = QFontMetrics(theme.font()).height()
    return _heights[size]


def column(spacing: int = STEP) -> tuple[QVBoxLayout, QWidget]:
    """A column to put things into, and the widget that holds it."""
    holder = QWidget()
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(spacing)
    return inside, holder


class Beside(MeasuredOnce):
    """A row that becomes a column when it does not fit.

    Args:
        gap: Pixels between two things.
        lines: Below this width, in line heights, things go below each other even if they fit.
        middle: Whether things of a row are centred on each other; else they begin at the top.
    """

    def __init__(self, *, gap: int, lines: int = 0, middle: bool = False) -> None:
        super().__init__()
        self._gap, self._lines, self._middle = gap, lines, middle
        self._items: list[tuple[QWidget, int]] = []
        self._known_needs: list[int] | None = None

    def add(self, widget: QWidget, share: int = 0) -> None:
        """Add a thing; ``share`` of the width that is left over, 0: just what it needs."""
        widget.setParent(self)
        self._items.append((widget, share))
        self.forget()

    def forget(self) -> None:
        """What is inside has another size than before."""
        super().forget()
        self._known_needs = None

    def _needs(self) -> list[int]:
        """How wide each thing is at least, in pixels; to ask takes its time."""
        if self._known_needs is None or not self._known_holds:
            self._known_needs = [
                widget.minimumSizeHint().width() if share else widget.sizeHint().width()
                for widget, share in self._items
            ]
        return self._known_needs

    def _sum(self, widths: list[int]) -> int:
        return sum(widths) + self._gap * (len(widths) - 1)

    def _in_row(self, width: int, needs: list[int]) -> bool:
        """Whether everything stands in one row at a width."""
        return width >= max(self._sum(needs), self._lines * line_height())

    def _widths(self, width: int, needs: list[int]) -> list[int]:
        shares = [share for _, share in self._items]
        if not self._in_row(width, needs):
            return [
                width if share else min(width, need)
                for need, share in zip(needs, shares, strict=True)
            ]
        fixed = sum(need for need, share in zip(needs, shares, strict=True) if not share)
        free = width - fixed - self._gap * (len(needs) - 1)
        whole = sum(shares) or 1
        found = [
            max(free * share // whole, need) if share else need
            for need, share in zip(needs, shares, strict=True)
        ]
        return self._trimmed(found, needs, self._sum(found) - width)

    def _trimmed(self, widths: list[int], needs: list[int], over: int) -> list[int]:
        """The widths without what is too much: from those that have more than they need."""
        while over > 0:
            spare = [
                has - need if share else 0
                for has, need, (_, share) in zip(widths, needs, self._items, strict=True)
            ]
            most = max(range(len(spare)), key=spare.__getitem__)
            if spare[most] <= 0:
                break
            taken = min(over, spare[most])
            widths[most] -= taken
            over -= taken
        return widths

    def _measured(self, width: int) -> int:
        """The highest of a row, or all of a column."""
        needs = self._needs()
        heights = [
            height_for(widget, room)
            for (widget, _), room in zip(self._items, self._widths(width, needs), strict=True)
        ]
        if self._in_row(width, needs):
            return max(heights, default=0)
        return self._sum(heights)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """In a row; the height follows from the width that there will be.

        It is not measured here: layouts ask for this again and again, and take none of it.
        """
        return QSize(max(self._sum(self._needs()), self._lines * line_height()), line_height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """In a column."""
        width = max((w.minimumSizeHint().width() for w, _ in self._items), default=0)
        return QSize(width, 0)

    def event(self, event: QEvent) -> bool:
        """Something inside wants another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            before = self._wants()
            self.forget()
            if self._wants() != before:  # else all around would be laid out anew for nothing
                self.updateGeometry()
            self._place()
        return super().event(event)

    def _wants(self) -> tuple[object, ...]:
        """What layouts around it ask it for."""
        return self._needs(), self.minimumSizeHint(), self.heightForWidth(self.width())

    def laid_out(self) -> None:
        """All around it was laid out anew: what Qt was still to tell it is known."""
        QCoreApplication.removePostedEvents(self, QEvent.Type.LayoutRequest.value)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put everything into its place."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        needs, x, y = self._needs(), 0, 0
        row = self._in_row(self.width(), needs)
        for (widget, _), width in zip(self._items, self._widths(self.width(), needs), strict=True):
            height = height_for(widget, width)
            top = (self.height() - height) // 2 if row and self._middle else y
            left = self.width() - x - width if self.isRightToLeft() else x
            widget.setGeometry(QRect(left, top, width, height))
            if row:
                x += width + self._gap
            else:
                y += height + self._gap
