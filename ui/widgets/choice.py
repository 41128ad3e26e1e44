"""Choosing: check boxes, radio buttons, cards that are radio buttons; all with a focus ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import BUTTON_CORNER, CARD_CORNER, STEP, Size, theme
from ui.widgets.measured import text_height
from ui.widgets.mirror import begin_inside, mirrored
from ui.widgets.ring import MARGIN, draw_ring, wants_ring
from ui.widgets.written import FLOW, face_of, side_flags

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

BOX = 20
INDENT = MARGIN + BOX + 12
"""Where the text of a choice begins."""


def _prepare(button: QAbstractButton) -> None:
    _read_whole(button)
    button.setFont(theme.font(Size.BODY))
    button.setCursor(Qt.CursorShape.PointingHandCursor)


def _read_whole(button: QAbstractButton) -> None:
    """An ampersand is a part of the words ("Q&A"), which may be foreign, and no shortcut."""
    button.setShortcut(QKeySequence())
    button.setAccessibleName(button.text())


def _text_height(button: QAbstractButton, width: int) -> int:
    room = max(40, width - BOX - 12 - 2 * MARGIN)
    return max(BOX, face_of().high(button.text(), room)) + 2 * MARGIN + STEP


def _one_line(button: QAbstractButton) -> QSize:
    width = button.fontMetrics().horizontalAdvance(button.text()) + BOX + 14 + 2 * MARGIN
    return QSize(width, max(BOX, button.fontMetrics().height()) + 2 * MARGIN + STEP)


def _draw(button: QAbstractButton, painter: QPainter, place: QRect | None = None) -> QRectF:
    """Draw the text and the ring; return where the box goes.

    Args:
        button: The choice.
        painter: On it.
        place: Where on the button, thought of from left to right; none: all of it.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = button.rect() if place is None else place
    area = QRectF(place).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    box = mirrored(QRectF(area.left() + 1, area.center().y() - BOX / 2, BOX, BOX), button)
    painter.setPen(theme.colour("text" if button.isEnabled() else "quiet"))
    room = mirrored(area.adjusted(BOX + 12, 0, 0, 0), button)
    painter.drawText(room, flowing(button), button.text())
    if wants_ring(button):
        draw_ring(painter, mirrored(area, button), BUTTON_CORNER / 2)
    painter.setPen(QPen(theme.colour("accent" if button.isChecked() else "edge"), 1.5))
    return box


def flowing(widget: QWidget, height: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignVCenter) -> int:
    """Text that flows and begins where one begins to read, whatever letters it is in."""
    return side_flags(right=widget.isRightToLeft()) | height.value | FLOW


def indented(*widgets: QWidget) -> QVBoxLayout:
    """What belongs to a check box or radio button, under its text."""
    column = QVBoxLayout()
    begin_inside(column, INDENT, 0, 0, 0)
    column.setSpacing(STEP // 2)
    for widget in widgets:
        column.addWidget(widget)
    return column


class CheckBox(QCheckBox):
    """A check box whose text may flow onto several lines."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _prepare(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as its lines."""
        return _text_height(self, width)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """On one line."""
        return _one_line(self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow enough to flow."""
        return QSize(min(220, _one_line(self).width()), BOX + 2 * MARGIN + STEP)

    def place(self) -> QRect:
        """Where box and text stand, thought of from left to right: everywhere."""
        return self.rect()

    def hitButton(self, _position: QPoint) -> bool:  # noqa: N802 - Qt's name
        """The text belongs to the box."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Box, tick, text, ring."""
        painter = QPainter(self)
        box = _draw(self, painter, self.place())
        painter.setBrush(theme.colour("accent" if self.isChecked() else "surface"))
        painter.drawRoundedRect(box, 5, 5)
        if self.isChecked():
            painter.setPen(QPen(theme.colour("on_accent"), 2))
            corner = box.topLeft()
            points = ((5, 10.5), (8.5, 14), (15, 6.5))
            painter.drawPolyline([corner + QPointF(x, y) for x, y in points])


class Radio(QRadioButton):
    """One of several answers, on one line."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        _prepare(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """On one line."""
        return _one_line(self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never cut."""
        return _one_line(self)

    def hitButton(self, _position: object) -> bool:  # noqa: N802 - Qt's name
        """The text belongs to the circle."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Circle, dot, text, ring."""
        painter = QPainter(self)
        box = _draw(self, painter)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(box.adjusted(5.5, 5.5, -5.5, -5.5))


class ChoiceCard(QRadioButton):
    """A card with a title and a sentence; a group of them is a set of radio buttons."""

    def __init__(self, text: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._note = note
        _read_whole(self)
        self.setAccessibleDescription(note)
        self.setFont(theme.font(Size.BODY, bold=True))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as title and sentence."""
        top, low = self._heights(width)
        return top + low + 6 + 36

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A quarter of a page wide."""
        return QSize(220, self.heightForWidth(220))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for a word."""
        return QSize(8 * self.fontMetrics().height(), self.heightForWidth(220))

    def hitButton(self, _position: object) -> bool:  # noqa: N802 - Qt's name
        """The whole card."""
        return True

    def _heights(self, width: int) -> tuple[int, int]:
        room = max(60, width - 36)
        flow = int(Qt.TextFlag.TextWordWrap)
        top = text_height(self.text(), self.font(), self.fontMetrics(), room, flow)
        small = theme.font(Size.CAPTION)
        return top, text_height(self._note, small, QFontMetrics(small), room, flow)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Card, two texts, and an accent edge with a tick if chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect())
        painter.setBrush(theme.colour("surface"))
        wide = 2.0 if self.isChecked() else 1.0
        role = "accent" if self.isChecked() else ("edge" if self.underMouse() else "hairline")
        painter.setPen(QPen(theme.colour(role), wide))
        painter.drawRoundedRect(
            shape.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), CARD_CORNER, CARD_CORNER
        )
        inner = shape.adjusted(18, 18, -18, -18)
        top, _ = self._heights(self.width())
        flow = flowing(self, Qt.AlignmentFlag.AlignTop)
        painter.setPen(theme.colour("text"))
        painter.drawText(inner, flow, self.text())
        painter.setPen(theme.colour("quiet"))
        painter.setFont(theme.font(Size.CAPTION))
        painter.drawText(inner.adjusted(0, top + 6, 0, 0), flow, self._note)
        if wants_ring(self):
            inside = shape.adjusted(7, 7, -7, -7)
            draw_ring(painter, inside, CARD_CORNER - 7)


class FlowingRadio(Radio):
    """One of several answers, whose text may flow onto several lines."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as its lines."""
        return _text_height(self, width)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow enough to flow."""
        return QSize(min(220, _one_line(self).width()), BOX + 2 * MARGIN + STEP)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows choose, also where nothing is chosen yet: Qt would only move the focus then."""
        super().keyPressEvent(event)
        now = self.window().focusWidget()
        if now is not self and isinstance(now, FlowingRadio) and now.group() is self.group():
            now.setChecked(True)
