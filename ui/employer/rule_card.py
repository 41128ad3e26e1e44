"""The requirement that is looked at: its words, its weight, what it compares, and advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readiness.explain import AREAS, COSTS, LEVELS
from readiness.model.measurement import Cost, Shape
from readiness.model.requirement import Area, Level
from readiness.model.text import N_
from ui.employer.answers import answer_fields, kind_choice
from ui.employer.bound import Bound, Choice, Local
from ui.employer.criterion import CriterionView, source_choice
from ui.employer.edits import criteria, entries
from ui.employer.rule_list import rule_name
from ui.employer.ticks import Ticks
from ui.theme import STEP
from ui.widgets.beside import Beside
from ui.widgets.button import Button, Look
from ui.widgets.card import Card, Rule
from ui.widgets.label import caption, title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from readiness.profiles.draft import Place, ProfileDraft
    from ui.journey import Journey

MOST_ADVICE = 10


class RuleCard(Card):
    """Everything about one requirement, field by field."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._reader = journey.reader
        self._state = journey.employer.drafting
        self._parts: list[Bound | CriterionView] = []
        self.inside.setSpacing(2 * STEP)
        self._number = self._state.chosen
        draft = self._state.draft
        listed = [] if draft is None else entries(draft, "requirement")
        if not 0 <= self._number < len(listed):
            words = N_("There is no requirement yet. Add the first one.")
            self.inside.addWidget(caption(self._reader.text(words)))
            return
        self._place: Place = ("requirement", self._number)
        self._fill(listed[self._number])

    def _fill(self, rule: dict[str, Any]) -> None:
        text = self._reader.text
        self._title = title("")
        self.inside.addWidget(self._title)
        if "applies_to" in rule:
            words = N_("It applies only under a condition, which stands in the file.")
            self.inside.addWidget(caption(text(words)))
        levels = [(level, text(LEVELS[level])) for level in Level]
        areas = [(area, text(AREAS[area])) for area in Area]
        state, reader = self._state, self._reader
        place: Place = (*self._place, "level")
        self._add(Choice(state, place, text(N_("Weight")), levels, reader, took=self._weigh))
        self._add(Choice(state, (*self._place, "area"), text(N_("Group")), areas, reader))
        note = N_("Left empty, it is called what is measured.")
        self._add(Local(state, (*self._place, "title"), text(N_("Name")), reader, note=text(note)))
        self.inside.addWidget(Rule())
        if "question" in rule:
            self._add_question(str(rule["question"]))
        else:
            self._add_criteria(rule)
        self.inside.addWidget(Rule())
        self._add_advice(rule)

    def _add(self, part: Bound | CriterionView) -> None:
        self._parts.append(part)
        self.inside.addWidget(part)

    def _weigh(self, level: Level) -> None:
        """Other fields belong to what is required than to what is recommended."""
        place: Place = (*self._place, "level")
        chosen = self._number
        self._state.change(lambda draft: draft.put(place, level), place, choose=chosen)

    # --- what it compares ------------------------------------------------------------------------

    def _add_criteria(self, rule: dict[str, Any]) -> None:
        listed = criteria(rule)
        if len(listed) > 1:
            words = N_("One of these {n} is enough.")
            said = self._reader.text(words, n=self._reader.number(len(listed)))
            self.inside.addWidget(caption(said))
        alone = len(listed) == 1 and rule.get("level") == Level.MUST
        for number in range(len(listed)):
            place = (*self._place, "any_of", number)
            self._add(CriterionView(self._state, place, self._reader, alone=alone))

    # --- what it asks the person -----------------------------------------------------------------

    def _add_question(self, question: str) -> None:
        state, reader, text = self._state, self._reader, self._reader.text
        own = self._own_question(question)
        askable = state.askables.get(f"declared.{question}")
        if own is not None:
            name = text(N_("Question"))
            self._add(Local(state, ("question", own, "text"), name, reader))
            name, note = text(N_("In short")), text(N_("A noun for tables."))
            self._add(Local(state, ("question", own, "title"), name, reader, note=note))
            self._add(Local(state, ("question", own, "why"), text(N_("Why you ask")), reader))
            kind = kind_choice(state, own, reader)
            if kind is not None:
                self._add(kind)
            for part in answer_fields(state, own, reader):
                self.inside.addWidget(part)
                if isinstance(part, Bound):
                    self._parts.append(part)
        elif askable is not None and askable.question is not None:
            self.inside.addWidget(title(reader.local(askable.question.text)))
        accept = (*self._place, "accept")
        yes_no: list[tuple[object, str]] = [(True, text(N_("yes"))), (False, text(N_("no")))]
        name = text(N_("Answers that will do"))
        if askable is not None and askable.metric.shape is not Shape.YES_NO:
            options = [(one, askable.value_title(one, reader)) for one in askable.values]
            self._add(Ticks(state, accept, name, options, reader))
        elif own is None or not self._choices(own):
            self._add(Choice(state, accept, name, yes_no, reader))
        else:
            self._add(Ticks(state, accept, name, self._choices(own), reader))
        self._add(source_choice(state, (*self._place, "source"), reader))

    def _own_question(self, name: str) -> int | None:
        draft = self._state.draft
        listed = [] if draft is None else entries(draft, "question")
        return next((n for n, one in enumerate(listed) if one.get("id") == name), None)

    def _choices(self, own: int) -> list[tuple[object, str]]:
        draft = self._state.draft
        found = None if draft is None else draft.value(("question", own, "choices"))
        if not isinstance(found, dict):
            return []
        return [
            (name, self._reader.local(said) if isinstance(said, dict) else str(said))
            for name, said in found.items()
            if name != "unknown"
        ]

    # --- advice ----------------------------------------------------------------------------------

    def _add_advice(self, rule: dict[str, Any]) -> None:
        text, reader, state = self._reader.text, self._reader, self._state
        self.inside.addWidget(title(text(N_("Advice where it is not met"))))
        words = N_("Without any, the program's own advice stands there.")
        self.inside.addWidget(caption(text(words)))
        listed = rule.get("advice")
        count = len(listed) if isinstance(listed, list) else 0
        costs = [(cost, text(COSTS[cost])) for cost in Cost]
        for number in range(count):
            place: Place = (*self._place, "advice", number)
            self._add(Local(state, (*place, "text"), text(N_("Advice")), reader))
            self._add(Choice(state, (*place, "cost"), text(N_("What it costs")), costs, reader))
            self.inside.addWidget(self._remover(place, number))
        if count < MOST_ADVICE:
            more = Button(text(N_("Add advice")), small=True)
            more.setObjectName("add-advice")
            more.clicked.connect(self._more_advice)
            self.inside.addWidget(_in_row(more))

    def _remover(self, place: Place, number: int) -> QWidget:
        button = Button(self._reader.text(N_("Remove this advice")), Look.QUIET)
        button.setObjectName(f"remove-advice-{number}")
        chosen = self._number

        def drop() -> None:
            self._state.change(lambda draft: draft.drop(place), place, choose=chosen)

        button.clicked.connect(drop)
        return _in_row(button)

    def _more_advice(self) -> None:
        place: Place = (*self._place, "advice")
        words = self._reader.text(N_("Write here what helps."))
        entry = {"cost": Cost.FREE, "text": {self._state.language: words}}
        chosen = self._number

        def add(draft: ProfileDraft) -> ProfileDraft:
            return draft.add(place, entry)

        self._state.change(add, place, choose=chosen)

    # --- following -------------------------------------------------------------------------------

    def follow(self) -> None:
        """Show what stands there now."""
        listed = [] if self._state.draft is None else entries(self._state.draft, "requirement")
        if self._parts and self._number < len(listed):
            name = rule_name(listed[self._number], self._state, self._reader)
            self._title.setText(self._reader.text(N_("This requirement: {value}"), value=name))
        for part in self._parts:
            part.follow()


def _in_row(button: Button) -> QWidget:
    """A button that is as wide as its words."""
    row = Beside(gap=STEP)
    row.add(button)
    return row
