"""New keys: a name, a folder, and a passphrase that is typed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shiboken6 import isValid

from readiness.model.errors import InputError, ReadinessError
from readiness.model.text import N_
from ui.employer.entry import Entry, choose_folder, fault_words
from ui.employer.secret import Secret, reveal_switch
from ui.trouble import NoFolder
from ui.widgets.announce import announce
from ui.widgets.button import Button, Look
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import caption, title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.journey import Journey

NAME = "invitations"
"""What new keys are called unless somebody calls them otherwise."""


class NewKeysDialog(Dialog):
    """Says what the passphrase is for before it is asked, and what is still missing."""

    def __init__(self, journey: Journey, parent: QWidget) -> None:
        text = journey.reader.text
        said = text(N_("Make new keys"))
        super().__init__(said, parent)
        self.setObjectName("new-keys")
        self._journey, self._reader = journey, journey.reader
        self._state = journey.employer.inviting
        self._going = False
        self.column.addWidget(title(said))
        words = N_(
            "With these keys you sign invitations and open sealed answers. One file stays with "
            "you, locked by a passphrase; the other one may be handed on. Without the passphrase "
            "nobody can open your keys, and nobody can make them again: keep a copy of both in a "
            "safe place."
        )
        self.column.addWidget(caption(text(words)))
        self._make_where()
        self._make_passphrase()
        close = Button(text(N_("Cancel")), Look.TEXT)
        close.setObjectName("cancel")
        close.clicked.connect(self.reject)
        self._make = Button(text(N_("Make the keys")), Look.FILLED)
        self._make.setObjectName("make-keys")
        self._make.clicked.connect(self._begin)
        self.foot.addWidget(close)
        self.foot.addStretch()
        self.foot.addWidget(self._make)
        self._name.field.setFocus()

    def _make_where(self) -> None:
        text = self._reader.text
        self._called = Field(NAME)
        self._called.setObjectName("keys-name")
        note = text(N_("It becomes the name of both files."))
        self._name = Entry(text(N_("Name")), self._called, note)
        self.column.addWidget(self._name)
        self._where = Field(self._state.documents)
        self._where.setObjectName("keys-folder")
        self._where.setCursorPosition(0)
        choose = Button(text(N_("Choose…")), Look.TEXT)
        choose.setObjectName("choose-keys-folder")
        choose.setAccessibleName(text(N_("Choose the folder")))
        choose.clicked.connect(self._choose)
        self._folder = Entry(text(N_("Folder")), self._where, button=choose)
        self.column.addWidget(self._folder)

    def _make_passphrase(self) -> None:
        text = self._reader.text
        self._first, self._second = Secret("new-passphrase"), Secret("new-passphrase-again")
        note = self._reader.plural(
            # Translators: under the field for a new passphrase; the number is 12.
            "At least {n} character. Take four or more words that do not belong together.",
            "At least {n} characters. Take four or more words that do not belong together.",
            self._state.shortest,
        )
        self._phrase = Entry(text(N_("Passphrase")), self._first, note)
        self._again = Entry(text(N_("The same again")), self._second)
        self.column.addWidget(self._phrase)
        self.column.addWidget(self._again)
        self.column.addWidget(reveal_switch(self._reader, self._first, self._second))

    def _choose(self) -> None:
        def then(path: object) -> None:
            self._where.setText(str(path))

        choose_folder(self, self._reader.text(N_("Folder")), self._where.text(), then)

    def _begin(self) -> None:
        """Look at what was typed, then make the keys; a second click meanwhile does nothing."""
        if self._going:
            return
        for entry in (self._name, self._folder, self._phrase, self._again):
            entry.say("")
        short = len(self._first.text()) < self._state.shortest
        if short or self._first.text() != self._second.text():
            entry = self._phrase if short else self._again
            words = N_("It is still too short.") if short else N_("The two are not the same.")
            self._refuse(entry, self._reader.text(words))
            return
        self._going = True
        self._make.setEnabled(False)
        self._second.take()
        name, folder = self._called.text(), self._where.text()
        self._state.make_keys(folder, name, self._first.take(), self._made)

    def _made(self, error: Exception | None) -> None:
        if not isValid(self):  # closed meanwhile
            return
        self._going = False
        self._make.setEnabled(True)
        if error is None:
            self.accept()
            return
        if not isinstance(error, ReadinessError | NoFolder):
            self._journey.trouble.emit(error)
            return
        named = isinstance(error, InputError)  # a name that is none, or that is taken
        entry = self._name if named else self._folder
        self._refuse(entry, fault_words(error, self._reader))

    def _refuse(self, entry: Entry, said: str) -> None:
        entry.say(said)
        entry.field.setFocus()
        announce(self, said)
        self.fit()
