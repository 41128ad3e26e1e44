"""Files that come to the window: dropped on it, named at its start, double-clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from readiness.model.errors import InputError
from readiness.model.text import N_
from ui.theme import CARD_CORNER, STEP, Size, theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QUrl

    from ui.window import Window

BETWEEN = ("run", "questions")
"""Pages whose check a file must not push aside."""
DESK = ("review", "applicant", "whole-set", "side-by-side")
"""Pages on which whatever is dropped was sent by applicants."""


class FileOpener(QObject):
    """Opens what is handed to a window.

    Args:
        window: The window that shows it.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._target = _Target(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def open(self, references: Sequence[str]) -> None:
        """Open paths; whatever cannot be opened is refused with the reason."""
        journey = self._window.journey
        if self._window.name in BETWEEN:
            journey.trouble.emit(
                InputError(
                    "check-going-on",
                    N_("A check is going on; the file was not opened."),
                    hint=N_("Finish the check or stop it, then open the file."),
                )
            )
        elif self._window.name in DESK:
            journey.reviewing.take(references)
        else:
            journey.open_handed(references)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take what is dragged over the window."""
        if isinstance(event, QDragEnterEvent) and event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)  # never moved away from its place
            event.accept()
            self._target.cover()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._target.hide()
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._target.hide()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.open([reference(url) for url in event.mimeData().urls()])
            return True
        return False


def reference(url: QUrl) -> str:
    """The path of a file on this computer; else the address, which will be refused."""
    return url.toLocalFile() if url.isLocalFile() and not url.host() else url.toString()


class _Target(QWidget):
    """Covers the window while a file is held over it."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Come to the front, as big as the window."""
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A wash with a dashed edge, and what letting go does."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QRectF(self.rect()).adjusted(2 * STEP, 2 * STEP, -2 * STEP, -2 * STEP)
        painter.setBrush(theme.colour("wash"))
        painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(shape, CARD_CORNER, CARD_CORNER)
        painter.setPen(theme.colour("text"))
        painter.setFont(theme.font(Size.SECTION, bold=True))
        desk = self._window.name in DESK
        said = N_("Let go to read the reports") if desk else N_("Let go to open the file")
        words = self._window.journey.reader.text(said)
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(shape.adjusted(STEP, STEP, -STEP, -STEP), flags, words)
