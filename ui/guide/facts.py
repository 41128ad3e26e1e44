"""Names and their values in two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from ui.theme import STEP, Size
from ui.widgets.label import Label, caption

if TYPE_CHECKING:
    from collections.abc import Sequence


def names_and_values(
    facts: Sequence[tuple[str, str]], shares: tuple[int, int] = (3, 2)
) -> QGridLayout:
    """Two columns; ``shares`` of the width for names and values."""
    grid = QGridLayout()
    grid.setContentsMargins(0, STEP // 2, 0, 0)
    grid.setHorizontalSpacing(STEP)
    grid.setVerticalSpacing(2)
    for line, (name, value) in enumerate(facts):
        grid.addWidget(caption(name), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(value, size=Size.CAPTION), line, 1, Qt.AlignmentFlag.AlignTop)
    for place, share in enumerate(shares):
        grid.setColumnStretch(place, share)
    return grid
