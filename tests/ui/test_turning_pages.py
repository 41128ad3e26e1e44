"""A page takes the place of another in the window: hands, focus, what is said, what fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

from tests.ui.stations import stations
from tests.ui.turns import turn
from tests.ui.walk import opened, settle
from ui.guide.earlier import EarlierPage
from ui.widgets.native import handle
from ui.widgets.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Guide

PAGES_OF_A_GUIDE = ("result", "match", "share", "earlier", "employer", "invite", "review")


def page(guide: Guide) -> Page:
    found = guide.window.page
    assert found is not None
    return found


def showing() -> list[Page]:
    """The pages that a screen reader finds on the screen."""
    return [one for one in QApplication.allWidgets() if isinstance(one, Page) and one.isVisible()]


# --- hands ---------------------------------------------------------------------------------------


def test_a_second_click_meets_no_button_of_the_page_that_is_over(guide: Guide) -> None:
    button = guide.window.findChild(QPushButton, "enter-code")
    assert button is not None
    place = button.mapTo(guide.window, button.rect().center())
    pressed: list[bool] = []
    button.clicked.connect(pressed.append)
    guide.window.again()

    for _ in range(3):
        under = guide.window.childAt(place)
        QTest.mouseClick(under or guide.window, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
        turn()

    assert not pressed


def test_a_key_meets_nothing_of_the_page_that_is_over(guide: Guide) -> None:
    own, button = handle(guide.window), guide.window.findChild(QPushButton, "for-employers")
    assert own is not None
    assert button is not None
    guide.window.activateWindow()
    guide.qtbot.waitUntil(guide.window.isActiveWindow, timeout=5_000)
    button.setFocus()
    pressed: list[bool] = []
    button.clicked.connect(pressed.append)
    guide.window.again()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(own, key)

    assert not pressed
    settle()
    assert guide.window.name == "welcome"


# --- focus, place and what is said ---------------------------------------------------------------


def test_on_every_page_the_focus_is_on_it_as_soon_as_it_is_seen(home: Path) -> None:
    faults: list[str] = []
    with opened(home) as walk:

        def look() -> None:
            shown, focused = walk.window.page, walk.window.focusWidget()
            there = focused is shown or (shown is not None and shown.isAncestorOf(focused))
            if not there or not focused.isVisible():
                faults.append(f"{walk.window.name}: {focused}")

        settle()
        walk.window.turning.seen.connect(look)
        for _ in stations(walk):
            look()

    assert faults == []


def test_a_page_is_announced_once_when_it_has_the_focus(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, bool]] = []

    def announce(window: QWidget, text: str) -> None:
        (shown,) = showing()
        said.append((text, shown.isAncestorOf(window.focusWidget())))

    monkeypatch.setattr("ui.window.announce", announce)
    guide.press("check")
    guide.wait("plan")
    guide.again()

    assert said == [(page(guide).said, True)]


def test_one_page_at_most_is_showing_in_every_turn(guide: Guide) -> None:
    guide.to_result()
    guide.window.turn("welcome")
    most = len(showing())
    while guide.window.turning.going:
        turn()
        most = max(most, len(showing()))
    settle()

    assert most == 1
    assert showing() == [page(guide)]


@pytest.mark.parametrize("quickly", [False, True])
def test_whoever_is_far_down_stays_there_when_the_page_is_built_anew(
    guide: Guide, *, quickly: bool
) -> None:
    guide.to_result()
    bar = page(guide).scroller.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    down = bar.value()
    guide.window.speak("en")
    if quickly:
        turn()
        guide.window.again()
        guide.window.again()
    settle()

    assert down
    assert page(guide).scroller.verticalScrollBar() is not bar
    assert page(guide).scroller.verticalScrollBar().value() == down


def test_the_focus_stays_where_it_is_when_the_page_is_built_anew_twice_at_once(
    guide: Guide,
) -> None:
    back = guide.window.findChild(QPushButton, "for-employers")
    assert back is not None
    back.setFocus()
    guide.window.again()
    guide.window.again()
    settle()

    assert guide.window.focusWidget().objectName() == "for-employers"


# --- turning meanwhile, closing meanwhile, failing -----------------------------------------------


def test_another_language_in_the_middle_of_a_change_is_the_one_that_is_shown(guide: Guide) -> None:
    guide.window.turn("earlier")
    guide.window.speak("de")
    turn()
    guide.window.turn("welcome")
    settle()

    assert guide.window.name == "welcome"
    assert page(guide).reader.language == "de"
    assert page(guide).isVisible()
    assert page(guide).whole


def test_pages_that_are_turned_fast_are_all_swept_up(guide: Guide) -> None:
    over = []
    for name in ("earlier", "welcome", "earlier", "welcome"):
        over.append(guide.window.page)
        guide.window.turn(name)
    settle()

    assert not any(isValid(one) for one in over)
    assert page(guide).isVisible()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[EarlierPage]:
    """The pages of earlier checks that were told that they are shown."""
    pages: list[EarlierPage] = []

    def shown(one: EarlierPage) -> None:
        pages.append(one)

    monkeypatch.setattr(EarlierPage, "shown", shown)
    return pages


def test_only_the_page_that_is_seen_is_told_that_it_is_shown(
    guide: Guide, told: list[EarlierPage]
) -> None:
    guide.window.turn("earlier")
    guide.window.turn("welcome")
    turn()
    guide.window.turn("earlier")
    settle()

    assert told == [page(guide)]


def test_a_page_that_is_shown_may_turn_at_once(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shown(left: EarlierPage) -> None:
        left.journey.turned.emit("welcome")

    monkeypatch.setattr(EarlierPage, "shown", shown)
    guide.window.turn("earlier")
    settle()

    assert guide.window.name == "welcome"
    assert showing() == [page(guide)]
    assert page(guide).whole


def test_a_window_that_closes_in_the_middle_begins_nothing_more(
    guide: Guide, told: list[EarlierPage]
) -> None:
    guide.window.turn("earlier")
    turn()
    guide.window.close()
    settle()

    assert not told
    assert not guide.window.turning.going


def test_where_a_page_cannot_be_made_the_one_before_stays_as_it_is(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide.to_result()
    guide.window.again()
    before = page(guide)
    halves: list[Page] = []

    def fail(half: EarlierPage) -> None:
        halves.append(half)
        raise ValueError("no such thing")

    monkeypatch.setattr(EarlierPage, "_make_foot", fail)
    with pytest.raises(ValueError, match="no such thing"):
        guide.window.turn("earlier")
    settle()

    assert guide.window.name == "result"
    assert page(guide) is before
    assert before.whole
    assert showing() == [before]
    assert [isValid(half) for half in halves] == [False]


def test_what_is_over_hears_nothing_any_more(guide: Guide) -> None:
    guide.to_result()
    for name in PAGES_OF_A_GUIDE:
        guide.window.turn(name)
        settle()
        left = page(guide)
        guide.window.turn("welcome")
        turn()
        assert not isValid(left), name
