"""How far something is, as a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from ui.meters.filled import Filled

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FINE = 1000


class Bar(Filled):
    """Progress from 0 to 1. Assistive technology reads it as a progress bar with a percentage."""

    def __init__(
        self, name: str, *, height: int = 8, ground: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, ground=ground, parent=parent)
        self.setRange(0, FINE)
        self._height = height

    def set_fraction(self, fraction: float) -> None:
        """Show a share of the whole, 0 to 1."""
        share = min(1.0, max(0.0, fraction))
        self.fill(share, round(share * FINE))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin bar."""
        return QSize(200, self._height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A thin bar."""
        return QSize(60, self._height)
