"""How one page takes the place of another: a little in each turn of the event loop.

A page that is made, laid out and painted in one go, while the one before is swept up, keeps the
window deaf for all of that together.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

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
        self._steps: deque[Callable[[], None]] = deque()
        self._next: Callable[[], None] = self._see
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._go_on)

    @property
    def going(self) -> bool:
        """Whether what was put there last is still to be seen."""
        return self._turn.isActive()

    def put(self, fresh: QWidget, *steps: Callable[[], None]) -> None:
        """Let ``fresh`` be the middle of the window: soon, or at once where nobody sees it.

        Args:
            fresh: What was made.
            steps: Make it ready to be laid out; each called in a turn of its own.
        """
        window = self._window
        self._let_go_of_focus()
        self._steps = deque(steps)
        self._allow_painting()  # else what is put there would be told itself that it may not
        if not window.isVisible():
            self._turn.stop()
            window.setCentralWidget(fresh)
            self._do_at_once()
            return
        window.installEventFilter(self)
        fresh.hide()  # else Qt shows it together with what it still has to do
        window.setCentralWidget(fresh)
        fresh.lower()  # who looks for something now finds the new one first
        window.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled)
        self._then(self._make_ready if steps else self._lay_out)

    def _do_at_once(self) -> None:
        """All that is left; what comes after a step is done also where that fails."""
        try:
            while self._steps:
                self._steps.popleft()()
        finally:
            if self._steps:
                self._do_at_once()
            else:
                self.laid_out.emit()
                self._see()

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
        step = self._steps.popleft()
        self._then(self._make_ready if self._steps else self._lay_out)  # also where this fails
        step()

    def _lay_out(self) -> None:
        self._then(self._settle)
        self._window.centralWidget().show()

    def _settle(self) -> None:
        self._then(self._see)
        self.laid_out.emit()

    def _see(self) -> None:
        self._allow_painting()
        self._window.update()
        QCoreApplication.postEvent(self._window, QEvent(QEvent.Type.UpdateRequest))
        self.seen.emit()

    def _allow_painting(self) -> None:
        self._window.removeEventFilter(self)
        self._window.setAttribute(Qt.WidgetAttribute.WA_UpdatesDisabled, on=False)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """What asks for painting meanwhile is passed over, and asked for at the end.

        ``setUpdatesEnabled`` alone is no way to do that. Qt then asks everything inside to paint
        itself, and the window, which paints everything inside once more; and where it forbids
        painting while a request is under way, it believes ever after that one is, and paints
        nothing. The attribute of the window alone is for what paints without asking: it is resized,
        or something that lay above it has gone.
        """
        return event.type() is QEvent.Type.UpdateRequest
