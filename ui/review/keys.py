"""Opening an employer's keys, so that answers which were sealed to them can be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from readiness.model.text import N_
from ui.review.choosing import choose_one
from ui.theme import STEP
from ui.trouble import words
from ui.widgets.announce import announce
from ui.widgets.button import Button, Look
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Label, caption, title
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from ui.journey import Journey


class KeysDialog(Dialog):
    """A file and its passphrase. Neither is kept."""

    def __init__(self, journey: Journey, parent: QWidget) -> None:
        text = journey.reader.text
        super().__init__(text(N_("Read sealed answers")), parent)
        self._journey = journey
        self.column.addWidget(title(text(N_("Read sealed answers"))))
        self.column.addWidget(
            Label(
                text(
                    N_(
                        "Answers that were sealed to you are opened with your keys. The passphrase "
                        "is forgotten when the window is closed."
                    )
                )
            )
        )
        row = Strip(gap=STEP)
        self._file = Field()
        self._file.setObjectName("key-file")
        self._file.setAccessibleName(text(N_("File of your keys")))
        self._file.setPlaceholderText(text(N_("File of your keys")))
        browse = Button(text(N_("Choose…")), small=True)
        browse.setObjectName("choose-keys")
        browse.clicked.connect(self._browse)
        row.addWidget(self._file, 1)
        row.addWidget(browse)
        self.column.addWidget(row)
        self._passphrase = Field()
        self._passphrase.setObjectName("passphrase")
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setAccessibleName(text(N_("Passphrase")))
        self._passphrase.setPlaceholderText(text(N_("Passphrase")))
        self.column.addWidget(self._passphrase)
        self._said = caption("")
        self._said.hide()
        self.column.addWidget(self._said)
        self.column.addStretch(1)
        close = Button(text(N_("Cancel")), Look.TEXT)
        close.setObjectName("cancel")
        close.clicked.connect(self.reject)
        self._do = Button(text(N_("Open the keys")), Look.FILLED)
        self._do.setObjectName("unlock")
        self._do.clicked.connect(self._unlock)
        self.foot.addWidget(close)
        self.foot.addStretch(1)
        self.foot.addWidget(self._do)
        self._passphrase.returnPressed.connect(self._do.click)

    def _browse(self) -> None:
        text = self._journey.reader.text
        choose_one(
            self,
            text(N_("Open the file of your keys")),
            text(N_("Keys (*.readiness-keys)")),
            self._file.setText,
        )

    def _unlock(self) -> None:
        if not self._do.isEnabled():
            return
        self._do.setEnabled(False)
        path = Path(self._file.text().strip())
        self._journey.reviewing.unlock(path, self._passphrase.text(), self._done)

    def _done(self, error: Exception | None) -> None:
        if not isValid(self):
            return
        if error is None:
            self.accept()
            return
        self._do.setEnabled(True)
        said = words(error, self._journey.reader)
        if said is None:
            self.reject()
            self._journey.trouble.emit(error)
            return
        self._said.setText(said[0])
        self._said.show()
        self.fit()
        announce(self, said[0])
        self._passphrase.setFocus()
