"""A list of lines that may have several rows of words each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from ui.dress import wear

EVEN = """
QListWidget { outline: none; }
QListWidget::item { border: 1px solid transparent; }
"""
"""What is chosen has an edge: all others must have room for one too, or its words are cut."""


class Rows(QListWidget):
    """Dressed like the program's other lists; nothing is scrolled sideways."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        wear(self)
        dress = self.styleSheet()
        self.setStyleSheet(f"{EVEN}{dress}")
