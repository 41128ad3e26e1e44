"""Beginning a list of requirements: a short one, one made from another, or an own file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from readiness.model.text import N_
from ui.employer.entry import Entry, choose_file, fault_words
from ui.employer.pick import Pick
from ui.theme import STEP
from ui.widgets.beside import Beside
from ui.widgets.button import Button, Look
from ui.widgets.card import Card, Rule
from ui.widgets.label import Label, caption, title

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.journey import Journey

ENDING = "toml"
NAME = "requirements.toml"
LONGEST = 60


class BeginCard(Card):
    """Three ways to a list of one's own."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._journey, self._reader = journey, journey.reader
        self._state = journey.employer.drafting
        text = self._reader.text
        self.inside.setSpacing(2 * STEP)
        self.inside.addWidget(title(text(N_("Begin a list"))))
        words = N_("You choose its file first. It is plain text that you can also edit by hand.")
        self.inside.addWidget(caption(text(words)))
        self._lists = Pick(text(N_("Made from")))
        self._lists.setObjectName("made-from")
        self._lists.addItem(text(N_("Nothing: a short list to begin with")))
        for profile in journey.profiles:
            self._lists.addItem(self._reader.local(profile.title)[:LONGEST])
        self.inside.addWidget(Entry(text(N_("Made from")), self._lists))
        self.begin = self._button(N_("Begin it…"), "begin-list", Look.FILLED, self._ask)
        self.inside.addWidget(Rule())
        self.inside.addWidget(title(text(N_("Or go on with your own"))))
        self._button(N_("Open a list…"), "open-list", Look.OUTLINED, self._open)
        self._wrong = Label("", role="not_met")
        self._wrong.setObjectName("begin-fault")
        self.inside.addWidget(self._wrong)
        self.follow()

    def _button(self, words: str, name: str, look: Look, does: Callable[[], None]) -> Button:
        button = Button(self._reader.text(words), look)
        button.setObjectName(name)
        button.clicked.connect(does)
        row = Beside(gap=STEP)
        row.add(button)
        self.inside.addWidget(row)
        return button

    def _ask(self) -> None:
        number = self._lists.currentIndex() - 1
        reference = self._journey.profiles[number].id if number >= 0 else ""

        def then(path: Path) -> None:
            self._state.begin(path, reference)

        ask_where(self, self._reader.text(N_("Where to keep the list")), self._start(), then)

    def _open(self) -> None:
        text = self._reader.text
        names = text(N_("Requirements (*.toml)"))
        choose_file(self, text(N_("Open a list")), names, self._state.documents, self._state.open)

    def _start(self) -> str:
        return str(Path(self._state.documents) / NAME)

    def follow(self) -> None:
        """Say why a list could not be opened."""
        error = self._state.refused
        self._wrong.setText("" if error is None else f"✕ {fault_words(error, self._reader)}")
        self._wrong.setVisible(error is not None)


def ask_where(parent: Card, name: str, start: str, then: Callable[[Path], None]) -> None:
    """Ask for the name of a list's file; whether something is there is looked at when saving."""
    dialog = QFileDialog(parent, name, start)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ENDING)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.selectFile(start)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
