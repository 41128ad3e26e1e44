"""The week is marked with mouse and keyboard, and is heard as it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from readiness.locale import Reader
from readiness.model.week import Week, parse_week
from ui.guide.week import WeekView
from ui.widgets.week_grid import WeekGrid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from ui.window import Window

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(qtbot: QtBot, window: Window) -> Iterator[WeekView]:
    """A German week, which begins on Monday, in the product's dress."""
    view = WeekView("Wann?", Week(), Reader("de"))
    qtbot.addWidget(view)
    view.resize(760, 420)
    with qtbot.waitExposed(view):
        view.show()
    QApplication.processEvents()
    yield view
    window.close()


def _at(grid: WeekGrid, row: int, half_hour: int) -> QPoint:
    return grid.visualRect(grid.cells.index(row, half_hour)).center()


def _press(view: WeekView, name: str) -> None:
    button = view.findChild(QAbstractButton, name)
    assert button is not None
    button.click()


def _stand(grid: WeekGrid, row: int, half_hour: int) -> None:
    grid.setFocus()
    grid.setCurrentIndex(grid.cells.index(row, half_hour))


def test_drawing_marks_every_half_hour_of_the_rectangle(view: WeekView) -> None:
    port = view.grid.viewport()
    QTest.mousePress(port, LEFT, pos=_at(view.grid, 0, 18))
    QTest.mouseMove(port, _at(view.grid, 2, 24))
    QTest.mouseMove(port, _at(view.grid, 1, 33))
    QTest.mouseRelease(port, LEFT, pos=_at(view.grid, 1, 33))
    assert view.grid.week == parse_week("mon-tue 9-17")


def test_drawing_that_begins_on_a_mark_frees(view: WeekView) -> None:
    view.grid.set_week(parse_week("mon 9-17"))
    port = view.grid.viewport()
    QTest.mousePress(port, LEFT, pos=_at(view.grid, 0, 24))
    QTest.mouseMove(port, _at(view.grid, 0, 25))
    QTest.mouseRelease(port, LEFT, pos=_at(view.grid, 0, 25))
    assert view.grid.week.text() == "mon 09:00-12:00,13:00-17:00"


def test_the_pointer_may_leave_the_grid(view: WeekView) -> None:
    port = view.grid.viewport()
    QTest.mousePress(port, LEFT, pos=_at(view.grid, 5, 40))
    QTest.mouseMove(port, QPoint(port.width() + 300, port.height() + 300))
    QTest.mouseRelease(port, LEFT, pos=QPoint(port.width() + 300, port.height() + 300))
    assert view.grid.week == parse_week("sat-sun 20-24")


def test_space_marks_and_shift_goes_on(view: WeekView) -> None:
    _stand(view.grid, 3, 18)
    QTest.keyClick(view.grid, Qt.Key.Key_Space)
    QTest.keyClick(view.grid, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(view.grid, Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(view.grid, Qt.Key.Key_Down, SHIFT)
    assert view.grid.week == parse_week("thu-fri 9-10:30")


def test_shift_back_takes_back(view: WeekView) -> None:
    _stand(view.grid, 0, 18)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(view.grid, key, SHIFT)
    assert view.grid.week == parse_week("mon 9-10")


def test_space_on_a_mark_frees_and_shift_goes_on_freeing(view: WeekView) -> None:
    view.grid.set_week(parse_week("mon 9-12"))
    _stand(view.grid, 0, 18)
    QTest.keyClick(view.grid, Qt.Key.Key_Space)
    QTest.keyClick(view.grid, Qt.Key.Key_Right, SHIFT)
    assert view.grid.week == parse_week("mon 10-12")


def test_arrows_alone_mark_nothing(view: WeekView) -> None:
    _stand(view.grid, 0, 18)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(view.grid, key)
    assert not view.grid.week
    assert view.grid.currentIndex().column() == 0


@pytest.mark.parametrize(
    ("names", "marked"),
    [
        (["weekdays"], "mon-fri 9-17"),
        (["weekdays", "evenings"], "mon-fri 9-22"),
        (["weekends", "weekends"], "sat-sun 9-17"),
    ],
)
def test_usual_hours_are_one_button(view: WeekView, names: list[str], marked: str) -> None:
    for name in names:
        _press(view, f"week-{name}")
    assert view.grid.week == parse_week(marked)
    _press(view, "week-clear")
    assert not view.grid.week


def test_a_sixth_time_on_a_day_is_refused_in_words(view: WeekView) -> None:
    full = parse_week("mon 1-2,3-4,5-6,7-8,9-10")
    view.grid.set_week(full)
    _stand(view.grid, 0, 40)
    QTest.keyClick(view.grid, Qt.Key.Key_Space)
    assert view.grid.week == full
    said = view.findChild(QLabel, "week-said")
    assert said is not None
    assert "5" in said.text()


def test_a_day_and_a_cell_are_heard_as_they_are_seen(qtbot: QtBot) -> None:
    grid = WeekGrid("When?", parse_week("mon 9-12:30"), Reader("en"))
    qtbot.addWidget(grid)
    table = QAccessible.queryAccessibleInterface(grid)
    assert table is not None
    assert table.role() is QAccessible.Role.Table
    assert table.text(QAccessible.Text.Name) == "When?"
    children = [table.child(place) for place in range(table.childCount())]
    heard = {
        node.text(QAccessible.Text.Name).replace("\u202f", " "): node.role() for node in children
    }
    assert heard["Monday: 9:00 AM to 12:30 PM"] is QAccessible.Role.RowHeader
    assert heard["Tuesday: no hours"] is QAccessible.Role.RowHeader
    assert heard["Monday 12:00 PM to 12:30 PM: marked"] is QAccessible.Role.Cell
    assert heard["Monday 12:30 PM to 1:00 PM: free"] is QAccessible.Role.Cell


def test_english_weeks_begin_on_sunday(qtbot: QtBot) -> None:
    grid = WeekGrid("When?", Week(), Reader("en"))
    qtbot.addWidget(grid)
    assert grid.cells.days == (6, 0, 1, 2, 3, 4, 5)


def test_the_night_is_out_of_sight_at_first_where_room_is_short(
    qtbot: QtBot, view: WeekView
) -> None:
    view.resize(520, 420)
    qtbot.waitUntil(lambda: view.grid.horizontalScrollBar().maximum() > 0)
    narrow = WeekView("Wann?", Week(), Reader("de"))
    qtbot.addWidget(narrow)
    narrow.resize(520, 420)
    with qtbot.waitExposed(narrow):
        narrow.show()
    assert narrow.grid.columnAt(1) == 12
    assert narrow.grid.columnAt(narrow.grid.viewport().width() - 2) == 47


def test_a_drawing_is_meant_once_when_it_is_done(view: WeekView) -> None:
    """Each change that is meant is written to disk."""
    meant: list[str] = []
    view.settled.connect(lambda: meant.append(view.grid.week.text()))
    port = view.grid.viewport()
    QTest.mousePress(port, LEFT, pos=_at(view.grid, 0, 18))
    for half_hour in range(19, 34):
        QTest.mouseMove(port, _at(view.grid, 0, half_hour))
    QTest.mouseRelease(port, LEFT, pos=_at(view.grid, 0, 33))
    assert meant == ["mon 09:00-17:00"]
