"""The sound of the room by pitch: one bar for each third of an octave, low on the left."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from readiness.model.measurement import NO_UNIT
from readiness.model.text import N_
from ui.meters.kept import Kept, looks
from ui.theme import Size, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.locale import Reader

QUIETEST, LOUDEST = -110.0, -30.0
"""Ends of the picture, dBov: a good headset's own hiss lies near the lower, a loud room at the
upper."""
HIGHEST, LOWEST = 260, 120
MARK_ROOM = 4
"""Pixels above the highest bar in which its mark is."""
CORNER = 2.0
SOLID = 0.7
"""How much of its room a bar takes; the rest parts it from the next."""
GROUND = "page"
SMOOTH = 0.4
"""Share of a new value in what is drawn: without it the bars tremble."""
BARS = 23
FIRST_HZ = 50.0
MARKS = ((3, 100), (8, 315), (13, 1000), (18, 3150))
"""Which bars have their pitch in Hz written under them."""
HUM = (50.0, 60.0)
"""The mains: where its hum stands."""
# Translators: what a room sounds like, from the lowest to the highest pitch.
SOUNDS: tuple[tuple[float, str], ...] = (
    (75, N_("Mostly a low hum")),
    (250, N_("Mostly a low rumble")),
    (2200, N_("Mostly middle tones, as of voices")),
    (float("inf"), N_("Mostly a high hiss")),
)
"""Up to which Hz, and the words for it."""


class SpectrumMeter(QWidget):
    """Bars, and above each a small mark where it was highest so far.

    Args:
        name: What is shown, for assistive technology.
        reader: Words and numbers.
    """

    def __init__(self, name: str, reader: Reader, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self.levels: list[float] = []
        self.highest: list[float] = []
        self.noise = False
        self._height = HIGHEST
        self._line = QFontMetrics(theme.font(Size.CAPTION)).height()
        self._marks: list[QRect] = []
        self._marked: tuple[object, ...] = ()
        """What the places of the marks were found for."""
        self._back, self._calm, self._loud = (Kept(GROUND) for _ in range(3))
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # What is under it need not be drawn each time; it draws its own ground.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_height(self, height: int) -> None:
        """Become higher or lower, in pixels, within what can be read."""
        self._height = min(HIGHEST, max(LOWEST, height))
        self.updateGeometry()

    def set_levels(self, levels: Sequence[float], *, noise: bool) -> None:
        """Show the level of each band, dBov, and whether this moment is a noise."""
        whole = len(levels) != len(self.levels) or noise is not self.noise
        if len(levels) != len(self.levels):
            self.levels, self.highest = list(levels), list(levels)
        before = QUIETEST if whole else min(self.levels)
        pairs = zip(self.levels, levels, strict=True)
        self.levels = [old + SMOOTH * (new - old) for old, new in pairs]
        self.highest = list(map(max, self.highest, levels))
        self.noise = noise
        area = self._area()
        # All bars stay as they are below the top of the lowest.
        top = area.bottom() - area.height() * _share(max(self.highest)) - MARK_ROOM - 1
        low = area.bottom() - area.height() * _share(min(before, *self.levels)) + CORNER + 1
        self.update(0, math.floor(top), self.width(), math.ceil(low - math.floor(top)))

    def words(self) -> str:
        """What it sounds like, and the pitch that is strongest; empty before anything was heard."""
        if not self.levels:
            return ""
        text = self._reader.text
        strongest = max(range(len(self.levels)), key=self.levels.__getitem__)
        if self.levels[strongest] <= QUIETEST:
            return text(N_("Almost nothing is heard"))
        hertz = FIRST_HZ * 10 ** (strongest / 10)
        sound = next(words for limit, words in SOUNDS if hertz < limit)
        rounded = self._reader.quantity(float(f"{hertz:.2g}"), "Hz")
        return text(N_("{sound}, strongest at {hertz}"), sound=text(sound), hertz=rounded)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A broad picture."""
        return QSize(320, self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Still to be read."""
        return QSize(160, self._height)

    def _area(self) -> QRectF:
        """Where the bars stand, between two lines of text."""
        return QRectF(self.rect()).adjusted(0.5, self._line + 4, -0.5, -self._line - 6)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """What stays, and the bars with their marks."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._back.picture(self, self._draw_back))
        self._draw_bars(painter)

    def _draw_back(self, painter: QPainter) -> None:
        """The place of hum, and what is written."""
        area, line = self._area(), self._line
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        _draw_ground(painter, area)
        painter.setFont(theme.font(Size.CAPTION))
        painter.setPen(theme.colour("quiet"))
        words = self._reader.text(N_("50 or 60 Hz: hum of the mains"))
        place = QRectF(area.left(), area.top() - line - 4, area.width(), line)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, words)
        for bar, hertz in MARKS:
            middle = _middle(area, bar)
            words = self._reader.quantity(hertz, "Hz" if bar == MARKS[0][0] else NO_UNIT)
            place = QRectF(middle - 60, area.bottom() + 4, 120, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, words)

    def _draw_bars(self, painter: QPainter) -> None:
        """Bars and marks on whole pixels of the screen, where each is but copied."""
        area, ratio = self._area(), self.devicePixelRatioF()
        kept = self._loud if self.noise else self._calm
        bar = kept.picture(self, self._draw_bar)
        bar.setDevicePixelRatio(1)
        painter.scale(1 / ratio, 1 / ratio)
        high, bottom = area.height() * ratio, round(area.bottom() * ratio)
        left, wide = area.left() * ratio, area.width() / BARS * ratio
        broad = round(SOLID * wide)
        places = [round(left + (n + (1 - SOLID) / 2) * wide) for n in range(len(self.levels))]
        for at, level in zip(places, self.levels, strict=True):
            tall = round(high * _share(level)) or 1
            painter.drawPixmap(at, bottom - tall, bar, 0, 0, broad, tall)
        wanted = *looks(self), *self.highest
        if wanted != self._marked:
            self._marked = wanted
            tops = [
                bottom - round(high * _share(most) + MARK_ROOM * ratio) for most in self.highest
            ]
            pairs = zip(places, tops, strict=True)
            self._marks = [QRect(at, top, broad, round(2 * ratio)) for at, top in pairs]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("edge"))
        painter.drawRects(self._marks)

    def _draw_bar(self, painter: QPainter) -> None:
        """The highest bar there can be; of each the upper end is shown."""
        area, ratio = self._area(), self.devicePixelRatioF()
        broad = round(SOLID * area.width() / BARS * ratio) / ratio
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("open" if self.noise else "accent"))
        whole = QRectF(0, 0, broad, area.height() + 1 + 2 * CORNER)
        painter.drawRoundedRect(whole, CORNER, CORNER)


def _draw_ground(painter: QPainter, area: QRectF) -> None:
    """The line that bars stand on, and dashed ones where the hum of the mains would stand."""
    painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1), theme.colour("hairline"))
    painter.setPen(QPen(theme.colour("edge"), 1, Qt.PenStyle.DashLine))
    middles = [_middle(area, bar) for bar in range(len(HUM))]
    painter.drawLines([QLineF(x, area.top(), x, area.bottom()) for x in middles])


def _middle(area: QRectF, bar: int) -> float:
    return area.left() + area.width() * (bar + 0.5) / BARS


def _share(level: float) -> float:
    """How high a level is drawn, 0 to 1."""
    return min(1.0, max(0.0, (level - QUIETEST) / (LOUDEST - QUIETEST)))
