"""What all cards of the page ``invite`` have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.theme import STEP
from ui.widgets.beside import Beside
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import title

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.employer.entry import Entry
    from ui.journey import Journey
    from ui.widgets.button import Button


class InviteCard(Card):
    """What all of these cards do: show the state, and name what is wrong.

    Attributes:
        entries: Field -> where it is filled in.
    """

    def __init__(self, journey: Journey, name: str) -> None:
        super().__init__()
        self._journey, self._reader = journey, journey.reader
        self._state = journey.employer.inviting
        self.entries: dict[str, Entry] = {}
        self._last: str | None = None
        self.inside.setSpacing(2 * STEP)
        self.inside.addWidget(title(name))

    def follow(self) -> str:
        """Show the present state; what is new in it, to be announced."""
        return ""

    def _news(self, said: str) -> str:
        """What is said now, if something else was said before."""
        before, self._last = self._last, said
        return said if before not in (None, said) else ""

    def _add(self, key: str, entry: Entry) -> None:
        self.entries[key] = entry
        self.inside.addWidget(entry)


def line(name: str, text: str, taken: Callable[[str], None]) -> Field:
    """A field with what was typed so far; ``taken`` is told what is typed."""
    field = Field(text)
    field.setObjectName(name)
    field.textEdited.connect(taken)
    return field


def buttons(name: str, first: Button, *more: Button) -> QWidget:
    """Buttons in a row, the first of which has the focus where the row is to have it."""
    row = Beside(gap=STEP)
    row.setObjectName(name)
    for button in (first, *more):
        row.add(button)
    row.setFocusProxy(first)
    return row
