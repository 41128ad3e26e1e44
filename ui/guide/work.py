"""A step in which something is practised: the button at the foot of the page leads through it."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class WorkView(QWidget):
    """What typing and items have in common for the page that shows them.

    Signals:
        moved: ``go_words`` or ``can_go`` are others now.
        turned: Something else is shown: ``first`` wants the focus, too.
        done: What came of it: the answer to the step.

    Attributes:
        headline: What is to be done.
        note: The line under it.
        go_words: What the button at the foot says.
        can_go: Whether it can be pressed.
        first: What takes the focus; none: the button.
        seen: What is to be in sight.
    """

    moved = Signal()
    turned = Signal()
    done = Signal(object)

    headline = ""
    note = ""
    go_words = ""
    can_go = True
    first: QWidget | None = None
    seen: QWidget | None = None

    @abstractmethod
    def go(self) -> None:
        """The button was pressed."""
