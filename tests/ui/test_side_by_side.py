"""Reports side by side: kept headings, only differences, keyboard, screen reader, small screens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readiness.locale import Reader
from readiness.review.compare import line_up
from readiness.review.received import Received
from readiness.trust.answering import Known
from readiness.trust.arrived import arrive
from tests.fakes.trust import BEGUN, answer, invitation, profile, session
from tests.ui.hand import click_twice
from ui.app import prepare
from ui.review.side_by_side import SideBySide
from ui.review.side_table import cell_pieces
from ui.settings import Settings
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from readiness.review.compare import Lineup

INVITED = invitation()
KNOWN = Known(now=BEGUN + timedelta(hours=2), profile=profile())
SMALL = (910, 512)


def lineup(number: int) -> Lineup:
    """Reports of which every second one lacks all but the line."""
    runs = session(INVITED).runs
    files = [
        (f"heap/applicant-{n}.readiness.json", answer(INVITED, runs=runs[:1] if n % 2 else runs))
        for n in range(number)
    ]
    return line_up([Received(file=name, arrived=arrive(data)) for name, data in files], KNOWN)


@pytest.fixture(autouse=True)
def dressed(home: Path) -> None:  # noqa: ARG001 - settings go there
    """The product's font and colours."""
    prepare(Settings())


@pytest.fixture
def grown() -> Iterator[float]:
    """Text of twice the size, while a test lasts."""
    before = QFont(theme.base)
    theme.base.setPointSizeF(2 * before.pointSizeF())
    yield theme.base.pointSizeF()
    theme.base = before


def shown(qtbot: QtBot, view: SideBySide, size: tuple[int, int] = SMALL) -> SideBySide:
    qtbot.addWidget(view)
    view.resize(*size)
    with qtbot.waitExposed(view):
        view.show()
    QApplication.processEvents()
    return view


@pytest.fixture
def view(qtbot: QtBot) -> SideBySide:
    """Six reports on a small screen."""
    return shown(qtbot, SideBySide(lineup(6), Reader("en")))


def test_all_lines_and_reports_are_there_with_what_differs_first(view: SideBySide) -> None:
    assert view.cells.columnCount() == 6
    names = [line.name for line in view.cells.lines]
    assert names[:3] == ["overall", "origin", "check"]
    assert set(names[3:5]) == {"memory", "door"}
    assert set(names[5:]) == {"download", "upload", "headset"}


def test_the_headings_stay_while_the_table_scrolls(view: SideBySide) -> None:
    table = view.table
    beside, above = table.verticalHeader(), table.horizontalHeader()
    before = beside.mapTo(view, QPoint(0, 0)), above.mapTo(view, QPoint(0, 0))
    assert table.horizontalScrollBar().maximum() > 0
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    QApplication.processEvents()

    assert (beside.mapTo(view, QPoint(0, 0)), above.mapTo(view, QPoint(0, 0))) == before
    assert beside.isVisible()
    assert above.isVisible()


def test_only_what_differs_leaves_the_rest_out_and_keeps_the_place(view: SideBySide) -> None:
    view.place = ("door", 3)
    view.switch.setChecked(True)

    assert [line.name for line in view.cells.lines[3:]] in (["memory", "door"], ["door", "memory"])
    assert view.place == ("door", 3)
    view.switch.setChecked(False)
    assert len(view.cells.lines) == 8
    assert view.place == ("door", 3)


def test_where_the_place_is_left_out_the_keyboard_stands_at_the_top(view: SideBySide) -> None:
    view.place = ("upload", 2)
    view.only_differences = True

    assert view.place == ("overall", 2)


def test_arrows_move_through_every_cell_and_tab_leaves(view: SideBySide) -> None:
    view.table.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_End):
        QTest.keyClick(view.table, key)
    assert view.place == ("check", 5)
    QTest.keyClick(view.table, Qt.Key.Key_Home)
    assert view.place == ("check", 0)
    QTest.keyClick(view.table, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is not view.table


def test_enter_and_a_double_click_open_a_report(view: SideBySide, qtbot: QtBot) -> None:
    view.place = ("overall", 1)
    with qtbot.waitSignal(view.opened) as pressed:
        QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert pressed.args == [1]
    where = view.table.visualRect(view.cells.index(0, 0)).center()
    with qtbot.waitSignal(view.opened) as clicked:
        click_twice(view.table.viewport(), where)
    assert clicked.args == [0]


def test_a_screen_reader_hears_report_requirement_value_and_verdict(view: SideBySide) -> None:
    seen = QAccessible.queryAccessibleInterface(view.table)
    heard = {
        seen.child(n).text(QAccessible.Text.Name).replace("\u202f", " ")
        for n in range(seen.childCount())
    }

    assert "A: applicant-0; Memory for programs: met, 15.6 GiB, the system says" in heard
    assert "B: applicant-1; Memory for programs: open, not checked, not measured" in heard
    assert "A: applicant-0.readiness.json" in heard
    assert any(name.endswith("the verdict differs") for name in heard)


def test_every_verdict_has_a_sign_and_a_word(view: SideBySide) -> None:
    for line in view.cells.lines[3:]:
        for cell in line.cells:
            assert cell.symbol
            assert cell.word
            assert cell_pieces(cell)[0][0].startswith(cell.symbol)


@pytest.mark.parametrize("number", [2, 6])
def test_no_word_of_twice_the_size_is_cut_on_a_small_screen(
    qtbot: QtBot, number: int, grown: float
) -> None:
    """What does not fit is scrolled to: a column is as wide as its widest word, a line as high."""
    assert grown > 0
    view = shown(qtbot, SideBySide(lineup(number), Reader("de")))
    table = view.table

    assert table.columnWidth(0) >= table._least()
    beside = table.verticalHeader().width()
    assert 0 < beside <= 0.4 * SMALL[0]
    assert table.viewport().width() >= 0.5 * SMALL[0]
    assert view.width() == SMALL[0]


def test_two_reports_share_the_whole_width(qtbot: QtBot) -> None:
    view = shown(qtbot, SideBySide(lineup(2), Reader("en")))

    assert view.table.horizontalScrollBar().maximum() == 0
    assert view.table.columnWidth(0) * 2 >= view.table.viewport().width() - 14


def test_another_view_stands_where_the_old_one_stood(view: SideBySide, qtbot: QtBot) -> None:
    view.only_differences, view.place = True, ("door", 4)
    other = shown(qtbot, SideBySide(lineup(6), Reader("de")))
    other.only_differences, other.place = view.only_differences, view.place

    assert (other.only_differences, other.place) == (True, ("door", 4))
