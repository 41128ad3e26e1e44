"""The fields of a card, each made when its turn has come: what is in sight at once, others soon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ui.employer.bound import Bound

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QVBoxLayout, QWidget

FIELD, LINE, NOTHING = 70, 30, 0
"""Pixels of a page that a field takes at least with its name, a line of words alone, and what has
nothing in it yet."""


class Spread(Protocol):
    """Lets something be put into a widget: at once or, in the order of its calls, soon."""

    def __call__(self, part: Callable[[], None], within: QWidget, *, high: int) -> None:
        """Let ``part`` do it; it takes at least ``high`` pixels of the page."""


class Fields:
    """Puts them into a column from top to bottom.

    Args:
        within: Whose column it is.
        column: Where they stand.
        spread: Says when each is made.
    """

    def __init__(self, within: QWidget, column: QVBoxLayout, spread: Spread) -> None:
        self._within, self._column, self._spread = within, column, spread
        self._bound: list[Bound] = []

    def add(self, make: Callable[[], QWidget], *, high: int = FIELD) -> None:
        """Let something come after all that were added before."""
        self._spread(lambda: self._put(make()), self._within, high=high)

    def _put(self, made: QWidget) -> None:
        self._column.addWidget(made)
        if isinstance(made, Bound):
            self._bound.append(made)
            made.follow()

    def follow(self) -> None:
        """Show what stands in the draft now; what is still to come does so when it comes."""
        for one in self._bound:
            one.follow()
