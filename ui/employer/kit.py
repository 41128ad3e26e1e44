"""A kit to send: whose it is, which programs go with it, and where the ZIP is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.invitation_words import invitation_facts
from readiness.model.text import N_
from ui.employer.entry import Entry, choose_file, choose_files
from ui.employer.faults import Faults
from ui.employer.invite_card import buttons
from ui.employer.packing import FIELDS
from ui.employer.told import card_named
from ui.guide.facts import names_and_values
from ui.theme import STEP, Size
from ui.widgets.announce import announce
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.field import Field
from ui.widgets.label import Label, breakable, caption, headline, lead
from ui.widgets.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.journey import Journey
    from ui.widgets.card import Card

SHOWN_FACTS = 4
"""Of an invitation: who invites, its fingerprint, its two days."""


class KitPage(Page):
    """The invitation and the programs at the left, the ZIP at the right."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._state = journey.employer.packing
        self._entries: dict[str, Entry] = {}
        self._faults = Faults(self, FIELDS, self._entries.__getitem__)
        self._shows = (self._state.source, self._state.installers)
        text = self.reader.text
        self.said = text(N_("Make a kit to send"))
        self.context = text(N_("For employers"))
        self.column.addWidget(headline(self.said))
        words = N_(
            "One ZIP for one applicant: the program, the invitation, and a page that says in "
            "English, German and Spanish what to do. Nothing is sent from here."
        )
        self.column.addWidget(lead(text(words)))
        columns = Beside(gap=3 * STEP, lines=38)
        left, left_side = column(2 * STEP)
        right, right_side = column(2 * STEP)
        left.addWidget(self._invitation())
        left.addWidget(self._programs())
        right.addWidget(self._zip())
        left.addStretch(1)
        right.addStretch(1)
        columns.add(left_side, 1)
        columns.add(right_side, 1)
        self.column.addWidget(columns)
        self.column.addStretch(1)
        self._make_foot()
        self._state.moved.connect(self._follow)
        self._follow()

    # --- what is chosen --------------------------------------------------------------------------

    def _invitation(self) -> QWidget:
        text, card = self.reader.text, card_named(self.reader.text(N_("Whose kit it is")))
        choose = Button(text(N_("Choose an invitation…")))
        choose.setObjectName("choose-invitation")
        choose.clicked.connect(self._choose)
        self.first = choose
        note = N_("A file for one applicant, as “Invite applicants” writes it.")
        entry = Entry(text(N_("Invitation")), buttons("invitation", choose), text(note))
        self._add(card, "invitation", entry)
        found = self._state.invitation
        if found is not None:
            facts = invitation_facts(found, self.reader)[:SHOWN_FACTS]
            pairs = [(name, breakable(value)) for name, value in facts]
            card.inside.addLayout(names_and_values(pairs, (2, 3)))
        return card

    def _choose(self) -> None:
        text, state = self.reader.text, self._state
        names = text(N_("Invitations (*.readiness-invitation)"))
        choose_file(self, text(N_("Choose an invitation")), names, state.folder, state.choose)

    def _programs(self) -> QWidget:
        text, card = self.reader.text, card_named(self.reader.text(N_("The program")))
        more = Button(text(N_("Add an installer…")))
        more.setObjectName("add-installer")
        more.clicked.connect(self._choose_programs)
        words = N_(
            "The installers of this program: .exe or .zip for Windows, .dmg for macOS, .deb or "
            ".tar.zst for Linux. Without any, applicants are told to ask you for it."
        )
        entry = Entry(text(N_("Installers")), buttons("installers", more), text(words))
        self._add(card, "installers", entry)
        if self._state.installers:
            listed, holder = column(0)
            for number, path in enumerate(self._state.installers):
                listed.addWidget(self._program(number, path))
            card.inside.addWidget(holder)
        return card

    def _choose_programs(self) -> None:
        text, state = self.reader.text, self._state
        names = text(N_("Installers (*.exe *.zip *.dmg *.deb *.zst *.gz *.xz)"))
        choose_files(self, text(N_("Add an installer")), names, state.documents, state.add)

    def _zip(self) -> QWidget:
        text, card = self.reader.text, card_named(self.reader.text(N_("The ZIP")))
        self._file = Field(self._state.file)
        self._file.setObjectName("kit-file")
        self._file.setCursorPosition(0)
        self._file.textEdited.connect(self._state.name)
        note = N_("A new file. One that is there already is never replaced.")
        self._add(card, "kit-file", Entry(text(N_("Where to write it")), self._file, text(note)))
        words = N_(
            "Its page shows who invites, until when, the fingerprint of your key, and the SHA-256 "
            "of the program, so that applicants can compare both with what you tell them."
        )
        card.inside.addWidget(caption(text(words)))
        return card

    def _add(self, card: Card, field: str, entry: Entry) -> None:
        self._entries[field] = entry
        card.inside.addWidget(entry)

    def _make_foot(self) -> None:
        text, foot = self.reader.text, self.foot()
        self._back = Button(text(N_("Back")), Look.TEXT)
        self._back.setObjectName("back")
        self._back.clicked.connect(lambda: self.journey.turned.emit("employer"))
        self._go = Button("", Look.FILLED)
        self._go.setObjectName("write-kit")
        self._go.clicked.connect(self._begin)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._go)

    def _begin(self) -> None:
        self._faults.forget()
        self._state.write()

    # --- following -------------------------------------------------------------------------------

    def _follow(self) -> None:
        state, text = self._state, self.reader.text
        now = (state.source, state.installers)
        if now != self._shows:
            self._shows = now
            announce(self, "" if state.source is None else state.source.name)
            self.journey.turned.emit("kit")
            return
        self._go.setText(text(N_("Packing…") if state.busy else N_("Make the kit")))
        for button in (self._back, self._go):
            button.setEnabled(not state.busy)
        self._faults.follow(state.faults)

    def _program(self, number: int, path: Path) -> QWidget:
        row = Beside(gap=STEP, middle=True)
        remove = Button(self.reader.text(N_("Remove")), Look.QUIET, small=True)
        remove.setObjectName(f"remove-installer-{number}")
        remove.setAccessibleName(self.reader.text(N_("Remove {file}"), file=path.name))
        remove.clicked.connect(lambda: self._remove(path))
        row.add(Label(breakable(path.name), size=Size.CAPTION, bold=True), 1)
        row.add(remove)
        return row

    def _remove(self, path: Path) -> None:
        self._entries["installers"].field.setFocus()  # the button that was pressed is gone then
        self._state.drop(path)
