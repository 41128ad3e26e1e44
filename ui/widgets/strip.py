"""A row of things that breaks into lines where there is too little room, as words do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize

from ui.widgets.measured_once import MeasuredOnce, height_for

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    _Needs = dict[QWidget, int]


@dataclass
class _Line:
    """Things side by side: those at the beginning, and those that stand at the end."""

    begin: list[QWidget] = field(default_factory=list)
    end: list[QWidget] = field(default_factory=list)


class Strip(MeasuredOnce):
    """Used like a horizontal box. What comes after a stretch stands at the end of its line.

    Args:
        gap: Pixels between two things, and between two lines.
    """

    def __init__(self, *, gap: int) -> None:
        super().__init__()
        self._gap = gap
        self._begin: list[QWidget] = []
        self._end: list[QWidget] = []
        self._grow: set[QWidget] = set()
        self._stretched = False

    def addWidget(self, widget: QWidget, stretch: int = 0) -> None:  # noqa: N802 - as Qt's boxes
        """Add a thing; with a stretch it takes what is left over, up to its maximum width."""
        if widget.parent() is not self:  # else it would be dressed once more
            widget.setParent(self)
        self.forget()
        (self._end if self._stretched else self._begin).append(widget)
        if stretch:
            self._grow.add(widget)

    def addStretch(self, _stretch: int = 0) -> None:  # noqa: N802 - as Qt's boxes
        """Let what comes stand at the end of the line."""
        self._stretched = True

    def _shown(self) -> _Needs:
        """How wide each thing that is shown wants to be; asked once, because it takes its time."""
        return {
            one: one.sizeHint().width() for one in self._begin + self._end if not one.isHidden()
        }

    def _wide(self, widgets: list[QWidget], needs: _Needs) -> int:
        return sum(needs[one] for one in widgets) + self._gap * max(0, len(widgets) - 1)

    def _lines(self, width: int, needs: _Needs) -> list[_Line]:
        """What stands in which line: all in one if it fits, else both ends apart."""
        begin = [one for one in self._begin if one in needs]
        end = [one for one in self._end if one in needs]
        if self._wide(begin + end, needs) <= width:
            return [_Line(begin, end)] if begin or end else []
        lines = [_Line(begin=part) for part in self._broken(begin, width, needs)]
        return lines + [_Line(end=part) for part in self._broken(end, width, needs)]

    def _broken(self, widgets: list[QWidget], width: int, needs: _Needs) -> list[list[QWidget]]:
        lines: list[list[QWidget]] = []
        for widget in widgets:
            if lines and self._wide([*lines[-1], widget], needs) <= width:
                lines[-1].append(widget)
            else:
                lines.append([widget])
        return lines

    @staticmethod
    def _high(line: _Line, needs: _Needs) -> int:
        return max(height_for(one, needs[one]) for one in line.begin + line.end)

    def _measured(self, width: int) -> int:
        """All lines."""
        return self._height(width, self._shown())

    def _height(self, width: int, needs: _Needs) -> int:
        heights = [self._high(line, needs) for line in self._lines(width, needs)]
        return sum(heights) + self._gap * max(0, len(heights) - 1)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """In one line."""
        needs = self._shown()
        width = self._wide(list(needs), needs)
        return QSize(width, self._height(width, needs))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The widest thing that cannot be cut; as high as it is now."""
        widths = [o.minimumSizeHint().width() for o in self._begin + self._end if not o.isHidden()]
        return QSize(max(widths, default=0), 0)

    def event(self, event: QEvent) -> bool:
        """Something inside wants another size, has come or gone."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.forget()
            self.updateGeometry()
            self._place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put everything into its place."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        y, needs = 0, self._shown()
        for line in self._lines(self.width(), needs):
            high = self._high(line, needs)
            free = self.width() - self._wide(line.begin + line.end, needs)
            x = 0
            for widget in line.begin:
                width = self._width(widget, needs[widget], free)
                free -= max(0, width - needs[widget])
                self._put(widget, x, y, width, high)
                x += width + self._gap
            x = self.width() - self._wide(line.end, needs)
            for widget in line.end:
                width = min(needs[widget], self.width())
                self._put(widget, max(0, x), y, width, high)
                x += width + self._gap
            y += high + self._gap

    def _width(self, widget: QWidget, need: int, free: int) -> int:
        width = need
        if widget in self._grow:
            width = min(width + max(0, free), widget.maximumWidth())
        return min(width, self.width())

    def _put(self, widget: QWidget, x: int, y: int, width: int, high: int) -> None:
        height = min(high, height_for(widget, width))
        left = self.width() - x - width if self.isRightToLeft() else x
        widget.setGeometry(QRect(left, y + (high - height) // 2, width, height))
