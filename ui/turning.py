"""How one page takes the place of another: a little in each turn of the event loop.

A page that is made, laid out and painted in one go, while the one before is swept up, keeps the
window deaf for all of that together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow, QWidget


class Turning(QObject):
    """Puts what was made into the middle of a window.

    What was there before is over at once: it is hidden, without focus, and deleted as soon as the
    event loop has its turn, so that nobody finds, presses or hears it beside the new one. Its
    picture stays on the screen until the new one can be painted. Who turns again meanwhile begins
    anew.

    Signals:
        laid_out: What was put there last has its place, and can have the focus.
        seen: It is painted next.
    """

    laid_out = Signal()
    seen = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._ready: Callable[[], None] = lambda: None
        self._next: Callable[[], None] = self._see
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._go_on)

    @property
    def going(self) -> bool:
        """Whether what was put there last is still to be seen."""
        return self._turn.isActive()

    def put(self, fresh: QWidget, ready: Callable[[], None] = lambda: None) -> None:
        """Let ``fresh`` be the middle of the window: soon, or at once where nobody sees it.

        Args:
            fresh: What was made.
            ready: Makes it ready to be laid out; called in a turn of its own.
        """
        window = self._window
        self._let_go_of_focus()
        if not window.isVisible():
            self._turn.stop()
            window.setCentralWidget(fresh)
            ready()
            self.laid_out.emit()
            self._see()
            return
        window.setUpdatesEnabled(False)
        fresh.hide()  # else Qt shows it together with what it still has to do
        window.setCentralWidget(fresh)
        fresh.lower()  # who looks for something now finds the new one first
        self._ready = ready
        self._then(self._make_ready)

    def _let_go_of_focus(self) -> None:
        """Qt would leave it where it is if there is nowhere else, and keys would go there."""
        old = self._window.centralWidget()
        if old is not None:
            focused = self._window.focusWidget()
            if old.isAncestorOf(focused):
                focused.clearFocus()

    def _then(self, step: Callable[[], None]) -> None:
        """Do this in the next turn, and nothing else that was meant for it."""
        self._next = step
        self._turn.start(0)

    def _go_on(self) -> None:
        self._next()

    def _make_ready(self) -> None:
        self._then(self._lay_out)  # also where the rest fails
        self._ready()

    def _lay_out(self) -> None:
        self._then(self._settle)
        self._window.centralWidget().show()

    def _settle(self) -> None:
        self._then(self._see)
        self.laid_out.emit()

    def _see(self) -> None:
        self._window.setUpdatesEnabled(True)
        self.seen.emit()
