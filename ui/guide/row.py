"""One row of the result, and what opens under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.model.measurement import EvidenceKind
from readiness.model.requirement import Level
from readiness.model.text import N_
from ui.meters.plot import Plot
from ui.theme import STEP, Size
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.columns import Columns
from ui.widgets.label import Label, caption, title
from ui.widgets.pill import VERDICT_ROLES, Pill
from ui.widgets.ring import MARGIN

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.report.words import Row

SHARES = (30, 23, 20, 13, 14)


def header(reader: Reader) -> Columns:
    """The names of the columns."""
    names = (N_("Requirement"), N_("Found"), N_("Asked"), N_("Rests on"), N_("Verdict"))
    cells = [Label(reader.text(name), size=Size.CAPTION, bold=True, role="quiet") for name in names]
    return Columns(cells, SHARES)


class RowView(QWidget):
    """A row that opens and closes.

    Signals:
        again: The person wants to check this requirement once more: its id.
    """

    again = Signal(str)

    def __init__(self, row: Row, reader: Reader) -> None:
        super().__init__()
        self.row = row
        self._reader = reader
        self._details: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.line = Columns(self._cells(), SHARES, clickable=True)
        self.line.setObjectName(f"row-{row.requirement}")
        self.line.opened.connect(self.toggle)
        self._column.addWidget(self.line)
        self._name()

    def _cells(self) -> list[QWidget]:
        row = self.row
        name = QWidget()
        words = QVBoxLayout(name)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(Label(row.title, bold=True))
        if row.level is not Level.MUST:
            words.addWidget(caption(row.level_word))
        found = " ".join(part for part in (row.found, row.plus_minus) if part)
        rests: QWidget = caption(row.rests_on)
        if row.kind is EvidenceKind.DECLARED:
            rests = Pill(row.rests_on, "declared", filled=True)
        verdict = Pill(f"{row.symbol} {row.word}", VERDICT_ROLES[row.verdict])
        return [name, Label(found), Label(row.asked), rests, verdict]

    def _name(self) -> None:
        row = self.row
        state = N_("open") if self._details is not None else N_("closed")
        said = self._reader.text(
            # Translators: read by screen readers for one row of the result.
            N_("{title}: {word}. Found: {found}. Asked: {asked}. {level}. Details {state}."),
            title=row.title,
            word=row.word,
            found=row.found,
            asked=row.asked,
            level=row.level_word,
            state=self._reader.text(state),
        )
        self.line.setAccessibleName(said)

    def toggle(self) -> None:
        """Open or close what stands under the row."""
        if self._details is None:
            self._details = self._make_details()
            self._column.addWidget(self._details)
        else:
            self._details.hide()
            self._details.deleteLater()
            self._details = None
        self._name()

    @property
    def is_open(self) -> bool:
        """Whether the details are shown."""
        return self._details is not None

    # --- details -------------------------------------------------------------------------------

    def _make_details(self) -> QWidget:
        card = Card(role="sunken", margin=20)
        columns = QHBoxLayout()
        columns.setSpacing(4 * STEP)
        left = QVBoxLayout()
        left.setSpacing(STEP)
        self._add_help(left)
        self._add_again(left)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(STEP // 2)
        self._add_trace(right)
        self._add_origin(right)
        right.addStretch(1)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        card.inside.addLayout(columns)
        around = QWidget()
        margins = QVBoxLayout(around)
        margins.setContentsMargins(4, 0, 4, STEP)
        margins.addWidget(card)
        return around

    def _add_help(self, column: QVBoxLayout) -> None:
        row, text = self.row, self._reader.text
        if row.reason:
            column.addWidget(title(text(N_("Why this is open"))))
            column.addWidget(Label(row.reason))
            column.addWidget(Label(row.remedy))
        elif row.margin:
            column.addWidget(title(row.margin))
        if row.advice:
            column.addWidget(title(text(N_("What usually helps"))))
        for cost, advice in row.advice:
            line = QHBoxLayout()
            line.setSpacing(12)
            label = Label(cost, size=Size.CAPTION, bold=True, wrap=False)
            label.setMinimumWidth(44)
            line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Label(advice, size=Size.CAPTION), 1)
            column.addLayout(line)

    def _add_again(self, column: QVBoxLayout) -> None:
        text = self._reader.text
        declared = self.row.kind is EvidenceKind.DECLARED
        words = N_("Answer again") if declared else N_("Check again")
        again = Button(text(words), small=True)
        again.setObjectName(f"again-{self.row.requirement}")
        again.setAccessibleName(
            text(N_("{title}: {value}"), title=self.row.title, value=again.text())
        )
        again.clicked.connect(lambda: self.again.emit(self.row.requirement))
        column.addLayout(_at_left(again))

    def _add_trace(self, column: QVBoxLayout) -> None:
        row = self.row
        if row.trace is None or len(row.trace.values) < 2:  # noqa: PLR2004 - a curve has two ends
            return
        seconds = row.trace.step_s * len(row.trace.values)
        line = QHBoxLayout()
        line.addWidget(caption(f"{row.title}, {self._reader.unit(row.trace.unit)}"), 1)
        line.addWidget(caption(self._reader.quantity(seconds, "s"), wrap=False))
        column.addLayout(line)
        asked = self._reader.text(N_("{value} asked"), value=row.asked)
        plot = Plot(f"{row.title}: {row.found}", limit=row.limit, limit_text=asked, height=120)
        plot.show_values(row.trace.values)
        column.addWidget(plot)

    def _add_origin(self, column: QVBoxLayout) -> None:
        row, text = self.row, self._reader.text
        if row.how:
            column.addWidget(title(text(N_("How it was found"))))
            column.addWidget(Label(row.how, size=Size.CAPTION))
            column.addSpacing(STEP)
        if row.source:
            column.addWidget(title(text(N_("Who asks for it"))))
            column.addWidget(Label(row.source, size=Size.CAPTION))
        if row.source_address:
            page = Button(text(N_("Open that page in the browser")), small=True)
            page.setToolTip("")
            page.setAccessibleDescription(row.source_address)
            page.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(row.source_address)))
            column.addLayout(_at_left(page))


def _at_left(button: Button) -> QHBoxLayout:
    """A line of its own, the button's shape in line with the text above it."""
    line = QHBoxLayout()
    line.setContentsMargins(-MARGIN, 0, 0, 0)
    line.addWidget(button)
    line.addStretch(1)
    return line
