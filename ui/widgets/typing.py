"""A text to be read, and a field in which it is typed key by key."""

from __future__ import annotations

from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit

from ui.dress import wear
from ui.theme import Size, theme

if TYPE_CHECKING:
    from collections.abc import Iterator

PAD = 22
"""Frame, padding and the document's own margin, above and below together."""

MANY = 1000
"""Lines: more than any text here has."""

LONGEST_COMMIT = 20
"""Characters that an input method may hand over at once: a long word, and no sentence."""


AHEAD = 80
"""Characters that are in sight beyond what is typed: nobody reads letter by letter."""


class Refused(StrEnum):
    """Why something was not taken."""

    PASTED = "pasted"
    HELD = "held"


class _Growing(QPlainTextEdit):
    """As high as its text, within limits; beyond them it follows what is being typed.

    Args:
        name: For assistive technology.
        least: Lines that it is high at least.
    """

    def __init__(self, name: str, least: int) -> None:
        super().__init__()
        wear(self)
        self._least = least
        self._most = MANY
        self.setFont(theme.font(Size.LEAD))
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        lines = min(max(self._least, self.lines), self._most)
        self.setFixedHeight(self.height_of(lines))

    @property
    def lines(self) -> int:
        """How many lines its text takes at its width."""
        # Qt's plain text document tells its height in lines.
        return round(self.document().size().height())

    def height_of(self, lines: int) -> int:
        """How high it is with so many lines, in pixels."""
        return lines * self.fontMetrics().lineSpacing() + PAD

    def limit(self, lines: int) -> None:
        """Show no more lines at once than that."""
        self._most = max(1, lines)
        self._fit()
        self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Other lines, another height."""
        super().resizeEvent(event)
        self._fit()


class Model(_Growing):
    """A text to be copied: read with the arrow keys, never changed."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, 1)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setPlainText(text)

    def mark(self, count: int) -> None:
        """Make the first ``count`` characters quiet: they are typed."""
        quiet = QTextCharFormat()
        quiet.setForeground(theme.colour("quiet"))
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(count, len(self.toPlainText())), QTextCursor.MoveMode.KeepAnchor)
        here = QTextCursor(self.document())
        here.setPosition(min(count + AHEAD, len(self.toPlainText())))
        self.setTextCursor(here)
        self.ensureCursorVisible()
        selection = QTextEdit.ExtraSelection()
        # PySide states no types for these two members.
        selection.cursor, selection.format = cursor, quiet  # type: ignore[attr-defined]
        self.setExtraSelections([selection])


class TypingField(_Growing):
    """Takes what is typed, and nothing that is pasted, dropped or repeated by a held key.

    Signals:
        typed: The whole text, after each change by a key.
        refused: Why something was not taken.
    """

    typed = Signal(str)
    refused = Signal(str)

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, 3)
        self._by_key = False
        self._kept = text
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.textChanged.connect(self._look)

    @contextmanager
    def _key(self) -> Iterator[None]:
        self._by_key = True
        try:
            yield
        finally:
            self._by_key = False

    def _look(self) -> None:
        """Keep what came by a key; put back what did not, however it was put in."""
        text = self.toPlainText()
        if text == self._kept:
            return
        if not self._by_key:
            self.setPlainText(self._kept)
            self.moveCursor(QTextCursor.MoveOperation.End)
            self.refused.emit(Refused.PASTED)
            return
        self._kept = text
        self.typed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """One key, one letter; Enter is a space, as the passage is one line."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.refused.emit(Refused.PASTED)
            return
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        breaks = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.isAutoRepeat() and (breaks or (event.text().isprintable() and event.text())):
            self.refused.emit(Refused.HELD)
            return
        with self._key():
            if breaks:
                self.insertPlainText(" ")
            else:
                super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Accents and words from an input method; a whole sentence was not typed."""
        if len(event.commitString()) > LONGEST_COMMIT:
            self.refused.emit(Refused.PASTED)
            return
        with self._key():
            super().inputMethodEvent(event)

    def canInsertFromMimeData(self, _source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Nothing may be dropped or pasted."""
        return False

    def insertFromMimeData(self, _source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Say that it does not count."""
        self.refused.emit(Refused.PASTED)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """No menu: it would offer to paste."""
        event.accept()
