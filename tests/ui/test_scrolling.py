"""What scrolls, and the bar beside it, which is not Qt's: see :class:`ui.widgets.page.Scroller`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QScrollBar, QWidget

from ui.widgets.page import Scroller

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Guide

HIGH = 1000


LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


class _Around(QWidget):
    """A view of 300 x 200 pixels on something of a height, and the bar that is seen."""

    def __init__(self, high: int, direction: Qt.LayoutDirection = LEFT) -> None:
        super().__init__()
        self.setLayoutDirection(direction)
        content = QWidget()
        content.setMinimumHeight(high)
        self.view = Scroller(content, self)
        self.view.resize(300, 200)
        self.show()
        (self.bar,) = [one for one in self.view.findChildren(QScrollBar) if one.isVisible()]


def test_what_is_seen_and_the_bar_follow_each_other(qtbot: QtBot) -> None:
    around = _Around(HIGH)
    qtbot.addWidget(around)
    made, bar = around.view, around.bar
    bar.setValue(40)
    assert made.widget().y() == -40
    made.verticalScrollBar().setValue(70)
    assert bar.value() == 70

    assert bar.maximum() == HIGH - 200
    assert bar.pageStep() == 200


def test_where_nothing_scrolls_the_bar_has_no_way_to_go(qtbot: QtBot) -> None:
    around = _Around(100)
    qtbot.addWidget(around)

    assert around.bar.minimum() == around.bar.maximum()


@pytest.mark.parametrize("direction", [LEFT, RIGHT])
def test_the_bar_stands_where_a_line_ends_and_covers_nothing(
    qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    around = _Around(HIGH, direction)
    qtbot.addWidget(around)
    made, bar = around.view, around.bar

    assert not bar.geometry().intersects(made.viewport().geometry())
    assert bar.x() == (288 if direction == LEFT else 0)
    assert bar.height() == 200


@pytest.mark.parametrize("where", ["a page", "beside it"])
def test_a_screen_reader_counts_as_many_things_once_it_is_hidden(guide: Guide, where: str) -> None:
    guide.to_run()
    shown = guide.window.page
    assert shown is not None
    found = next(
        one
        for one in guide.window.findChildren(Scroller)
        if (one is shown.scroller) is (where == "a page")
    )
    seen = QAccessible.queryAccessibleInterface(found)
    before = seen.childCount()
    found.hide()

    assert seen.childCount() == before
