"""The typing test: the passage, the field below it, and a calm bar for the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from readiness.model.text import N_
from readiness.ports import Prompt
from readiness.step_words import HEADLINES, NOTES
from ui.guide.duration import duration
from ui.guide.work import WorkView
from ui.meters.bar import Bar
from ui.theme import STEP, Size
from ui.widgets.announce import announce
from ui.widgets.label import Label, caption
from ui.widgets.typing import Model, Refused, TypingField

if TYPE_CHECKING:
    from readiness.locale import Reader
    from ui.practice import TypingWork

LOOK_MS = 250
"""How often it is looked whether the time is over."""

TOLD_S = 15
"""The bar and the words beside it move so often and no oftener: nobody is to be hurried."""

MOST_LINES = 12
"""Of the field: it is for a passage of 500 characters at most."""

SPOKEN_S = 30
"""A screen reader is told what is left so often: it talks over the typing."""

# Translators: said kindly where something was put into the field without typing it.
REFUSALS = {
    Refused.PASTED: N_("Only what you type counts here, so this was left out. Just go on typing."),
    Refused.HELD: N_("A key that is held down counts once. Just go on typing."),
}


class TypingView(WorkView):
    """Shows a :class:`TypingWork`; everything that matters is in it."""

    def __init__(self, work: TypingWork, reader: Reader) -> None:
        super().__init__()
        self._work, self._reader = work, reader
        text = reader.text
        self.headline = text(HEADLINES[Prompt.TYPE])
        self.note = text(NOTES[Prompt.TYPE], seconds=reader.number(work.seconds))
        self.go_words = text(N_("I am done"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, STEP, 0, 0)
        column.setSpacing(STEP)
        self._model = Model(text(N_("Text to type")), work.passage.text)
        self._model.setObjectName("passage")
        column.addWidget(self._model)
        self._field = TypingField(text(N_("Type here")), work.text)
        self._field.setObjectName("typing")
        self._field.setPlaceholderText(text(N_("Type here")))
        self._field.typed.connect(self._take)
        self._field.refused.connect(self._refuse)
        column.addWidget(self._field)
        self._bar = Bar(text(N_("Time left")), height=4)
        self._left = caption("")
        self._said = Label("", size=Size.CAPTION, role="open")
        self._said.setObjectName("typing-said")
        for widget in (self._bar, self._left, self._said):
            column.addWidget(widget)
        self.first = self.seen = self._field
        self._told = self._spoken = -1
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)
        self._model.mark(len(work.text))
        self._look()

    def fit(self, room: int) -> None:
        """Show no more lines of both texts than there is room for, in pixels."""
        below = sum(one.sizeHint().height() + STEP for one in (self._bar, self._left, self._said))
        apart = STEP + self._model.height_of(0) + self._field.height_of(0)
        lines = (room - below - apart) // self._field.fontMetrics().lineSpacing()
        own = min(MOST_LINES, max(2, lines // 3))
        self._field.limit(own)
        self._model.limit(max(3, lines - own))

    def go(self) -> None:
        """Hand over what was typed."""
        self._timer.stop()
        self.done.emit(self._work.result())

    def _take(self, text: str) -> None:
        self._work.take(text)
        self._said.setText("")
        self._model.mark(len(text))

    def _refuse(self, why: str) -> None:
        words = self._reader.text(REFUSALS[Refused(why)])
        if words != self._said.text():
            announce(self, words)
        self._said.setText(words)

    def _look(self) -> None:
        """Move what shows the time, now and then; close the field when it is over."""
        work, left = self._work, self._work.left
        if work.over:
            self._close()
            return
        step = int(left // TOLD_S)
        if work.began is None or step == self._told:
            if work.began is None and self._told < 0:
                self._show_left(left)
            return
        self._told = step
        self._show_left(left)
        spoken = int(left // SPOKEN_S)
        if spoken != self._spoken and self._spoken >= 0:
            announce(self, self._left.text())
        self._spoken = spoken

    def _show_left(self, left: float) -> None:
        self._bar.set_fraction(left / self._work.seconds)
        words = N_("about {time} left")
        self._left.setText(self._reader.text(words, time=duration(left, self._reader)))

    def _close(self) -> None:
        self._timer.stop()
        self._field.setReadOnly(True)
        self._bar.set_fraction(0)
        self._said.setText("")
        words = self._reader.text(N_("The time is over. What you have typed counts."))
        self._left.setText(words)
        announce(self, words)
        self.go_words, self.first = self._reader.text(N_("Go on")), None
        self.turned.emit()
