"""The code of an invitation, as it came in a mail: put in here, it is opened like its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from readiness.model.text import N_
from ui.dress import wear
from ui.widgets.beside import line_height
from ui.widgets.button import Button, Look
from ui.widgets.dialog import Dialog
from ui.widgets.label import caption, title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.journey import Journey

LINES = 8
"""How high the field is, in line heights."""
MOST = 600_000
"""Characters that are read: no invitation is as long, and a pasted film must not freeze this."""


class CodeDialog(Dialog):
    """One field and two buttons; what is around the code in the mail does no harm."""

    def __init__(self, journey: Journey, parent: QWidget) -> None:
        text = journey.reader.text
        said = text(N_("Enter the code of an invitation"))
        super().__init__(said, parent)
        self._journey = journey
        self.setObjectName("code")
        self.column.addWidget(title(said))
        self.column.addWidget(
            caption(
                text(
                    N_(
                        "Copy the whole mail, or the code in it, and paste it here. It is opened "
                        "on this computer; nothing is sent."
                    )
                )
            )
        )
        self._field = QPlainTextEdit()
        wear(self._field)
        self._field.setObjectName("code-field")
        self._field.setAccessibleName(said)
        self._field.setTabChangesFocus(True)
        self._field.setFixedHeight(LINES * line_height())
        self._field.textChanged.connect(self._follow)
        self.column.addWidget(self._field)
        close = Button(text(N_("Cancel")), Look.TEXT)
        close.clicked.connect(self.reject)
        self._open = Button(text(N_("Open")), Look.FILLED)
        self._open.setObjectName("open-code")
        self._open.clicked.connect(self._take)
        self.foot.addWidget(close)
        self.foot.addStretch()
        self.foot.addWidget(self._open)
        self._field.setFocus()
        self._follow()

    def _follow(self) -> None:
        self._open.setEnabled(not self._field.document().isEmpty())

    def _take(self) -> None:
        written = self._field.toPlainText()[:MOST]
        self.accept()
        self._journey.open_invitation(written)
