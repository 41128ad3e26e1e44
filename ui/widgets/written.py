"""Text that a widget paints itself: one widget where there would be half a dozen labels."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import Enum
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPen

from ui.theme import Size, theme
from ui.widgets.measured import text_height

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFont, QPainter

MARGINS = 11, 3, 11, 4
"""Room around words that have something drawn around them: left, top, right, bottom; pixels."""
_MOST_WORDS = 5000
"""So many widths of words are kept; then all are measured anew."""


class Around(Enum):
    """What is drawn around words."""

    NOTHING = 0
    OUTLINE = 1
    GROUND = 2


@dataclass(frozen=True)
class Face:
    """A font and its measures."""

    font: QFont
    metrics: QFontMetrics


_Kind = tuple[Size, bool, bool, float, str]
_faces: dict[_Kind, Face] = {}
_wide: dict[tuple[_Kind, str], int] = {}


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

    @property
    def flows(self) -> bool:
        """Whether it may take several lines."""
        return self.wrap and self.around is Around.NOTHING

    def _kind(self) -> _Kind:
        return self.size, self.bold, self.struck, theme.base.pointSizeF(), theme.base.family()

    @property
    def face(self) -> Face:
        """The font; the same object for all words of that kind, so that it is set up once."""
        kind = self._kind()
        if kind not in _faces:
            font = theme.font(self.size, bold=self.bold)
            font.setStrikeOut(self.struck)
            _faces[kind] = Face(font, QFontMetrics(font))
        return _faces[kind]

    def least(self) -> int:
        """The narrowest room in which no word of it is cut, in pixels."""
        parts = self.text.split() if self.flows else [self.text]
        return max(map(self._advance, parts), default=0) + self._beside

    def _advance(self, part: str) -> int:
        key = self._kind(), part
        if key not in _wide:
            if len(_wide) >= _MOST_WORDS:
                _wide.clear()
            _wide[key] = self.face.metrics.horizontalAdvance(part)
        return _wide[key]

    @property
    def _beside(self) -> int:
        return 0 if self.around is Around.NOTHING else MARGINS[0] + MARGINS[2]

    def width(self, room: int) -> int:
        """How much of ``room`` it takes, in pixels: an outline is not wider than its words."""
        return room if self.around is Around.NOTHING else min(room, self.least())

    def height(self, room: int) -> int:
        """How high it is in so much room, in pixels."""
        face, flags = self.face, int(Qt.TextFlag.TextWordWrap) if self.flows else 0
        high = text_height(self.text, face.font, face.metrics, room if self.flows else 2000, flags)
        return high if self.around is Around.NOTHING else high + MARGINS[1] + MARGINS[3]

    def line(self) -> int:
        """How high its first line is, in pixels."""
        high = self.face.metrics.height()
        return high if self.around is Around.NOTHING else high + MARGINS[1] + MARGINS[3]


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


def stacked(words: Iterable[Words], area: QRect, between: int) -> list[Placed]:
    """Words below each other, from the top of an area on."""
    found, y = [], area.top()
    for one in words:
        high = one.height(area.width())
        found.append(Placed(one, QRect(area.left(), y, one.width(area.width()), high)))
        y += high + between
    return found


def stack_height(words: Iterable[Words], room: int, between: int) -> int:
    """How high words below each other are, in pixels."""
    heights = [one.height(room) for one in words]
    return sum(heights) + between * max(0, len(heights) - 1)


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


def _flags(words: Words) -> int:
    """At the side where one begins to read, in the direction of its own letters."""
    right = QGuiApplication.isRightToLeft()
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    flags = int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    flows = int(Qt.TextFlag.TextWordWrap) if words.flows else 0
    return flags | flows | int(_direction(words.text))


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
