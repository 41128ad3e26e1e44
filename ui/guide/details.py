"""What opens under a row of the result: what helps, how it was found, who asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout

from readiness.model.text import N_
from readiness.report.words import cause_lead
from ui.guide.attempts import attempts_list
from ui.guide.facts import names_and_values
from ui.meters.plot import Plot
from ui.theme import STEP, Size
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button
from ui.widgets.label import Label, caption, ended_together, title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QVBoxLayout

    from readiness.locale import Reader
    from readiness.report.words import Row
    from ui.widgets.card import Card


class Details:
    """Everything that is known of one row.

    Args:
        row: The row in words.
        reader: Whose words.
        add_again: Puts what leads to checking it once more into a column.
    """

    def __init__(self, row: Row, reader: Reader, add_again: Callable[[QVBoxLayout], None]) -> None:
        self.row, self._reader, self._add_again = row, reader, add_again

    def fill(self, card: Card) -> None:
        """Put it into a card, in two columns where there is room."""
        columns = Beside(gap=4 * STEP, lines=34)
        left, left_side = column()
        self._add_help(left)
        self._add_again(left)
        left.addStretch(1)
        right, right_side = column(STEP // 2)
        self._add_trace(right)
        tried = attempts_list(self.row, self._reader)
        if tried is not None:
            right.addWidget(tried)
            right.addSpacing(STEP)
        self._add_origin(right)
        right.addStretch(1)
        columns.add(left_side, 1)
        columns.add(right_side, 1)
        card.inside.addWidget(columns)

    def _add_help(self, place: QVBoxLayout) -> None:
        row, text = self.row, self._reader.text
        if row.reason:
            place.addWidget(title(text(N_("Why this is open"))))
            place.addWidget(Label(ended_together(row.reason)))
        elif row.margin:
            place.addWidget(Label(row.margin))
        if row.cause:
            place.addWidget(title(cause_lead(row, self._reader)))
            place.addWidget(Label(ended_together(row.cause)))
        if any(cost for cost, _ in row.advice):
            place.addWidget(title(text(N_("What usually helps"))))
        for rung in _rungs(row.advice):
            place.addLayout(rung)

    def _add_trace(self, place: QVBoxLayout) -> None:
        row = self.row
        if row.trace is None or len(row.trace.known) < 2:  # noqa: PLR2004 - a curve has two ends
            return
        seconds = row.trace.step_s * len(row.trace.values)
        line = QHBoxLayout()
        line.addWidget(caption(f"{row.title}, {self._reader.unit(row.trace.unit)}"), 1)
        line.addWidget(caption(self._reader.quantity(seconds, "s"), wrap=False))
        place.addLayout(line)
        asked = self._reader.text(N_("{value} asked"), value=row.asked)
        plot = Plot(f"{row.title}: {row.found}", limit=row.limit, limit_text=asked, ground="sunken")
        plot.show_values(row.trace.values, row.trace.gaps)
        place.addWidget(plot)

    def _add_facts(self, place: QVBoxLayout) -> None:
        if self.row.facts:
            place.addLayout(names_and_values(self.row.facts))

    def _add_origin(self, place: QVBoxLayout) -> None:
        row, text = self.row, self._reader.text
        if row.how:
            place.addWidget(title(text(N_("How it was found"))))
            place.addWidget(Label(row.how, size=Size.CAPTION))
        for caution in row.cautions:
            place.addWidget(Label(caution, size=Size.CAPTION, role="open"))
        self._add_facts(place)
        if row.how or row.facts:
            place.addSpacing(STEP)
        if row.source:
            place.addWidget(title(text(N_("Who asks for it"))))
            place.addWidget(Label(row.source, size=Size.CAPTION))
        if row.source_address:
            page = Button(text(N_("Open that page in the browser")), small=True)
            page.setToolTip("")
            page.setAccessibleDescription(row.source_address)
            page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(row.source_address)))
            place.addLayout(at_left(page))


def _rungs(advice: Sequence[tuple[str, str]]) -> list[QHBoxLayout]:
    """One line each: what it costs, in a column as wide as the widest word, and what to do."""
    costs = [Label(cost, size=Size.CAPTION, bold=True, wrap=False) for cost, _ in advice]
    wide = max([label.sizeHint().width() for label in costs if label.text()], default=0)
    lines = []
    for label, (cost, said) in zip(costs, advice, strict=True):
        line = QHBoxLayout()
        line.setSpacing(12)
        if cost:
            label.setFixedWidth(wide)
            line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(ended_together(said), size=Size.CAPTION), 1)
        lines.append(line)
    return lines


def at_left(button: Button) -> QHBoxLayout:
    """A line of its own."""
    line = QHBoxLayout()
    line.addWidget(button)
    line.addStretch(1)
    return line
