"""Dialogs for files and folders; none of them stops the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from readiness.home import home_folder
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from readiness.locale import Reader


def choose_files(
    parent: QWidget, reader: Reader, then: Callable[[Sequence[str]], None]
) -> QFileDialog:
    """Choose what came: any number of files."""
    dialog = _dialog(parent, reader.text(N_("Choose what you received")))
    words = N_("Reports and archives (*.json *.pdf *.html *.readiness-sealed *.zip)")
    dialog.setNameFilter(reader.text(words))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(then)
    dialog.open()
    return dialog


def choose_folder(
    parent: QWidget, reader: Reader, then: Callable[[Sequence[str]], None]
) -> QFileDialog:
    """Choose a folder with all folders below it."""
    heading = reader.text(N_("Choose a folder of reports"))
    return choose_one_folder(parent, heading, lambda path: then([path]))


def choose_one(
    parent: QWidget, heading: str, kinds: str, then: Callable[[str], None]
) -> QFileDialog:
    """Choose one file.

    Args:
        parent: The page.
        heading: What the dialog is called.
        kinds: Words, and the endings in brackets.
        then: Gets the path.
    """
    dialog = _dialog(parent, heading)
    dialog.setNameFilter(kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def choose_target(
    parent: QWidget,
    heading: str,
    kinds: Sequence[str],
    name: str,
    then: Callable[[Path], None],
) -> QFileDialog:
    """Choose where a file is written.

    Args:
        parent: The page.
        heading: What the dialog is called.
        kinds: For each kind words, and the ending in brackets.
        name: What the file is called unless somebody says otherwise.
        then: Gets the path.
    """
    dialog = _dialog(parent, heading)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(kinds)
    dialog.setDefaultSuffix(Path(name).suffix[1:])
    dialog.filterSelected.connect(
        lambda kind: dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")"))
    )
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
    return dialog


def choose_one_folder(parent: QWidget, heading: str, then: Callable[[str], None]) -> QFileDialog:
    """Choose a folder."""
    dialog = _dialog(parent, heading)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(then)
    dialog.open()
    return dialog


def _dialog(parent: QWidget, heading: str) -> QFileDialog:
    dialog = QFileDialog(parent, heading, str(home_folder()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
