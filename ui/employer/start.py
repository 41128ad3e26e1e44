"""The employer's first page: what these pages are for, and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_
from ui.theme import STEP
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.label import Label, caption, headline, lead, title
from ui.widgets.page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.journey import Journey


class EmployerPage(Page):
    """An employer's whole round: ask, invite, send, look at what comes back."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        text = self.reader.text
        self.said = text(N_("For employers"))
        self.context = self.said
        self.column.addWidget(headline(self.said))
        words = N_(
            "Write down what you ask of a home office, and invite applicants to show you theirs. "
            "Everything happens on this computer: nothing is sent, and no account is needed."
        )
        self.column.addWidget(lead(text(words)))
        rows = (
            (self._requirements(), self._invitations()),
            (self._kits(), self._reports()),
        )
        for row in rows:
            ways = Beside(gap=2 * STEP, lines=38)
            for way in row:
                ways.add(way, 1)
            self.column.addWidget(ways)
        self.column.addWidget(self._honest())
        self.column.addStretch(1)
        back = Button(text(N_("Back")), Look.TEXT)
        back.setObjectName("back")
        back.clicked.connect(journey.home)
        foot = self.foot()
        foot.addWidget(back)

    def _requirements(self) -> QWidget:
        text = self.reader.text
        steps = (
            N_("Begin with a list that comes with the program, or with your own."),
            N_("Choose what you ask, how much of it, and why."),
            N_("See at once whom a rule would refuse."),
        )
        button = Button(text(N_("Write requirements")))
        button.setObjectName("write-requirements")
        button.clicked.connect(lambda: self.journey.turned.emit("requirements"))
        return self._way(text(N_("What you ask")), steps, button)

    def _invitations(self) -> QWidget:
        text = self.reader.text
        steps = (
            N_("Make keys once. They show that an invitation is yours."),
            N_("Choose what you ask, and whom: one person or a whole table."),
            N_("Send each of them a file, or its code in a mail."),
        )
        button = Button(text(N_("Invite applicants")), Look.FILLED)
        button.setObjectName("invite")
        button.clicked.connect(lambda: self.journey.turned.emit("invite"))
        self.first = button
        return self._way(text(N_("Whom you invite")), steps, button)

    def _kits(self) -> QWidget:
        text = self.reader.text
        steps = (
            N_("Take an invitation and the installer of this program."),
            N_("Get one ZIP with instructions in three languages."),
        )
        button = Button(text(N_("Make a kit")))
        button.setObjectName("make-kit")
        button.clicked.connect(self._begin_kit)
        return self._way(text(N_("What you send")), steps, button)

    def _reports(self) -> QWidget:
        text = self.reader.text
        steps = (
            N_("Drop everything you received: files, folders, ZIP archives."),
            N_("Compare applicants, and judge them by your requirements."),
        )
        button = Button(text(N_("Look at reports")))
        button.setObjectName("look-at-reports")
        button.clicked.connect(self._begin_review)
        return self._way(text(N_("What comes back")), steps, button)

    def _begin_kit(self) -> None:
        self.journey.employer.packing.begin()

    def _begin_review(self) -> None:
        self.journey.reviewing.begin()

    def _way(self, name: str, steps: tuple[str, ...], button: Button) -> QWidget:
        place, holder = column(2 * STEP)
        card = Card()
        card.inside.addWidget(title(name))
        for number, step in enumerate(steps, start=1):
            said = self.reader.text(step)
            card.inside.addWidget(Label(f"{self.reader.number(number)}. {said}"))
        card.inside.addSpacing(STEP)
        row = Beside(gap=STEP)
        row.add(button)
        card.inside.addWidget(row)
        place.addWidget(card)
        place.addStretch(1)
        return holder

    def _honest(self) -> QWidget:
        words = N_(
            "The applicant owns the computer that is measured, so no report proves that a value "
            "is true. It saves both sides time. What matters can be looked at in a video call."
        )
        return caption(self.reader.text(words))
