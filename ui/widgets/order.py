"""The Tab key goes as one reads, also through what came later."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


def tab_in_order(root: QWidget) -> None:
    """Let Tab go through everything under ``root`` in the order of its layouts.

    Qt goes in the order in which widgets were made, so that what opens in the middle of a page
    would be reached after its end.
    """
    window = root.window()
    stops = [
        one
        for one in _read(root)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.window() is window
    ]
    for one, following in itertools.pairwise(stops):
        QWidget.setTabOrder(one, following)


def _read(widget: QWidget) -> Iterator[QWidget]:
    """A widget and everything in it, as it is laid out."""
    yield widget
    layout = widget.layout()
    laid = [] if layout is None else list(_laid(layout))
    others = [one for one in widget.children() if isinstance(one, QWidget) and one not in laid]
    for one in (*laid, *others):
        if not one.isWindow():
            yield from _read(one)


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = None if item is None else item.layout()
        if isinstance(inner, QLayout):
            yield from _laid(inner)
        elif item is not None and isinstance(item.widget(), QWidget):
            yield item.widget()
