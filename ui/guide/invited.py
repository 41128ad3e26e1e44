"""An invitation before anything is agreed to: from whom, what is asked, what will be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.invitation_words import invitation_facts, invitation_told
from readiness.model.text import N_
from ui.guide.facts import names_and_values
from ui.guide.unusual import unusual_note
from ui.theme import STEP
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.label import Label, breakable, headline, lead, title
from ui.widgets.page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.journey import Journey


class InvitedPage(Page):
    """What it says at the left, what to know before accepting it at the right."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        if journey.invitation is None:
            raise RuntimeError("an invitation is shown before there is one")
        self._invitation = journey.invitation
        profile, text = self._invitation.profile, self.reader.text
        self.said = text(N_("You are invited to a check"))
        self.context = self.reader.local(profile.title)
        self.column.addWidget(headline(self.said))
        self.column.addWidget(lead(self.reader.local(profile.summary)))
        note = unusual_note(journey, profile)
        if note is not None:
            self.column.addWidget(note)
        columns = Beside(gap=3 * STEP, lines=38)
        columns.add(self._says(), 1)
        columns.add(self._told(), 1)
        self.column.addWidget(columns)
        self.column.addStretch(1)
        self._make_foot()

    def _says(self) -> QWidget:
        place, holder = column(2 * STEP)
        card = Card()
        card.inside.addWidget(title(self.reader.text(N_("What it says"))))
        facts = invitation_facts(self._invitation, self.reader)
        pairs = [(name, breakable(value)) for name, value in facts]
        card.inside.addLayout(names_and_values(pairs, (2, 3)))
        place.addWidget(card)
        place.addStretch(1)
        return holder

    def _told(self) -> QWidget:
        place, holder = column(2 * STEP)
        card = Card()
        card.inside.addWidget(title(self.reader.text(N_("Before you accept it"))))
        for said in invitation_told(self._invitation):
            card.inside.addWidget(Label(self.reader.text(said)))
        place.addWidget(card)
        place.addStretch(1)
        return holder

    def _make_foot(self) -> None:
        text, foot = self.reader.text, self.foot()
        back = Button(text(N_("Not now")), Look.TEXT)
        back.setObjectName("back")
        back.clicked.connect(self.journey.home)
        accept = Button(text(N_("Accept and see the plan")), Look.FILLED)
        accept.setObjectName("accept")
        accept.clicked.connect(self.journey.accept)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(accept)
        self.first = accept
