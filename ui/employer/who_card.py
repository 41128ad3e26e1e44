"""Whom an employer invites: one person, or everybody in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from readiness.model.text import N_
from ui.employer.entry import Entry, choose_file
from ui.employer.invite_card import InviteCard, buttons
from ui.employer.pick import Pick
from ui.theme import STEP
from ui.widgets.beside import column
from ui.widgets.button import Button
from ui.widgets.choice import CheckBox, FlowingRadio, indented
from ui.widgets.field import Field
from ui.widgets.label import caption

if TYPE_CHECKING:
    from ui.journey import Journey

MOST_HEADS = 200
"""So many columns of a table are offered: a made-up one may have millions."""
LONGEST_HEAD = 60
NAMED = 3
"""So many of those in a table are named, so that a wrong column shows."""


class WhoCard(InviteCard):
    """One person, or everybody in a table."""

    def __init__(self, journey: Journey) -> None:
        text = journey.reader.text
        super().__init__(journey, text(N_("Whom you invite")))
        self._one = FlowingRadio(text(N_("One person")))
        self._one.setObjectName("invite-one")
        self._many = FlowingRadio(text(N_("Everybody in a table")))
        self._many.setObjectName("invite-many")
        group = QButtonGroup(self)
        for radio in (self._one, self._many):
            group.addButton(radio)
        self._many.toggled.connect(self._state.invite_many)
        self.inside.addWidget(self._one)
        self.inside.addLayout(self._make_one())
        self.inside.addWidget(self._many)
        self.inside.addLayout(self._make_many())
        self._inside = CheckBox(text(N_("Show the mark to the applicant too")))
        self._inside.setObjectName("reference-inside")
        self._inside.setChecked(self._state.inside)
        self._inside.toggled.connect(self._take_inside)
        self.inside.addWidget(self._inside)

    def _make_one(self) -> QVBoxLayout:
        text = self._reader.text
        field = Field(self._state.single)
        field.setObjectName("reference")
        field.textEdited.connect(self._take_single)
        note = N_("A number or a name for you alone. It may be empty.")
        # Translators: a number or name by which an employer knows an applicant.
        entry = Entry(text(N_("Your mark for them")), field, text(note))
        self.entries["reference"] = self._for_one = entry
        return indented(entry)

    def _make_many(self) -> QVBoxLayout:
        text = self._reader.text
        place, self._for_many = column(STEP)
        button = Button(text(N_("Choose a table…")))
        button.setObjectName("choose-table")
        button.clicked.connect(self._choose)
        note = N_("A CSV file in UTF-8: a line of headings, then a line for each applicant.")
        entry = Entry(text(N_("Table")), buttons("table", button), text(note))
        self.entries["table"] = entry
        place.addWidget(entry)
        self._column = Pick(text(N_("Column with your marks")))
        self._column.setObjectName("column")
        self._heads: list[str] = []
        self._column.activated.connect(self._take_column)
        self._in_column = Entry(text(N_("Column with your marks")), self._column)
        place.addWidget(self._in_column)
        self._says = caption("")
        self._says.setObjectName("table-says")
        place.addWidget(self._says)
        return indented(self._for_many)

    def _choose(self) -> None:
        text = self._reader.text
        names = text(N_("Tables (*.csv)"))
        start = self._state.documents
        choose_file(self, text(N_("Choose a table")), names, start, self._state.choose_table)

    def _take_single(self, typed: str) -> None:
        self._state.single = typed

    def _take_inside(self, on: bool) -> None:  # noqa: FBT001 - a signal brings it
        self._state.inside = on

    def _take_column(self, place: int) -> None:
        table = self._state.table
        if table is not None and 0 <= place < len(self._heads):
            self._state.choose_table(table, self._heads[place])

    def follow(self) -> str:
        """Show the part that was chosen, and what stands in the table."""
        state = self._state
        (self._many if state.many else self._one).setChecked(True)
        self._for_one.setVisible(not state.many)
        self._for_many.setVisible(state.many)
        found = state.found
        self._in_column.setVisible(found is not None)
        self._says.setVisible(found is not None)
        if found is None or state.table is None:
            return self._news("")
        heads = [head for head in dict.fromkeys(found.heads[:MOST_HEADS]) if head.strip()]
        if heads != self._heads:
            self._heads = heads
            self._column.clear()
            self._column.addItems([plain(head)[:LONGEST_HEAD] for head in heads])
        head = found.heads[found.column]
        self._column.setCurrentIndex(heads.index(head) if head in heads else -1)
        self._says.setText(self._table_words())
        return self._news(self._says.text())

    def _table_words(self) -> str:
        found, table, reader = self._state.found, self._state.table, self._reader
        if found is None or table is None:
            return ""
        count = len(found.found)
        named = ", ".join(found.found[:NAMED])
        if count > NAMED:
            named = reader.text(N_("{names} and others"), names=named)
        told = reader.plural(
            "{n} applicant in {file}:", "{n} applicants in {file}:", count, file=table.name
        )
        lines = [told, named]
        if found.repeated:
            lines.append(
                reader.plural(
                    "{n} line repeats a mark: that applicant gets one more invitation.",
                    "{n} lines repeat a mark: those applicants get one more invitation each.",
                    found.repeated,
                )
            )
        return "\n".join(lines)


def plain(text: str) -> str:
    """Foreign text on one line, without signs that cannot be seen."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
