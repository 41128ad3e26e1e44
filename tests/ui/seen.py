"""What can be seen and heard of a window: its texts, and whether they are whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QWidget,
)

from tests.strange_words import INVISIBLE, pieces, plain
from ui.guide.field import FieldRow
from ui.widgets.choice import ChoiceCard
from ui.widgets.text_row import TextRow
from ui.widgets.written import MARGINS, Around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.widgets.written import Placed

NEARLY = 3
"""Pixels: what rounding makes of halves."""


def painted(widget: QWidget) -> list[Placed]:
    """The texts that a widget paints itself, and where they stand in it."""
    if not isinstance(widget, TextRow | FieldRow):
        return []
    return [placed for placed in widget.written() if placed.words.text]


def painted_texts(shown: QWidget) -> list[str]:
    """All texts that are painted by rows within something that is shown."""
    rows = [row for row in shown.findChildren(QAbstractButton) if row.isVisible()]
    return [placed.words.text for row in rows for placed in painted(row)]


def texts(shown: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every text that somebody sees or hears, with the widget that it belongs to."""
    yield shown, shown.windowTitle()
    for widget in shown.findChildren(QWidget):
        if not widget.isVisible():
            continue
        told = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton):
            told.append(widget.text())
        elif isinstance(widget, QLineEdit):
            told.append(widget.placeholderText())
        elif isinstance(widget, QComboBox):
            told += [widget.itemText(place) for place in range(widget.count())]
        elif isinstance(widget, QListWidget):
            told += [widget.item(place).text() for place in range(widget.count())]
        told += [placed.words.text for placed in painted(widget)]
        for text in told:
            if text:
                yield widget, text.translate(INVISIBLE)


def untranslated(shown: QWidget) -> list[str]:
    """Texts in a pseudo-language that hold a plain vowel: somebody wrote it past the reader."""
    found = []
    for widget, text in texts(shown):
        if plain(text):
            found.append(f"{type(widget).__name__}: {text!r}")
    return found


def glued(shown: QWidget) -> list[str]:
    """Texts in a pseudo-language that were put together out of several messages."""
    return [f"{type(w).__name__}: {text!r}" for w, text in texts(shown) if pieces(text) > 1]


def cut(shown: QWidget) -> list[str]:
    """Texts that have less room than they need, and things that stick out of the window."""
    found = []
    widgets: list[QLabel | QAbstractButton] = [*shown.findChildren(QLabel)]
    widgets += shown.findChildren(QAbstractButton)
    for widget in widgets:
        said = widget.text() or (painted(widget) and widget.objectName())
        if not widget.isVisible() or not said:
            continue
        found += [f"{said!r}: {fault}" for fault in _lacks(widget)]
        around = QRect(widget.mapTo(shown, QPoint(0, 0)), widget.size())
        if around.left() < 0 or around.right() > shown.width():
            found.append(f"{said!r}: from {around.left()} to {around.right()}")
    for row in shown.findChildren(QAbstractButton):
        for placed in painted(row) if row.isVisible() else ():
            found += [f"{placed.words.text!r}: {fault}" for fault in _cramped(placed, row)]
    return found


def _cramped(placed: Placed, row: QWidget) -> Iterator[str]:
    """What a painted text would need, and whether it stands in its row."""
    words, area = placed.words, placed.area
    metrics = QFontMetrics(words.face.font)
    left, top, right, bottom = (0, 0, 0, 0) if words.around is Around.NOTHING else MARGINS
    room = area.adjusted(left, top, -right, -bottom)
    parts = re.split(r"[\s\u200b]+", words.text) if words.flows else [words.text]
    needed = max(map(metrics.horizontalAdvance, parts))
    flags = int(Qt.TextFlag.TextWordWrap) if words.flows else 0
    high = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), flags, words.text).height()
    if room.width() < needed or room.height() < high - 1:
        yield f"{room.size()}, needs {needed} x {high}"
    if not row.rect().contains(area):
        yield f"{area} in {row.rect()}"


def _lacks(widget: QLabel | QAbstractButton) -> Iterator[str]:
    """What a text would need."""
    size = widget.size()
    if isinstance(widget, QLabel) and widget.wordWrap():
        longest = max(re.split(r"[\s\u200b]+", widget.text()), key=len, default="")
        needed = widget.fontMetrics().horizontalAdvance(longest)
        high = widget.heightForWidth(widget.width())
        if widget.width() < needed or widget.height() < high - 1:
            yield f"{size}, needs {needed} x {high}"
    elif isinstance(widget, ChoiceCard) or widget.hasHeightForWidth():
        high = widget.heightForWidth(widget.width())
        if widget.height() < high - 1:
            yield f"{size}, needs to be {high} high"
    else:
        needed = widget.minimumSizeHint().width()
        if widget.width() < needed or widget.height() < widget.minimumSizeHint().height() - 1:
            yield f"{size}, needs {widget.minimumSizeHint()}"


def places(shown: QWidget) -> dict[str, QRect]:
    """Where each text and meter stands, by what it says; what is there twice is left out."""
    found: dict[str, list[QRect]] = {}
    for widget in shown.findChildren(QWidget):
        for placed in painted(widget) if widget.isVisible() else ():
            key = f"Words {placed.words.text.translate(INVISIBLE)}"
            where = QRect(widget.mapTo(shown, placed.area.topLeft()), placed.area.size())
            found.setdefault(key, []).append(where)
        if not widget.isVisible() or not isinstance(
            widget, QLabel | QAbstractButton | QProgressBar
        ):
            continue
        said = widget.accessibleName() if isinstance(widget, QProgressBar) else widget.text()
        if said:
            where = QRect(widget.mapTo(shown, QPoint(0, 0)), widget.size())
            key = f"{type(widget).__name__} {said.translate(INVISIBLE)}"
            found.setdefault(key, []).append(where)
    return {key: where[0] for key, where in found.items() if len(where) == 1}


def not_mirrored(left: dict[str, QRect], right: dict[str, QRect], width: int) -> list[str]:
    """What does not stand at the other side of a page that is read from the other side."""
    found = []
    for key in left.keys() & right.keys():
        one, other = left[key], right[key]
        if abs(one.width() - other.width()) > NEARLY:
            continue  # a number has changed meanwhile
        expected = width - one.x() - one.width()
        if abs(other.x() - expected) > NEARLY:
            found.append(f"{key!r}: at {other.x()}, expected {expected}")
    return found
