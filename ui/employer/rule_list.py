"""All requirements of the list, and what can be done with them as wholes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker

from readiness.explain import LEVELS
from readiness.model.finding import Verdict
from readiness.model.requirement import Level
from readiness.model.text import N_
from ui.employer.edits import criteria, drop_rule, entries
from ui.employer.rows import Rows
from ui.theme import STEP
from ui.widgets.beside import line_height
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.label import title
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.locale import Reader
    from readiness.preview import RuleCount
    from readiness.profiles.draft import ProfileDraft
    from ui.employer.drafting import Drafting
    from ui.journey import Journey

LINES, TALLEST = 20, 340
"""How high the list is, in line heights, and in pixels at most: on a laptop of 512 pixels in
height all of it is seen at once, also in large text."""
LONGEST = 80
_LEVELS = {level.value: LEVELS[level] for level in Level}


class RuleList(Card):
    """One line for each requirement; below it whom it would let through."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._journey, self._reader = journey, journey.reader
        self._state = journey.employer.drafting
        self._spoken = (-1, "")
        text = self._reader.text
        name = text(N_("Requirements"))
        self.inside.addWidget(title(name))
        self.list = Rows("rules")
        self.list.setAccessibleName(name)
        self.list.setFixedHeight(min(LINES * line_height(), TALLEST))
        self.list.currentRowChanged.connect(self._choose)
        self.inside.addWidget(self.list)
        row = Strip(gap=STEP // 2)
        self._add = self._button(text(N_("Add…")), "add-rule", self._ask)
        self._add.set_look(Look.OUTLINED)
        self._remove = self._button(text(N_("Remove")), "remove-rule", self._drop)
        # Translators: moves a requirement one place up in its list.
        self._up = self._button(text(N_("Up")), "rule-up", lambda: self._move(-1))
        # Translators: moves a requirement one place down in its list.
        self._down = self._button(text(N_("Down")), "rule-down", lambda: self._move(1))
        for button in (self._add, self._remove, self._up, self._down):
            row.addWidget(button)
        self.inside.addWidget(row)

    def _button(self, words: str, name: str, does: Any) -> Button:  # noqa: ANN401 - a slot
        button = Button(words, Look.QUIET, small=True)
        button.setObjectName(name)
        button.clicked.connect(does)
        return button

    # --- doing -----------------------------------------------------------------------------------

    def _choose(self, number: int) -> None:
        if number >= 0:
            self._state.look_at(number)

    def _ask(self) -> None:
        from ui.employer.add_rule import AddRuleDialog

        AddRuleDialog(self._journey, self).open()

    def _drop(self) -> None:
        number = self._state.chosen
        self._state.change(lambda draft: drop_rule(draft, number), choose=number)

    def _move(self, by: int) -> None:
        number, to = self._state.chosen, self._state.chosen + by

        def move(draft: ProfileDraft) -> ProfileDraft:
            return draft.move(("requirement", number), to)

        if 0 <= to < self._state.count():
            self._state.change(move, choose=to)

    # --- following -------------------------------------------------------------------------------

    def follow(self) -> str:
        """Show all as they are now; what a change made of the chosen one, to be announced."""
        state, draft = self._state, self._state.draft
        listed = [] if draft is None else entries(draft, "requirement")
        said = [self._words(number, rule) for number, rule in enumerate(listed)]
        with QSignalBlocker(self.list):
            while self.list.count() > len(said):
                self.list.takeItem(self.list.count() - 1)
            for number, words in enumerate(said):
                if number >= self.list.count():
                    self.list.addItem(words)
                elif self.list.item(number).text() != words:
                    self.list.item(number).setText(words)
            self.list.setCurrentRow(state.chosen if said else -1)
        self._remove.setEnabled(bool(said))
        self._up.setEnabled(state.chosen > 0)
        self._down.setEnabled(state.chosen < len(said) - 1)
        now = (state.chosen, said[state.chosen]) if state.chosen < len(said) else (-1, "")
        before, self._spoken = self._spoken, now
        return now[1] if before[0] == now[0] and before[1] != now[1] else ""

    def _words(self, number: int, rule: dict[str, Any]) -> str:
        reader = self._reader
        name = rule_name(rule, self._state, reader)[:LONGEST]
        level = reader.text(_LEVELS.get(str(rule.get("level")), ""))
        # Translators: a requirement and its weight, as in "Download (required)".
        line = reader.text(N_("{title} ({level})"), title=name, level=level)
        draft = self._state.draft
        if draft is not None and draft.faults_at(("requirement", number)):
            return f"✕ {line}\n{reader.text(N_('Something is missing or wrong here.'))}"
        count = self._counted(str(rule.get("id")))
        return line if count is None else f"{line}\n{self._met(count)}"

    def _counted(self, name: str) -> RuleCount | None:
        """What the last trial says of a requirement: of the reports, else of the samples."""
        trial = self._state.trying.trial
        if trial is None:
            return None
        preview = trial.reports or trial.samples
        return next((one for one in preview.rules if one.requirement.id == name), None)

    def _met(self, count: RuleCount) -> str:
        reader, total = self._reader, len(count.verdicts)
        met = count.count(Verdict.PASS)
        shown = {"met": reader.number(met), "total": reader.number(total)}
        trial = self._state.trying.trial
        if trial is not None and trial.reports is not None:
            if count.refused:
                words = N_("would refuse {refused} of {total} applicants")
                return reader.text(words, refused=reader.number(count.refused), **shown)
            return reader.text(N_("met by {met} of {total} applicants"), **shown)
        return reader.text(N_("met by {met} of {total} made-up home offices"), **shown)


def rule_name(rule: Mapping[str, Any], state: Drafting, reader: Reader) -> str:
    """What a requirement is called, also where it has faults."""
    for found in (rule.get("title"), _asked_by(rule, state)):
        if isinstance(found, dict) and found:
            return reader.local({key: str(said) for key, said in found.items()})
        if isinstance(found, str) and found:
            return found
    own = criteria(rule)
    asked = f"declared.{rule['question']}" if "question" in rule else ""
    metric = str(own[0].get("metric", "")) if own else asked
    askable = state.askables.get(metric)
    return askable.title(reader) if askable is not None else str(rule.get("id", ""))


def _asked_by(rule: Mapping[str, Any], state: Drafting) -> object:
    """What a question of one's own is called that a requirement asks."""
    name = rule.get("question")
    own = [] if state.draft is None or name is None else entries(state.draft, "question")
    return next((one.get("title") for one in own if one.get("id") == name), None)
