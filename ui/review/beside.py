"""Two to six reports side by side: the page around the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.model.text import N_
from ui.review.side_by_side import SideBySide
from ui.theme import STEP
from ui.widgets.button import Button, Look
from ui.widgets.label import headline
from ui.widgets.page import Page

if TYPE_CHECKING:
    from ui.journey import Journey


class BesidePage(Page):
    """What differs stands first; a report is opened out of its column."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        reviewing = journey.reviewing
        if reviewing.lineup is None:
            raise RuntimeError("reports stand side by side before they were chosen")
        self._reviewing = reviewing
        self.context = self.reader.text(N_("For recruiters"))
        self._sides = SideBySide(reviewing.lineup, self.reader)
        self._sides.opened.connect(self._open)
        self.said = self._sides.words.title
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(7 * STEP, 3 * STEP, 7 * STEP, 2 * STEP)
        column.setSpacing(STEP)
        column.addWidget(headline(self.said))
        column.addWidget(self._sides, 1)
        self.scroller.hide()  # the table scrolls by itself, both ways
        self._frame.insertWidget(0, holder, 1)
        back = Button(self.reader.text(N_("Back to the reports")), Look.TEXT)
        back.setObjectName("back")
        back.clicked.connect(lambda: journey.turned.emit("review"))
        foot = self.foot()
        foot.addWidget(back)
        foot.addStretch(1)
        self.first = self._sides.table

    def _open(self, side: int) -> None:
        self._reviewing.open(self._reviewing.lined_up[side])
