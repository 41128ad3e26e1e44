"""What was written, what to send and what to keep safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from readiness.model.handed import Shown
from readiness.model.text import N_
from ui.theme import STEP, Size
from ui.widgets.announce import announce
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card, Rule
from ui.widgets.label import Label, breakable, caption, headline, lead, title
from ui.widgets.page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.journey import Journey

SHOWN = {
    Shown.FILE: "",
    Shown.FOLDER: N_("The folder is open. Look for the name above."),
    Shown.NOTHING: N_("No file manager answered here. The folder is the one above."),
}


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
        card = Card()
        card.inside.addWidget(title(text(N_("Send these"))))
        self._add_files(card)
        words = N_(
            "Tell applicants to compare the fingerprint: put it on your own page, or say it on the "
            "phone. It shows them that the invitation is from you."
        )
        card.inside.addSpacing(STEP)
        card.inside.addWidget(Label(text(words)))
        card.inside.addWidget(Label(self._state.fingerprint, bold=True))
        card.inside.addSpacing(STEP)
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
        self._said = caption("")
        self._said.setObjectName("issued-said")
        card.inside.addWidget(self._said)
        self._said.hide()
        place.addWidget(card)
        place.addStretch(1)
        return holder

    def _add_files(self, card: Card) -> None:
        text, first = self.reader.text, self._issue.written[0]
        if self._count == 1:
            _add(card, first.file.name, text(N_("The invitation. A double click opens it.")))
            words = N_("The same as text, for a mail without a file. The program reads it too.")
            _add(card, first.code_file.name, text(words))
        else:
            words = N_(
                "For each applicant a file that a double click opens, and beside it the same as "
                "text for a mail. Send either. Your table of them says which one is whose."
            )
            card.inside.addWidget(Label(text(words)))
            _add(card, first.file.name, text(N_("The first of them")))
        words = N_("Each invitation is for one person: the first answer to it counts.")
        card.inside.addWidget(caption(text(words)))

    # --- what to keep ----------------------------------------------------------------------------

    def _keep(self) -> QWidget:
        text, issue = self.reader.text, self._issue
        place, holder = column(2 * STEP)
        card = Card()
        card.inside.addWidget(title(text(N_("Keep these safe"))))
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
        for place_, (name, said) in enumerate(kept):
            if place_:
                card.inside.addWidget(Rule())
            _add(card, name, text(said))
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
        more = Button(text(N_("Invite others")), Look.FILLED)
        more.setObjectName("invite-others")
        more.clicked.connect(lambda: self.journey.turned.emit("invite"))
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(more)

    # --- following -----------------------------------------------------------------------------

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._issue.code)
        self._tell(self.reader.text(N_("The code is in the clipboard. Paste it into a mail.")))

    def _follow(self) -> None:
        shown = self._state.shown
        self._tell("" if shown is None else self.reader.text(SHOWN[shown]))

    def _tell(self, said: str) -> None:
        self._said.setVisible(bool(said))
        self._said.setText(said)
        announce(self, said)


def _add(card: Card, name: str, said: str) -> None:
    """A file's name, and what it is."""
    card.inside.addWidget(Label(breakable(name), size=Size.CAPTION, bold=True))
    card.inside.addWidget(caption(said))
