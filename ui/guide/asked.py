"""What is asked about a guided step that is over: repeat it, or say what was heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.explain import detail_reason
from readiness.model.text import N_
from readiness.ports import Prompt
from readiness.step_words import ANSWERS, HEADLINES, PICTURES, QUESTION_NOTES, QUESTIONS
from ui.theme import STEP
from ui.widgets.beside import Beside, line_height
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.label import Label, caption, title
from ui.widgets.picture import Picture

if TYPE_CHECKING:
    from readiness.locale import Reader
    from ui.person import Step

PICTURE = 144
HEARABLE = frozenset({Prompt.GREETING})
"""Steps whose recording is there to be heard right away."""
WIDEST = 560
WIDEST_LINES = 30
"""Of answers: side by side they stand for sides, and are not to be torn apart."""


class RepeatView(QWidget):
    """What went wrong in a step, what helps, and which step would be repeated."""

    def __init__(self, step: Step, reader: Reader) -> None:
        super().__init__()
        reason = detail_reason(step.why)
        self.headline = reader.text(N_("This step could not be used"))
        self.note = "" if reason is None else reader.text(reason.what)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, STEP, 0, 0)
        column.setSpacing(2 * STEP)
        if reason is not None:
            card = Card()
            card.inside.addWidget(title(reader.text(N_("What you can do"))))
            card.inside.addWidget(Label(reader.text(reason.remedy)))
            column.addWidget(card)
        values = {"device": "", "output": "", "code": "", **step.values}
        again = N_("Only this step is repeated: “{step}”. The first attempt stays on record.")
        said = reader.text(HEADLINES[step.prompt], **values)
        column.addWidget(caption(reader.text(again, step=said)))


class ChooseView(QWidget):
    """A question about a step, one button for each answer.

    Signals:
        chosen: The id of the answer.
        hear: The person wants to hear what was recorded in the step.
    """

    chosen = Signal(str)
    hear = Signal()

    def __init__(self, step: Step, reader: Reader) -> None:
        super().__init__()
        self.headline = reader.text(QUESTIONS[step.prompt])
        self.note = reader.text(QUESTION_NOTES[step.prompt])
        self.buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * STEP, 0, 0)
        column.setSpacing(2 * STEP)
        middle = QWidget()
        middle.setMaximumWidth(max(WIDEST, WIDEST_LINES * line_height()))
        inside = QVBoxLayout(middle)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2 * STEP)
        if step.prompt in PICTURES:
            picture = Picture(PICTURES[step.prompt], height=PICTURE)
            inside.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        if step.prompt in HEARABLE:
            listen = Button(reader.text(N_("Hear yourself…")), Look.FILLED)
            listen.setObjectName("hear")
            listen.clicked.connect(self.hear)
            self.buttons["hear"] = listen
            inside.addWidget(listen)
        for number, option in enumerate(step.options):
            if number % 2 == 0:
                pair = Beside(gap=STEP)
                inside.addWidget(pair)
            button = Button(reader.text(ANSWERS[option]), Look.OUTLINED)
            button.setObjectName(f"answer-{option}")
            button.clicked.connect(lambda _on=False, one=option: self.chosen.emit(one))
            self.buttons[option] = button
            pair.add(button, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 4)
        row.addStretch(1)
        column.addLayout(row)
