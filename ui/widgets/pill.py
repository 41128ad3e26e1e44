"""A verdict as a symbol and a word in an outline; declared looks different from measured."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from readiness.model.finding import Overall, Verdict
from ui.theme import Size, theme
from ui.widgets.label import Label
from ui.widgets.written import MARGINS, Around, Words, draw_around

VERDICT_ROLES = {
    Verdict.PASS: "met",
    Verdict.FAIL: "not_met",
    Verdict.BORDERLINE: "open",
    Verdict.UNKNOWN: "open",
    Verdict.NOT_APPLICABLE: "quiet",
}
OVERALL_ROLES = {Overall.READY: "met", Overall.NOT_READY: "not_met", Overall.OPEN: "open"}
OVERALL_SYMBOLS = {Overall.READY: "✓", Overall.NOT_READY: "!", Overall.OPEN: "?"}


def pill(text: str, role: str, *, filled: bool = False) -> Words:
    """The same as :class:`Pill`, for rows that paint their text themselves."""
    around = Around.GROUND if filled else Around.OUTLINE
    return Words(text, size=Size.CAPTION, bold=True, role=role, around=around)


class Pill(Label):
    """``✕ too slow`` in an outline of its colour; ``filled`` for what a person said."""

    def __init__(
        self, text: str, role: str, *, filled: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, size=Size.CAPTION, bold=True, role=role, wrap=False, parent=parent)
        self._role = role
        self._around = Around.GROUND if filled else Around.OUTLINE
        self.setContentsMargins(*MARGINS)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Outline, or a quiet ground, behind the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_around(painter, QRectF(self.rect()), self._around, self._role)
        painter.end()
        super().paintEvent(event)


class Seal(QWidget):
    """The overall outcome as a big sign in a circle; the headline beside it says it in words."""

    def __init__(self, overall: Overall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overall = overall
        self.setFixedSize(QSize(44, 44))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Circle and sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour(OVERALL_ROLES[self._overall]), 1.5))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setFont(theme.font(Size.SECTION, bold=True))
        sign = OVERALL_SYMBOLS[self._overall]
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, sign)
