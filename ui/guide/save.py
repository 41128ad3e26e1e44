"""Saving the report: which kinds of file, into which folder, and what was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from readiness.model.text import N_
from ui.theme import STEP, Size
from ui.trouble import words
from ui.widgets.announce import announce
from ui.widgets.button import Button, Look
from ui.widgets.choice import CheckBox
from ui.widgets.field import Field
from ui.widgets.label import Label, headline

if TYPE_CHECKING:
    from ui.journey import Journey

FORMATS = (
    ("pdf", N_("PDF, to read and to send; it carries the figures for a machine too")),
    ("html", N_("Web page, easiest for screen readers")),
    ("json", N_("Data file, for the employer's own program")),
)


class SaveDialog(QDialog):
    """Saves on the worker; what is refused is said here, and may be tried again."""

    def __init__(self, journey: Journey, parent: QWidget) -> None:
        super().__init__(parent)
        self._journey = journey
        text = journey.reader.text
        self.setWindowTitle(text(N_("Save report")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(560)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(STEP)
        column.addWidget(headline(text(N_("Save report"))))
        self._boxes: dict[str, CheckBox] = {}
        for name, note in FORMATS:
            box = CheckBox(text(note))
            box.setObjectName(f"format-{name}")
            box.setChecked(True)
            box.toggled.connect(self._follow)
            self._boxes[name] = box
            column.addWidget(box)
        column.addSpacing(STEP)
        column.addLayout(self._make_folder())
        self._said = Label("", size=Size.CAPTION)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # selected with the mouse, heard at once
        column.addWidget(self._said)
        column.addStretch(1)
        column.addLayout(self._make_buttons())
        self._busy = False

    def _make_folder(self) -> QVBoxLayout:
        text = self._journey.reader.text
        column = QVBoxLayout()
        self.folder = Field(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )
        self.folder.setObjectName("folder")
        label = Label(text(N_("&Folder")), bold=True)
        label.setBuddy(self.folder)
        self.folder.setAccessibleName(text(N_("Folder")))
        self.folder.textChanged.connect(self._follow)
        choose = Button(text(N_("Choose…")))
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        column.addWidget(label)
        column.addLayout(row)
        return column

    def _make_buttons(self) -> QHBoxLayout:
        text = self._journey.reader.text
        row = QHBoxLayout()
        self._show_folder = Button(text(N_("Show the folder")), Look.TEXT)
        self._show_folder.hide()
        self._show_folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(self.folder.text()))
        )
        close = Button(text(N_("Close")))
        close.setObjectName("close")
        close.clicked.connect(self.reject)
        self._save = Button(text(N_("Save")), Look.FILLED)
        self._save.setObjectName("save")
        self._save.clicked.connect(self._go)
        self._save.setDefault(True)
        row.addWidget(self._show_folder)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self._save)
        return row

    def _choose(self) -> None:
        dialog = QFileDialog(self, self._journey.reader.text(N_("Folder")), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _formats(self) -> list[str]:
        return [name for name, box in self._boxes.items() if box.isChecked()]

    def _follow(self) -> None:
        self._save.setEnabled(bool(self._formats()) and bool(self.folder.text().strip()))

    def _go(self) -> None:
        """Write the files; a second click while it writes does nothing."""
        if self._busy:
            return
        folder = _folder(self.folder.text().strip())
        if folder is None:
            self._say(self._journey.reader.text(N_("Choose a folder on this computer.")), "not_met")
            return
        self.folder.setText(str(folder))
        self._busy = True
        self._save.setEnabled(False)
        self._say(self._journey.reader.text(N_("Writing…")), "quiet")
        self._journey.save(folder, self._formats(), self._done, self._refused)

    def _done(self, written: tuple[Path, ...]) -> None:
        if not isValid(self):
            return
        self._busy = False
        self._follow()
        self._show_folder.show()
        lines = "\n".join(path.name for path in written)
        self._say(self._journey.reader.text(N_("Written:")) + "\n" + lines, "met")

    def _refused(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._busy = False
        self._follow()
        said = words(error, self._journey.reader)
        if said is None:
            self._say("", "text")
            self._journey.trouble.emit(error)
        else:
            self._say("\n".join(said), "not_met")

    def _say(self, text: str, role: str) -> None:
        self._said.set_role(role)
        self._said.setText(text)
        announce(self, text)


def _folder(written: str) -> Path | None:
    """The folder that somebody wrote, from their home folder on; none if there can be no such."""
    try:
        return Path.home() / Path(written).expanduser()
    except RuntimeError:  # ~somebody, who is not known here
        return None
