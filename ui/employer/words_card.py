"""What the list is called, in each language, and who says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from readiness.explain import GRADES
from readiness.locale import languages
from readiness.model.requirement import Grade
from readiness.model.text import N_
from ui.employer.bound import Bound, Choice, Line, Local
from ui.employer.edits import add_source
from ui.employer.entry import Entry
from ui.employer.pick import Pick
from ui.language import NAMES
from ui.theme import STEP
from ui.widgets.beside import Beside
from ui.widgets.button import Button
from ui.widgets.card import Card, Rule
from ui.widgets.label import caption, title

if TYPE_CHECKING:
    from readiness.profiles.draft import Place, ProfileDraft
    from ui.journey import Journey


class WordsCard(Card):
    """Name and summary, and the language in which all texts are written now."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._reader, self._state = journey.reader, journey.employer.drafting
        self._parts: list[Bound] = []
        self.inside.setSpacing(2 * STEP)
        text, reader, state = self._reader.text, self._reader, self._state
        self.inside.addWidget(title(text(N_("Its words"))))
        self._tags = languages()
        select = Pick(text(N_("Texts in")))
        select.setObjectName("texts-in")
        for tag in self._tags:
            select.addItem(NAMES.get(tag, tag))
        if state.language in self._tags:
            select.setCurrentIndex(self._tags.index(state.language))
        select.activated.connect(self._write_in)
        note = N_("Applicants see their own language, else English.")
        self.inside.addWidget(Entry(text(N_("Texts in")), select, text(note)))
        self._add(Local(state, ("title",), text(N_("What the list is called")), reader))
        self._add(Local(state, ("summary",), text(N_("One sentence about it")), reader))

    def _add(self, part: Bound) -> None:
        self._parts.append(part)
        self.inside.addWidget(part)

    def _write_in(self, number: int) -> None:
        self._state.language = self._tags[number]
        self._state.rebuilt.emit()

    def follow(self) -> None:
        """Show what stands there now."""
        for part in self._parts:
            part.follow()


class SourcesCard(Card):
    """Who says so, for every source that the list names."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._reader, self._state = journey.reader, journey.employer.drafting
        self._parts: list[Bound] = []
        self.inside.setSpacing(2 * STEP)
        text, reader, state = self._reader.text, self._reader, self._state
        self.inside.addWidget(title(text(N_("Who says so"))))
        words = N_("Every limit names one of these. Applicants see the name and the page.")
        self.inside.addWidget(caption(text(words)))
        tree = None if state.draft is None else state.draft.value(("source",))
        grades = [(grade, text(GRADES[grade])) for grade in Grade]
        for number, name in enumerate(tree if isinstance(tree, dict) else {}):
            if number:
                self.inside.addWidget(Rule())
            place: Place = ("source", name)
            self._add(Line(state, (*place, "title"), text(N_("Name of the source")), reader))
            self._add(Line(state, (*place, "address"), text(N_("Its page")), reader))
            self._add(Choice(state, (*place, "grade"), text(N_("How sure it is")), grades, reader))
        more = Button(text(N_("Add a source")), small=True)
        more.setObjectName("add-source")
        more.clicked.connect(self._more)
        row = Beside(gap=STEP)
        row.add(more)
        self.inside.addWidget(row)

    def _more(self) -> None:
        words, today = self._reader.text(N_("Our own requirement")), datetime.now(UTC).date()

        def add(draft: ProfileDraft) -> ProfileDraft:
            return add_source(draft, words, today)

        self._state.change(add, ("source",), choose=self._state.chosen)

    def _add(self, part: Bound) -> None:
        self._parts.append(part)
        self.inside.addWidget(part)

    def follow(self) -> None:
        """Show what stands there now."""
        for part in self._parts:
            part.follow()
