"""Modules that the next pages need, loaded one by one between events, on the window's thread.

None that reaches Qt may be loaded by a worker. PySide writes down each kind that a module brings
along in one table for all threads. The window's thread reads it without the interpreter's lock,
whenever Qt asks what an object is: whoever writes meanwhile ends the program, and a screen reader
asks all the time.
"""

from __future__ import annotations

import importlib
from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Sequence

BETWEEN_MS = 5
"""Between two of them whatever has happened meanwhile has its turn."""


class Ahead(QObject):
    """Loads modules in their order.

    Args:
        names: Those that others need come before them: then each takes little time.
        parent: With it this ends.
    """

    def __init__(self, names: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._names = deque(names)
        self._timer = QTimer(self)
        self._timer.setInterval(BETWEEN_MS)
        self._timer.timeout.connect(self._load)

    def begin(self) -> None:
        """From now on."""
        self._timer.start()

    def _load(self) -> None:
        if self._names:
            importlib.import_module(self._names.popleft())
        else:
            self._timer.stop()
