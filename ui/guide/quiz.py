"""Items one by one: choose, see whether it is right and why, go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from readiness.model.practice import GAP
from readiness.model.text import N_
from readiness.step_words import HEADLINES, NOTES
from ui.guide.work import WorkView
from ui.theme import STEP, Size
from ui.widgets.announce import announce
from ui.widgets.card import Card
from ui.widgets.choice import FlowingRadio
from ui.widgets.label import Label, caption

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from readiness.locale import Reader
    from readiness.model.practice import Item
    from readiness.ports import Prompt
    from ui.practice import QuizWork

SHOWN_GAP = "_____"


class QuizView(WorkView):
    """Shows a :class:`QuizWork`; everything that matters is in it."""

    def __init__(self, prompt: Prompt, work: QuizWork, reader: Reader) -> None:
        super().__init__()
        self._work, self._reader = work, reader
        self.headline = reader.text(HEADLINES[prompt])
        self.note = reader.text(NOTES[prompt])
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, STEP, 0, 0)
        self._card: Card | None = None
        self._group: QButtonGroup | None = None
        self._show()

    def go(self) -> None:
        """Answer, go on to the next item, or hand over all answers."""
        work = self._work
        if not work.explaining:
            if not work.chosen:
                return
            work.answer()
        elif work.last:
            self.done.emit(tuple(work.answers))
            return
        else:
            work.explaining = False
        self._show()
        self.turned.emit()
        announce(self, self._words())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter on an answer is the button at the foot."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.go()
        else:
            super().keyPressEvent(event)

    def _words(self) -> str:
        """What a screen reader is told when something else is shown."""
        if self._work.explaining:
            return self._verdict()
        return f"{self._count()}. {self._work.item.spoken}"

    def _count(self) -> str:
        words = N_("{n} of {all}")
        return self._reader.text(words, n=self._work.number, all=len(self._work.items))

    def _verdict(self) -> str:
        item, right = self._work.item, self._is_right()
        words = N_("Right. {why}") if right else N_("The right answer is: {right}. {why}")
        return self._reader.text(words, right=item.right, why=item.why)

    def _is_right(self) -> bool:
        return self._work.answers[-1] == self._work.item.right

    def _show(self) -> None:
        work, item = self._work, self._work.item
        if self._card is not None:
            self._card.hide()
            self._card.deleteLater()
        self._card = card = Card()
        card.inside.addWidget(caption(self._count()))
        question = Label(item.text.replace(GAP, SHOWN_GAP), size=Size.SECTION)
        question.setAccessibleName(item.spoken)
        card.inside.addWidget(question)
        card.inside.addSpacing(STEP // 2)
        self.first, self.seen = self._add_choices(card, item), question
        if work.explaining:
            card.inside.addSpacing(STEP // 2)
            self.seen = self._explanation()
            card.inside.addWidget(self.seen)
            self.first = None
        self._column.addWidget(card)
        if self.isVisible():
            card.show()  # at once, so that it can take the focus
        words = (
            N_("Answer") if not work.explaining else N_("Next") if not work.last else N_("Go on")
        )
        self.go_words = self._reader.text(words)
        self.can_go = work.explaining or bool(work.chosen)

    def _add_choices(self, card: Card, item: Item) -> QWidget | None:
        """The answers as one group; returns the one that takes the focus."""
        self._group = QButtonGroup(self)
        chosen = self._work.answers[-1] if self._work.explaining else self._work.chosen
        first: QWidget | None = None
        for place, choice in enumerate(item.choices):
            radio = FlowingRadio(choice)
            radio.setObjectName(f"choice-{place}")
            radio.setAccessibleDescription(item.spoken)
            self._group.addButton(radio, place)
            radio.setChecked(choice == chosen)
            radio.setEnabled(not self._work.explaining)
            # toggled, not clicked: assistive technology chooses without a click
            radio.toggled.connect(lambda on, one=choice: self._choose(one) if on else None)
            card.inside.addWidget(radio)
            if first is None or choice == chosen:
                first = radio
        return first

    def _choose(self, choice: str) -> None:
        self._work.chosen = choice
        self.can_go = True
        self.moved.emit()

    def _explanation(self) -> Label:
        right = self._is_right()
        label = Label(
            f"{'✓' if right else '✕'}  {self._verdict()}", role="met" if right else "open"
        )
        label.setAccessibleName(self._verdict())
        label.setObjectName("explanation")
        return label
