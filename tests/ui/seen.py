"""What can be seen and heard of a window: its texts, and whether they are whole."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QWidget,
)

from readiness.profiles import shipped
from readiness.pseudo import CLOSES, OPENS
from ui.widgets.choice import ChoiceCard

if TYPE_CHECKING:
    from collections.abc import Iterator

NEARLY = 3
"""Pixels: what rounding makes of halves."""
INVISIBLE = str.maketrans("", "", "\u200f\u202a\u202b\u202c\u202d\u202e\u2068\u2069\u200b&")
FOREIGN: Final = re.compile(
    "|".join(  # noqa: FLY002 - one to a line can be read
        (
            r"Example USB Headset",
            r"Example Core 5 1235",
            r"\bReadiness\b",
            r"\breadiness (serve|steady --list)\b",
            r"qps-plocm?",
            r"(https?|wss?)://\S+",
            r"[\w.-]+\.(com|net|org|example|toml)\b\S*",
            r"\S*[/\\]\S+\.\w+",
            r"\[[a-z.-]+\]",  # the reference of an error
            r"\b(M-Lab|NDT|ndt7|iperf3|speedtest\.net|Cloudflare|LibreSpeed)\b",
            "No such file or directory",  # the system's own words
            r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2}, \d{4}|\d\s[AP]M\b",
            r"\b[KMGT]i?(bit/s|B|Hz)(?!\w)",
            r"\bdBov?\b|\bin\b",
        )
    )
)
"""What is the same in every language: names, addresses, units, dates of the pseudo-languages."""
PLAIN = re.compile(r"[A-Za-z]*[aeiouAEIOU][A-Za-z]*")
WHOLE = re.compile(rf"[.!?…:]{CLOSES}[ \n]+(?={OPENS})")
"""One whole sentence after the other; a title ends in a colon."""
LISTED = re.compile(r"\s·\s|\n|[,;] ")
"""Between the parts of a list, a line of facts, paragraphs."""


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
        for text in told:
            if text:
                yield widget, text.translate(INVISIBLE)


@cache
def _sources() -> re.Pattern[str]:
    """What the sources of the shipped profiles are called: names, in their own language."""
    titles = {
        criterion.source.title
        for profile in shipped().values()
        for requirement in profile.requirements
        for criterion in requirement.any_of
    }
    return re.compile("|".join(map(re.escape, sorted(titles, key=len, reverse=True))))


def untranslated(shown: QWidget) -> list[str]:
    """Texts in a pseudo-language that hold a plain vowel: somebody wrote it past the reader."""
    found = []
    for widget, text in texts(shown):
        rest = FOREIGN.sub("", _sources().sub("", text))
        if PLAIN.search(rest):
            found.append(f"{type(widget).__name__}: {text!r}")
    return found


def glued(shown: QWidget) -> list[str]:
    """Texts in a pseudo-language that were put together out of several messages."""
    return [f"{type(w).__name__}: {text!r}" for w, text in texts(shown) if pieces(text) > 1]


def pieces(text: str) -> int:
    """Of how many messages a text consists, or the longest of its listed parts and sentences."""
    apart: list[str] = []
    depth, begun = 0, 0
    flat = WHOLE.sub(f"{CLOSES}\n", text)
    for place, char in enumerate(flat):
        depth += (char == OPENS) - (char == CLOSES)
        if depth == 0 and LISTED.match(flat, place):
            apart.append(flat[begun:place])
            begun = place + 1
    apart.append(flat[begun:])
    return max(map(_outermost, apart))


def _outermost(text: str) -> int:
    depth = count = 0
    for char in text:
        if char == OPENS:
            count += depth == 0
            depth += 1
        elif char == CLOSES:
            depth -= 1
    return count


def cut(shown: QWidget) -> list[str]:
    """Texts that have less room than they need, and things that stick out of the window."""
    found = []
    widgets: list[QLabel | QAbstractButton] = [*shown.findChildren(QLabel)]
    widgets += shown.findChildren(QAbstractButton)
    for widget in widgets:
        if not widget.isVisible() or not widget.text():
            continue
        found += [f"{widget.text()!r}: {fault}" for fault in _lacks(widget)]
        around = QRect(widget.mapTo(shown, QPoint(0, 0)), widget.size())
        if around.left() < 0 or around.right() > shown.width():
            found.append(f"{widget.text()!r}: from {around.left()} to {around.right()}")
    return found


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
