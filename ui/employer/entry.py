"""Something to fill in: its name, a note, the field, and what is wrong with it in plain words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from readiness.model.errors import ReadinessError
from ui.theme import STEP, Size
from ui.trouble import words
from ui.widgets.label import Label, breakable, caption

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from readiness.locale import Reader


class Entry(QWidget):
    """A named field. What is wrong with it stands under it and is read with it.

    Args:
        name: What the field is called.
        field: What is filled in; its object name is how it is found again.
        note: A quiet line between name and field; may be empty.
        button: Stands at the end of the line with the name; may be missing.

    Attributes:
        reads: What gets the focus for it, and is read with what is wrong.
    """

    def __init__(
        self, name: str, field: QWidget, note: str = "", *, button: QWidget | None = None
    ) -> None:
        super().__init__()
        self.field = field
        self.reads = field.focusProxy() or field
        self._note = note
        field.setAccessibleName(name)
        field.setAccessibleDescription(note)
        place = QVBoxLayout(self)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(STEP // 2)
        label = Label(name, bold=True)
        label.setBuddy(field)
        if button is None:
            place.addWidget(label)
        else:
            row = QHBoxLayout()
            row.addWidget(label, 1)
            row.addWidget(button)
            place.addLayout(row)
        if note:
            place.addWidget(caption(note))
        place.addWidget(field)
        self._fault = Label("", size=Size.CAPTION, role="not_met")
        self._fault.setObjectName(f"{field.objectName()}-fault")
        self._fault.hide()
        place.addWidget(self._fault)

    def say(self, fault: str) -> None:
        """Show what is wrong with it; nothing: nothing is."""
        said = f"✕ {fault}" if fault else ""
        if said != self._fault.text():
            self._fault.setText(said)
            self.reads.setAccessibleDescription(fault or self._note)
        self._fault.setVisible(bool(said))


def fault_words(error: Exception, reader: Reader) -> str:
    """What is wrong and what to do about it; where, if that is a place in a file."""
    if not isinstance(error, ReadinessError):
        told = words(error, reader)
        return told[0] if told is not None else ""
    said = [reader.text(error.what, **error.values)]
    if error.hint:
        said.append(reader.text(error.hint, **error.values))
    sentences = " ".join(said)
    return f"{sentences}\n{breakable(error.where)}" if "." in error.where else sentences


def choose_file(
    parent: QWidget, title: str, names: str, start: str, then: Callable[[Path], None]
) -> None:
    """Let the person choose a file; nothing happens where they do not."""
    dialog = QFileDialog(parent, title, start)
    dialog.setNameFilter(names)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, then)


def choose_files(
    parent: QWidget, title: str, names: str, start: str, then: Callable[[Sequence[Path]], None]
) -> None:
    """Let the person choose some files."""
    dialog = QFileDialog(parent, title, start)
    dialog.setNameFilter(names)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda paths: then([Path(path) for path in paths]))
    dialog.open()


def choose_folder(parent: QWidget, title: str, start: str, then: Callable[[Path], None]) -> None:
    """Let the person choose a folder."""
    dialog = QFileDialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, then)


def _open(dialog: QFileDialog, then: Callable[[Path], None]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
