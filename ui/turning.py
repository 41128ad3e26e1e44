"""How one page takes the place of another: a little in each turn of the event loop.

A page that is made, laid out and painted in one go, while the one before is swept up, keeps the
window deaf for all of that together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow, QWidget


PATIENCE_MS = 250
"""What is over goes after so long even where nothing is painted: a window may be minimised."""


class Turning(QObject):
    """Puts what was made into the middle of a window.

    What is on the screen stays there until the new can be painted; nothing of the old can be
    pressed any more. Who turns again meanwhile begins anew, and what was never seen is swept up
    with the rest.

    Signals:
        arrived: What was put there last can be seen.
    """

    arrived = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._over: list[QWidget] = []
        self._ready: Callable[[], None] = lambda: None
        self._next: Callable[[], None] = self._make_ready
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._go_on)

    @property
    def going(self) -> bool:
        """Whether something is still to be shown or to be swept up."""
        return self._turn.isActive()

    def put(self, fresh: QWidget, ready: Callable[[], None] = lambda: None) -> None:
        """Let ``fresh`` be the middle of the window, soon in sight.

        Args:
            fresh: What was made.
            ready: Makes it ready to be laid out; called in a turn of its own.
        """
        self._put_aside()
        fresh.setUpdatesEnabled(False)  # painted once, when everything has its place
        if self._window.isVisible():
            fresh.hide()  # else Qt shows it together with what it still has to do
        self._window.setCentralWidget(fresh)
        if self._over:
            fresh.stackUnder(self._over[0])  # who looks for something finds the new one first
        self._ready = ready
        self._then(self._make_ready)

    def _put_aside(self) -> None:
        """Take the old out of the layout by hand: Qt would hide and delete it at once."""
        old, layout, focused = (
            self._window.centralWidget(),
            self._window.layout(),
            self._window.focusWidget(),
        )
        if old is not None:
            if layout is not None:
                layout.removeWidget(old)
            old.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._over.append(old)
            if old.isAncestorOf(focused):  # where nothing has it, it is no part of anything
                focused.clearFocus()

    def _then(self, step: Callable[[], None], wait_ms: int = 0) -> None:
        """Do this in a later turn, and nothing else that was meant for it."""
        self._next = step
        self._turn.start(wait_ms)

    def _go_on(self) -> None:
        self._next()

    def _make_ready(self) -> None:
        self._then(self._lay_out)
        self._ready()

    def _lay_out(self) -> None:
        self._window.centralWidget().show()
        self._then(self._see)

    def _see(self) -> None:
        fresh = self._window.centralWidget()
        fresh.installEventFilter(self)
        self._then(self._sweep, PATIENCE_MS)
        for one in self._over:
            one.hide()
        fresh.setUpdatesEnabled(True)
        self.arrived.emit()

    def eventFilter(self, fresh: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What came is painted: now there is time for what is over."""
        if event.type() == QEvent.Type.Paint:
            fresh.removeEventFilter(self)
            if self._next == self._sweep:
                self._then(self._sweep)
        return False

    def _sweep(self) -> None:
        for one in self._over:
            if isValid(one):
                one.deleteLater()
        self._over.clear()
