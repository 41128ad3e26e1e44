"""Reading or judging goes on: how far it is, and the way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from readiness.model.text import N_
from ui.meters.bar import Bar
from ui.meters.spoken import Spoken
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import Figure, caption, headline

if TYPE_CHECKING:
    from readiness.locale import Reader
    from ui.review.reviewing import Reviewing


class GoingOn(Card):
    """A count that grows; a bar where it is known how many there are."""

    def __init__(self, reviewing: Reviewing, what: str, reader: Reader) -> None:
        super().__init__()
        self._reviewing, self._reader = reviewing, reader
        self.inside.addWidget(headline(what))
        self._bar = Bar(what)
        self._bar.setVisible(reviewing.total > 0)
        self._said = Figure()  # it changes ten times a second
        self._said.setObjectName("progress")
        self.inside.addWidget(self._said)
        self.inside.addWidget(self._bar)
        words = N_("What was read until you stop stays here.")
        if reviewing.total:
            words = N_("If you stop, everything stays as it was.")
        self.inside.addWidget(caption(reader.text(words)))
        self.stop = Button(reader.text(N_("Stop")))
        self.stop.setObjectName("stop-reading")
        self.stop.clicked.connect(self._end)
        self.inside.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignLeft)
        self._spoken = Spoken(lambda text: announce(self, text))
        self._show(0)
        reviewing.progressed.connect(self._follow)

    def _end(self) -> None:
        self.stop.setEnabled(False)
        self._reviewing.stop()

    def _follow(self, number: int) -> None:
        self._show(number)
        self._spoken.say(self._said.text)

    def _show(self, number: int) -> None:
        total = self._reviewing.total
        if total:
            self._bar.set_fraction(number / total)
            said = self._reader.plural("{n} report judged", "{n} reports judged", number)
        else:
            said = self._reader.plural("{n} file looked at", "{n} files looked at", number)
        self._said.setText(said)
