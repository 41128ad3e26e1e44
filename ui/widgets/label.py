"""Text on a page: always plain, in one of the theme's sizes and colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme import Size, tabular, theme

if TYPE_CHECKING:
    from collections.abc import Collection

_LONG = re.compile(r"\w{16}(?=\w)|[-._/\\](?=\w)")
"""Where a name or a number may be broken: after its signs, and after 16 letters in a row."""

_LAST, _MOST = 10, 20
"""So many letters at least stand together at the end of a paragraph, and so many at most."""

_FLOWING = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
_FLOWING.setHeightForWidth(True)


def breakable(text: str) -> str:
    """Long names and numbers with invisible places to break a line at; not for copying."""
    return _LONG.sub(lambda found: f"{found[0]}\u200b", text)


def ended_together(text: str) -> str:
    """A paragraph whose last words stay on one line, so that none stands there alone."""
    words = text.split(" ")
    kept = words[-1:]
    for word in reversed(words[:-1]):
        longer = f"{word}\u00a0{kept[0]}"
        if len(kept[0]) >= _LAST or len(longer) > _MOST:
            break
        kept = [longer]
        words.pop()
    return " ".join([*words[:-1], *kept])


class Label(QLabel):
    """A line or paragraph. Nothing in it is ever read as markup.

    Args:
        text: What it says.
        size: Step of type.
        bold: For titles.
        role: Colour role.
        wrap: Whether long text flows onto further lines.
    """

    def __init__(
        self,
        text: str,
        *,
        size: Size = Size.BODY,
        bold: bool = False,
        role: str = "text",
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setForegroundRole(QPalette.ColorRole.WindowText)  # else buttons around it decide
        self.setFont(theme.font(size, bold=bold))
        if role != "text":  # else it has that colour already
            self.set_role(role)
        self.setText(text)
        if QGuiApplication.isRightToLeft():  # else numbers and names begin at the other side
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            self.setAlignment(right | Qt.AlignmentFlag.AlignVCenter)
        if wrap:
            self.setSizePolicy(_FLOWING)

    def set_role(self, role: str) -> None:
        """Colour the text by role."""
        self.setPalette(theme.ink(role))


class Figure(Label):
    """A number or word in one line that changes often, in figures of equal width.

    Only where it needs another room, as with one more digit, is the page laid out anew: that
    takes longer than everything else that is done for a new number.

    Args:
        size: Step of type.
        bold: For the one number that counts.
        role: Colour role.
        on_page: It stands on the page itself: then what is under it need not be drawn each time.
        room: Texts that it has room for at any time, and at whose end it stands.
    """

    def __init__(
        self,
        *,
        size: Size = Size.BODY,
        bold: bool = False,
        role: str = "text",
        on_page: bool = False,
        room: Collection[str] = (),
    ) -> None:
        self._wide, self._least, self._room = -1, 0, QSize()
        super().__init__("", size=size, bold=bold, role=role, wrap=False)
        self.setFont(tabular(self.font()))
        self.setAutoFillBackground(on_page)
        for text in room:
            self.setText(text)
            self._least, self._room = self._wide, self.size()
        if room:
            left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
            end = left if QGuiApplication.isRightToLeft() else right
            self.setAlignment(end | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
            self.setText("")

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show it. A label of a fixed size lets the page rest."""
        super().setText(text)
        wide = max(self._least, self.fontMetrics().horizontalAdvance(text))
        if wide != self._wide:
            self._wide = wide
            self.setMinimumSize(0, 0)  # else it would ask for the room that it had
            self.setFixedSize(self.sizeHint().expandedTo(self._room))


def caption(text: str, *, wrap: bool = True) -> Label:
    """Small quiet text."""
    return Label(text, size=Size.CAPTION, role="quiet", wrap=wrap)


def title(text: str) -> Label:
    """The bold line above a group of things."""
    return Label(text, bold=True)


def headline(text: str) -> Label:
    """The one big line of a page."""
    return Label(text, size=Size.HEADLINE, bold=True)


def lead(text: str) -> Label:
    """The quiet line under a headline."""
    return Label(text, size=Size.LEAD, role="quiet")
