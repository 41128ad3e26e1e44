"""The voice of the last seconds as bars: decoration beside the level meter."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.meters.kept import blank_picture, looks
from ui.theme import theme
from ui.widgets.mirror import mirror, mirrored

GAP = 8
GROUND = "page"


class Wave(QWidget):
    """One bar per level that arrives, newest right of the others; when full, the oldest goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: list[float] = []
        self._came = 0
        """How many levels have come in all."""
        self._bars = QPixmap()
        """What was drawn of them; it is moved, not drawn anew."""
        self._drawn: tuple[object, ...] = ()
        self._drawn_came, self._drawn_first = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # What is under it need not be drawn each time; it draws its own ground.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def clear(self) -> None:
        """Begin anew."""
        self._heights.clear()
        self._drawn = ()
        self.update()

    def add(self, position: float) -> None:
        """Add a level between 0 and 1."""
        self._heights.append(position)
        self._came += 1
        room = max(1, self.width() // GAP)
        moved = len(self._heights) > room
        del self._heights[:-room]
        if moved:
            self.update()
        else:
            newest = QRectF((len(self._heights) - 1) * GAP, 0, GAP, self.height())
            self.update(mirrored(newest, self).toAlignedRect())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as there is room."""
        return QSize(320, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Bars around a middle line."""
        self._bring_up_to_date()
        QPainter(self).drawPixmap(0, 0, self._bars)

    def _bring_up_to_date(self) -> None:
        """Move the bars that stand, and draw those that have come since."""
        wanted = looks(self)
        first = self._came - len(self._heights)
        step = GAP * self.devicePixelRatioF()
        moved = first - self._drawn_first
        if wanted != self._drawn or (moved and not step.is_integer()):
            self._bars = blank_picture(self, GROUND)
            self._draw_ground(QRectF(self.rect()))
            self._drawn, self._drawn_came = wanted, first
        elif moved:
            self._move(round(step) * moved)
        self._drawn_first = first
        if self._drawn_came < self._came:
            self._draw_from(max(first, self._drawn_came) - first)
            self._drawn_came = self._came

    def _move(self, pixels: int) -> None:
        """Move what stands by so many of the picture's own pixels towards where one begins."""
        size = self._bars.size()
        kept = max(0, size.width() - pixels)
        right_to_left = self.isRightToLeft()
        self._bars.scroll(pixels if right_to_left else -pixels, 0, self._bars.rect())
        ratio, free = self._bars.devicePixelRatio(), size.width() - kept
        left = 0 if right_to_left else kept
        self._draw_ground(QRectF(left / ratio, 0, free / ratio, self.height()))

    def _draw_ground(self, free: QRectF) -> None:
        """Where no bar is: the middle line, on the page."""
        painter = QPainter(self._bars)
        painter.fillRect(free, theme.colour(GROUND))
        middle = QRectF(free.left(), self.height() / 2 - 0.5, free.width(), 1)
        painter.fillRect(middle, theme.colour("hairline"))
        painter.end()

    def _draw_from(self, place: int) -> None:
        """Draw the bars from this place on."""
        painter = QPainter(self._bars)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirror(painter, self)
        pen = QPen(theme.colour("accent"), 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        middle = self.height() / 2
        for index, position in enumerate(self._heights[place:], start=place):
            half = max(2.0, (middle - 4) * position**1.5)
            x = 4 + index * GAP
            painter.drawLine(QLineF(x, middle - half, x, middle + half))
        painter.end()
