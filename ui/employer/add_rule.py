"""Choosing what else is asked: what can be measured or asked, and questions of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem

from readiness.explain import AREAS, LEVELS
from readiness.model.requirement import Area, Level
from readiness.model.text import N_
from ui.employer.edits import add_question, add_rule
from ui.employer.entry import Entry
from ui.employer.pick import Pick
from ui.employer.rows import Rows
from ui.widgets.beside import line_height
from ui.widgets.button import Button, Look
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from readiness.profiles.askable import Askable
    from readiness.profiles.draft import ProfileDraft
    from ui.journey import Journey

LINES = 11
"""How high the list is, in line heights."""
ID = Qt.ItemDataRole.UserRole
ENDPOINTS = "endpoints."
"""What is asked about hosts is added with the first host."""


class AddRuleDialog(Dialog):
    """A list to search in; nothing is typed where there is a choice."""

    def __init__(self, journey: Journey, parent: QWidget) -> None:
        text = journey.reader.text
        said = text(N_("Add a requirement"))
        super().__init__(said, parent)
        self.setObjectName("add-rule-dialog")
        self._taken = False
        self._reader, self._state = journey.reader, journey.employer.drafting
        self.column.addWidget(title(said))
        self._search = Field()
        self._search.setObjectName("search-rules")
        self._search.textChanged.connect(self._filter)
        self.column.addWidget(Entry(text(N_("Search")), self._search))
        self._list = Rows("askables")
        self._list.setFixedHeight(LINES * line_height())
        self._list.itemActivated.connect(lambda _: self._take())
        self._list.currentRowChanged.connect(lambda _: self._follow())
        self.column.addWidget(Entry(text(N_("What can be asked")), self._list))
        self._level = Pick(text(N_("Weight")))
        self._level.setObjectName("new-level")
        for level in Level:
            self._level.addItem(text(LEVELS[level]))
        self.column.addWidget(Entry(text(N_("Weight")), self._level))
        self._own = Field()
        self._own.setObjectName("own-question")
        self._own.textChanged.connect(self._follow)
        note = N_(
            "What you write here is the question. It is answered with yes or no; other answers can "
            "be given to it afterwards."
        )
        self.column.addWidget(Entry(text(N_("Or a question of your own")), self._own, text(note)))
        self._make_foot()
        self._filter("")
        self._search.setFocus()

    def _make_foot(self) -> None:
        text = self._reader.text
        close = Button(text(N_("Cancel")), Look.TEXT)
        close.clicked.connect(self.reject)
        self._add = Button(text(N_("Add")), Look.FILLED)
        self._add.setObjectName("add-this")
        self._add.clicked.connect(self._take)
        self.foot.addWidget(close)
        self.foot.addStretch()
        self.foot.addWidget(self._add)

    def _filter(self, typed: str) -> None:
        """Show what holds these letters, group by group."""
        self._list.clear()
        reader, wanted = self._reader, typed.strip().casefold()
        order = list(Area)
        for askable in sorted(self._state.askables.values(), key=lambda one: order.index(one.area)):
            said = self._words(askable)
            found = wanted in said.casefold() or wanted in askable.id
            if askable.id.startswith(ENDPOINTS) or not found:
                continue
            item = QListWidgetItem(said)
            item.setData(ID, askable.id)
            self._list.addItem(item)
        self._list.setCurrentRow(0 if wanted and self._list.count() else -1)
        self._list.setAccessibleDescription(
            reader.plural("{n} thing found", "{n} things found", self._list.count())
        )
        self._follow()

    def _words(self, askable: Askable) -> str:
        reader = self._reader
        # Translators: a group of requirements and what is asked, as in "Headset: Connection".
        words = N_("{title}: {value}")
        group = reader.text(AREAS[askable.area])
        return reader.text(words, title=group, value=askable.title(reader))

    def _follow(self) -> None:
        self._add.setEnabled(self._list.currentRow() >= 0 or bool(self._own.text().strip()))

    def _take(self) -> None:
        """Add what was written, else what was chosen; the new one is looked at. Harmless twice."""
        if self._taken:  # Enter in the list presses the button too
            return
        self._taken = True
        question, row = self._own.text().strip(), self._list.currentRow()
        level, count = list(Level)[self._level.currentIndex()], self._state.count()
        language = self._state.language
        item = self._list.item(max(0, row))
        askable = None if row < 0 else self._state.askables[item.data(ID)]

        def add(draft: ProfileDraft) -> ProfileDraft:
            if question:
                return add_question(draft, question, language)
            return draft if askable is None else add_rule(draft, askable, level)

        self.accept()
        self._state.change(add, choose=count)
