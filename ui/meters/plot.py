"""The course of a value as a curve, with what is asked as a dashed line."""

from __future__ import annotations

import math
import time
from bisect import bisect
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Size, theme
from ui.widgets.mirror import mirror, mirrored

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

MOST = 400
LEFT, RIGHT = 2, 6
"""Pixels beside the curve, for the round end of its line."""
TAIL, TAIL_MARGIN = 3, 8
"""Values at the end of a curve that are drawn anew when one comes, and pixels around them."""
FRAME_MS = 50
GLIDE_S = (0.15, 0.5)
"""Where values come this far apart, the curve glides from one to the next instead of jumping."""
ROUND = (1, 1.5, 2, 3, 4, 5, 6, 8, 10)
PARTS = {1: 2, 1.5: 3, 2: 2, 3: 3, 4: 2, 5: 2, 6: 3, 8: 2, 10: 2}
"""Into how many parts an axis falls that ends at one of these."""
GRID_HEIGHT = 200
"""A lower curve has no room for lines between."""
HEADROOM = 1.08
"""The axis ends at a round number at least so much above everything that is drawn, so that it
stands still while values come."""


class Plot(QWidget):
    """A curve over time. Its accessible name says in words what it shows.

    Args:
        name: What the curve shows, in words.
        limit: The threshold in the same unit; none draws no line.
        limit_text: What stands at the line: "at least 3 Mbit/s asked".
        limit_role: Colour role of what lies beyond the threshold.
        ground: Colour role of what the curve stands on.
        height: Pixels.
        end: Where the axis ends at least, in the unit of the places of :meth:`add`; 0: with the
            last value.
        scale: Writes the number at the upper end of the axis; none: nothing is written there.
    """

    def __init__(
        self,
        name: str,
        *,
        limit: float | None = None,
        limit_text: str = "",
        limit_role: str = "not_met",
        ground: str = "page",
        height: int = 120,
        end: float = 0.0,
        scale: Callable[[float], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.values: list[float] = []
        self.places: list[float] = []
        self.gaps: frozenset[int] = frozenset()
        self.limit = limit
        self._limit_text, self.limit_role, self._ground = limit_text, limit_role, ground
        self._height = height
        self._end = end
        self._scale = scale
        self._came = float("-inf")
        self._painted: tuple[tuple[float, float], float] | None = None
        """Both axes as they were drawn last."""
        self._apart = 0.0
        self._frames = QTimer(self)
        self._frames.setInterval(FRAME_MS)
        self._frames.timeout.connect(self._glide)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_height(self, height: int) -> None:
        """Become higher or lower, in pixels."""
        self._height = height
        self.updateGeometry()

    def add(self, value: float, place: float | None = None) -> None:
        """Add the newest value; the oldest of more than 400 goes.

        Args:
            value: In the unit of the curve.
            place: Where on the axis, from 0 on; none: one further than the last.
        """
        last = self.places[-1] if self.places else -1.0
        self.values.append(value)
        self.places.append(last + 1 if place is None else max(place, last, 0.0))
        self.gaps = frozenset()
        del self.values[:-MOST], self.places[:-MOST]
        moment = time.monotonic()
        self._apart, self._came = moment - self._came, moment
        shortest, longest = GLIDE_S
        if theme.moves and shortest <= self._apart <= longest:
            self._frames.start()
        else:
            self._frames.stop()
        self._update_tip()

    def _glide(self) -> None:
        if time.monotonic() - self._came >= self._apart:
            self._frames.stop()
        self._update_tip()

    def _update_tip(self) -> None:
        """Draw anew what has changed: only the end of the curve, as long as the axes stand."""
        stands = self._painted == (self.span(), self._axis_end()) and len(self.values) > TAIL
        if not stands:
            self.update()
            return
        wide = self.width() - LEFT - RIGHT
        left = LEFT + wide * self.places[-TAIL] / self._axis_end() - TAIL_MARGIN
        right = LEFT + wide * self.places[-1] / self._axis_end() + TAIL_MARGIN
        area = QRectF(left, 0, right - left, self.height())
        self.update(mirrored(area, self).toAlignedRect())

    def _axis_end(self) -> float:
        """Where the axis ends, in the unit of the places."""
        return max(self._end, self.places[-1] if self.places else 0.0) or 1.0

    def _tip(self, before: QPointF, last: QPointF) -> QPointF:
        """Where the curve ends just now, on its way from the value before to the last one."""
        if not self._frames.isActive():
            return last
        return before + (last - before) * min(1.0, (time.monotonic() - self._came) / self._apart)

    def show_values(self, values: Sequence[float], gaps: Collection[int] = ()) -> None:
        """Show a finished course, at equal steps; at ``gaps`` nothing is known, nothing drawn."""
        left_out = max(0, len(values) - MOST)
        self.values = list(values)[left_out:]
        self.places = [float(index) for index in range(len(self.values))]
        self.gaps = frozenset(place - left_out for place in gaps)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide."""
        return QSize(360, self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Still readable."""
        return QSize(160, self._height)

    def span(self) -> tuple[float, float]:
        """Lowest and highest value of the axis: zero is in it."""
        known = [value for place, value in enumerate(self.values) if place not in self.gaps]
        shown = [0.0, *known, *([self.limit] if self.limit is not None else [])]
        low, high = min(shown), max(shown)
        if low < 0:
            return low, high + (high - low) * 0.15
        return low, round_above(high * HEADROOM)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Base line, curve, threshold."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(Size.CAPTION))
        area = QRectF(self.rect()).adjusted(LEFT, 4, -RIGHT, -4)
        low, high = self.span()
        self._painted = ((low, high), self._axis_end())
        since = mirrored(QRectF(event.rect()), self).left() - TAIL_MARGIN
        if self._scale is not None:
            area.setTop(area.top() + painter.fontMetrics().height() + 2)

        def y(value: float) -> float:
            return area.bottom() - (value - low) / (high - low) * area.height()

        painter.save()
        mirror(painter, self)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.drawLine(QLineF(area.left(), y(low), area.right(), y(low)))
        for mark in self._marks(high):
            painter.drawLine(QLineF(area.left(), y(mark), area.right(), y(mark)))
        self._draw_curve(painter, area, y, since)
        if self.limit is not None:
            pen = QPen(theme.colour(self.limit_role), 1.5)
            pen.setDashPattern([4, 4])
            painter.setPen(pen)
            painter.drawLine(QLineF(area.left(), y(self.limit), area.right(), y(self.limit)))
        painter.restore()
        if self._scale is not None:
            painter.setPen(theme.colour("quiet"))
            right = self.isRightToLeft()
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            flags = int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignBottom)
            tall = painter.fontMetrics().height()
            for mark in self._marks(high):
                above = QRectF(area.left(), y(mark) - tall - 2, area.width(), tall)
                painter.drawText(mirrored(above, self), flags, self._scale(mark))
        if self.limit is not None and self._limit_text:
            self._write_limit(painter, area, y(self.limit))

    def _marks(self, high: float) -> list[float]:
        """Where lines are drawn and named: the end of the axis and, if there is room, between."""
        if self._scale is None:
            return []
        parts = parts_of(high) if self._height >= GRID_HEIGHT else 1
        return [high * (part + 1) / parts for part in range(parts)]

    def _draw_curve(
        self, painter: QPainter, area: QRectF, y: Callable[[float], float], since: float
    ) -> None:
        """Draw what lies right of ``since``, in pixels, and one point before."""
        if not self.values:
            return
        end = self._axis_end()
        first = bisect(self.places, (since - area.left()) / area.width() * end)
        parts: list[list[QPointF]] = [[]]
        for index in range(max(0, first - 2), len(self.values)):
            if index in self.gaps:
                parts.append([])
            else:
                x = area.left() + area.width() * self.places[index] / end
                parts[-1].append(QPointF(x, y(self.values[index])))
        if len(parts[-1]) > 1:
            parts[-1][-1] = self._tip(*parts[-1][-2:])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("wash"))
        for points in filter(None, parts):
            foot = [QPointF(points[-1].x(), area.bottom()), QPointF(points[0].x(), area.bottom())]
            painter.drawPolygon(QPolygonF([*points, *foot]))
        pen = QPen(theme.colour("accent"), 2.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for points in parts:
            if len(points) == 1:
                painter.drawPoint(points[0])
            elif points:
                painter.drawPolyline(QPolygonF(points))
        if self._end and parts[-1]:
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(parts[-1][-1], 3, 3)

    def _write_limit(self, painter: QPainter, area: QRectF, height: float) -> None:
        size = painter.fontMetrics().boundingRect(self._limit_text).size()
        above = height - area.top() > size.height() + 4
        top = height - size.height() - 4 if above else height + 4
        wide = size.width() + 8
        room = mirrored(QRectF(area.right() - wide, top, wide, size.height()), self)
        ground = theme.colour(self._ground)
        ground.setAlphaF(0.8)
        painter.fillRect(room, ground)  # else the curve runs through the words
        painter.setPen(theme.colour(self.limit_role))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), self._limit_text)


def parts_of(high: float) -> int:
    """Into how many parts an axis that ends at a round number falls, each round as well."""
    power = 10.0 ** math.floor(math.log10(high)) if high > 0 and math.isfinite(high) else 1.0
    nearest = min(PARTS, key=lambda step: abs(step - high / power))
    return PARTS[nearest]


def round_above(value: float) -> float:
    """The next round number that is not below ``value``; 1 if that is not above 0."""
    if not value > 0 or not math.isfinite(value):
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in ROUND if step * power >= value), 10 * power)
