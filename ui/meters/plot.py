"""The course of a value as a curve, with what is asked as a dashed line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Size, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

MOST = 400


class Plot(QWidget):
    """A curve over time. Its accessible name says in words what it shows.

    Args:
        name: What the curve shows, in words.
        limit: The threshold in the same unit; none draws no line.
        limit_text: What stands at the line: "3 asked".
        height: Pixels.
        expected: How many values fill the width; 0: as many as there are.
    """

    def __init__(
        self,
        name: str,
        *,
        limit: float | None = None,
        limit_text: str = "",
        height: int = 120,
        expected: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.values: list[float] = []
        self.gaps: frozenset[int] = frozenset()
        self.limit = limit
        self._limit_text = limit_text
        self._height = height
        self._expected = expected
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_height(self, height: int) -> None:
        """Become higher or lower, in pixels."""
        self._height = height
        self.updateGeometry()

    def add(self, value: float) -> None:
        """Add the newest value; the oldest of more than 400 goes."""
        self.values.append(value)
        self.gaps = frozenset()
        del self.values[:-MOST]
        self.update()

    def show_values(self, values: Sequence[float], gaps: Collection[int] = ()) -> None:
        """Show a finished course; at ``gaps`` nothing is known, and nothing is drawn."""
        left_out = max(0, len(values) - MOST)
        self.values = list(values)[left_out:]
        self.gaps = frozenset(place - left_out for place in gaps)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide."""
        return QSize(360, self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Still readable."""
        return QSize(160, self._height)

    def _range(self) -> tuple[float, float]:
        """Lowest and highest value of the axis: zero is in it unless values are negative."""
        known = [value for place, value in enumerate(self.values) if place not in self.gaps]
        shown = [*known, *([self.limit] if self.limit is not None else [])]
        low, high = min([0.0, *shown]), max([0.0, *shown])
        return low, (high + (high - low) * 0.15) if high > low else low + 1

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Base line, curve, threshold."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(2, 4, -2, -3)
        low, high = self._range()

        def y(value: float) -> float:
            return area.bottom() - (value - low) / (high - low) * area.height()

        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.drawLine(QLineF(area.left(), y(low), area.right(), y(low)))
        self._draw_curve(painter, area, y)
        if self.limit is not None:
            self._draw_limit(painter, area, y(self.limit))

    def _draw_curve(self, painter: QPainter, area: QRectF, y: Callable[[float], float]) -> None:
        steps = max(self._expected, len(self.values), 2) - 1
        parts: list[list[QPointF]] = [[]]
        for index, value in enumerate(self.values):
            if index in self.gaps:
                parts.append([])
            else:
                parts[-1].append(QPointF(area.left() + area.width() * index / steps, y(value)))
        pen = QPen(theme.colour("accent"), 2.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for points in parts:
            if len(points) == 1:
                painter.drawPoint(points[0])
            elif points:
                painter.drawPolyline(QPolygonF(points))

    def _draw_limit(self, painter: QPainter, area: QRectF, height: float) -> None:
        pen = QPen(theme.colour("not_met"), 1.5)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.drawLine(QLineF(area.left(), height, area.right(), height))
        painter.setFont(theme.font(Size.CAPTION))
        above = height - area.top() > painter.fontMetrics().height() + 4
        flags = Qt.AlignmentFlag.AlignRight | (
            Qt.AlignmentFlag.AlignBottom if above else Qt.AlignmentFlag.AlignTop
        )
        room = (
            QRectF(area.left(), area.top(), area.width(), height - area.top() - 3)
            if above
            else QRectF(area.left(), height + 3, area.width(), area.bottom() - height - 3)
        )
        painter.drawText(room, int(flags), self._limit_text)
