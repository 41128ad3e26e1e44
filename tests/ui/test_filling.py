"""Pages that are filled a little at a time: in sight at once, and soon whole."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tests.ui.reached import after
from tests.ui.walk import settle
from ui.guide.result import ResultPage
from ui.widgets.page import Flowing
from ui.widgets.slices import Slices

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Guide


class _Painted(QObject):
    """Notes how high what scrolls is whenever it is painted, and how high it wants to be."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, int]] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at what is painted."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, Flowing):
            self.found.append((watched.height(), watched.minimumSizeHint().height()))
        return False


def _result(guide: Guide) -> ResultPage:
    page = guide.window.page
    assert isinstance(page, ResultPage)
    return page


def test_a_page_is_never_painted_pressed_together(guide: Guide, qapp: QApplication) -> None:
    guide.to_result()
    seen = _Painted()
    qapp.installEventFilter(seen)
    guide.again()
    qapp.removeEventFilter(seen)

    assert seen.found
    assert all(height >= wanted for height, wanted in seen.found)


def test_the_first_screenful_is_there_at_once_and_the_rest_soon(guide: Guide) -> None:
    guide.to_result()
    report = guide.journey.report
    assert report is not None
    guide.window.again()
    page = _result(guide)
    at_once = len(page.views)
    assert not page.whole
    settle()

    assert 0 < at_once < len(page.views) == len(report.findings)
    assert page.whole


def test_what_is_in_sight_at_first_stays_as_it_is_when_the_rest_comes(guide: Guide) -> None:
    guide.to_result()
    guide.window.again()
    page = _result(guide)
    view = page.scroller.viewport()
    while not page.views[0].updatesEnabled():
        QApplication.processEvents()
    guide.window.repaint()
    assert not page.whole
    first = view.grab().toImage()
    settle()

    assert view.grab().toImage() == first


def test_rows_that_come_later_stand_in_their_order_and_in_full_height(guide: Guide) -> None:
    guide.to_result()
    tops = [view.y() for view in _result(guide).views]

    assert tops == sorted(tops)
    assert all(view.height() >= view.heightForWidth(view.width()) for view in _result(guide).views)


def test_tab_goes_through_later_rows_as_they_stand(guide: Guide) -> None:
    guide.to_result()
    views = _result(guide).views[-3:]

    assert [after(view) for view in views[:-1]] == views[1:]


def test_what_is_to_be_opened_later_counts_as_open(guide: Guide) -> None:
    guide.to_result()
    every = frozenset(view.row.requirement for view in _result(guide).views)
    _result(guide).open_again(every)
    guide.window.again()
    guide.window.again()
    assert _result(guide).opened() == every
    settle()

    assert all(view.is_open for view in _result(guide).views)


def test_a_focus_far_below_survives_a_page_that_is_built_anew(guide: Guide) -> None:
    guide.to_result()
    last = _result(guide).views[-1]
    last.setFocus()
    name = last.objectName()
    guide.again()

    assert guide.window.focusWidget().objectName() == name


def test_a_page_that_is_left_while_it_is_filled_is_filled_no_further(guide: Guide) -> None:
    guide.to_result()
    guide.window.again()
    left = _result(guide)
    before = len(left.views)
    guide.window.turn("welcome")
    QApplication.processEvents()

    assert left.whole
    assert len(left.views) == before


def test_every_value_can_be_struck_out_once_the_page_is_whole(guide: Guide) -> None:
    guide.to_share()
    session = guide.journey.session
    assert session is not None
    last = list(session.latest())[-1]
    guide.press(f"share-{last}")

    assert guide.journey.sharing.struck == {last}


def test_parts_are_done_in_their_order(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    slices, done = Slices(place), list[int]()
    for number in range(5):
        slices.add(_noting(done, number), place)
    with qtbot.waitSignal(slices.ended):
        pass

    assert done == [0, 1, 2, 3, 4]
    assert slices.done


def test_what_is_dropped_is_not_done(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    slices, done = Slices(place), list[int]()
    slices.add(_noting(done, 1), place)
    slices.drop()
    slices.finish()

    assert done == []


def test_a_part_that_fails_stops_none_of_the_others(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    layout = QVBoxLayout(place)
    slices, done = Slices(place), list[int]()

    def fail() -> None:
        raise ValueError("no such thing")

    slices.add(fail, place)
    slices.add(_noting(done, 1), place)
    with pytest.raises(ValueError, match="no such thing"):
        slices.finish()
    slices.finish()

    assert done == [1]
    assert layout.isEnabled()


def test_where_the_last_part_fails_the_page_is_whole_and_painted_all_the_same(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide.to_result()
    page = _result(guide)
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))

    def fail() -> None:
        raise ValueError("no such thing")

    with guide.qtbot.waitSignal(page.filled):
        page.later(fail)

    assert told == [ValueError]
    assert page.whole
    assert page.views[0].updatesEnabled()


def _noting(done: list[int], number: int) -> Callable[[], None]:
    return lambda: done.append(number)
