"""Asking before changes are lost that are in no file yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from readiness.model.text import N_
from ui.guide.confirm import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from readiness.locale import Reader


def ask_to_lose(parent: QWidget, reader: Reader, then: Callable[[], None]) -> None:
    """Ask whether the list may be closed as it is; ``then`` is done only after a yes."""
    if any(one.isVisible() for one in parent.findChildren(QMessageBox)):
        return  # it is being asked
    text = reader.text
    ask(
        parent,
        text(N_("Close this list without saving it?")),
        text(N_("What you changed since it was last saved is lost.")),
        yes=text(N_("Close without saving")),
        no=text(N_("Keep it open")),
        then=then,
    )
