"""Answers as cards: a picture where there is one, a circle and words; and a grid of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import CARD_CORNER, STEP, Size, theme
from ui.widgets.beside import line_height
from ui.widgets.choice import BOX, ChoiceCard, flowing
from ui.widgets.measured import text_height
from ui.widgets.picture import draw_picture
from ui.widgets.ring import draw_ring, wants_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

PAD = 2 * STEP
LOWEST, HIGHEST = 84, 124
"""Height of a picture on a card, in pixels; between them it grows with the card."""
GAP = 12


class AnswerCard(ChoiceCard):
    """One of several answers; a group of them is a set of radio buttons.

    Args:
        text: The answer.
        note: A quiet sentence under it; may be empty.
        picture: Name of a drawing; may be empty.
        small: Keep the drawing small, for many cards.
    """

    def __init__(
        self, text: str, note: str = "", picture: str = "", *, small: bool = False
    ) -> None:
        super().__init__(text, note)
        self._said, self._picture, self._small = note, picture, small
        self.setFont(theme.font(Size.BODY))

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Picture, words, room around."""
        picture = self._picture_height(width) + STEP if self._picture else 0
        return picture + self._words_height(width) + 2 * PAD

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for most answers."""
        width = (9 if self._picture else 11) * line_height()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for a word."""
        longest = max(map(self.fontMetrics().horizontalAdvance, self.text().split()), default=0)
        return QSize(longest + BOX + GAP + 2 * PAD + 2, 0)

    def _picture_height(self, width: int) -> int:
        return LOWEST if self._small else min(HIGHEST, max(LOWEST, width * 45 // 100))

    def _words_height(self, width: int) -> int:
        room = max(40, width - BOX - GAP - 2 * PAD)
        flow = flowing(self)
        high = text_height(self.text(), self.font(), self.fontMetrics(), room, flow)
        if self._said:
            small = theme.font(Size.CAPTION)
            high += 2 + text_height(self._said, small, QFontMetrics(small), room, flow)
        return max(BOX, high)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Card, picture, circle, words; an accent edge and a dot if chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect())
        chosen = self.isChecked()
        wide = 2.0 if chosen else 1.0
        painter.setBrush(theme.colour("surface"))
        role = "accent" if chosen else ("edge" if self.underMouse() else "hairline")
        painter.setPen(QPen(theme.colour(role), wide))
        edge = shape.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
        painter.drawRoundedRect(edge, CARD_CORNER, CARD_CORNER)
        inner = shape.adjusted(PAD, PAD, -PAD, -PAD)
        if self._picture:
            high = self._picture_height(self.width())
            place = QRectF(inner.left(), inner.top(), inner.width(), high)
            draw_picture(painter, self._picture, place)
            inner.setTop(place.bottom() + STEP)
            inner = self._under_picture(inner)
        self._draw_circle(painter, inner)
        self._draw_words(painter, self._beside_circle(inner))
        if wants_ring(self):
            draw_ring(painter, shape.adjusted(6, 6, -6, -6), CARD_CORNER - 6)

    def _under_picture(self, inner: QRectF) -> QRectF:
        """In the middle, where the words fit on one line."""
        wide = BOX + GAP + self.fontMetrics().horizontalAdvance(self.text()) + 2
        spare = max(0.0, inner.width() - wide)
        return inner.adjusted(spare / 2, 0, -spare / 2, 0)

    def _beside_circle(self, inner: QRectF) -> QRectF:
        if self.isRightToLeft():
            return inner.adjusted(0, 0, -(BOX + GAP), 0)
        return inner.adjusted(BOX + GAP, 0, 0, 0)

    def _draw_circle(self, painter: QPainter, inner: QRectF) -> None:
        line = min(inner.height(), float(self.fontMetrics().height()))
        x = inner.right() - BOX / 2 if self.isRightToLeft() else inner.left() + BOX / 2
        y = inner.top() + line / 2 if self._said else inner.center().y()
        painter.setPen(QPen(theme.colour("accent" if self.isChecked() else "edge"), 1.5))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QPointF(x, y), BOX / 2 - 1, BOX / 2 - 1)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(QPointF(x, y), BOX / 4.5, BOX / 4.5)

    def _draw_words(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(self.font())
        painter.setPen(theme.colour("text"))
        if not self._said:
            painter.drawText(area, flowing(self), self.text())
            return
        top = flowing(self, Qt.AlignmentFlag.AlignTop)
        used = painter.boundingRect(area, top, self.text())
        painter.drawText(area, top, self.text())
        painter.setFont(theme.font(Size.CAPTION))
        painter.setPen(theme.colour("quiet"))
        painter.drawText(area.adjusted(0, used.height() + 2, 0, 0), top, self._said)


class CardGrid(QWidget):
    """Cards of equal width in as many columns as their words have room for.

    Args:
        most: So many stand beside each other at most.
    """

    def __init__(self, *, most: int = 3) -> None:
        super().__init__()
        self._cards: list[QWidget] = []
        self._most = most
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, card: QWidget) -> None:
        """Add a card at the end."""
        card.setParent(self)
        self._cards.append(card)

    def columns(self, width: int) -> int:
        """How many fit beside each other, so that the rows are about equally long."""
        least = max((card.sizeHint().width() for card in self._cards), default=1)
        fitting = min(self._most, max(1, (width + STEP) // (least + STEP)))
        rows = -(-len(self._cards) // fitting)
        return -(-len(self._cards) // max(1, rows))

    def _rows(self, width: int) -> list[tuple[list[QWidget], int]]:
        """Cards of each row, and how high it is."""
        columns = max(1, self.columns(width))
        wide = self._wide(width)
        rows = [self._cards[n : n + columns] for n in range(0, len(self._cards), columns)]
        return [(row, max(card.heightForWidth(wide) for card in row)) for row in rows]

    def _wide(self, width: int) -> int:
        columns = max(1, self.columns(width))
        return (width - (columns - 1) * STEP) // columns

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Words flow."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """All rows."""
        rows = self._rows(width)
        return sum(high for _, high in rows) + STEP * max(0, len(rows) - 1)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the page lets it be."""
        width = 56 * STEP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One card wide."""
        return QSize(max((c.minimumSizeHint().width() for c in self._cards), default=0), 0)

    def event(self, event: QEvent) -> bool:
        """Something inside wants another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put every card into its place."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        wide, y = self._wide(self.width()), 0
        for row, high in self._rows(self.width()):
            for number, card in enumerate(row):
                x = number * (wide + STEP)
                left = self.width() - x - wide if self.isRightToLeft() else x
                card.setGeometry(left, y, wide, high)
            y += high + STEP
