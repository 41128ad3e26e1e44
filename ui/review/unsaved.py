"""Asking before a note is left behind that was typed and is not saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from readiness.model.text import N_
from ui.guide.confirm import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from readiness.locale import Reader


def ask_on_leaving(
    parent: QWidget, reader: Reader, *, save: Callable[[], None], lose: Callable[[], None]
) -> None:
    """Another report is wanted, or the table."""
    text = reader.text
    _ask(
        parent,
        (
            text(N_("Save your note?")),
            text(N_("What you wrote at this report is not saved yet.")),
            text(N_("Go on writing")),
        ),
        (text(N_("Save")), save),
        (text(N_("Leave without saving")), lose),
    )


def ask_on_closing(
    parent: QWidget,
    reader: Reader,
    number: int,
    *,
    save: Callable[[], None],
    lose: Callable[[], None],
) -> None:
    """The window is to be closed; so many notes are not saved."""
    text = reader.text
    _ask(
        parent,
        (
            text(N_("Save your notes?")),
            reader.plural(
                "What you wrote at {n} report is not saved yet.",
                "What you wrote at {n} reports is not saved yet.",
                number,
            ),
            text(N_("Keep it open")),
        ),
        (text(N_("Save and close")), save),
        (text(N_("Close without saving")), lose),
    )


def _ask(
    parent: QWidget,
    words: tuple[str, str, str],
    save: tuple[str, Callable[[], None]],
    lose: tuple[str, Callable[[], None]],
) -> None:
    """One question at a time, however often somebody presses; words: what, details, stay."""
    if any(one.isVisible() for one in parent.window().findChildren(QMessageBox)):
        return
    what, details, stay = words
    ask(parent, what, details, yes=save[0], no=stay, then=save[1], other=lose)
