"""The typing test in the window: what counts as typed, and how its time runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QClipboard, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from readiness.model.practice import Passage
from readiness.ports import Prompt
from tests.ui.practising import (
    PATIENCE_MS,
    hear_somebody,
    press_key,
    said,
    skip,
    to_practice,
    typing_field,
    typing_work,
)
from ui.practice import TypingWork
from ui.widgets.typing import TypingField

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide


@pytest.fixture(autouse=True)
def _sound(engine: FakeEngine) -> None:
    hear_somebody(engine)


def test_the_time_begins_with_the_first_key(guide: Guide) -> None:
    to_practice(guide)
    work = typing_work(guide)
    before = work.began
    QTest.keyClicks(typing_field(guide), "Go")

    assert before is None
    assert work.began is not None
    assert work.text == "Go"


def test_pasted_text_does_not_count_and_that_is_said_kindly(guide: Guide) -> None:
    to_practice(guide)
    work, field = typing_work(guide), typing_field(guide)
    QTest.keyClicks(field, "Go")
    QApplication.clipboard().setText("pasted", QClipboard.Mode.Clipboard)
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    dropped = QMimeData()
    dropped.setText("dropped")
    field.insertFromMimeData(dropped)
    field.insertPlainText("by a program")

    assert field.toPlainText() == work.text == "Go"
    assert "Only what you type counts" in said(guide)
    QTest.keyClicks(field, "od")
    assert work.text == "Good"
    assert "Only what you type counts" not in said(guide)


def test_a_held_key_counts_once(guide: Guide) -> None:
    to_practice(guide)
    field = typing_field(guide)
    press_key(field, "a")
    for _ in range(30):
        press_key(field, "a", held=True)

    assert field.toPlainText() == "a"
    assert "held down" in said(guide)


def test_a_held_backspace_goes_on_deleting(guide: Guide) -> None:
    to_practice(guide)
    field = typing_field(guide)
    QTest.keyClicks(field, "abcd")
    for held in (False, True, True):
        none = Qt.KeyboardModifier.NoModifier
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Backspace, none, "\b", held)
        QApplication.sendEvent(field, key)

    assert field.toPlainText() == "a"


@pytest.mark.parametrize(("commit", "text"), [("ñ", "ñ"), ("a whole sentence at a stroke", "")])
def test_an_input_method_may_bring_letters_and_no_sentences(
    qtbot: QtBot, commit: str, text: str
) -> None:
    field = TypingField("Type here", "")
    qtbot.addWidget(field)
    event = QInputMethodEvent()
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)

    assert field.toPlainText() == text


def test_enter_is_a_space_and_tab_leaves_the_field(guide: Guide) -> None:
    to_practice(guide)
    field = typing_field(guide)
    QTest.keyClicks(field, "a")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "b")
    QTest.keyClick(field, Qt.Key.Key_Tab)

    assert field.toPlainText() == "a b"
    assert guide.window.focusWidget() is not field


def test_when_the_time_is_over_what_was_typed_counts(guide: Guide) -> None:
    to_practice(guide)
    work = typing_work(guide)
    for letter in work.passage.text.replace(" ", "")[:101]:  # a space at the end would not count
        press_key(typing_field(guide), letter)
    assert work.began is not None
    work.began -= 121
    guide.qtbot.waitUntil(lambda: typing_field(guide).isReadOnly(), timeout=PATIENCE_MS)
    press_key(typing_field(guide), "x")
    assert "The time is over" in said(guide)
    guide.press("ready")
    skip(guide, Prompt.ARITHMETIC)
    skip(guide, Prompt.GRAMMAR)
    guide.wait("result")

    assert guide.journey.session is not None
    found = guide.journey.session.latest()["skills.typing_gross"]
    # 100 characters after the first are 20 words, in two minutes.
    assert getattr(found, "value", None) == 10


def test_a_change_of_language_in_the_middle_loses_nothing(guide: Guide) -> None:
    to_practice(guide)
    work = typing_work(guide)
    QTest.keyClicks(typing_field(guide), "Good")
    began = work.began
    before = guide.window.page
    guide.window.speak("de")
    guide.qtbot.waitUntil(lambda: guide.window.page is not before, timeout=PATIENCE_MS)
    QTest.keyClicks(typing_field(guide), " m")

    assert work.text == "Good m"
    assert work.began == began


def test_the_calm_bar_moves_every_quarter_of_a_minute_and_no_oftener() -> None:
    now = [0.0]
    work = TypingWork(passage=Passage(id="x", text="x"), seconds=120, clock=lambda: now[0])
    assert work.left == 120
    now[0] = 50
    assert work.left == 120, "before the first key nothing runs"
    assert work.take("x")
    now[0] = 171
    assert work.over
    assert not work.take("xy")
    assert work.result().seconds == 120
    assert not work.result().ended
