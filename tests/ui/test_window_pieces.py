"""Long pages are made piece by piece: nothing that a person does meanwhile meets a half page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.guide.result import ResultPage
from ui.guide.share import SharePage
from ui.widgets.columns import Columns, Table
from ui.widgets.label import Label
from ui.widgets.pieces import Pieces

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Guide


def _rows(guide: Guide) -> list[str]:
    """Names of the rows of the result, in the order in which Tab goes through them."""
    page = guide.window.page
    assert isinstance(page, ResultPage)
    first: QWidget = page.views[0].line
    found = [first.objectName()]
    one = first.nextInFocusChain()
    while one is not None and one is not first:
        if one.objectName().startswith("row-") and one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(one.objectName())
        one = one.nextInFocusChain()
    return found


def test_what_can_be_seen_is_there_at_once_and_the_rest_without_being_asked_for(
    qtbot: QtBot,
) -> None:
    pieces = Pieces((partial(QLabel, str(n)) for n in range(40)), at_first=5)
    qtbot.addWidget(pieces)
    assert len(pieces.findChildren(QLabel)) == 5
    with qtbot.waitSignal(pieces.whole):
        pass
    assert [label.text() for label in pieces.findChildren(QLabel)] == [str(n) for n in range(40)]


def test_nothing_is_made_twice_when_somebody_needs_all_of_it(qtbot: QtBot) -> None:
    pieces = Pieces((partial(QLabel, str(n)) for n in range(40)), at_first=5)
    qtbot.addWidget(pieces)
    pieces.finish()
    pieces.finish()
    qtbot.wait(20)
    assert len(pieces.findChildren(QLabel)) == 40


def test_a_page_that_is_left_in_the_middle_goes_without_a_word(guide: Guide) -> None:
    guide.to_result()
    guide.window.again()
    assert guide.window.page is not None
    assert not guide.window.page.is_whole
    guide.press("home")
    guide.wait("welcome")


def test_tab_goes_through_the_rows_as_one_reads(guide: Guide) -> None:
    guide.to_result()
    page = guide.window.page
    assert isinstance(page, ResultPage)
    assert len(page.views) > 12
    assert _rows(guide) == [view.line.objectName() for view in page.views]


def test_every_requirement_has_its_row(guide: Guide) -> None:
    guide.to_result()
    page, report = guide.window.page, guide.journey.report
    assert isinstance(page, ResultPage)
    assert report is not None
    assert sorted(view.row.requirement for view in page.views) == sorted(
        finding.requirement for finding in report.findings
    )


def test_the_last_row_stays_open_when_the_language_changes_twice_at_once(guide: Guide) -> None:
    guide.to_result()
    page = guide.window.page
    assert isinstance(page, ResultPage)
    name = page.views[-1].row.requirement
    page.open_again(frozenset({name}))
    guide.window.speak("de")
    guide.window.speak("es")
    guide.window.again()
    guide.window.again()
    guide.wait("result")
    page = guide.window.page
    assert isinstance(page, ResultPage)
    assert page.opened() == frozenset({name})


def test_the_focus_comes_back_to_a_row_far_down(guide: Guide) -> None:
    guide.to_result()
    page = guide.window.page
    assert isinstance(page, ResultPage)
    name = page.views[-1].line.objectName()
    page.views[-1].line.setFocus()
    guide.window.again()
    focused = guide.window.focusWidget()
    assert focused is not None
    assert focused.objectName() == name


def test_a_value_is_left_out_before_its_row_is_made(guide: Guide) -> None:
    guide.to_share()
    guide.window.again()
    page = guide.window.page
    assert isinstance(page, SharePage)
    last = _ticks(guide)
    guide.journey.sharing.strike({"line.upload", "line.download"}, out=True)
    guide.wait("share")
    assert len(_ticks(guide)) > len(last)
    box = guide.window.findChild(QWidget, "share-line.upload")
    assert box is not None
    assert not box.isChecked()  # type: ignore[attr-defined]  # a tick box


def _ticks(guide: Guide) -> list[QWidget]:
    return [
        one for one in guide.window.findChildren(QWidget) if one.objectName().startswith("share-")
    ]


def test_rows_that_are_there_go_below_each_other_when_a_later_one_needs_it(qtbot: QtBot) -> None:
    table, around = Table((1, 1)), QWidget()
    qtbot.addWidget(around)
    around.resize(900, 400)
    inside = QVBoxLayout(around)
    first = Columns([Label("one"), Label("two")], table, names=("A", "B"))
    inside.addWidget(first)
    around.show()
    assert not first.stacked(first.width())
    flat = first.heightForWidth(first.width())
    inside.addWidget(Columns([Label("W" * 200), Label("two")], table, names=("A", "B")))
    table.even()
    assert first.stacked(first.width())
    assert first.heightForWidth(first.width()) > flat
