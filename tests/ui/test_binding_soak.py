"""The binding keeps its reference counts: a live meter calls into Qt many thousand times."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CALLS = 20_000
SLACK = 200
"""Other code takes and gives references to None meanwhile."""


class _Speaker(QObject):
    said = Signal(bool)


def test_calls_that_return_nothing_lose_no_reference(qtbot: QtBot) -> None:
    """PySide6 6.12.0 loses one to ``None`` with each on Python 3.10 and 3.11, then aborts."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)

    for _ in range(CALLS):
        widget.update()

    assert abs(sys.getrefcount(None) - before) < SLACK


def test_signals_lose_no_reference() -> None:
    """The same for ``True``, with each signal."""
    speaker = _Speaker()
    before = sys.getrefcount(True)  # noqa: FBT003 - it is what is counted

    for _ in range(CALLS):
        speaker.said.emit(True)  # noqa: FBT003 - the signal carries it

    assert abs(sys.getrefcount(True) - before) < SLACK  # noqa: FBT003 - it is what is counted
