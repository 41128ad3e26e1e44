"""A computer's date that cannot be right is named before anything is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from readiness.model.errors import InputError
from readiness.model.text import N_
from ui.widgets.card import Card
from ui.widgets.label import Label, caption

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.journey import Journey

LOOK_MS = 2000
"""How often it is looked whether the date has been set right."""


class ClockCard(Card):
    """Hidden while the date can be right; else what it says and what to do.

    Args:
        journey: Whose engine looks.
        page: Where it stands. Without one it would show itself as a window of its own.
    """

    def __init__(self, journey: Journey, page: QWidget) -> None:
        super().__init__(parent=page)
        self._journey = journey
        self.setObjectName("wrong-clock")
        self._what = Label("", bold=True, role="not_met")
        self._remedy = Label("")
        self.inside.addWidget(self._what)
        self.inside.addWidget(self._remedy)
        why = N_("A report with that date would not be believed, however good the result.")
        self.inside.addWidget(caption(journey.reader.text(why)))
        self.look()
        watch = QTimer(self)
        watch.timeout.connect(self.look)
        watch.start(LOOK_MS)

    def look(self) -> None:
        """Look at the computer's date."""
        reader = self._journey.reader
        try:
            self._journey.engine.check_clock()
        except InputError as wrong:
            self._what.setText(reader.text(wrong.what, **wrong.values))
            self._remedy.setText(reader.text(wrong.hint, **wrong.values))
            self.setVisible(True)
        else:
            self._what.clear()
            self._remedy.clear()
            self.setVisible(False)

    def words(self) -> str:
        """What is said; empty while the date can be right."""
        return f"{self._what.text()} {self._remedy.text()}".strip()
