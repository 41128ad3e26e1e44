"""What asks what is inside how high it is once, not whenever a layout asks."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


def height_for(widget: QWidget, width: int) -> int:
    """How high a widget wants to be at a width."""
    if widget.hasHeightForWidth():
        return widget.heightForWidth(width)
    return widget.sizeHint().height()


class MeasuredOnce(QWidget):
    """As high as what is inside needs at a width; whoever inherits says how high that is."""

    def __init__(self) -> None:
        super().__init__()
        self._built = False
        self._known: dict[int, int] = {}
        """Heights by width: layouts ask again and again, of things that stay as they are."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def built(self) -> None:
        """What is inside stays as it is until it is shown: to ask it once will do."""
        self.forget()
        self._built = True

    @property
    def _known_holds(self) -> bool:
        """Whether somebody tells when what is inside wants another size."""
        return self._built or self.isVisible()

    def forget(self) -> None:
        """What is inside has another size than before."""
        self._known.clear()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As high as what is inside."""
        if width not in self._known or not self._known_holds:
            self._known[width] = self._measured(width)
        return self._known[width]

    def _measured(self, width: int) -> int:
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        """Other letters; or it is shown, and nobody told what has changed before."""
        if event.type() == QEvent.Type.FontChange or (
            event.type() == QEvent.Type.Show and not self._built
        ):
            self.forget()
        elif event.type() == QEvent.Type.Show:
            self._built = False
        return super().event(event)
