"""What only the person knows: one calm form; every answer may be left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from readiness.model.requirement import AnswerKind
from readiness.model.text import N_
from ui.theme import STEP
from ui.widgets.button import Button, Look
from ui.widgets.card import Card, Rule
from ui.widgets.choice import Radio
from ui.widgets.label import Label, caption, headline, lead
from ui.widgets.page import Page
from ui.widgets.pill import Pill

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.measurement import Value
    from readiness.model.requirement import Question
    from ui.journey import Journey

WIDEST = 760
AT_MOST_IN_A_ROW = 3


class QuestionsPage(Page):
    """Answers go into ``journey.answers`` at once, so that nothing is lost."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey, widest=WIDEST)
        text = self.reader.text
        plan = journey.plan
        if plan is None:
            raise RuntimeError("the questions are shown before there is a plan")
        if len(plan.profiles) == 1:
            self.context = self.reader.local(plan.profiles[0].title)
        self.said = text(N_("A few things only you can know"))
        self.column.addWidget(headline(self.said))
        self.column.addWidget(
            lead(text(N_("Answer what you like; what you leave out stays open.")))
        )
        row = QHBoxLayout()
        row.addWidget(Pill(text(N_("own answer")), "declared", filled=True))
        row.addWidget(caption(text(N_("is how the report marks what you say here."))), 1)
        self.column.addLayout(row)
        card = Card()
        card.inside.setSpacing(2 * STEP)
        self._count = caption("", wrap=False)
        for number, question in enumerate(plan.questions):
            if number:
                card.inside.addWidget(Rule())
            view = QuestionView(question, journey.answers.get(question.id), self.reader)
            # toggled, not clicked: assistive technology chooses without a click
            view.group.idToggled.connect(
                lambda _id, checked, v=view: self._take(v) if checked else None
            )
            card.inside.addWidget(view)
            if self.first is None:
                self.first = view.first
        self.column.addWidget(card)
        self.column.addStretch(1)
        self._make_foot()
        self._show_count()

    def _make_foot(self) -> None:
        foot = self.foot()
        foot.addWidget(self._count)
        foot.addStretch(1)
        done = Button(self.reader.text(N_("See the result")), Look.FILLED)
        done.setObjectName("see-result")
        done.clicked.connect(self.journey.finish)
        foot.addWidget(done)

    def _take(self, view: QuestionView) -> None:
        answer = view.answer()
        if answer is None:
            self.journey.answers.pop(view.question.id, None)
        else:
            self.journey.answers[view.question.id] = answer
        self._show_count()

    def _show_count(self) -> None:
        plan = self.journey.plan
        asked = {question.id for question in plan.questions} if plan is not None else set()
        self._count.setText(
            self.reader.text(
                N_("{n} of {all} answered"),
                n=len(asked & set(self.journey.answers)),
                all=len(asked),
            )
        )


class QuestionView(QWidget):
    """One question with its possible answers as radio buttons."""

    def __init__(self, question: Question, answer: Value | None, reader: Reader) -> None:
        super().__init__()
        self.question = question
        words = reader.local(question.text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(Label(words, bold=True))
        why = reader.local(question.why)
        if why:
            column.addWidget(caption(why))
        self._values: list[Value | None] = []
        self.group = QButtonGroup(self)
        labels: list[tuple[str, Value | None]] = []
        if question.kind is AnswerKind.YES_NO:
            labels = [(reader.text(N_("Yes")), True), (reader.text(N_("No")), False)]
        else:
            labels = [(reader.local(text), value) for value, text in question.choices.items()]
        labels.append((reader.text(N_("Leave open")), None))
        row = _Answers(flow=len(labels) <= AT_MOST_IN_A_ROW)
        self.first: Radio | None = None
        for label, value in labels:
            button = Radio(label)
            button.setAccessibleName(f"{words} {label}")
            self.group.addButton(button, len(self._values))  # first: then Tab goes to the chosen
            self._values.append(value)
            row.layout_.addWidget(button)
            if value == answer and type(value) is type(answer):
                button.setChecked(True)
                self.first = button
        row.layout_.addStretch(1)
        column.addWidget(row)

    def answer(self) -> Value | None:
        """What is chosen; none: left open."""
        return self._values[self.group.checkedId()]


class _Answers(QWidget):
    """Few answers beside each other, many below each other."""

    def __init__(self, *, flow: bool) -> None:
        super().__init__()
        self.layout_ = QHBoxLayout(self) if flow else QVBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self.layout_.setSpacing(2 * STEP if flow else 0)
        self.layout_.setAlignment(Qt.AlignmentFlag.AlignLeft)
