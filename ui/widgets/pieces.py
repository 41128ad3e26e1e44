"""Making a long page piece by piece, so that the window answers meanwhile."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SLICE_S = 0.008
"""So long things are made at once: with laying them out it stays below what a person notices."""
GROUP = 12
"""So many things come onto the page together: each time the page is laid out and painted anew."""


class Pieces(QWidget):
    """A column that makes its first things at once and the others in turns of the event loop.

    Signals:
        whole: Everything is there. Not sent if that was so at once.

    Args:
        makers: One for each thing, in order; called once.
        at_first: How many are made at once: those that can be seen when the page is shown.
        spacing: Pixels between two things.
    """

    whole = Signal()

    def __init__(
        self, makers: Iterator[Callable[[], QWidget]], *, at_first: int, spacing: int = 0
    ) -> None:
        super().__init__()
        self._makers = makers
        self._group: QVBoxLayout | None = None
        self._spacing = spacing
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self.going = True
        for _ in range(at_first):
            if not self._make():
                break
        else:
            self._put()
            self._timer.start(0)

    def finish(self) -> None:
        """Make the rest now: somebody needs it."""
        if self.going:
            while self._make():
                pass
            self.whole.emit()

    def _make(self) -> bool:
        """Make one thing; false if there is none left."""
        maker = next(self._makers, None)
        if maker is None:
            self._put()
            self.going = False
            self._timer.stop()
            return False
        if self._group is None:
            self._holder = QWidget(self)  # never without: the collector may run on the worker
            self._group = QVBoxLayout(self._holder)
            self._group.setContentsMargins(0, 0, 0, 0)
            self._group.setSpacing(self._spacing)
        self._group.addWidget(maker())
        if self._group.count() >= GROUP:
            self._put()
        return True

    def _put(self) -> None:
        """Put what is ready onto the page."""
        if self._group is not None:
            self._column.addWidget(self._holder)
            self._group = None

    def _go_on(self) -> None:
        end = time.monotonic() + SLICE_S
        while time.monotonic() < end:
            if not self._make():
                self.whole.emit()
                return
