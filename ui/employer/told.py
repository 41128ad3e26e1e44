"""What the pages have in common that say what was written: cards, files and what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.handed import Shown
from readiness.model.text import N_
from ui.theme import STEP, Size
from ui.widgets.announce import announce
from ui.widgets.beside import column
from ui.widgets.card import Card
from ui.widgets.label import Label, breakable, caption, title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SHOWN = {
    Shown.FILE: "",
    Shown.FOLDER: N_("The folder is open. Look for the name above."),
    Shown.NOTHING: N_("No file manager answered here. The folder is the one above."),
}
"""What is said once a file is shown in its folder."""
NEAR = 2
"""Pixels between a name and what it is: less than between two files."""


def told(name: str, said: str) -> QWidget:
    """A file's name, and what it is."""
    inside, holder = column(NEAR)
    inside.addWidget(Label(breakable(name), size=Size.CAPTION, bold=True))
    inside.addWidget(caption(said))
    return holder


def card_named(name: str) -> Card:
    """A card with its title."""
    card = Card()
    card.inside.setSpacing(2 * STEP)
    card.inside.addWidget(title(name))
    return card


class Reply(Label):
    """What came of pressing a button; hidden until something did."""

    def __init__(self, name: str) -> None:
        super().__init__("", size=Size.CAPTION, role="quiet")
        self.setObjectName(name)
        self.hide()

    def say(self, said: str) -> None:
        """Show it and announce it; nothing: hide again."""
        self.setVisible(bool(said))
        self.setText(said)
        announce(self, said)
