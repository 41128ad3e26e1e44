"""The digits to press on a telephone, and how many keys have been heard."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.theme import Size, tabular, theme

GAP = 12
CORNER = 10.0


class Keys(QProgressBar):
    """One box for each digit; it is filled as a key is heard, whichever it was.

    Args:
        name: What is shown, for assistive technology.
        code: The digits.
    """

    def __init__(self, name: str, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, len(code))
        self.setValue(0)
        self.setFormat("%v / %m")
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setAccessibleDescription(" ".join(code))  # read digit by digit
        self._code = code
        self.setFont(tabular(theme.font(Size.FIGURE, bold=True)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_heard(self, keys: int) -> None:
        """Show how many keys have been heard; more than there are digits fill them all."""
        self.setValue(min(len(self._code), max(0, keys)))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for each digit at its size."""
        box = self._box()
        return QSize(len(self._code) * (box.width() + GAP) - GAP, box.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same: digits are not cut."""
        return self.sizeHint()

    def _box(self) -> QSize:
        measure = QFontMetrics(self.font())
        return QSize(2 * measure.horizontalAdvance("0"), round(1.4 * measure.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Boxes with their digits."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        box = self._box()
        for index, digit in enumerate(self._code):
            heard = index < self.value()
            frame = QRectF(index * (box.width() + GAP), 0, box.width(), box.height())
            painter.setPen(QPen(theme.colour("accent" if heard else "hairline"), 1))
            painter.setBrush(theme.colour("accent" if heard else "surface"))
            painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
            painter.setPen(theme.colour("on_accent" if heard else "text"))
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, digit)
