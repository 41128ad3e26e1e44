"""What the list is called, in each language, and who says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from readiness.explain import GRADES
from readiness.locale import languages
from readiness.model.requirement import Grade
from readiness.model.text import N_
from ui.employer.bound import Bound, Choice, Line, Local
from ui.employer.edits import add_source, next_source
from ui.employer.entry import Entry
from ui.employer.pick import Pick
from ui.language import NAMES
from ui.theme import STEP
from ui.widgets.beside import Beside
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import caption, title

if TYPE_CHECKING:
    from readiness.profiles.draft import Place, ProfileDraft
    from ui.journey import Journey

LONGEST = 60
"""Letters of a source's name, where one is chosen."""


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
    """Who says so: the sources that the list names, one of them open."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._reader, self._state = journey.reader, journey.employer.drafting
        self._parts: list[Bound] = []
        self.inside.setSpacing(2 * STEP)
        text = self._reader.text
        self.inside.addWidget(title(text(N_("Who says so"))))
        words = N_("Every limit names one of these. Applicants see the name and the page.")
        self.inside.addWidget(caption(text(words)))
        tree = None if self._state.draft is None else self._state.draft.value(("source",))
        self._names = list(tree) if isinstance(tree, dict) else []
        self._select = Pick(text(N_("Source")))
        self._select.setObjectName("which-source")
        self._select.activated.connect(self._look_at)
        if self._names:
            self.inside.addWidget(Entry(text(N_("Source")), self._select))
            self._open(self._state.source if self._state.source in self._names else self._names[0])
        more = Button(text(N_("Add a source")), small=True)
        more.setObjectName("add-source")
        more.clicked.connect(self._more)
        row = Beside(gap=STEP)
        row.add(more)
        self.inside.addWidget(row)

    def _open(self, name: str) -> None:
        """The fields of one of them."""
        text, reader, state = self._reader.text, self._reader, self._state
        grades = [(grade, text(GRADES[grade])) for grade in Grade]
        place: Place = ("source", name)
        self._shown = self._names.index(name)
        self._add(Line(state, (*place, "title"), text(N_("Name of the source")), reader))
        self._add(Line(state, (*place, "address"), text(N_("Its page")), reader))
        self._add(Choice(state, (*place, "grade"), text(N_("How sure it is")), grades, reader))

    def _look_at(self, number: int) -> None:
        self._state.source = self._names[number]
        self._state.rebuilt.emit()

    def _more(self) -> None:
        words, today = self._reader.text(N_("Our own requirement")), datetime.now(UTC).date()

        def add(draft: ProfileDraft) -> ProfileDraft:
            return add_source(draft, words, today)

        self._state.source = next_source(self._names)
        self._state.change(add, ("source",), choose=self._state.chosen)

    def _add(self, part: Bound) -> None:
        self._parts.append(part)
        self.inside.addWidget(part)

    def _called(self, name: str) -> str:
        """What a source is called, and whether something is wrong with it."""
        draft, place = self._state.draft, ("source", name)
        told = None if draft is None else draft.value((*place, "title"))
        said = str(told or name)[:LONGEST]
        return f"✕ {said}" if draft is not None and draft.faults_at(place) else said

    def follow(self) -> None:
        """Show what stands there now."""
        said = [self._called(name) for name in self._names]
        if said != [self._select.itemText(n) for n in range(self._select.count())]:
            self._select.clear()
            self._select.addItems(said)
            self._select.setCurrentIndex(self._shown if said else -1)
        for part in self._parts:
            part.follow()
