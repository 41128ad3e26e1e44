"""A drop-down list for foreign names: as wide as there is room, whatever stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy

from ui.widgets.field import Select

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LETTERS = 10
"""It never asks for more room than for so many letters."""


class Pick(Select):
    """One of several whose names may be long; the list that opens shows them whole."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
