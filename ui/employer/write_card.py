"""Where the invitations go, the passphrase that signs them, and how far the writing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_
from ui.employer.entry import Entry, choose_folder
from ui.employer.invite_card import InviteCard
from ui.employer.secret import Secret, reveal_switch
from ui.meters.bar import Bar
from ui.theme import STEP
from ui.widgets.beside import column
from ui.widgets.button import Button, Look
from ui.widgets.field import Field
from ui.widgets.label import caption

if TYPE_CHECKING:
    from pathlib import Path

    from ui.journey import Journey


class WriteCard(InviteCard):
    """The last card: everything before it can still be changed."""

    def __init__(self, journey: Journey) -> None:
        text = journey.reader.text
        super().__init__(journey, text(N_("Sign and write")))
        self._folder = Field(self._state.folder)
        self._folder.setObjectName("folder")
        self._folder.setCursorPosition(0)
        self._folder.textEdited.connect(self._take_folder)
        choose = Button(text(N_("Choose…")), Look.TEXT)
        choose.setObjectName("choose-folder")
        choose.setAccessibleName(text(N_("Choose the folder")))
        choose.clicked.connect(self._choose)
        note = N_("A file and a text code for each invitation go here, and your table of them.")
        self._add("folder", Entry(text(N_("Folder")), self._folder, text(note), button=choose))
        self.passphrase = Secret("passphrase")
        note = N_("It is used once and not kept.")
        self._add(
            "passphrase", Entry(text(N_("Passphrase of your keys")), self.passphrase, text(note))
        )
        self.inside.addWidget(reveal_switch(self._reader, self.passphrase))
        self._make_progress()

    def _make_progress(self) -> None:
        text = self._reader.text
        inside, holder = column(STEP // 2)
        self._bar = Bar(text(N_("Writing invitations")))
        self._going = caption("")
        inside.addWidget(self._going)
        inside.addWidget(self._bar)
        holder.setObjectName("issue")
        entry = Entry(text(N_("Writing")), holder)
        entry.reads = self.passphrase  # no proxy: Tab would go back to it, again and again
        self.entries["issue"] = self._progress = entry
        self.inside.addWidget(entry)

    def _choose(self) -> None:
        def then(path: Path) -> None:
            self._state.folder = str(path)
            self._folder.setText(str(path))

        choose_folder(self, self._reader.text(N_("Folder")), self._folder.text(), then)

    def _take_folder(self, typed: str) -> None:
        self._state.folder = typed

    def follow(self) -> str:
        """Show how far the writing is, while it goes on or where it failed."""
        state = self._state
        self._progress.setVisible(state.busy or "issue" in state.faults)
        self._bar.setVisible(state.busy)
        self._going.setVisible(state.busy)
        self._bar.set_fraction(state.step)
        count = len(state.names)
        words = self._reader.plural(
            "Signing and writing {n} invitation…", "Signing and writing {n} invitations…", count
        )
        if words != self._going.text():
            self._going.setText(words)
        return ""
