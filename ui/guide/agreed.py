"""What the person agreed to: to whom, since when, and the way to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from readiness.consent_words import NEEDS, party_title, party_words
from readiness.model.text import N_
from ui.theme import STEP
from ui.widgets.announce import announce
from ui.widgets.beside import line_height
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.label import Label, caption, title
from ui.widgets.page import Scroller

if TYPE_CHECKING:
    from readiness.model.consent import Consent
    from ui.journey import Journey

LINES = 34, 30
"""Width and height in line heights."""


def agreed_button(journey: Journey, parent: QWidget) -> Button:
    """The button for the top bar that opens the dialog."""
    button = Button(journey.reader.text(N_("What you agreed to")), Look.QUIET)
    button.setObjectName("agreed")
    button.clicked.connect(lambda: AgreedDialog(journey, parent).open())
    return button


class AgreedDialog(QDialog):
    """One card for each consent; taking back works at once, also while something is measured."""

    def __init__(self, journey: Journey, parent: QWidget) -> None:
        super().__init__(parent)
        self._journey, self._reader = journey, journey.reader
        text = self._reader.text
        self.setObjectName("agreed-to")
        self.setWindowTitle(text(N_("What you agreed to")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        width, height = (lines * line_height() for lines in LINES)
        room = parent.size()
        self.resize(min(width, room.width()), min(height, room.height()))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(title(text(N_("What you agreed to"))))
        column.addWidget(
            caption(
                text(
                    N_(
                        "You can take it back at any time. What needs it then ends at once and "
                        "stays open in the result; what was measured before is kept."
                    )
                )
            )
        )
        self._content = QWidget()
        self._cards = QVBoxLayout(self._content)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(STEP)
        column.addWidget(Scroller(self._content), 1)
        row = QHBoxLayout()
        row.addStretch(1)
        self._close = Button(text(N_("Close")), Look.FILLED)
        self._close.clicked.connect(self.accept)
        row.addWidget(self._close)
        column.addLayout(row)
        self._show()
        self._close.setFocus()

    def _show(self) -> None:
        """Build the cards anew."""
        while self._cards.count():
            widget = self._cards.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        consents = self._journey.consents
        for consent in consents:
            self._cards.addWidget(self._card(consent))
        if not consents:
            words = N_("Nothing: no packet was sent and no sound was recorded or played.")
            self._cards.addWidget(Label(self._reader.text(words)))
        self._cards.addStretch(1)

    def _card(self, consent: Consent) -> Card:
        text = self._reader.text
        card = Card(margin=2 * STEP)
        name = text(NEEDS[consent.need])
        top = QHBoxLayout()
        top.addWidget(title(name), 1)
        if consent.open and self._journey.may_take_back():
            button = Button(text(N_("Take it back")))
            button.setObjectName(f"take-back-{consent.need.value}")
            button.setAccessibleName(text(N_("Take it back: {what}"), what=name))
            button.clicked.connect(lambda: self._take_back(consent))
            top.addWidget(button)
        card.inside.addLayout(top)
        when = text(N_("Since {when}"), when=self._reader.date(consent.given))
        if consent.withdrawn is not None:
            when = text(N_("Taken back: {when}"), when=self._reader.date(consent.withdrawn))
        card.inside.addWidget(caption(when))
        for party in consent.parties:
            said = f"{party_title(party, self._reader)}: {party_words(party, self._reader)}"
            card.inside.addWidget(caption(said))
        return card

    def _take_back(self, consent: Consent) -> None:
        self._journey.take_back(consent.need)
        self._show()
        self._close.setFocus()
        name = self._reader.text(NEEDS[consent.need])
        announce(self, self._reader.text(N_("Taken back: {what}"), what=name))
