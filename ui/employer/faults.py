"""What is wrong with the fields of a page: said at each, and the first new one is gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.employer.entry import fault_words
from ui.theme import STEP
from ui.widgets.announce import announce

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ui.employer.entry import Entry
    from ui.widgets.page import Page


class Faults:
    """Says at each field what is wrong with it.

    Args:
        page: Where the fields stand.
        fields: Their names, in the order of the page.
        entry: Where each is filled in.
    """

    def __init__(self, page: Page, fields: Sequence[str], entry: Callable[[str], Entry]) -> None:
        self._page, self._fields, self._entry = page, fields, entry
        self._told: dict[str, str] = {}

    def forget(self) -> None:
        """What is found from now on is new, even if it was said before."""
        self._told = {}

    def follow(self, found: Mapping[str, Exception]) -> None:
        """Say what is wrong now; go to the first field of which that is new."""
        said = {
            field: fault_words(found[field], self._page.reader)
            for field in self._fields
            if field in found
        }
        fresh = [field for field in said if said[field] != self._told.get(field)]
        self._told = said
        for field in self._fields:
            self._entry(field).say(said.get(field, ""))
        if fresh:
            entry = self._entry(fresh[0])
            entry.reads.setFocus()
            self._page.scroller.ensureWidgetVisible(entry, 0, 3 * STEP)
            announce(self._page, said[fresh[0]])
