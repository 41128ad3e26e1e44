"""One page takes the place of another: a little in each turn of the event loop."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QExposeEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tests.ui.stations import stations
from tests.ui.walk import opened, settle
from ui.guide.earlier import EarlierPage
from ui.turning import Turning
from ui.widgets.native import handle
from ui.widgets.page import Page

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Guide


PAGES_OF_A_GUIDE = ("result", "match", "share", "earlier", "employer", "invite", "review")
PAUSE_S = 0.002
"""Qt paints some milliseconds after it was asked to."""


class _Seen(QLabel):
    """Counts how often it is painted."""

    def __init__(self) -> None:
        super().__init__("words")
        self.painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint and count."""
        self.painted += 1
        super().paintEvent(event)


class _Window(QMainWindow):
    """Counts how often its own ground is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint and count."""
        self.painted += 1
        super().paintEvent(event)


@pytest.fixture
def middle(qtbot: QtBot) -> _Window:
    window = _Window()
    qtbot.addWidget(window)
    window.setCentralWidget(_Seen())
    window.resize(300, 200)
    window.show()
    rest()
    return window


def turn() -> None:
    """One turn of the event loop; what is over goes, as in a running one."""
    time.sleep(PAUSE_S)
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def rest(turning: Turning | None = None) -> None:
    """Until everything is done."""
    for _ in range(8):
        turn()
    while turning is not None and turning.going:
        turn()


def page(guide: Guide) -> Page:
    found = guide.window.page
    assert found is not None
    return found


def showing() -> list[Page]:
    """The pages that a screen reader finds on the screen."""
    return [one for one in QApplication.allWidgets() if isinstance(one, Page) and one.isVisible()]


# --- what takes the place of what ----------------------------------------------------------------


def test_it_is_made_ready_laid_out_and_painted_in_turns_of_their_own(middle: _Window) -> None:
    turning, fresh = Turning(middle), _Seen()
    said: list[str] = []
    turning.laid_out.connect(lambda: said.append("laid out"))
    turning.seen.connect(lambda: said.append("seen"))
    turning.put(fresh, lambda: said.append("made"), lambda: said.append("ready"))
    states = []
    while turning.going:
        states.append((len(said), fresh.isVisible(), fresh.painted > 0))
        turn()
    rest()
    states.append((len(said), fresh.isVisible(), fresh.painted > 0))

    steps = [one for place, one in enumerate(states) if place == 0 or one != states[place - 1]]
    assert said == ["made", "ready", "laid out", "seen"]
    assert steps == [
        (0, False, False),
        (1, False, False),
        (2, False, False),
        (2, True, False),
        (3, True, False),
        (4, True, True),
    ]


def test_what_is_over_is_hidden_at_once_and_deleted_before_anything_else_is_done(
    middle: _Window,
) -> None:
    turning, old = Turning(middle), middle.centralWidget()
    gone: list[bool] = []
    turning.put(_Seen(), lambda: gone.append(not isValid(old)))

    assert not old.isVisible()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # as an event loop
    rest(turning)
    assert gone == [True]


def test_whoever_looks_for_something_meanwhile_finds_the_new_first(middle: _Window) -> None:
    turning, fresh = Turning(middle), _Seen()
    turning.put(fresh)

    assert middle.findChild(_Seen) is fresh


def test_the_picture_of_what_is_over_stays_until_the_new_one_is_painted(middle: _Window) -> None:
    turning, fresh = Turning(middle), _Seen()
    turning.put(fresh)
    before = middle.painted
    while turning.going:
        assert middle.painted == before
        assert not fresh.painted
        turn()
    rest()

    assert fresh.painted


def test_who_turns_again_meanwhile_sees_only_the_last(middle: _Window) -> None:
    turning, old = Turning(middle), middle.centralWidget()
    seen: list[bool] = []
    turning.seen.connect(lambda: seen.append(True))
    never, last = _Seen(), _Seen()
    turning.put(never)
    turn()
    turning.put(last)
    rest(turning)

    assert middle.centralWidget() is last
    assert last.painted
    assert not isValid(old)
    assert not isValid(never)
    assert not never.painted
    assert seen == [True]


