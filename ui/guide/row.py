"""One row of the result: requirement, found, asked, on what it rests, verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.measurement import EvidenceKind
from readiness.model.requirement import Level
from readiness.model.text import N_
from ui.guide.details import Details, at_left
from ui.theme import Size
from ui.widgets.button import Button
from ui.widgets.columns import Header, Table
from ui.widgets.drawer import Drawer
from ui.widgets.pill import VERDICT_ROLES, pill
from ui.widgets.written import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QVBoxLayout

    from readiness.locale import Reader
    from readiness.report.words import Row
    from ui.widgets.card import Card
    from ui.widgets.text_row import Cell

SHARES = (27, 22, 19, 15, 17)
RESTS_ON = N_("Rests on")


def header(reader: Reader, table: Table) -> Header:
    """The names of the columns."""
    return Header(_names(reader), table)


def _names(reader: Reader) -> list[str]:
    names = (N_("Requirement"), N_("Found"), N_("Asked"), RESTS_ON, N_("Verdict"))
    return [reader.text(name) for name in names]


def reserve(row: Row, table: Table) -> None:
    """Let a table have room for a row that comes later: those above it then stand as they will."""
    table.add(max(words.least() for words in cell) for cell in _cells(row))


def _cells(row: Row) -> list[Cell]:
    """What stands in the columns."""
    name = [Words(row.title, bold=True)]
    if row.level is not Level.MUST:
        name.append(Words(row.level_word, size=Size.CAPTION, role="quiet"))
    found = " ".join(part for part in (row.course, row.plus_minus) if part)
    rests = Words(row.rests_on, size=Size.CAPTION, role="quiet")
    if row.kind is EvidenceKind.DECLARED:
        rests = pill(row.rests_on, "declared", filled=True)
    verdict = pill(f"{row.symbol} {row.word}", VERDICT_ROLES[row.verdict])
    return [tuple(name), (Words(found),), (Words(row.asked),), (rests,), (verdict,)]


class RowView(Drawer):
    """A row that opens and closes.

    Args:
        row: In words.
        reader: Whose words.
        table: Of which it is a row.
        again: Called with the requirement's id when the person wants to check it once more.
    """

    def __init__(
        self, row: Row, reader: Reader, table: Table, *, again: Callable[[str], None] | None = None
    ) -> None:
        super().__init__(_cells(row), table, names=_names(reader))
        self.row = row
        self._reader, self._again = reader, again
        self.setObjectName(f"row-{row.requirement}")
        self.setAccessibleDescription(self._more_words())
        self.name_line()

    def name_line(self) -> None:
        """Say what the row says, and whether it is open."""
        row = self.row
        # Translators: of the details of a row, read by screen readers.
        state = N_("expanded") if self.is_open else N_("collapsed")
        said = self._reader.text(
            # Translators: read by screen readers for one row of the result.
            N_("{title}: {word}. Found: {found}. Asked: {asked}. {level}. Details {state}."),
            title=row.title,
            word=row.word,
            found=self._found_words(),
            asked=row.asked,
            level=row.level_word,
            state=self._reader.text(state),
        )
        self.setAccessibleName(said)

    def _found_words(self) -> str:
        """Before and after in words: an arrow is not read out everywhere."""
        row = self.row
        if not row.before:
            return row.found
        return self._reader.text(
            # Translators: of a check that was done again; read by screen readers.
            N_("{now}, before it was {before}"),
            now=row.found,
            before=row.before,
        )

    def _more_words(self) -> str:
        """What the row shows besides: on what it rests, and how sure the value is."""
        row, text = self.row, self._reader.text
        told = [] if row.kind is None else [(RESTS_ON, row.rests_on)]
        if row.plus_minus:
            told.append((N_("Found"), f"{row.found} {row.plus_minus}"))
        pairs = [text(N_("{title}: {value}"), title=text(name), value=said) for name, said in told]
        return ", ".join(pairs)

    def fill(self, card: Card) -> None:
        """What opens under the row."""
        Details(self.row, self._reader, self._add_again).fill(card)

    def _add_again(self, place: QVBoxLayout) -> None:
        check, text = self._again, self._reader.text
        if check is None:
            return
        declared = self.row.kind is EvidenceKind.DECLARED
        words = N_("Answer again") if declared else N_("Check again")
        again = Button(text(words), small=True)
        again.setObjectName(f"again-{self.row.requirement}")
        again.setAccessibleName(
            text(N_("{title}: {value}"), title=self.row.title, value=again.text())
        )
        again.clicked.connect(lambda: check(self.row.requirement))
        place.addLayout(at_left(again))
