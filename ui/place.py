"""Where somebody is on a page: kept while the page is built anew in other words or colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.widgets.page import Page


class Place:
    """What had the focus, what was open, and how far down the page was scrolled.

    Attributes:
        opened: Names of what was open: to be opened before the new page is shown.
    """

    def __init__(self, opened: frozenset[str], focused: str, down: int) -> None:
        self.opened = opened
        self._focused, self._down = focused, down

    @classmethod
    def now(cls, page: Page) -> Self:
        """On a page that is shown."""
        focused, name = page.window().focusWidget(), ""
        if focused is not None:
            name = focused.objectName()
        return cls(page.opened(), name, page.scroller.verticalScrollBar().value())

    def on(self, page: Page) -> Self:
        """The same on a page that was built anew and not shown yet: what is open there counts."""
        return type(self)(page.opened(), self._focused, self._down)

    def restore(self, page: Page) -> None:
        """Go back to it, on the page as it is shown now."""
        if self._down:
            page.complete()  # else there is nothing to scroll to
        if self._focused and not self._focus(page) and page.filling:
            page.complete()
            self._focus(page)
        page.scroll_to(self._down)

    def _focus(self, page: Page) -> bool:
        """Whether what had the focus is there and has it again."""
        around = page.parentWidget() or page  # the bar above it, and not the page before
        found = around.findChild(QWidget, self._focused)
        if found is None:
            return False
        found.setFocus()
        return True
