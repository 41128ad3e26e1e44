"""A kit that was written: what to send, and what applicants can compare it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from readiness.model.text import N_
from ui.employer.told import SHOWN, Reply, card_named, told
from ui.theme import STEP, Size
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Rule
from ui.widgets.label import Label, breakable, caption, headline, lead
from ui.widgets.page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.journey import Journey

MAIL_MB = 18
"""Many mail servers take 25 MB at most, of which the encoding of attachments (RFC 2045, base64)
leaves 3/4."""


class PackedPage(Page):
    """What to send at the left, what to tell applicants at the right."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._state = journey.employer.packing
        if self._state.kit is None:
            raise RuntimeError("a kit is shown before there is one")
        self._kit = self._state.kit
        text = self.reader.text
        self.said = text(N_("The kit is ready"))
        self.context = text(N_("For employers"))
        self.column.addWidget(headline(self.said))
        self.column.addWidget(lead(text(N_("Nothing has been sent yet. That is for you to do."))))
        columns = Beside(gap=3 * STEP, lines=38)
        for card in (self._send(), self._tell_them()):
            place, holder = column(2 * STEP)
            place.addWidget(card)
            place.addStretch(1)
            columns.add(holder, 1)
        self.column.addWidget(columns)
        self.column.addStretch(1)
        self._make_foot()
        self._state.moved.connect(self._follow)

    # --- what to send ----------------------------------------------------------------------------

    def _send(self) -> QWidget:
        text, kit = self.reader.text, self._kit
        card = card_named(text(N_("Send this")))
        megabytes = kit.size / 1e6
        size = self.reader.quantity(megabytes, "MB", 0.1 if megabytes >= 1 else 0.01)
        card.inside.addWidget(told(kit.file.name, size))
        names = ", ".join(one.name for one in (*kit.programs, *kit.rest))
        # Translators: what a ZIP holds: names of files.
        holds = text(N_("It holds {names}."), names=breakable(names))
        card.inside.addWidget(Label(holds, size=Size.CAPTION))
        where = text(N_("Folder: {path}"), path=breakable(str(kit.file.parent)))
        card.inside.addWidget(Label(where, size=Size.CAPTION))
        if megabytes > MAIL_MB:
            words = N_(
                "Many mail servers refuse so large a file. Put it where the applicant can fetch "
                "it, or mail the invitation alone and name a page for the program."
            )
            card.inside.addWidget(Label(text(words)))
        row = Beside(gap=STEP)
        self.first = show = Button(text(N_("Show in the folder")))
        show.setObjectName("show-kit")
        show.clicked.connect(self._state.show)
        row.add(show)
        card.inside.addWidget(row)
        self._reply = Reply("packed-said")
        card.inside.addWidget(self._reply)
        return card

    # --- what to tell applicants -----------------------------------------------------------------

    def _tell_them(self) -> QWidget:
        text, kit = self.reader.text, self._kit
        card = card_named(text(N_("Tell applicants")))
        words = N_(
            "Put these on your own page, or say them on the phone. Applicants find the same in the "
            "kit: whoever compares them notices a program or an invitation that is not from you."
        )
        card.inside.addWidget(Label(text(words)))
        card.inside.addWidget(told(kit.invitation.fingerprint, text(N_("Fingerprint"))))
        for one in kit.programs:
            card.inside.addWidget(Rule())
            # Translators: SHA-256 is a checksum of a file, which is named.
            said = text(N_("SHA-256 of {file}"), file=breakable(one.name))
            card.inside.addWidget(told(one.digest, said))
        if not kit.programs:
            words = N_("No program is in it. Say where applicants get it.")
            card.inside.addWidget(caption(text(words)))
        row = Beside(gap=STEP)
        copy = Button(text(N_("Copy these")))
        copy.setObjectName("copy-digests")
        copy.clicked.connect(self._copy)
        row.add(copy)
        card.inside.addWidget(row)
        return card

    def _copy(self) -> None:
        kit = self._kit
        lines = [f"{one.digest}  {one.name}" for one in kit.programs]
        QGuiApplication.clipboard().setText("\n".join([kit.invitation.fingerprint, *lines]))
        self._reply.say(self.reader.text(N_("Copied.")))

    def _make_foot(self) -> None:
        text, foot = self.reader.text, self.foot()
        back = Button(text(N_("Back")), Look.TEXT)
        back.setObjectName("back")
        back.clicked.connect(lambda: self.journey.turned.emit("employer"))
        more = Button(text(N_("Make another")), Look.FILLED)
        more.setObjectName("another-kit")
        more.clicked.connect(lambda: self._state.begin(str(self._kit.file.parent)))
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(more)

    # --- following -------------------------------------------------------------------------------

    def _follow(self) -> None:
        shown = self._state.shown
        self._reply.say("" if shown is None else self.reader.text(SHOWN[shown]))
