"""One page takes the place of another: a little in each turn of the event loop."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QExposeEvent, QRegion
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tests.ui.turns import rest, turn
from ui.turning import Turning
from ui.widgets.native import handle

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from pytestqt.qtbot import QtBot


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
