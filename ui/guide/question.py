"""One question: its picture, its answers as cards, a list where they are many, or a week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from readiness.model.requirement import AnswerKind
from readiness.model.text import N_
from readiness.model.week import Week, read_canonical
from ui.guide.week import WeekView
from ui.theme import STEP, Size
from ui.widgets.answer import AnswerCard, CardGrid
from ui.widgets.field import Select
from ui.widgets.label import Label, lead
from ui.widgets.picture import Picture

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.measurement import Value
    from readiness.model.requirement import Question

MOST_CARDS = 10
"""More answers stand in a list: fifty cards would be a wall."""
MOST_IN_A_ROW = 3
PICTURE = 96
UNKNOWN = "unknown"
"""The choice for those who do not know."""
OPEN = "open"
"""How the card that leaves a question open is called in object names."""


class QuestionView(QWidget):
    """Shows a question and takes its answer.

    Signals:
        answered: The answer, as it is stored; none: left open.
    """

    answered = Signal(object)

    def __init__(self, question: Question, answer: Value | None, reader: Reader) -> None:
        super().__init__()
        self.question, self._reader = question, reader
        self.words = reader.local(question.text)
        self.first: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(STEP)
        self._column.addWidget(Label(self.words, size=Size.SECTION, bold=True))
        why = reader.local(question.why)
        if why:
            self._column.addWidget(lead(why))
        if question.picture:
            picture = Picture(question.picture, height=PICTURE)
            self._column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(STEP)
        if question.kind is AnswerKind.WEEK:
            self._show_week(answer)
        elif len(question.choices) > MOST_CARDS:
            self._show_list(answer)
        else:
            self._show_cards(answer)

    # --- a week --------------------------------------------------------------------------------

    def _show_week(self, answer: Value | None) -> None:
        week = WeekView(self.words, read_canonical(answer) or Week(), self._reader)
        week.settled.connect(lambda: self.answered.emit(week.grid.week.text() or None))
        self._column.addWidget(week)
        self.first = week.grid

    # --- many answers --------------------------------------------------------------------------

    def _show_list(self, answer: Value | None) -> None:
        known: list[str | None] = [None, *self.question.choices]
        chosen = Select(self.words)
        chosen.setObjectName("answer-list")
        chosen.addItem(self._reader.text(N_("Leave open")))
        for text in self.question.choices.values():
            chosen.addItem(self._reader.local(text))
        chosen.setCurrentIndex(known.index(answer) if answer in self.question.choices else 0)
        chosen.currentIndexChanged.connect(lambda place: self.answered.emit(known[place]))
        self._column.addWidget(chosen)
        self.first = chosen

    # --- few answers ---------------------------------------------------------------------------

    def _answers(self) -> list[tuple[str, Value, str]]:
        """Name, value and words of every answer."""
        question, text = self.question, self._reader.text
        if question.kind is AnswerKind.YES_NO:
            return [("yes", True, text(N_("Yes"))), ("no", False, text(N_("No")))]
        return [(name, name, self._reader.local(words)) for name, words in question.choices.items()]

    def _show_cards(self, answer: Value | None) -> None:
        self._group = QButtonGroup(self)
        grid = CardGrid(most=MOST_IN_A_ROW if self.question.pictures else 2)
        answers = self._answers()
        small = len(answers) > MOST_IN_A_ROW
        for name, value, words in answers:
            picture = self.question.pictures.get(name, "")
            card = AnswerCard(_begun(words), picture=picture, small=small)
            grid.add(card)
            self._join(card, name, value, answer)
        self._column.addWidget(grid)
        text = self._reader.text
        knows = UNKNOWN in self.question.choices
        note = (
            N_("I would rather not say.")
            if knows
            else N_("I do not know, or would rather not say.")
        )
        leave = AnswerCard(text(N_("Leave open")), text(note))
        self._join(leave, OPEN, None, answer)
        self._column.addWidget(leave)

    def _join(self, card: AnswerCard, name: str, value: Value | None, answer: Value | None) -> None:
        card.setObjectName(f"answer-{name}")
        card.setAccessibleName(f"{self.words} {card.text()}")
        self._group.addButton(card)  # before it is checked: then Tab goes to the chosen one
        if value == answer and type(value) is type(answer):
            card.setChecked(True)
            self.first = card
        # toggled, not clicked: assistive technology chooses without a click
        card.toggled.connect(lambda on: self.answered.emit(value) if on else None)


def _begun(words: str) -> str:
    """With a capital letter, as words of their own have it."""
    return words[:1].upper() + words[1:]
