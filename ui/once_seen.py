"""What is to begin once the page that was turned to is in sight.

Showing a page goes back and forth between Qt and Python many times. Beside a worker that reckons it
waits for the interpreter each time, and the window stands still for so long.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.measuring import Measuring

UNSEEN_MS = 250
"""So long is waited where nothing is painted: the window may be minimised, or behind others."""


class OnceSeen(QObject):
    """Does what it was given, in that order, when the next page is painted.

    Args:
        journey: Tells when that is.
        parent: With it this ends, and what was not done by then is not done.
    """

    def __init__(self, journey: Measuring, parent: QObject) -> None:
        super().__init__(parent)
        self._acts: list[Callable[[], None]] = []
        self._due: deque[Callable[[], None]] = deque()
        self._unseen = QTimer(self)
        self._unseen.setSingleShot(True)
        self._unseen.setInterval(UNSEEN_MS)
        self._unseen.timeout.connect(self._begin)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._do)
        journey.seen.connect(self._begin)

    def add(self, act: Callable[[], None]) -> None:
        """Do this too."""
        self._acts.append(act)
        self._unseen.start()

    def _begin(self) -> None:
        self._unseen.stop()
        self._due.extend(self._acts)
        self._acts.clear()
        if self._due:
            self._next.start(0)

    def _do(self) -> None:
        """One of them; the next one follows also where it fails."""
        act = self._due.popleft()
        if self._due:
            self._next.start(0)
        act()
