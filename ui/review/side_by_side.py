"""Two to six applicants' reports side by side, what differs first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.model.text import N_
from readiness.review.compare_words import LineupWords
from ui.review.side_cells import SideCells
from ui.review.side_table import SideTable
from ui.theme import STEP
from ui.widgets.announce import announce
from ui.widgets.beside import Beside
from ui.widgets.choice import CheckBox
from ui.widgets.label import Label

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.review.compare import Lineup


class SideBySide(QWidget):
    """A table with a line for each requirement and a column for each report.

    How to use it: let the worker make a ``Lineup`` (``readiness.review.compare.line_up`` for files,
    ``side_of_session`` and ``lined_up`` for checks out of the archive; both refuse fewer than two
    and more than six with an ``InputError`` whose words can be shown as they are), then build one
    ``SideBySide(lineup, reader)`` for it. Give it all the room that is left, with a stretch of 1
    and not inside of a ``Scroller``: it scrolls by itself both ways, and what is asked and the
    reports' names stay in sight. ``table`` is what takes the focus first. For another lineup,
    language or text size build a new one and carry ``only_differences`` and ``place`` over.

    The object names ``only-differences`` and ``side-by-side`` find the switch and the table.

    Signals:
        opened: Enter or a double click on a cell: the place of its report in ``lineup.sides``.

    Args:
        lineup: Two to six reports.
        reader: Who reads.
    """

    opened = Signal(int)

    def __init__(self, lineup: Lineup, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self.words = LineupWords(lineup, reader)
        self.cells = SideCells(self.words, self)
        self.table = SideTable(self.cells)
        self.table.setObjectName("side-by-side")
        self.table.opened.connect(self.opened)
        # Translators: a switch: leaves out the requirements in which the reports do not differ.
        self.switch = CheckBox(reader.text(N_("Only what differs")))
        self.switch.setObjectName("only-differences")
        self.switch.toggled.connect(self._switched)
        top = Beside(gap=2 * STEP, middle=True)
        top.add(Label(self.words.summary), 1)
        top.add(self.switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(top)
        column.addWidget(self.table, 1)

    @property
    def only_differences(self) -> bool:
        """Whether lines in which all reports are the same are left out."""
        return self.switch.isChecked()

    @only_differences.setter
    def only_differences(self, only: bool) -> None:
        self.switch.setChecked(only)

    @property
    def place(self) -> tuple[str, int]:
        """Where the keyboard stands: the name of a line, and the place of a report."""
        index = self.table.currentIndex()
        lines = self.cells.lines
        return (lines[index.row()].name, index.column()) if index.isValid() else (lines[0].name, 0)

    @place.setter
    def place(self, place: tuple[str, int]) -> None:
        name, column = place
        index = self.cells.index(self.cells.row_of(name), min(column, len(self.words.heads) - 1))
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def _switched(self, only: bool) -> None:  # noqa: FBT001 - Qt hands it over so
        """Show fewer lines or all, and stay where the keyboard stood if that is still shown."""
        before = self.place
        self.cells.show_only_differences(only=only)
        self.place = before
        shown = len(self.cells.lines) - len(self.words.about)
        announce(
            self,
            self._reader.plural("{n} line is shown.", "{n} lines are shown.", shown),
        )
