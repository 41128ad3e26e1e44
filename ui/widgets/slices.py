"""Work that is done a little at a time, between events: the window never stands still for long."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

_ON_PURPOSE = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
SLICE_S = 0.008
"""After so long nothing more is begun before the window had its turn. What was begun is laid out
then, which takes twice as long again; together it is below the 50 ms that somebody notices."""
PATIENCE_MS = 250
"""What was added is begun after so long even where nobody has said that it may begin: a window that
is minimised is not painted, but read."""


class Slices(QObject):
    """Parts of a work, done in their order once the window has nothing else to do.

    Signals:
        grown: The widgets in which something was done.
        ended: Everything is done.
    """

    grown = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parts: deque[tuple[Callable[[], None], QWidget]] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(PATIENCE_MS)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """From now on there is nothing to wait for: what comes first is in sight."""
        self._timer.setInterval(0)

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return not self._parts

    def add(self, part: Callable[[], None], within: QWidget) -> None:
        """Do this too, in a widget, after all that was added before."""
        self._parts.append((part, within))
        self._timer.start()

    def drop(self) -> None:
        """Do none of what is left; nobody is told."""
        self._parts.clear()
        self._timer.stop()

    def finish(self) -> None:
        """Do at once all that is left."""
        self._work(float("inf"))

    def _go_on(self) -> None:
        self._work(time.monotonic() + SLICE_S)

    def _work(self, end: float) -> None:
        if not self._parts:
            return
        grown: list[QWidget] = []
        try:
            while self._parts:
                part, within = self._parts.popleft()
                if within not in grown:
                    grown.append(within)
                    _hold(within, still=True)
                part()
                if time.monotonic() > end:
                    break
        finally:  # also where a part has failed, which is told elsewhere
            for widget in grown:
                _show_fresh(widget)
                _hold(widget, still=False)
            self.grown.emit(grown)
            if not self._parts:
                self._timer.stop()
                self.ended.emit()


def _hold(widget: QWidget, *, still: bool) -> None:
    """Let the layout of a widget do nothing for now, or work again.

    Qt lays out anew whenever one of the things in it is shown: in the room that there was before,
    each time with one thing more.
    """
    layout = widget.layout()
    if layout is not None:
        layout.setEnabled(not still)


def _show_fresh(widget: QWidget) -> None:
    """Show what has come into a widget now; Qt would do it later, one after the other."""
    for one in widget.children():
        if isinstance(one, QWidget) and one.isHidden() and not one.testAttribute(_ON_PURPOSE):
            one.show()
