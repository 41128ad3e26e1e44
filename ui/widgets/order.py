"""The Tab key goes as one reads, also through what came later."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLayout, QLineEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE_STOP = QLabel | QAbstractButton | QComboBox | QLineEdit
"""Nothing in them takes the focus but they themselves. Only to look what Qt has put into a list
takes some 70 ms the first time, because PySide then makes classes of it all."""


def tab_in_order(root: QWidget) -> None:
    """Let Tab go through everything under ``root`` in the order of its layouts.

    Qt goes in the order in which widgets were made, so that what opens in the middle of a page
    would be reached after its end.
    """
    window = root.window()
    stops = [
        one
        for one in _read(root, [])
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.window() is window
        and one.focusProxy() is None
    ]
    for one, following in itertools.pairwise(stops):
        QWidget.setTabOrder(one, following)


def _read(widget: QWidget, found: list[QWidget]) -> list[QWidget]:
    """A widget and everything in it, as it is laid out; appended to ``found``."""
    found.append(widget)
    if isinstance(widget, _ONE_STOP):
        return found
    layout = widget.layout()
    inside = [one for one in widget.children() if isinstance(one, QWidget) and not one.isWindow()]
    laid = [] if layout is None else list(_laid(layout, inside))
    known = set(map(id, laid))
    for one in (*laid, *(other for other in inside if id(other) not in known)):
        _read(one, found)
    return found


def _laid(layout: QLayout, widgets: list[QWidget]) -> Iterator[QWidget]:
    """Those of the widgets that a layout holds, in its order.

    It is asked where each is and not what it holds: PySide keeps what ``itemAt`` returns, and takes
    another object for it that is later made at the same address.
    """
    placed: list[tuple[int, QWidget | QLayout]] = [(layout.indexOf(one), one) for one in widgets]
    placed += [(layout.indexOf(one), one) for one in layout.children() if isinstance(one, QLayout)]
    for _, part in sorted((pair for pair in placed if pair[0] >= 0), key=lambda pair: pair[0]):
        if isinstance(part, QLayout):
            yield from _laid(part, widgets)
        else:
            yield part
