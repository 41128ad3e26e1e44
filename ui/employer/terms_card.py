"""What an invitation says besides: who invites, until when, sealed or not, where is measured."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from readiness.model.text import N_
from ui.employer.entry import Entry, choose_file
from ui.employer.invite_card import InviteCard, buttons, line
from ui.employer.inviting import DAYS
from ui.employer.pick import Pick
from ui.widgets.beside import column
from ui.widgets.button import Button, Look
from ui.widgets.choice import CheckBox, indented
from ui.widgets.label import Label, caption

if TYPE_CHECKING:
    from ui.journey import Journey


class TermsCard(InviteCard):
    """Who invites, until when, sealed or not, and a measuring server of their own."""

    def __init__(self, journey: Journey) -> None:
        text, reader = journey.reader.text, journey.reader
        super().__init__(journey, text(N_("What the invitation says")))
        employer = line("employer", self._state.employer, self._take_employer)
        note = N_("As applicants know you. They are told that nobody checked the name.")
        self._add("employer", Entry(text(N_("Who invites")), employer, text(note)))
        self._days = Pick(text(N_("Until when")))
        self._days.setObjectName("days")
        today = datetime.now(UTC)
        for days in DAYS:
            said = N_("{days}, until {day}")
            end = reader.day((today + timedelta(days=days)).date())
            lasting = reader.plural("{n} day", "{n} days", days)
            self._days.addItem(text(said, days=lasting, day=end))
        self._days.setCurrentIndex(DAYS.index(self._state.days))
        self._days.activated.connect(self._take_days)
        self._add("days", Entry(text(N_("Until when")), self._days))
        seal = CheckBox(text(N_("Seal the answers: you alone can read them")))
        seal.setObjectName("seal")
        seal.setChecked(self._state.seal)
        seal.toggled.connect(self._take_seal)
        words = N_("A sealed copy of the report is made. Your keys and the passphrase open it.")
        place, holder = column(0)
        place.addWidget(seal)
        place.addLayout(indented(caption(text(words))))
        self.inside.addWidget(holder)
        self._make_server()

    def _make_server(self) -> None:
        text = self._reader.text
        server = line("server", self._state.server, self._take_server)
        server.setPlaceholderText("https://measure.example:8443")
        note = N_("It may be empty: the applicant then chooses where the line is measured.")
        self._add("server", Entry(text(N_("Your measuring server")), server, text(note)))
        choose = Button(text(N_("Its public keys…")))
        choose.setObjectName("receipt-keys")
        choose.clicked.connect(self._choose)
        self._without = Button(text(N_("Without its signature")), Look.TEXT)
        self._without.setObjectName("no-receipt")
        self._without.clicked.connect(lambda: self._state.choose_receipt(None))
        words = N_(
            "With its public keys it signs what it saw. Only that is not the applicant's own word."
        )
        row = buttons("receipt", choose, self._without)
        self._receipt = Entry(text(N_("Its signature")), row, text(words))
        self._add("receipt", self._receipt)
        self._signs = Label("")
        self._signs.setObjectName("receipt-chosen")
        self.inside.addWidget(self._signs)

    def _choose(self) -> None:
        text = self._reader.text
        names = text(N_("Public keys (*.readiness-public *.readiness-keys)"))
        start = self._state.documents
        choose_file(self, text(N_("Its public keys")), names, start, self._state.choose_receipt)

    def _take_employer(self, typed: str) -> None:
        self._state.employer = typed

    def _take_days(self, place: int) -> None:
        self._state.days = DAYS[place]

    def _take_seal(self, on: bool) -> None:  # noqa: FBT001 - a signal brings it
        self._state.seal = on

    def _take_server(self, typed: str) -> None:
        self._state.server = typed
        self.follow()

    def follow(self) -> str:
        """Offer the signature where there is a server."""
        server, signs = bool(self._state.server.strip()), self._state.receipt is not None
        self._receipt.setVisible(server)
        self._without.setVisible(signs)
        self._signs.setVisible(server and signs)
        said = N_("It signs with the key {fingerprint}.")
        self._signs.setText(self._reader.text(said, fingerprint=self._state.receipt_print))
        return self._news(self._signs.text() if server and signs else "")
