"""A bar that is filled so far: what progress and level have in common."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.meters.kept import Kept
from ui.meters.spoken import Pace
from ui.theme import theme
from ui.widgets.mirror import mirror, mirrored

TOLD_S = 0.25
"""Assistive technology is told of a new value at most this often; the eye sees each."""
LAST_MS = 400
"""After so long the last of several values is told. Longer than from one to the next: while values
come, each is told as it comes, and nothing wakes the program in between."""


class Filled(QProgressBar):
    """Draws two pictures once, the empty bar and the full one, and shows a part of each.

    To assistive technology it is a progress bar with a value.

    Args:
        name: What is shown, for assistive technology.
        ground: Colour role of what it stands on: then what is under it need not be drawn each
            time. Empty: it can stand anywhere.
    """

    def __init__(self, name: str, *, ground: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._ground = ground
        self.share = 0.0
        """How much is filled, 0 to 1."""
        self._drawn = 0.0
        """Where the filling ends as it is drawn, or will be next."""
        self._empty, self._full = Kept(ground), Kept(ground)
        self._next = 0
        self._pace = Pace(TOLD_S)
        self._last = QTimer(self)
        self._last.setSingleShot(True)
        self._last.setInterval(LAST_MS)
        self._last.timeout.connect(self._tell)

    def fill(self, share: float, value: int) -> None:
        """Show a share of the whole, 0 to 1, and tell its value as soon as it may be told."""
        self.share = share
        before, after = self._drawn, self._edge()
        if before != after:
            self._drawn = after
            left, right = math.floor(min(before, after)), math.ceil(max(before, after))
            if self.isRightToLeft():
                left, right = self.width() - right, self.width() - left
            self.update(left, 0, right - left, self.height())
        self._next = value
        if self._pace.due():
            self._tell()
        elif not self._last.isActive():
            self._last.start()

    def _tell(self) -> None:
        self._last.stop()
        if self._next == self.value():
            return
        # Else Qt would paint all of it for the new value, at once and apart from all other changes.
        still = self.testAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled)
        self.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled)
        self.setValue(self._next)
        self.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, still)

    def track(self) -> QRectF:
        """Where the bar lies."""
        return QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)

    def _edge(self) -> float:
        """Where the filling ends, in pixels from where one begins to read, on a whole one."""
        width, share = self.width(), self.share
        long = (width - 1) * share
        if long < 1:
            return 0.0
        if share >= 1:
            return float(width)
        ratio = self.devicePixelRatioF()
        return round((long + 0.5) * ratio) / ratio

    def draw_empty(self, painter: QPainter) -> None:
        """The bar with nothing in it."""
        mirror(painter, self)
        track = self.track()
        corner = track.height() / 2
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(track, corner, corner)

    def draw_full(self, painter: QPainter) -> None:
        """What fills it, up to its end."""
        mirror(painter, self)
        track = self.track()
        corner = track.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(track, corner, corner)

    def _draw_whole(self, painter: QPainter) -> None:
        """The full bar; where it has a ground, on the empty one, seen around its ends."""
        if self._ground:
            painter.save()
            self.draw_empty(painter)
            painter.restore()
        self.draw_full(painter)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Be opaque; set here, because Qt's style takes it from each bar that it dresses."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, bool(self._ground))
        super().showEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """So much of the full bar, and the rest of the empty one."""
        painter = QPainter(self)
        edge, anew = self._edge(), event.rect()
        self._drawn = edge
        first, last = anew.left(), anew.right() + 1
        if self.isRightToLeft():
            first, last = self.width() - last, self.width() - first
        if last > edge or not self._ground:
            painter.drawPixmap(0, 0, self._empty.picture(self, self.draw_empty))
        if first < edge:
            if last > edge:
                painter.setClipRect(mirrored(QRectF(0, 0, edge, self.height()), self))
            painter.drawPixmap(0, 0, self._full.picture(self, self._draw_whole))
