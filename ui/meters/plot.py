"""The course of a value as a curve, with what is asked as a dashed line."""

from __future__ import annotations

import time
from bisect import bisect
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.meters.axis import parts_of, round_above
from ui.theme import Size, theme
from ui.widgets.mirror import mirror, mirrored

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

MOST = 400
LEFT, RIGHT = 2, 6
"""Pixels beside the curve, for the round end of its line."""
TAIL, TAIL_MARGIN = 3, 5
"""Values at the end of a curve that are drawn anew when one comes, and pixels around them."""
FRAME_MS = 50
GLIDE_S = (0.15, 0.5)
"""Where values come this far apart, the curve glides from one to the next instead of jumping."""
GRID_HEIGHT = 200
"""A lower curve has no room for lines between."""
DASH, DASH_WIDTH = 4.0, 1.5
"""The dashed line: dashes and gaps as shares of its width, and its width in pixels."""
PIECE = 4
"""A curve is drawn in pieces of so many values: the time that a piece takes grows with the square
of their number where values swing, 85 ms for 400 of them at once against 6 ms."""
GROWTH = 1.25
"""An axis that has become too short grows by this factor: if it grew with each value, everything
would be drawn anew each time."""
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
        self._axis: tuple[float, float] | None = None
        """What :meth:`span` found, until another value comes."""
        self._written: dict[str, tuple[str, QSizeF]] = {}
        """What is written, and the room that it takes."""
        self._came = float("-inf")
        self._painted: tuple[tuple[float, float], float] | None = None
        """Both axes as they were drawn last."""
        self._apart = 0.0
        self._frames = QTimer(self)
        self._frames.setInterval(FRAME_MS)
        self._frames.timeout.connect(self._glide)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # What is under it need not be drawn each time; it draws its own ground.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

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
        if self._end and self.places[-1] > self._end:
            self._end = GROWTH * self.places[-1]
        self.gaps = frozenset()
        self._axis = None
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
        stands = self._painted == (self.span(), self.axis_end()) and len(self.values) > TAIL
        if not stands:
            self.update()
            return
        wide = self.width() - LEFT - RIGHT
        left = LEFT + wide * self.places[-TAIL] / self.axis_end() - TAIL_MARGIN
        right = LEFT + wide * self.places[-1] / self.axis_end() + TAIL_MARGIN
        area = QRectF(left, 0, right - left, self.height())
        self.update(mirrored(area, self).toAlignedRect())

    def axis_end(self) -> float:
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
        self._axis = None
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide."""
        return QSize(360, self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Still readable."""
        return QSize(160, self._height)

    def span(self) -> tuple[float, float]:
        """Lowest and highest value of the axis: zero is in it."""
        if self._axis is None:
            self._axis = self._find_span()
        return self._axis

    def _find_span(self) -> tuple[float, float]:
        known = self.values
        if self.gaps:
            known = [value for place, value in enumerate(known) if place not in self.gaps]
        shown = [0.0, *known, *([self.limit] if self.limit is not None else [])]
        low, high = min(shown), max(shown)
        if low < 0:
            return low, high + (high - low) * 0.15
        return low, round_above(high * HEADROOM)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Another font: what is written takes another room."""
        self._written.clear()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Base line, curve, threshold; of all that what lies where something is drawn anew."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour(self._ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(Size.CAPTION))
        line = QFontMetrics(painter.font()).height()
        area = QRectF(self.rect()).adjusted(LEFT, 4, -RIGHT, -4)
        low, high = self.span()
        self._painted = ((low, high), self.axis_end())
        anew = QRectF(event.rect())
        if self._scale is not None:
            area.setTop(area.top() + line + 2)

        def y(value: float) -> float:
            return area.bottom() - (value - low) / (high - low) * area.height()

        marks = self._marks(high)
        strip = mirrored(anew, self).intersected(area.adjusted(-LEFT, 0, RIGHT, 0))
        painter.save()
        mirror(painter, self)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        begin, end = max(area.left(), strip.left()), min(area.right(), strip.right())
        heights = [y(mark) for mark in (low, *marks)]
        painter.drawLines([QLineF(begin, at, end, at) for at in heights])
        self._draw_curve(painter, area, y, strip.left() - TAIL_MARGIN)
        if self.limit is not None:
            pen = QPen(theme.colour(self.limit_role), DASH_WIDTH)
            pen.setDashPattern([DASH, DASH])
            painter.setPen(pen)
            every = 2 * DASH * DASH_WIDTH  # it begins where a dash does
            begin = area.left() + every * ((begin - area.left()) // every)
            painter.drawLine(QLineF(begin, y(self.limit), end, y(self.limit)))
        painter.restore()
        painter.setPen(theme.colour("quiet"))
        for mark in marks:
            self._write_mark(painter, QPointF(area.left(), y(mark)), mark, anew)
        if self.limit is not None and self._limit_text:
            self._write_limit(painter, area, y(self.limit), anew)

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
        end = self.axis_end()
        first = bisect(self.places, (since - area.left()) / area.width() * end)
        parts: list[list[QPointF]] = [[]]
        # In the same pieces as if all were drawn: their ends are seen where they are sharp.
        begin = max(0, first - 2) // PIECE * PIECE
        for index in range(begin, len(self.values)):
            if index in self.gaps:
                parts.append([])
            else:
                x = area.left() + area.width() * self.places[index] / end
                parts[-1].append(QPointF(x, y(self.values[index])))
        if len(parts[-1]) > 1:
            parts[-1][-1] = self._tip(*parts[-1][-2:])
        pieces = [piece for points in parts for piece in _pieces(points)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("wash"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)  # its edge is covered
        for points in pieces:
            foot = [QPointF(points[-1].x(), area.bottom()), QPointF(points[0].x(), area.bottom())]
            painter.drawPolygon(QPolygonF([*points, *foot]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("accent"), 2.5)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for points in pieces:
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))
        if self._end and parts[-1]:
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(parts[-1][-1], 3, 3)

    def _room(self, painter: QPainter, key: str, words: Callable[[], str]) -> tuple[str, QSizeF]:
        """What is written somewhere, and the room that it takes; found once for a font."""
        if key not in self._written:
            text, measure = words(), QFontMetrics(painter.font())
            size = QSizeF(measure.horizontalAdvance(text) + 1, measure.height())
            self._written[key] = text, size
        return self._written[key]

    def _write_mark(self, painter: QPainter, at: QPointF, mark: float, anew: QRectF) -> None:
        """Write a number of the axis above its line, where one begins to read."""
        scale = self._scale
        if scale is None:
            return
        words, size = self._room(painter, str(mark), lambda: scale(mark))
        room = mirrored(QRectF(at - QPointF(0, size.height() + 2), size), self)
        if room.intersects(anew):
            right = self.isRightToLeft()
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignBottom
            painter.drawText(room, int(flags), words)

    def _write_limit(self, painter: QPainter, area: QRectF, height: float, anew: QRectF) -> None:
        words, size = self._room(painter, "limit", lambda: self._limit_text)
        above = height - area.top() > size.height() + 4
        top = height - size.height() - 4 if above else height + 4
        wide = size.width() + 8
        room = mirrored(QRectF(area.right() - wide, top, wide, size.height()), self)
        if not room.intersects(anew):
            return
        ground = theme.colour(self._ground)
        ground.setAlphaF(0.8)
        painter.fillRect(room, ground)  # else the curve runs through the words
        painter.setPen(theme.colour(self.limit_role))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)


def _pieces(points: Sequence[QPointF]) -> list[Sequence[QPointF]]:
    """A line in pieces that are quick to draw, each beginning where the one before ends."""
    if len(points) == 1:
        return [points]
    return [points[at : at + PIECE + 1] for at in range(0, len(points) - 1, PIECE)]
