"""Whose invitations these are, and what they ask: the first two cards of the page ``invite``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_
from ui.employer.entry import Entry, choose_file
from ui.employer.invite_card import InviteCard, buttons
from ui.employer.pick import Pick
from ui.widgets.button import Button, Look
from ui.widgets.label import breakable, caption

if TYPE_CHECKING:
    from pathlib import Path

    from ui.journey import Journey

LONGEST = 60
"""Letters of a list's title."""


class KeysCard(InviteCard):
    """Whose invitations these are: an existing file of keys, or a new one."""

    def __init__(self, journey: Journey) -> None:
        text = journey.reader.text
        super().__init__(journey, text(N_("Your keys")))
        words = N_("They sign the invitations, so that nobody can alter them on their way.")
        self.inside.addWidget(caption(text(words)))
        self.open_button = Button(text(N_("Open your keys…")))
        self.open_button.setObjectName("open-keys")
        self.open_button.clicked.connect(self._choose)
        make = Button(text(N_("Make new keys…")), Look.TEXT)
        make.setObjectName("new-keys-button")
        make.clicked.connect(self._make)
        row = buttons("keys", self.open_button, make)
        self._add("keys", Entry(text(N_("File of keys")), row))
        self._chosen = caption("")
        self._chosen.setObjectName("keys-chosen")
        self.inside.addWidget(self._chosen)

    def _choose(self) -> None:
        text = self._reader.text
        names = text(N_("Keys (*.readiness-keys)"))
        start = self._state.documents
        choose_file(self, text(N_("Open your keys")), names, start, self._state.choose_keys)

    def _make(self) -> None:
        from ui.employer.new_keys import NewKeysDialog

        NewKeysDialog(self._journey, self).open()

    def follow(self) -> str:
        """Name the file and its fingerprint."""
        keys = self._state.keys
        self._chosen.setVisible(keys is not None)
        if keys is not None:
            said = N_("{file}, fingerprint {fingerprint}")
            shown = breakable(keys.name)
            self._chosen.setText(
                self._reader.text(said, file=shown, fingerprint=self._state.fingerprint)
            )
        return self._news(self._chosen.text())


class AskedCard(InviteCard):
    """The list of requirements: a shipped one, or one of the employer's own."""

    def __init__(self, journey: Journey) -> None:
        text = journey.reader.text
        super().__init__(journey, text(N_("What you ask")))
        own = Button(text(N_("Your own list…")), Look.TEXT)
        own.setObjectName("own-list")
        own.clicked.connect(self._choose)
        self._lists = Pick(text(N_("List of requirements")))
        self._lists.setObjectName("profile")
        self._add("profile", Entry(text(N_("List of requirements")), self._lists, button=own))
        self._references: list[str] = []
        self._says = caption("")
        self.inside.addWidget(self._says)
        self._fill()
        self._lists.activated.connect(self._take)

    def _choose(self) -> None:
        text = self._reader.text
        names = text(N_("Requirements (*.toml)"))
        start = self._state.documents

        def then(path: Path) -> None:
            self._state.choose_profile(str(path))

        choose_file(self, text(N_("Your own list")), names, start, then)

    def _fill(self) -> None:
        local = self._reader.local
        shown = {profile.id: local(profile.title) for profile in self._journey.profiles}
        reference, profile = self._state.reference, self._state.profile
        if profile is not None and reference not in shown:
            shown = {reference: local(profile.title), **shown}
        if list(shown) == self._references:
            return
        self._references = list(shown)
        self._lists.clear()
        for title_ in shown.values():
            self._lists.addItem(title_[:LONGEST])
        if profile is None:
            self._lists.setPlaceholderText(self._reader.text(N_("Choose a list")))
        self._lists.setCurrentIndex(-1)

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._references):
            self._state.choose_profile(self._references[place])

    def follow(self) -> str:
        """Show which list it is, and what it asks in short."""
        self._fill()
        profile = self._state.profile
        self._says.setVisible(profile is not None)
        if profile is None:
            return self._news("")
        self._lists.setCurrentIndex(self._references.index(self._state.reference))
        count = len(profile.requirements)
        asks = self._reader.plural("{n} requirement", "{n} requirements", count)
        summary = self._reader.local(profile.summary)
        self._says.setText(f"{summary}\n{asks}")
        return self._news(self._says.text())
