"""What is asked about a guided step that is over: repeat it, or say what was heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.explain import detail_reason
from readiness.model.text import N_
from readiness.step_words import ANSWERS, HEADLINES, QUESTIONS
from ui.theme import STEP
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.label import Label, title

if TYPE_CHECKING:
    from readiness.locale import Reader
    from ui.person import Step


class RepeatView(QWidget):
    """Why a step could not be used and what helps."""

    def __init__(self, step: Step, reader: Reader) -> None:
        super().__init__()
        reason = detail_reason(step.why)
        self.headline = reader.text(N_("This step could not be used"))
        self.note = "" if reason is None else reader.text(reason.what)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, STEP, 0, 0)
        card = Card()
        if reason is not None:
            card.inside.addWidget(title(reader.text(N_("What you can do"))))
            card.inside.addWidget(Label(reader.text(reason.remedy)))
        again = reader.text(N_("To be repeated:"))
        values = {"device": "", "output": "", "code": "", **step.values}
        card.inside.addWidget(
            Label(f"{again} {reader.text(HEADLINES[step.prompt], **values)}", role="quiet")
        )
        column.addWidget(card)


class ChooseView(QWidget):
    """A question about a step, one button for each answer.

    Signals:
        chosen: The id of the answer.
    """

    chosen = Signal(str)

    def __init__(self, step: Step, reader: Reader) -> None:
        super().__init__()
        self.headline = reader.text(QUESTIONS[step.prompt])
        self.note = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, STEP, 0, 0)
        column.setSpacing(STEP)
        self.buttons: dict[str, Button] = {}
        for option in step.options:
            button = Button(reader.text(ANSWERS[option]), Look.OUTLINED)
            button.setObjectName(f"answer-{option}")
            button.clicked.connect(lambda _on=False, one=option: self.chosen.emit(one))
            self.buttons[option] = button
            column.addWidget(button)
