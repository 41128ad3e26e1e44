"""Text that a widget paints itself: one widget where there would be half a dozen labels."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPen

from ui.theme import Size, theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QFont, QPainter

MARGINS = 11, 3, 11, 4
"""Room around words that have something drawn around them: left, top, right, bottom; pixels."""
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
FLOW = int(Qt.TextFlag.TextWordWrap)
_MOST = 5000
"""So many measures of a face are kept; then all are taken anew."""


class Around(Enum):
    """What is drawn around words."""

    NOTHING = 0
    OUTLINE = 1
    GROUND = 2


class Face:
    """A font and the measures of texts in it, each taken once.

    Layouts ask for them again and again, and most texts of a table stand in it several times.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.line = self.metrics.height()
        """Height of a line, in pixels."""
        self._wide: dict[str, int] = {}
        self._high: dict[tuple[str, int], int] = {}

    def wide(self, text: str) -> int:
        """How wide a text is on one line, in pixels."""
        if text not in self._wide:
            if len(self._wide) >= _MOST:
                self._wide.clear()
            self._wide[text] = self.metrics.horizontalAdvance(text)
        return self._wide[text]

    def high(self, text: str, room: int = 0) -> int:
        """How high a text is in a room, in pixels; no room: it does not flow."""
        key = text, 0 if self.wide(text) < room else room
        if key not in self._high:
            if len(self._high) >= _MOST:
                self._high.clear()
            flow = FLOW if key[1] else 0
            area = QRect(0, 0, key[1] or 10_000, 10_000)
            self._high[key] = self.metrics.boundingRect(area, flow, text).height()
        return self._high[key]


_faces: dict[tuple[Size, bool, bool, float, str], Face] = {}


def face_of(size: Size = Size.BODY, *, bold: bool = False, struck: bool = False) -> Face:
    """The same object for all words of a kind."""
    kind = size, bold, struck, theme.base.pointSizeF(), theme.base.family()
    if kind not in _faces:
        font = theme.font(size, bold=bold)
        font.setStrikeOut(struck)
        _faces[kind] = Face(font)
    return _faces[kind]


@dataclass(frozen=True)
class Words:
    """A text in one of the theme's sizes and colours. Nothing in it is ever read as markup.

    Attributes:
        text: What it says.
        size: Step of type.
        bold: For titles.
        role: Colour role.
        wrap: Whether long text flows onto further lines.
        struck: Whether it is struck through.
        around: What is drawn around it; such words stand on one line.
    """

    text: str
    _: KW_ONLY
    size: Size = Size.BODY
    bold: bool = False
    role: str = "text"
    wrap: bool = True
    struck: bool = False
    around: Around = Around.NOTHING

    @cached_property
    def face(self) -> Face:
        """The font and its measures."""
        return face_of(self.size, bold=self.bold, struck=self.struck)

    @property
    def flows(self) -> bool:
        """Whether it may take several lines."""
        return self.wrap and self.around is Around.NOTHING

    def least(self) -> int:
        """The narrowest room in which no word of it is cut, in pixels."""
        if self.flows:
            return max(map(self.face.wide, self.text.split()), default=0)
        beside = 0 if self.around is Around.NOTHING else MARGINS[0] + MARGINS[2]
        return self.face.wide(self.text) + beside

    def width(self, room: int) -> int:
        """How much of ``room`` it takes, in pixels: an outline is not wider than its words."""
        return room if self.around is Around.NOTHING else min(room, self.least())

    def height(self, room: int) -> int:
        """How high it is in so much room, in pixels."""
        return self.face.high(self.text, room if self.flows else 0) + self._above_and_below

    def line(self) -> int:
        """How high its first line is, in pixels."""
        return self.face.line + self._above_and_below

    @property
    def _above_and_below(self) -> int:
        return 0 if self.around is Around.NOTHING else MARGINS[1] + MARGINS[3]


@dataclass(frozen=True)
class Placed:
    """Words and where they stand in their widget."""

    words: Words
    area: QRect

    def mirrored(self, width: int) -> Placed:
        """The same in a widget of ``width`` that is read from right to left."""
        area = QRect(self.area)
        area.moveLeft(width - area.left() - area.width())
        return Placed(self.words, area)

    def draw(self, painter: QPainter) -> None:
        """Draw them in the theme's present colours."""
        words, area = self.words, QRectF(self.area)
        if words.around is not Around.NOTHING:
            draw_around(painter, area, words.around, words.role)
            left, top, right, bottom = MARGINS
            area = area.adjusted(left, top, -right, -bottom)
        painter.setFont(words.face.font)
        painter.setPen(theme.colour(words.role))
        painter.drawText(area, _flags(words), words.text)


def heights(words: Iterable[Words], room: int) -> list[int]:
    """How high each of some words is in so much room, in pixels."""
    return [one.height(room) for one in words]


def stacked(
    words: Sequence[Words], corner: QPoint, room: int, *, high: Sequence[int], between: int = 0
) -> list[Placed]:
    """Words below each other.

    Args:
        words: From top to bottom.
        corner: Where they begin.
        room: How wide they may be, in pixels.
        high: Their heights in that room.
        between: Pixels between two of them.
    """
    found, x, y = [], corner.x(), corner.y()
    for one, own in zip(words, high, strict=True):
        found.append(Placed(one, QRect(x, y, one.width(room), own)))
        y += own + between
    return found


def draw_around(painter: QPainter, area: QRectF, around: Around, role: str) -> None:
    """An outline in the colour of the words, or a quiet ground."""
    shape = area.adjusted(1, 1, -1, -1)
    ground = around is Around.GROUND
    if ground and not theme.high_contrast:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
    else:
        style = Qt.PenStyle.DashLine if ground else Qt.PenStyle.SolidLine
        painter.setPen(QPen(theme.colour(role), 1.5, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)


def side_flags(*, right: bool) -> int:
    """At one side, whatever letters a text is in; as a number, because adding flags is slow."""
    return RIGHT if right else LEFT


def _flags(words: Words) -> int:
    """At the side where one begins to read, in the direction of its own letters."""
    side = side_flags(right=QGuiApplication.isRightToLeft()) | MIDDLE
    return side | (FLOW if words.flows else 0) | _direction(words.text).value


def _direction(text: str) -> Qt.TextFlag:
    """That of the first letter that has one, as labels do it."""
    if not text.isascii():
        for letter in text:
            kind = bidirectional(letter)
            if kind in ("R", "AL"):
                return Qt.TextFlag.TextForceRightToLeft
            if kind == "L":
                break
    return Qt.TextFlag.TextForceLeftToRight
