"""The rail: every step with its outcome in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import BUTTON_CORNER, STEP, Size, theme
from ui.widgets.label import Label, caption
from ui.widgets.mirror import begin_inside, mirrored
from ui.widgets.page import Scroller
from ui.widgets.ring import MARGIN, draw_ring, wants_ring

DOT = 22
WIDTH = 264


class RailStep(QWidget):
    """One step: a dot with a number or sign, its name, and words under it."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self._sign = str(number)
        self._role = "quiet"
        self._current = False
        column = QVBoxLayout(self)
        begin_inside(column, 12 + DOT + 12, 6, STEP, 6)
        column.setSpacing(0)
        self._name = Label(name, role="quiet")
        self._words = caption("")
        self._words.hide()
        column.addWidget(self._name)
        column.addWidget(self._words)
        self.setAccessibleName(name)

    def set_current(self, words: str) -> None:
        """This step is going on."""
        self._current = True
        self._name.setFont(theme.font(Size.BODY, bold=True))
        self._name.set_role("text")
        self._say(words)

    def set_outcome(self, sign: str, role: str, words: str) -> None:
        """This step has ended."""
        self._sign, self._role, self._current = sign, role, False
        self._name.setFont(theme.font(Size.BODY))
        self._name.set_role("text")
        self._say(words)

    def set_waiting(self) -> None:
        """This step has not begun, or not again."""
        self._current = False
        self._name.setFont(theme.font(Size.BODY))
        self._say("")

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Ground of the current step, and the dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("wash"))
            painter.drawRoundedRect(QRectF(self.rect()), BUTTON_CORNER, BUTTON_CORNER)
        dot = mirrored(QRectF(12, self.height() / 2 - DOT / 2, DOT, DOT), self)
        painter.setFont(theme.font(Size.CAPTION, bold=True))
        if self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(dot)
            painter.setPen(theme.colour("on_accent"))
        else:
            waiting = self._sign.isdigit()
            painter.setPen(QPen(theme.colour("hairline" if waiting else self._role), 1.5))
            painter.drawEllipse(dot)
            painter.setPen(theme.colour(self._role))
        painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, self._sign)


class RailButton(QPushButton):
    """A step that leads to its part of the page; ``step`` shows it."""

    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self.step = RailStep(number, name)
        self.step.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.step)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def describe(self, words: str) -> None:
        """Say to assistive technology how far this part is."""
        self.setAccessibleDescription(words)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """The name flows."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as the step."""
        return self.step.heightForWidth(width)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As the step."""
        return self.step.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As the step."""
        return self.step.minimumSizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ring; the rest is drawn by the step."""
        if wants_ring(self):
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inside = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            draw_ring(painter, inside, BUTTON_CORNER)


class Rail(QWidget):
    """The steps, in a column that scrolls if there are many."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(name)
        inner = QWidget()
        self._steps = QVBoxLayout(inner)
        begin_inside(self._steps, 2 * STEP, 2 * STEP, STEP // 2, 2 * STEP)  # beside the bar
        self._steps.setSpacing(0)
        self._steps.addStretch(1)
        self._scroller = Scroller(inner)
        column = QVBoxLayout(self)
        begin_inside(column, 0, 0, 1, 0)
        column.addWidget(self._scroller)

    def add(self, step: RailStep | RailButton) -> None:
        """Add a step at the end."""
        self._steps.insertWidget(self._steps.count() - 1, step)

    def reveal(self, step: RailStep | RailButton) -> None:
        """Scroll so that a step is in sight."""
        self._scroller.ensureWidgetVisible(step, 0, 6 * STEP)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Surface with a hairline at the right."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        edge = mirrored(QRectF(self.width() - 1, 0, 1, self.height()), self)
        painter.fillRect(edge, theme.colour("hairline"))
