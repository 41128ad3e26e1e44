"""Handing files to the window as a file manager does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from tests.ui.conftest import Guide


def drop(guide: Guide, *urls: QUrl) -> None:
    """Drag files over the window and let go."""
    mime = QMimeData()
    mime.setUrls(list(urls))
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(50, 50), action, mime, buttons, keys)
    QApplication.sendEvent(guide.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(
        guide.window,
        QDropEvent(QPointF(50, 50), action, mime, buttons, keys, QEvent.Type.Drop),
    )