def test_it_is_painted_once(middle: _Window) -> None:
    turning, fresh = Turning(middle), _Seen()
    turning.put(fresh)
    rest(turning)

    assert fresh.painted == 1


def test_who_turns_again_just_before_the_page_is_painted_sees_the_next_one(
    middle: _Window,
) -> None:
    turning, last = Turning(middle), _Seen()
    turning.put(_Seen())
    turning.seen.connect(lambda: turning.put(last) if last.parent() is None else None)
    rest(turning)
    rest()

    assert middle.centralWidget() is last
    assert last.painted


@pytest.mark.parametrize("how", ["resized", "exposed"])
def test_what_paints_without_asking_does_not_paint_it_half_made(middle: _Window, how: str) -> None:
    turning, fresh = Turning(middle), _Seen()
    seen: list[int] = []
    turning.seen.connect(lambda: seen.append(fresh.painted))
    turning.put(fresh, lambda: None)
    own = handle(middle)
    assert own is not None
    while turning.going:
        if how == "resized":
            middle.resize(middle.width() + 1, middle.height())
        else:
            area = QRegion(0, 0, middle.width(), middle.height())
            QCoreApplication.sendEvent(own, QExposeEvent(area))
        turn()
    rest()

    assert seen == [0]
    assert fresh.painted


def test_where_a_step_fails_while_the_window_is_hidden_all_is_painted_once_it_is_shown(
    middle: _Window,
) -> None:
    turning, fresh = Turning(middle), _Seen()
    seen: list[bool] = []
    turning.seen.connect(lambda: seen.append(True))
    turning.put(_Seen(), lambda: None)
    middle.hide()

    def fail() -> None:
        raise ValueError("no such thing")

    with pytest.raises(ValueError, match="no such thing"):
        turning.put(fresh, fail, lambda: seen.append(False))
    middle.show()
    rest()
    before = fresh.painted
    fresh.setText("other words")
    rest()

    assert seen == [False, True]
    assert fresh.painted == before + 1


def test_what_was_told_itself_not_to_be_painted_is_not(middle: _Window) -> None:
    turning, fresh = Turning(middle), QWidget()
    still, other = _Seen(), _Seen()
    column = QVBoxLayout(fresh)
    column.addWidget(still)
    column.addWidget(other)
    still.setUpdatesEnabled(False)
    turning.put(fresh)
    rest(turning)

    assert other.painted
    assert not still.painted


def test_a_window_that_is_not_shown_yet_has_at_once_what_was_put_there(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    turning, fresh = Turning(window), _Seen()
    ready: list[bool] = []
    turning.put(fresh, lambda: ready.append(True))

    assert ready == [True]
    assert not turning.going
    window.show()
    rest()
    assert fresh.painted


def test_a_window_that_is_hidden_in_the_middle_and_shown_again_shows_the_new(
    middle: _Window,
) -> None:
    turning, fresh = Turning(middle), _Seen()
    turning.put(fresh)
    turn()
    middle.hide()
    rest(turning)
    middle.show()
    rest()

    assert fresh.isVisible()
    assert fresh.painted


def test_where_making_it_ready_fails_it_is_shown_all_the_same(
    middle: _Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))
    turning, fresh = Turning(middle), _Seen()

    def fail() -> None:
        raise ValueError("no such thing")

    after: list[bool] = []
    turning.put(fresh, fail, lambda: after.append(True))
    rest(turning)

    assert told == [ValueError]
    assert after == [True]
    assert fresh.painted


def test_a_window_that_goes_in_the_middle_takes_everything_along(qapp: QApplication) -> None:
    window = QMainWindow()
    old, fresh = _Seen(), _Seen()
    window.setCentralWidget(old)
    window.show()
    rest()
    Turning(window).put(fresh)
    window.close()
    window.deleteLater()
    rest()

    assert qapp is QApplication.instance()
    assert not isValid(old)
    assert not isValid(fresh)


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
