"""The requirement that is looked at: its words, its weight, what it compares, and advice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from readiness.explain import AREAS, COSTS, LEVELS
from readiness.model.measurement import Cost, Shape
from readiness.model.requirement import Area, Level
from readiness.model.text import N_
from ui.employer.answers import answer_fields, kind_choice
from ui.employer.bound import Choice, Local
from ui.employer.criterion import CriterionView, source_choice
from ui.employer.edits import criteria, entries
from ui.employer.fields import LINE, NOTHING, Fields
from ui.employer.rule_list import rule_name
from ui.employer.ticks import Ticks
from ui.theme import STEP
from ui.widgets.beside import Beside
from ui.widgets.button import Button, Look
from ui.widgets.card import Card, Rule
from ui.widgets.label import Label, caption, title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from readiness.profiles.draft import Place, ProfileDraft
    from ui.employer.fields import Spread
    from ui.journey import Journey

MOST_ADVICE = 10


class RuleCard(Card):
    """Everything about one requirement, field by field."""

    def __init__(self, journey: Journey, spread: Spread) -> None:
        super().__init__()
        self._reader = journey.reader
        self._state = journey.employer.drafting
        self._spread = spread
        self._fields = Fields(self, self.inside, spread)
        self._criteria: list[CriterionView] = []
        self._title: Label | None = None
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
        text, add = self._reader.text, self._fields.add
        self._title = title("")
        self.inside.addWidget(self._title)
        if "applies_to" in rule:
            words = N_("It applies only under a condition, which stands in the file.")
            add(lambda: caption(text(words)), high=LINE)
        levels = [(level, text(LEVELS[level])) for level in Level]
        areas = [(area, text(AREAS[area])) for area in Area]
        state, reader = self._state, self._reader
        place: Place = (*self._place, "level")
        name = text(N_("Weight"))
        add(partial(Choice, state, place, name, levels, reader, took=self._weigh))
        add(partial(Choice, state, (*self._place, "area"), text(N_("Group")), areas, reader))
        note = text(N_("Left empty, it is called what is measured."))
        place, name = (*self._place, "title"), text(N_("Name"))
        add(partial(Local, state, place, name, reader, note=note))
        add(Rule, high=NOTHING)
        if "question" in rule:
            self._add_question(str(rule["question"]))
        else:
            self._add_criteria(rule)
        add(Rule, high=NOTHING)
        self._add_advice(rule)

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
            self._fields.add(lambda: caption(said), high=LINE)
        alone = len(listed) == 1 and rule.get("level") == Level.MUST
        for number in range(len(listed)):
            place = (*self._place, "any_of", number)
            self._fields.add(partial(self._criterion, place, alone=alone), high=NOTHING)

    def _criterion(self, place: Place, *, alone: bool) -> CriterionView:
        """The place for one; it fills itself, each field when its turn has come."""
        view = CriterionView(self._state, place, self._reader, self._spread, alone=alone)
        self._criteria.append(view)
        return view

    # --- what it asks the person -----------------------------------------------------------------

    def _add_question(self, question: str) -> None:
        state, reader, add = self._state, self._reader, self._fields.add
        own = self._own_question(question)
        askable = state.askables.get(f"declared.{question}")
        if own is not None:
            self._add_own(own)
        elif askable is not None and askable.question is not None:
            words = reader.local(askable.question.text)
            add(lambda: title(words), high=LINE)
        accept, name = (*self._place, "accept"), reader.text(N_("Answers that will do"))
        if askable is not None and askable.metric.shape is not Shape.YES_NO:
            values = [(one, askable.value_title(one, reader)) for one in askable.values]
            add(partial(Ticks, state, accept, name, values, reader))
        elif own is None or not self._choices(own):
            options = [(True, reader.text(N_("yes"))), (False, reader.text(N_("no")))]
            add(partial(Choice, state, accept, name, options, reader))
        else:
            add(partial(Ticks, state, accept, name, self._choices(own), reader))
        add(partial(source_choice, state, (*self._place, "source"), reader))

    def _add_own(self, own: int) -> None:
        """A question of the employer's own: its words, and how it is answered."""
        state, reader, text, add = self._state, self._reader, self._reader.text, self._fields.add
        add(partial(Local, state, ("question", own, "text"), text(N_("Question")), reader))
        name, note = text(N_("In short")), text(N_("A noun for tables."))
        add(partial(Local, state, ("question", own, "title"), name, reader, note=note))
        add(partial(Local, state, ("question", own, "why"), text(N_("Why you ask")), reader))
        kind = kind_choice(state, own, reader)
        made: list[QWidget] = [] if kind is None else [kind]
        for part in (*made, *answer_fields(state, own, reader)):
            add(partial(_itself, part))

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
        add = self._fields.add
        add(lambda: title(text(N_("Advice where it is not met"))), high=LINE)
        words = N_("Without any, the program's own advice stands there.")
        add(lambda: caption(text(words)), high=LINE)
        listed = rule.get("advice")
        count = len(listed) if isinstance(listed, list) else 0
        costs = [(cost, text(COSTS[cost])) for cost in Cost]
        for number in range(count):
            place: Place = (*self._place, "advice", number)
            add(partial(Local, state, (*place, "text"), text(N_("Advice")), reader))
            name = text(N_("What it costs"))
            add(partial(Choice, state, (*place, "cost"), name, costs, reader))
            add(partial(self._remover, place, number), high=LINE)
        if count < MOST_ADVICE:
            add(self._adder, high=LINE)

    def _adder(self) -> QWidget:
        more = Button(self._reader.text(N_("Add advice")), small=True)
        more.setObjectName("add-advice")
        more.clicked.connect(self._more_advice)
        return _in_row(more)

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
        if self._title is not None and self._number < len(listed):
            name = rule_name(listed[self._number], self._state, self._reader)
            self._title.setText(self._reader.text(N_("This requirement: {value}"), value=name))
        self._fields.follow()
        for view in self._criteria:
            view.follow()


def _itself(widget: QWidget) -> QWidget:
    return widget


def _in_row(button: Button) -> QWidget:
    """A button that is as wide as its words."""
    row = Beside(gap=STEP)
    row.add(button)
    return row
