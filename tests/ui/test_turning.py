"""One page takes the place of another: a little in each turn of the event loop."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton
from shiboken6 import isValid

from tests.ui.walk import settle
from ui.turning import Turning

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Guide


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


@pytest.fixture
def middle(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
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


def test_it_is_laid_out_painted_and_the_old_one_deleted_in_turns_of_their_own(
    middle: QMainWindow,
) -> None:
    turning, old, fresh = Turning(middle), middle.centralWidget(), _Seen()
    turning.put(fresh)
    states = []
    while turning.going:
        states.append((fresh.isVisible(), fresh.painted > 0, isValid(old)))
        turn()
    states.append((fresh.isVisible(), fresh.painted > 0, isValid(old)))

    steps = [one for place, one in enumerate(states) if place == 0 or one != states[place - 1]]
    assert steps == [
        (False, False, True),
        (True, False, True),
        (True, True, True),
        (True, True, False),
    ]


def test_what_is_on_the_screen_stays_until_the_new_can_be_painted(middle: QMainWindow) -> None:
    turning, old, fresh = Turning(middle), middle.centralWidget(), _Seen()
    turning.put(fresh)
    while not fresh.updatesEnabled():
        assert old.isVisible()
        turn()

    assert not old.isVisible()
    rest(turning)
    assert fresh.painted


def test_who_turns_again_meanwhile_sees_only_the_last(middle: QMainWindow) -> None:
    turning, old = Turning(middle), middle.centralWidget()
    arrived: list[bool] = []
    turning.arrived.connect(lambda: arrived.append(True))
    never, last = _Seen(), _Seen()
    turning.put(never)
    turn()
    turning.put(last)
    rest(turning)

    assert middle.centralWidget() is last
    assert last.painted
    assert not isValid(old)
    assert not isValid(never)
    assert arrived == [True]


def test_a_window_that_is_not_shown_yet_shows_what_was_put_there_last(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    turning, fresh = Turning(window), _Seen()
    turning.put(fresh)
    window.show()
    rest(turning)

    assert fresh.isVisible()
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


def test_another_language_in_the_middle_of_a_change_is_the_one_that_is_shown(guide: Guide) -> None:
    guide.window.turn("earlier")
    guide.window.speak("de")
    turn()
    guide.window.turn("welcome")
    settle()

    page = guide.window.page
    assert page is not None
    assert guide.window.name == "welcome"
    assert page.reader.language == "de"
    assert page.isVisible()
    assert page.whole


def test_pages_that_are_turned_fast_are_all_swept_up(guide: Guide) -> None:
    over = []
    for name in ("earlier", "welcome", "earlier", "welcome"):
        over.append(guide.window.page)
        guide.window.turn(name)
    settle()

    assert not any(isValid(page) for page in over)
    assert guide.window.page is not None
    assert guide.window.page.isVisible()
