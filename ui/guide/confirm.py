"""Asking before something that cannot be taken back; leaving things as they are is at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from ui.theme import STEP, theme
from ui.widgets.button import Button, Look

if TYPE_CHECKING:
    from collections.abc import Callable


def ask(
    parent: QWidget,
    what: str,
    details: str,
    *,
    yes: str,
    no: str,
    then: Callable[[], None],
    other: tuple[str, Callable[[], None]] | None = None,
) -> QMessageBox:
    """Open a calm question. Enter and Escape keep things as they are.

    Args:
        parent: The page that asks.
        what: The question.
        details: What will happen.
        yes: The button that does it.
        no: The button that does not; it has the focus.
        then: What is done after yes.
        other: A third button, and what is done after that.
    """
    box = QMessageBox(parent)
    box.setObjectName("confirm")
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(what)
    question = box.findChild(QLabel, "qt_msgbox_label")
    if isinstance(question, QLabel):
        question.setFont(theme.font(bold=True))
    box.setInformativeText(details)
    do = Button(yes, parent=box)
    do.setObjectName("do")
    keep = Button(no, Look.FILLED, parent=box)
    keep.setObjectName("keep")
    box.addButton(do, QMessageBox.ButtonRole.AcceptRole)
    if other is not None:
        third = Button(other[0], parent=box)
        third.setObjectName("other")
        box.addButton(third, QMessageBox.ButtonRole.DestructiveRole)
        third.clicked.connect(other[1])
    box.addButton(keep, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    layout = box.layout()
    if layout is not None:
        layout.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 2 * STEP)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.accepted.connect(then)
    box.open()
    return box
