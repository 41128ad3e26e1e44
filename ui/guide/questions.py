"""What only the person knows: one question at a time; every answer may be left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from readiness.explain import AREAS
from readiness.model.requirement import Area
from readiness.model.text import N_
from ui.guide.question import QuestionView
from ui.widgets.announce import announce
from ui.widgets.beside import line_height
from ui.widgets.button import Button, Look, Once
from ui.widgets.label import caption
from ui.widgets.page import Page
from ui.widgets.pill import Pill
from ui.widgets.rail import Rail, RailButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from readiness.engine import Plan
    from readiness.model.measurement import Value
    from readiness.model.requirement import Question
    from ui.journey import Journey

WIDEST = 760
RAIL_LINES = 40
"""Pages narrower than this many line heights show no rail: the question needs the room."""
# Translators: the part with the questions about the person who applies.
YOU = N_("You")


class QuestionsPage(Page):
    """The question that ``journey.asked_at`` names; answers go to ``journey.answer`` at once."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey, widest=WIDEST)
        if journey.plan is None:
            raise RuntimeError("the questions are shown before there is a plan")
        plan = journey.plan
        if len(plan.profiles) == 1:
            self.context = self.reader.local(plan.profiles[0].title)
        self.said = self.reader.text(N_("A few things only you can know"))
        self._parts = parts(plan)
        self._questions = [question for _, part in self._parts for question in part]
        self._view: QuestionView | None = None
        self._where = caption("", wrap=False)
        self._make_head()
        self._rail = Rail(self.said)
        self._buttons = self._make_rail()
        self._unkept = caption("")
        self._unkept.setParent(self)  # a widget of its own would be a window to a screen reader
        self._unkept.hide()
        self._unkept.setObjectName("answers-unkept")
        self._make_foot()
        self.beside(self._rail)
        journey.noted.connect(self._show_unkept)
        self._show_question(self._start(), arriving=True)

    def _make_head(self) -> None:
        row = QHBoxLayout()
        row.addWidget(caption(self.said), 1)
        row.addWidget(self._where)
        self.column.addLayout(row)
        # the question comes here
        row = QHBoxLayout()
        row.addWidget(Pill(self.reader.text(N_("own answer")), "declared", filled=True))
        row.addWidget(
            caption(self.reader.text(N_("is how the report marks what you say here."))), 1
        )
        self.column.addLayout(row)
        self.column.addStretch(1)

    def _make_rail(self) -> list[RailButton]:
        buttons = []
        for number, (area, part) in enumerate(self._parts, start=1):
            name = self.reader.text(YOU if area is Area.PERSON else AREAS[area])
            button = RailButton(number, name)
            button.setObjectName(f"part-{area.value}")
            first = self._questions.index(part[0])
            button.clicked.connect(lambda _on=False, place=first: self._show_question(place))
            self._rail.add(button)
            buttons.append(button)
        return buttons

    def _make_foot(self) -> None:
        text, foot = self.reader.text, self.foot()
        self._back = Once(text(N_("Back")))
        self._back.setObjectName("back")
        self._back.clicked.connect(lambda: self._show_question(self._place - 1))
        self._finish = Button(text(N_("See the result")), Look.TEXT)
        self._finish.setObjectName("see-result")
        self._finish.clicked.connect(self.journey.finish)
        self._next = Once("", Look.FILLED)
        self._next.setObjectName("next")
        self._next.clicked.connect(lambda: self._show_question(self._place + 1))
        self._count = caption("", wrap=False)
        foot.addWidget(self._back)
        foot.addWidget(self._count, 1)
        foot.addWidget(self._finish)
        foot.addWidget(self._next)

    def _start(self) -> int:
        """Where one was, else at the first question that is open."""
        ids = [question.id for question in self._questions]
        if self.journey.asked_at in ids:
            return ids.index(self.journey.asked_at)
        return next((n for n, name in enumerate(ids) if name not in self.journey.answers), 0)

    def _show_question(self, place: int, *, arriving: bool = False) -> None:
        """Put another question into the middle. Harmless beyond both ends."""
        if not 0 <= place < len(self._questions):
            return
        self._place = place
        question = self._questions[place]
        self.journey.asked_at = question.id
        view = QuestionView(question, self.journey.answers.get(question.id), self.reader)
        view.answered.connect(self._take)
        old, self._view = self._view, view
        self.column.insertWidget(1, view)
        if old is not None:
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.first = view.first
        n, total = self.reader.number(place + 1), self.reader.number(len(self._questions))
        # Translators: which of all questions this is
        self._where.setText(self.reader.text(N_("Question {n} of {all}"), n=n, all=total))
        self._show_state()
        if not arriving:
            self.scroller.verticalScrollBar().setValue(0)
            if view.first is not None:
                view.first.setFocus(Qt.FocusReason.TabFocusReason)
            announce(self, view.words)

    def _take(self, answer: Value | None) -> None:
        self.journey.answer(self._questions[self._place].id, answer)
        self._show_state()

    def _show_state(self) -> None:
        """Everything that depends on where one is and what is answered."""
        text, answers = self.reader.text, self.journey.answers
        last = self._place == len(self._questions) - 1
        answered = self._questions[self._place].id in answers
        self._back.setEnabled(self._place > 0)
        # Translators: go on without an answer to this question.
        self._next.setText(text(N_("Next")) if answered else text(N_("Skip")))
        self._next.setVisible(not last)
        self._finish.set_look(Look.FILLED if last else Look.TEXT)
        self._count.setText(self._counted(self._questions))
        for number, (button, (_, part)) in enumerate(
            zip(self._buttons, self._parts, strict=True), 1
        ):
            words = self._counted(part)
            button.describe(words)
            done = all(question.id in answers for question in part)
            sign = "✓" if done else str(number)
            button.step.set_outcome(sign, "declared" if done else "quiet", words)
            if self._questions[self._place] in part:
                button.step.set_current(words)
                self._rail.reveal(button)

    def _counted(self, part: list[Question]) -> str:
        n = sum(question.id in self.journey.answers for question in part)
        return self.reader.text(N_("{n} of {all} answered"), n=n, all=len(part))

    def _show_unkept(self) -> None:
        """Answers that are not on disk would be lost if the program were ended."""
        if self.journey.unkept and self.column.indexOf(self._unkept) < 0:
            self.column.insertWidget(2, self._unkept)
            self._unkept.show()
        self._unkept.setText(
            self.reader.text(
                N_("Your answers cannot be stored before the result is: {reason}"),
                reason=self.journey.unkept,
            )
            if self.journey.unkept
            else ""
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The rail goes where there is too little room for both."""
        super().resizeEvent(event)
        self._rail.setVisible(self.width() >= RAIL_LINES * line_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on to the next question, at the last one to the result."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            (self._finish if self._next.isHidden() else self._next).click()
        else:
            super().keyPressEvent(event)


def parts(plan: Plan) -> list[tuple[Area, list[Question]]]:
    """The questions by the area that first asks for them, areas in their usual order."""
    areas: dict[str, Area] = {}
    for profile in plan.profiles:
        for requirement in profile.requirements:
            for metric in requirement.metrics():
                areas.setdefault(metric, requirement.area)
    found: dict[Area, list[Question]] = {area: [] for area in Area}
    for question in plan.questions:
        found[areas.get(question.metric, Area.PERSON)].append(question)
    return [(area, part) for area, part in found.items() if part]
