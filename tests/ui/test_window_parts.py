"""Single parts of the window: meters, the person's port, buttons, the crash hook."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from readiness.locale import Reader
from readiness.model.errors import Cancelled
from readiness.ports import Live, Prompt
from readiness.profiles import shipped
from tests.ui.walk import settle
from ui.guide.prompt import PromptView
from ui.language import QtWords
from ui.meters.keys import Keys
from ui.meters.level import LevelMeter
from ui.person import GuidedPerson, Step
from ui.trouble import CrashHook
from ui.widgets.button import Button
from ui.widgets.label import Label, ended_together
from ui.widgets.page import Scroller

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import Window


def test_a_meter_tells_its_level_to_assistive_technology(qtbot: QtBot) -> None:
    meter = LevelMeter("Level", (-36, -16))
    qtbot.addWidget(meter)
    meter.set_level(-25.4)
    seen = QAccessible.queryAccessibleInterface(meter)
    assert seen.role() is QAccessible.Role.ProgressBar
    assert seen.text(QAccessible.Text.Name) == "Level"
    assert seen.valueInterface().currentValue() == -25


@pytest.mark.parametrize(("level", "shown"), [(-200.0, -80), (12.0, 0)])
def test_a_meter_stays_within_its_ends(qtbot: QtBot, level: float, shown: int) -> None:
    meter = LevelMeter("Level", (-36, -16))
    qtbot.addWidget(meter)
    meter.set_level(level)
    assert meter.value() == shown


def test_a_scroller_has_as_many_parts_whether_it_scrolls_or_not(qtbot: QtBot) -> None:
    """A part that was counted, had gone, and was asked for ended the program: a fault of Qt."""
    content = QWidget()
    content.setMinimumHeight(50)
    scroller = Scroller(content)
    qtbot.addWidget(scroller)
    scroller.resize(200, 100)
    scroller.show()
    settle()
    short = QAccessible.queryAccessibleInterface(scroller).childCount()
    content.setMinimumHeight(500)
    qtbot.waitUntil(lambda: scroller.verticalScrollBar().maximum() > 0)
    settle()
    assert QAccessible.queryAccessibleInterface(scroller).childCount() == short


def test_enter_presses_a_button(qtbot: QtBot) -> None:
    button = Button("Go")
    qtbot.addWidget(button)
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("once"))
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == ["once"]


@pytest.mark.parametrize("go", [True, False])
def test_the_person_gives_the_first_answer(qtbot: QtBot, *, go: bool) -> None:
    stop = threading.Event()
    person = GuidedPerson(lambda: stop)
    answers: list[bool] = []
    worker = threading.Thread(target=lambda: answers.append(_ask(person)))
    with qtbot.waitSignal(person.asked, timeout=5_000):
        worker.start()
    person.answer(go=go)
    person.answer(go=not go)
    worker.join(5)
    assert answers == [go]


@pytest.mark.parametrize("how", ["stop", "release"])
def test_waiting_for_the_person_ends(qtbot: QtBot, how: str) -> None:
    stop = threading.Event()
    person = GuidedPerson(lambda: stop)
    ended: list[str] = []

    def wait() -> None:
        try:
            _ask(person)
        except Cancelled:
            ended.append("cancelled")

    worker = threading.Thread(target=wait)
    with qtbot.waitSignal(person.asked, timeout=5_000):
        worker.start()
    stop.set() if how == "stop" else person.release()
    worker.join(5)
    assert ended == ["cancelled"]


def test_a_fault_is_told_once_and_says_where_the_log_is(
    window: Window, caplog: pytest.LogCaptureFixture
) -> None:
    before = _boxes()
    hook = CrashHook(lambda: Reader("en"))
    for _ in range(2):
        hook(ZeroDivisionError, ZeroDivisionError(), None)
    boxes = [box for box in _boxes() if box.isVisible() and box not in before]
    assert len(boxes) == 1
    assert len(caplog.records) == 2
    for box in boxes:
        box.close()
    assert window.isVisible()


def test_qt_speaks_the_language_too(window: Window) -> None:
    words = QtWords()
    words.speak("de")
    try:
        cancel = QMessageBox(QMessageBox.Icon.NoIcon, "", "", QMessageBox.StandardButton.Cancel)
        assert cancel.button(QMessageBox.StandardButton.Cancel).text() == "Abbrechen"
    finally:
        words.speak("en")
    assert window.isVisible()


def _ask(person: GuidedPerson) -> bool:
    return person.ready(Prompt.READ_ALOUD, seconds=1, values={})


def _boxes() -> list[QMessageBox]:
    from PySide6.QtWidgets import QApplication

    return [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox)]


def test_boxes_of_a_code_fill_as_keys_are_heard(qtbot: QtBot) -> None:
    step = Step(prompt=Prompt.KEYPAD, seconds=30, values={"device": "Headset", "code": "402918"})
    view = PromptView(step, shipped()["corded-phone"], Reader("en"), asking=False)
    qtbot.addWidget(view)
    (keys,) = view.findChildren(Keys)

    view.take(Live(metric="phone.keypad_code", value=4, unit="", through=0.5))

    assert keys.text() == "4 / 6"
    assert keys.accessibleDescription() == "4 0 2 9 1 8"


def test_levels_that_are_shown_anew_end_with_the_newest(qtbot: QtBot) -> None:
    """As after a change of language, where all that came before is shown within a moment."""
    step = Step(prompt=Prompt.READ_ALOUD, seconds=30, values={"device": "Headset"})
    view = PromptView(step, shipped()["typical-voice"], Reader("en"), asking=False)
    qtbot.addWidget(view)
    for at, level in enumerate((-60.0, -40.0, -22.0)):
        view.take(Live(metric="voice.level", value=level, unit="dBov"), float(at))
    texts = [label.text() for label in view.findChildren(Label)]

    assert any("22" in text for text in texts)
    assert "good" in texts  # asked: -36 to -16 dB


def test_a_number_begins_where_one_begins_to_read(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    label = Label("42", role="text")
    qtbot.addWidget(label)
    label.resize(200, 40)
    ground = label.grab().toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    plain = ground.pixelColor(0, 0)
    inked = [x for x in range(200) if any(ground.pixelColor(x, y) != plain for y in range(40))]

    assert min(inked) > 150


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("with all else paused, that was it.", "with all else paused, that\u00a0was\u00a0it."),
        ("other downloads, then measure again.", "other downloads, then measure\u00a0again."),
        ("and then Geschwindigkeitsmessung.", "and then Geschwindigkeitsmessung."),
        ("word", "word"),
        ("", ""),
    ],
)
def test_no_short_word_stands_alone_at_the_end_of_a_paragraph(said: str, shown: str) -> None:
    assert ended_together(said) == shown
