"""What was written, what to send and what to keep safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from readiness.model.text import N_
from ui.employer.told import SHOWN, Reply, card_named, told
from ui.theme import STEP, Size
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card, Rule
from ui.widgets.label import Label, breakable, caption, headline, lead
from ui.widgets.page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.journey import Journey


class IssuedPage(Page):
    """What to send at the left, what to keep at the right."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._state = journey.employer.inviting
        if self._state.issue is None:
            raise RuntimeError("invitations are shown before there are any")
        self._issue = self._state.issue
        self._count = len(self._issue.written)
        text, reader = self.reader.text, self.reader
        self.said = reader.plural(
            "{n} invitation is written", "{n} invitations are written", self._count
        )
        self.context = text(N_("For employers"))
        self.column.addWidget(headline(self.said))
        self.column.addWidget(lead(text(N_("Nothing has been sent yet. That is for you to do."))))
        wanted = self._issue.wanted
        if self._count < wanted:
            words = N_("It was stopped: {n} of {wanted} were not written. Invite them again.")
            left = reader.number(wanted - self._count)
            self.column.addWidget(Label(text(words, n=left, wanted=reader.number(wanted))))
        columns = Beside(gap=3 * STEP, lines=38)
        columns.add(self._send(), 1)
        columns.add(self._keep(), 1)
        self.column.addWidget(columns)
        self.column.addStretch(1)
        self._make_foot()
        self._state.moved.connect(self._follow)

    # --- what to send ----------------------------------------------------------------------------

    def _send(self) -> QWidget:
        text = self.reader.text
        place, holder = column(2 * STEP)
        card = card_named(text(N_("Send these")))
        self._add_files(card)
        words = N_(
            "Tell applicants to compare the fingerprint: put it on your own page, or say it on the "
            "phone. It shows them that the invitation is from you."
        )
        card.inside.addWidget(Rule())
        card.inside.addWidget(Label(text(words)))
        card.inside.addWidget(Label(self._state.fingerprint, bold=True))
        row = Beside(gap=STEP)
        self._show = Button(text(N_("Show in the folder")))
        self._show.setObjectName("show-file")
        self._show.clicked.connect(self._state.show)
        row.add(self._show)
        if self._count == 1:
            copy = Button(text(N_("Copy the code")))
            copy.setObjectName("copy-code")
            copy.clicked.connect(self._copy)
            row.add(copy)
        self.first = self._show
        card.inside.addWidget(row)
        self._reply = Reply("issued-said")
        card.inside.addWidget(self._reply)
        place.addWidget(card)
        place.addStretch(1)
        return holder

    def _add_files(self, card: Card) -> None:
        text, first = self.reader.text, self._issue.written[0]
        if self._count == 1:
            words = N_("The invitation. A double click opens it.")
            card.inside.addWidget(told(first.file.name, text(words)))
            words = N_("The same as text, for a mail without a file. The program reads it too.")
            card.inside.addWidget(told(first.code_file.name, text(words)))
        else:
            words = N_(
                "For each applicant a file that a double click opens, and beside it the same as "
                "text for a mail. Send either. Your table of them says which one is whose."
            )
            card.inside.addWidget(Label(text(words)))
            card.inside.addWidget(told(first.file.name, text(N_("The first of them"))))
        words = N_("Each invitation is for one person: the first answer to it counts.")
        card.inside.addWidget(caption(text(words)))

    # --- what to keep ----------------------------------------------------------------------------

    def _keep(self) -> QWidget:
        text, issue = self.reader.text, self._issue
        place, holder = column(2 * STEP)
        card = card_named(text(N_("Keep these safe")))
        keys = self._state.keys
        kept = [
            (
                issue.index.name,
                N_("Which invitation is whose. It is personal: keep it to yourselves."),
            ),
            (
                issue.ledger.name,
                N_(
                    "Your list of all invitations, without names. Whoever verifies answers needs "
                    "it, and it notes which answer was first."
                ),
            ),
        ]
        if keys is not None:
            words = N_(
                "Your keys. Whoever has them and the passphrase can invite in your name and read "
                "sealed answers. Nobody can make them again."
            )
            kept.append((keys.name, words))
        for name, said in kept:
            card.inside.addWidget(told(name, text(said)))
        card.inside.addWidget(Rule())
        where = N_("Folder: {path}")
        shown = breakable(str(issue.index.parent))
        card.inside.addWidget(Label(text(where, path=shown), size=Size.CAPTION))
        place.addWidget(card)
        place.addStretch(1)
        return holder

    def _make_foot(self) -> None:
        text, foot = self.reader.text, self.foot()
        back = Button(text(N_("Back")), Look.TEXT)
        back.setObjectName("back")
        back.clicked.connect(lambda: self.journey.turned.emit("employer"))
        more = Button(text(N_("Invite others")))
        more.setObjectName("invite-others")
        more.clicked.connect(lambda: self.journey.turned.emit("invite"))
        kit = Button(text(N_("Make a kit to send")), Look.FILLED)
        kit.setObjectName("make-kit")
        kit.clicked.connect(self._make_kit)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(more)
        foot.addWidget(kit)

    def _make_kit(self) -> None:
        """One for the only one; of several somebody chooses whose."""
        packing = self.journey.employer.packing
        packing.begin(str(self._issue.index.parent))
        if self._count == 1:
            packing.choose(self._issue.written[0].file)

    # --- following -----------------------------------------------------------------------------

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._issue.code)
        self._reply.say(self.reader.text(N_("The code is in the clipboard. Paste it into a mail.")))

    def _follow(self) -> None:
        shown = self._state.shown
        self._reply.say("" if shown is None else self.reader.text(SHOWN[shown]))
