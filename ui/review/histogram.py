"""How the values of one figure are spread over many reports, and where what is asked lies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from readiness.model.requirement import Operator
from readiness.model.text import N_
from ui.theme import Size, theme
from ui.widgets.mirror import mirror, mirrored

if TYPE_CHECKING:
    from readiness.review.spread import Bar, Spread
    from readiness.review.words import RowWords

HEIGHT = 200
GAP = 2
"""Pixels between two bars."""

ENDS = 150
"""Pixels for the words at either end of the axis."""


class Histogram(QWidget):
    """Bars, a dashed line where what is asked lies, and the same in words for everybody.

    Args:
        spread: Of which figure.
        words: Who reads.
    """

    def __init__(self, spread: Spread, words: RowWords) -> None:
        super().__init__()
        self._spread, self._words = spread, words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.told())

    def told(self) -> str:
        """The median, how many do not reach what is asked, and how many have no value."""
        found, reader = self._spread, self._words.reader
        median = self._words.value(found.metric, found.median)
        short = self.short()
        if short is None:
            return reader.plural(
                "{n} report has a value; half of them are below {median}.",
                "{n} reports have a value; half of them are below {median}.",
                found.known,
                median=median,
            )
        return reader.text(
            # Translators: of reports; {asked} is like "at least 5 Mbit/s"
            N_("Asked: {asked}. {n} of {all} do not reach it; half of all are below {median}."),
            asked=self.asked(),
            n=reader.number(short),
            all=reader.number(found.known),
            median=median,
        )

    def asked(self) -> str:
        """What is asked, in words; empty if nothing is that is one line."""
        criterion = self._spread.criterion
        return "" if criterion is None else self._words.words.asked(criterion)

    def short(self) -> int | None:
        """How many are on the wrong side of what is asked; none if nothing is asked."""
        if self._spread.criterion is None:
            return None
        return sum(bar.count for bar in self._spread.bars if self._is_short(bar))

    def _is_short(self, bar: Bar) -> bool:
        limit = self._limit()
        criterion = self._spread.criterion
        if limit is None or criterion is None:
            return False
        if criterion.operator is Operator.AT_MOST:
            return bar.low >= limit
        return bar.high <= limit

    def _limit(self) -> float | None:
        criterion = self._spread.criterion
        return None if criterion is None else float(criterion.threshold[0])

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A broad picture."""
        return QSize(480, HEIGHT)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Still to be read."""
        return QSize(200, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Bars with their counts, the line of what is asked, and the ends of the axis."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(Size.CAPTION))
        line = painter.fontMetrics().height()
        area = QRectF(self.rect()).adjusted(0.5, 2.0 * line + 4, -0.5, -line - 6)
        painter.save()
        mirror(painter, self)
        self._draw_bars(painter, area)
        at = self._draw_limit(painter, area)
        painter.restore()
        self._write_counts(painter, area, line)
        self._write_ends(painter, area, line)
        if at is not None:
            self._write_limit(painter, area, at, line)

    def _wide(self, area: QRectF) -> float:
        return area.width() / len(self._spread.bars)

    def _draw_bars(self, painter: QPainter, area: QRectF) -> None:
        wide = self._wide(area)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        for place, bar in enumerate(self._spread.bars):
            top = area.bottom() - self._high(bar, area)
            shape = QRectF(area.left() + place * wide + GAP, top, wide - 2 * GAP, area.bottom())
            shape.setBottom(area.bottom())
            if self._is_short(bar):  # told apart by their shape too, not by colour alone
                painter.setPen(QPen(theme.colour("not_met"), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                shape = shape.adjusted(1, 1, -1, 0)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
            if bar.count:
                painter.drawRect(shape)

    def _high(self, bar: Bar, area: QRectF) -> float:
        most = max(one.count for one in self._spread.bars)
        return max(2.0, area.height() * bar.count / most) if bar.count else 0.0

    def _draw_limit(self, painter: QPainter, area: QRectF) -> float | None:
        """The dashed line between two bars; where it stands, read from left to right."""
        limit = self._limit()
        places = [n for n, bar in enumerate(self._spread.bars) if bar.low == limit]
        if limit is None or not places:
            return None
        at = area.left() + places[0] * self._wide(area)
        pen = QPen(theme.colour("text"), 1.5)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.drawLine(QLineF(at, area.top() - 4, at, area.bottom()))
        return at

    def _write_counts(self, painter: QPainter, area: QRectF, line: int) -> None:
        """How many, above each bar that is wide enough for the number."""
        wide = self._wide(area)
        painter.setPen(theme.colour("quiet"))
        for place, bar in enumerate(self._spread.bars):
            said = self._words.reader.number(bar.count)
            if not bar.count or painter.fontMetrics().horizontalAdvance(said) > wide:
                continue
            top = area.bottom() - self._high(bar, area) - line - 1
            room = QRectF(area.left() + place * wide, top, wide, line)
            painter.drawText(mirrored(room, self), Qt.AlignmentFlag.AlignCenter, said)

    def _write_ends(self, painter: QPainter, area: QRectF, line: int) -> None:
        first, last = self._spread.bars[0], self._spread.bars[-1]
        reader = self._words.reader
        low = self._words.value(self._spread.metric, first.low)
        if math.isinf(first.low):
            high = self._words.value(self._spread.metric, first.high)
            low = reader.text(N_("below {value}"), value=high)
        end = self._words.value(self._spread.metric, last.high)
        if math.isinf(last.high):
            end = reader.text(
                N_("above {value}"), value=self._words.value(self._spread.metric, last.low)
            )
        painter.setPen(theme.colour("quiet"))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if self.isRightToLeft():
            left, right = right, left
        room = QRectF(area.left(), area.bottom() + 4, ENDS, line)
        painter.drawText(mirrored(room, self), int(left | Qt.AlignmentFlag.AlignAbsolute), low)
        room = QRectF(area.right() - ENDS, area.bottom() + 4, ENDS, line)
        painter.drawText(mirrored(room, self), int(right | Qt.AlignmentFlag.AlignAbsolute), end)

    def _write_limit(self, painter: QPainter, area: QRectF, at: float, line: int) -> None:
        """What is asked, above the line, and kept within the picture."""
        said = self.asked()
        wide = painter.fontMetrics().horizontalAdvance(said) + 4
        begin = min(max(area.left(), at - wide / 2), max(area.left(), area.right() - wide))
        room = QRectF(begin, 0, wide, line)
        painter.setPen(theme.colour("text"))
        painter.drawText(mirrored(room, self), Qt.AlignmentFlag.AlignCenter, said)
