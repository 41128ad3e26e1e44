"""The turns of the event loop in which one page takes the place of another, one by one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from ui.turning import Turning

PAUSE_S = 0.002
"""Qt paints some milliseconds after it was asked to."""


def turn() -> None:
    """One turn of the event loop; what is over goes, as in a running one."""
    time.sleep(PAUSE_S)
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def rest(turning: Turning | None = None) -> None:
    """Until everything is done."""
    for _ in range(8):
        turn()
    while turning is not None and turning.going:
        turn()
