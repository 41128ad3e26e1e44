"""Asking before something that cannot be taken back; leaving things as they are is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from ui.theme import STEP
from ui.widgets.button import Button, Look

if TYPE_CHECKING:
    from collections.abc import Callable


def ask(
    parent: QWidget, what: str, details: str, *, yes: str, no: str, then: Callable[[], None]
) -> QMessageBox:
    """Open a calm question. Enter and Escape keep things as they are.

    Args:
        parent: The page that asks.
        what: The question.
        details: What will happen.
        yes: The button that does it.
        no: The button that does not; it has the focus.
        then: What is done after yes.
    """
    box = QMessageBox(parent)
    box.setObjectName("confirm")
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(what)
    box.setInformativeText(details)
    keep = Button(no, Look.FILLED, parent=box)
    keep.setObjectName("keep")
    do = Button(yes, parent=box)
    do.setObjectName("do")
    box.addButton(keep, QMessageBox.ButtonRole.RejectRole)
    box.addButton(do, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    layout = box.layout()
    if layout is not None:
        layout.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 2 * STEP)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.accepted.connect(then)
    box.open()
    _tab_as_one_reads(box, keep, do)
    return box


def _tab_as_one_reads(box: QMessageBox, *buttons: Button) -> None:
    """Each system places the buttons of a question in its own order."""
    first, second = sorted(buttons, key=lambda one: one.x(), reverse=box.isRightToLeft())
    QMessageBox.setTabOrder(first, second)
