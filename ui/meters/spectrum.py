"""The sound of the room by pitch: one bar for each third of an octave, low on the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from readiness.model.measurement import NO_UNIT
from readiness.model.text import N_
from ui.meters.kept import Kept
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
        self._calm, self._loud = Kept(), Kept()
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
        if len(levels) != len(self.levels):
            self.levels, self.highest = list(levels), list(levels)
        pairs = zip(self.levels, levels, strict=True)
        self.levels = [old + SMOOTH * (new - old) for old, new in pairs]
        self.highest = [max(pair) for pair in zip(self.highest, levels, strict=True)]
        self.noise = noise
        line = QFontMetrics(theme.font(Size.CAPTION)).height()
        self.update(self._area(line).adjusted(0, -MARK_ROOM, 0, 0).toAlignedRect())

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

    def _area(self, line: int) -> QRectF:
        """Where the bars stand, between two lines of text of that height in pixels."""
        return QRectF(self.rect()).adjusted(0.5, line + 4, -0.5, -line - 6)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground, the place of hum, bars with their marks, pitches; words only where needed."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour("page"))
        painter.setFont(theme.font(Size.CAPTION))
        line = QFontMetrics(painter.font()).height()
        area = self._area(line)
        _draw_ground(painter, area)
        self._draw_bars(painter, area)
        painter.setPen(theme.colour("quiet"))
        if event.rect().top() < area.top() - MARK_ROOM:
            words = self._reader.text(N_("50 or 60 Hz: hum of the mains"))
            place = QRectF(area.left(), area.top() - line - 4, area.width(), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, words)
        if event.rect().bottom() > area.bottom():
            self._write_pitches(painter, area, line)

    def _write_pitches(self, painter: QPainter, area: QRectF, line: int) -> None:
        for bar, hertz in MARKS:
            middle = _middle(area, bar)
            words = self._reader.quantity(hertz, "Hz" if bar == MARKS[0][0] else NO_UNIT)
            place = QRectF(middle - 60, area.bottom() + 4, 120, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, words)

    def _draw_bars(self, painter: QPainter, area: QRectF) -> None:
        wide = area.width() / BARS
        kept = self._loud if self.noise else self._calm
        whole = QRectF(0, 0, 0.7 * wide, area.height())
        bar = kept.picture(self, lambda on: self._draw_bar(on, whole))
        ratio = bar.devicePixelRatio()
        marks: list[QRectF] = []
        for place, (level, high) in enumerate(zip(self.levels, self.highest, strict=True)):
            left = area.left() + (place + 0.15) * wide
            tall = max(1.0, area.height() * _share(level))
            part = QRectF(left, area.bottom() - tall, whole.width(), tall)
            painter.drawPixmap(part, bar, QRectF(0, 0, part.width() * ratio, tall * ratio))
            top = area.bottom() - area.height() * _share(high) - MARK_ROOM
            marks.append(QRectF(left, top, whole.width(), 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("edge"))
        painter.drawRects(marks)

    def _draw_bar(self, painter: QPainter, whole: QRectF) -> None:
        """The highest bar there can be; of each the upper end is shown."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("open" if self.noise else "accent"))
        painter.drawRoundedRect(whole.adjusted(0, 0, 0, 2 * CORNER), CORNER, CORNER)


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
