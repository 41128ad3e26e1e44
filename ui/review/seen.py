"""What the applicant saw, requirement by requirement: a table that is made a few rows at a time."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from readiness.review.origin_words import MARKS
from ui.guide.row import SHARES, RowView, header
from ui.theme import STEP
from ui.widgets.card import Card, Rule
from ui.widgets.columns import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QVBoxLayout

    from readiness.locale import Reader
    from readiness.report.words import Row
    from readiness.trust.origin import Origin

SLICE_S = 0.008
"""So long rows are made before the window lives on: half the time from one picture to the next."""


class ReadRow(RowView):
    """A row of somebody else's report: it opens, and nothing in it can be checked again here."""

    def _add_again(self, place: QVBoxLayout) -> None:
        """Whoever reads has not the computer at hand."""


class SeenTable(Card):
    """Every requirement with what it rests on. It is put onto the page once it is whole.

    Signals:
        made: All rows are there.

    Args:
        rows: In words.
        origin: What each requirement rests on, where that is known.
        reader: Who reads.
    """

    made = Signal()

    def __init__(self, rows: Sequence[Row], origin: Origin, reader: Reader) -> None:
        super().__init__(margin=STEP)
        self._left, self._reader = list(reversed(rows)), reader
        self._marks = {one.finding.requirement: one.mark for one in origin.checks}
        self.views: list[ReadRow] = []
        self.inside.setSpacing(0)
        self._table = Table(SHARES)
        self.inside.addWidget(header(reader, self._table))
        self._next = QTimer(self)
        self._next.setInterval(0)
        self._next.timeout.connect(self._make_some)

    def begin(self) -> None:
        """Make the rows while the window lives."""
        self._next.start()

    def finish(self) -> None:
        """Make all that are left at once."""
        while self._left:
            self._make_one()
        self._next.stop()
        self.made.emit()

    def _make_some(self) -> None:
        end = time.monotonic() + SLICE_S
        while self._left and time.monotonic() < end:
            self._make_one()
        if not self._left:
            self.finish()

    def _make_one(self) -> None:
        row = self._left.pop()
        rests = self._marks.get(row.requirement)
        if rests is not None:
            row = replace(row, rests_on=self._reader.text(MARKS[rests]))
        self.inside.addWidget(Rule())
        view = ReadRow(row, self._reader, self._table)
        self.inside.addWidget(view)
        self.views.append(view)
