"""Buttons: one filled one per page leads on; the others are outlined or plain text."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import BUTTON_CORNER, STEP, Size, theme
from ui.widgets.mirror import mirrored
from ui.widgets.ring import MARGIN, draw_ring, wants_ring


class Look(Enum):
    """How much a button calls."""

    FILLED = 0
    OUTLINED = 1
    TEXT = 2
    QUIET = 3


class Button(QPushButton):
    """A push button in the product's dress; ``look`` says how loud it is."""

    def __init__(
        self,
        text: str,
        look: Look = Look.OUTLINED,
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._hovered = False
        self._small = small
        self._hint: tuple[tuple[str, bool], QSize] | None = None
        size = Size.CAPTION if small or look is Look.QUIET else Size.BODY
        self.setFont(theme.font(size, bold=look is not Look.QUIET))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(look is Look.FILLED)

    def set_look(self, look: Look) -> None:
        """Call more or less loudly from now on."""
        self._look, self._hint = look, None
        self.setAutoDefault(look is Look.FILLED)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Text, padding, and room for the focus ring."""
        key = (self.text(), self.menu() is not None)
        if self._hint is None or self._hint[0] != key:
            self._hint = (key, self._measure())
        return self._hint[1]

    def _measure(self) -> QSize:
        metrics = self.fontMetrics()
        text = metrics.size(Qt.TextFlag.TextShowMnemonic, self.text())
        pad = STEP if self._look in (Look.TEXT, Look.QUIET) else (14 if self._small else 20)
        arrow = 16 if self.menu() is not None else 0
        high = 7 if self._small or self._look is Look.QUIET else 11
        return QSize(
            text.width() + 2 * pad + 2 * MARGIN + arrow + 2, text.height() + 2 * high + 2 * MARGIN
        )

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never cut its text."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses the button, as Space does, also outside dialogs."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Lighten under the pointer."""
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Back to rest."""
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Shape, text, ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._draw_shape(painter, shape)
        painter.setPen(self._ink())
        inner = mirrored(shape.adjusted(0, 0, -16 if self.menu() is not None else 0, 0), self)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(inner, int(flags), self.text())
        if self.menu() is not None:
            self._draw_arrow(painter, shape)
        if wants_ring(self):
            draw_ring(painter, shape, BUTTON_CORNER)

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return theme.colour("quiet")
        inks = {Look.FILLED: "on_accent", Look.OUTLINED: "text", Look.TEXT: "accent"}
        role = inks.get(self._look, "text" if self._hovered else "quiet")
        return theme.colour(role)

    def _draw_shape(self, painter: QPainter, shape: QRectF) -> None:
        pressed = self.isDown() or self._hovered
        if self._look is Look.FILLED and self.isEnabled():
            fill = theme.colour("accent")
            painter.setBrush(fill.darker(110) if self.isDown() else fill)
            painter.setPen(Qt.PenStyle.NoPen)
        elif self._look in (Look.FILLED, Look.OUTLINED):
            painter.setBrush(theme.colour("sunken") if pressed else Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("edge" if self.isEnabled() else "hairline"), 1))
            if self.isChecked():
                painter.setBrush(theme.colour("wash"))
                painter.setPen(QPen(theme.colour("accent"), 2))
            shape = shape.adjusted(0.5, 0.5, -0.5, -0.5)
        else:
            painter.setBrush(theme.colour("sunken") if pressed else Qt.BrushStyle.NoBrush)
            painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(shape, BUTTON_CORNER, BUTTON_CORNER)

    def _draw_arrow(self, painter: QPainter, shape: QRectF) -> None:
        painter.setPen(QPen(self._ink(), 1.5))
        place = mirrored(QRectF(shape.right() - 14, 0, 0, 0), self)
        x, y = place.left(), shape.center().y()
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])


class Once(Button):
    """A button that a double click presses once.

    For places where another button, or another meaning, may come under the pointer between the two
    presses. A key presses it as often as one likes.
    """

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The second of two quick presses, wherever the first one was."""
        event.accept()
