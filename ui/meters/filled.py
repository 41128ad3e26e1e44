"""A bar that is filled so far: what progress and level have in common."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.meters.kept import Kept
from ui.theme import theme
from ui.widgets.mirror import mirror, mirrored

TOLD_MS = 250
"""Assistive technology is told of a new value at most this often; the eye sees each."""


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
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, bool(ground))
        self.share = 0.0
        """How much is filled, 0 to 1."""
        self._empty, self._full = Kept(), Kept()
        self._next = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TOLD_MS)
        self._pause.timeout.connect(self._tell)

    def fill(self, share: float, value: int) -> None:
        """Show a share of the whole, 0 to 1, and tell its value as soon as it may be told."""
        before, self.share = self._edge(), share
        after = self._edge()
        if before != after:
            left, right = math.floor(min(before, after)), math.ceil(max(before, after))
            changed = QRectF(left, 0, right - left, self.height())
            self.update(mirrored(changed, self).toRect())
        self._next = value
        if not self._pause.isActive():
            self._tell()

    def _tell(self) -> None:
        if self._next != self.value():
            self.setValue(self._next)
            self._pause.start()

    def track(self) -> QRectF:
        """Where the bar lies."""
        return QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)

    def _edge(self) -> float:
        """Where the filling ends, in pixels from where one begins to read, on a whole one."""
        track, ratio = self.track(), self.devicePixelRatioF()
        if track.width() * self.share < 1:
            return 0.0
        if self.share >= 1:
            return float(self.width())
        return round((track.left() + track.width() * self.share) * ratio) / ratio

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

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """So much of the full bar, and the rest of the empty one."""
        painter = QPainter(self)
        if self._ground:
            painter.fillRect(event.rect(), theme.colour(self._ground))
        painter.drawPixmap(0, 0, self._empty.picture(self, self.draw_empty))
        edge = self._edge()
        if edge:
            painter.setClipRect(mirrored(QRectF(0, 0, edge, self.height()), self))
            painter.drawPixmap(0, 0, self._full.picture(self, self.draw_full))
