"""Inviting applicants: keys, requirements, people and terms on one page, then one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from readiness.model.text import N_
from ui.employer.asked_card import AskedCard, KeysCard
from ui.employer.faults import Faults
from ui.employer.inviting import FIELDS
from ui.employer.terms_card import TermsCard
from ui.employer.who_card import WhoCard
from ui.employer.write_card import WriteCard
from ui.theme import STEP
from ui.widgets.announce import announce
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.label import headline, lead
from ui.widgets.page import Page

if TYPE_CHECKING:
    from ui.employer.entry import Entry
    from ui.employer.invite_card import InviteCard
    from ui.journey import Journey


class InvitePage(Page):
    """Whose invitations, to what and for whom at the left; the terms and the button's at right."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._state = journey.employer.inviting
        text = self.reader.text
        self.said = text(N_("Invite applicants"))
        self.context = text(N_("For employers"))
        self.column.addWidget(headline(self.said))
        words = N_(
            "Each invitation is signed by you and holds what you ask. The applicant sees all of it "
            "before anything is measured, and decides. Nothing is sent from here: you get files."
        )
        self.column.addWidget(lead(text(words)))
        self._cards: list[InviteCard] = []
        columns = Beside(gap=3 * STEP, lines=38)
        left, left_side = column(2 * STEP)
        right, right_side = column(2 * STEP)
        keys = KeysCard(journey)
        self._write = WriteCard(journey)
        for place, card in (
            (left, keys),
            (left, AskedCard(journey)),
            (left, WhoCard(journey)),
            (right, TermsCard(journey)),
            (right, self._write),
        ):
            place.addWidget(card)
            self._cards.append(card)
        left.addStretch(1)
        right.addStretch(1)
        columns.add(left_side, 1)
        columns.add(right_side, 1)
        self.column.addWidget(columns)
        self.column.addStretch(1)
        self.first = keys.open_button if self._state.keys is None else self._entry("employer").field
        self._faults = Faults(self, FIELDS, self._entry)
        self._make_foot()
        self._state.moved.connect(self._follow)
        self._follow()

    def _make_foot(self) -> None:
        text, foot = self.reader.text, self.foot()
        self._back = Button(text(N_("Back")), Look.TEXT)
        self._back.setObjectName("back")
        self._back.clicked.connect(lambda: self.journey.turned.emit("employer"))
        self._go = Button("", Look.FILLED)
        self._go.setObjectName("write-invitations")
        self._go.clicked.connect(self._begin)
        self._stop = Button(text(N_("Stop")))
        self._stop.setObjectName("stop-writing")
        self._stop.clicked.connect(self._state.stop)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._stop)
        foot.addWidget(self._go)

    def _begin(self) -> None:
        self._faults.forget()
        self._state.write(self._write.passphrase.take())
        if self._state.busy:  # how far it is stands at the end of the page
            QTimer.singleShot(0, self._see_progress)

    def _see_progress(self) -> None:
        if isValid(self._write):
            self.scroller.ensureWidgetVisible(self._entry("issue"), 0, 3 * STEP)

    # --- following -----------------------------------------------------------------------------

    def _entry(self, field: str) -> Entry:
        return next(card.entries[field] for card in self._cards if field in card.entries)

    def _follow(self) -> None:
        said = [card.follow() for card in self._cards]
        announce(self, "\n".join(filter(None, said)))
        busy, count = self._state.busy, len(self._state.names)
        words = self.reader.plural("Write {n} invitation", "Write {n} invitations", max(1, count))
        if words != self._go.text():
            self._go.setText(words)
        for button in (self._back, self._go):
            button.setEnabled(not busy)
        self._go.setVisible(not busy)
        self._stop.setVisible(busy)
        self._faults.follow(self._state.faults)
