"""Skills in the window: offered, typed, answered, heard, skipped; and never a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QMimeData, QSize, Qt
from PySide6.QtGui import QClipboard, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QWidget,
)

from readiness.model.practice import Passage
from readiness.ports import Need, Prompt
from tests.fakes.audio import FakeAudio, bursts
from tests.fakes.world import FakeWorld
from tests.ui.reached import nameless
from tests.ui.seen import cut
from tests.ui.walk import until
from ui.guide.hear import HearDialog
from ui.guide.run import RunPage
from ui.practice import QuizWork, TypingWork
from ui.theme import theme
from ui.widgets.typing import TypingField

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide
    from ui.person import Step

PATIENCE_MS = 20_000
MICROPHONE = frozenset({Need.MICROPHONE})


@pytest.fixture(autouse=True)
def _sound(engine: FakeEngine) -> None:
    engine._world = FakeWorld(audio_port=FakeAudio(plays=[bursts(-26)] * 4))


def _to_practice(guide: Guide, consent: frozenset[Need] = frozenset()) -> None:
    """From a finished check to the first part."""
    guide.to_result()
    guide.press("practise")
    guide.wait("plan")
    microphone = guide.window.findChild(QCheckBox, "consent-microphone")
    assert microphone is not None
    microphone.setChecked(Need.MICROPHONE in consent)
    guide.press("start")
    guide.wait("run")
    _until(guide, Prompt.TYPE)


def _until(guide: Guide, prompt: Prompt) -> Step:
    def there() -> bool:
        state = guide.journey.state
        return state is not None and state.step is not None and state.step.prompt is prompt

    guide.qtbot.waitUntil(there, timeout=PATIENCE_MS)
    state = guide.journey.state
    assert state is not None
    assert state.step is not None
    return state.step


def _typing(guide: Guide) -> TypingWork:
    work = _until(guide, Prompt.TYPE).work
    assert isinstance(work, TypingWork)
    return work


def _quiz(guide: Guide, prompt: Prompt) -> QuizWork:
    work = _until(guide, prompt).work
    assert isinstance(work, QuizWork)
    return work


def _field(guide: Guide) -> QPlainTextEdit:
    def seen() -> list[QPlainTextEdit]:
        found = guide.window.findChildren(QPlainTextEdit, "typing")
        return [field for field in found if field.isVisible()]

    guide.qtbot.waitUntil(lambda: bool(seen()), timeout=PATIENCE_MS)
    (field,) = seen()
    assert isinstance(field, QPlainTextEdit)
    return field


def _visible(guide: Guide, name: str) -> QAbstractButton:
    def seen() -> list[QAbstractButton]:
        found = guide.window.findChildren(QAbstractButton, name)
        return [button for button in found if button.isVisible()]

    guide.qtbot.waitUntil(lambda: bool(seen()), timeout=PATIENCE_MS)
    (found,) = seen()
    assert isinstance(found, QAbstractButton)
    return found


def _said(guide: Guide) -> str:
    labels = guide.window.findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


def _press_key(widget: QWidget, letter: str, *, held: bool = False) -> None:
    """One key as the system brings it; a test of Qt's own types no accents."""
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, none, letter, held))


def _skip(guide: Guide, prompt: Prompt) -> None:
    _until(guide, prompt)
    guide.press("skip")


# --- offered -------------------------------------------------------------------------------------


def test_skills_are_offered_and_never_planned_unasked(guide: Guide) -> None:
    guide.to_plan()
    box = guide.window.findChild(QCheckBox, "with-skills")
    assert box is not None
    assert not box.isChecked()
    plans = []
    for wished in (False, True, False):
        box.setChecked(wished)
        assert guide.journey.plan is not None
        plans.append("skills" in [probe.id for probe in guide.journey.plan.probes])

    assert plans == [False, True, False]


def test_the_language_to_practise_in_is_a_choice(guide: Guide) -> None:
    guide.to_plan()
    select = guide.window.findChild(QComboBox, "practice-language")
    assert select is not None
    names = [select.itemText(place) for place in range(select.count())]
    select.setCurrentIndex(names.index("Español"))

    assert names == ["Deutsch", "English", "Español"]
    assert guide.journey.choices is not None
    assert guide.journey.choices.language == "es"


def test_practising_afterwards_asks_for_the_microphone_and_can_be_left(guide: Guide) -> None:
    guide.to_result()
    guide.press("practise")
    guide.wait("plan")

    assert guide.window.findChild(QCheckBox, "consent-microphone") is not None
    assert guide.window.findChild(QCheckBox, "consent-network") is None
    guide.press("back")
    guide.wait("result")


# --- typing --------------------------------------------------------------------------------------


def test_the_time_begins_with_the_first_key(guide: Guide) -> None:
    _to_practice(guide)
    work = _typing(guide)
    before = work.began
    QTest.keyClicks(_field(guide), "Go")

    assert before is None
    assert work.began is not None
    assert work.text == "Go"


def test_pasted_text_does_not_count_and_that_is_said_kindly(guide: Guide) -> None:
    _to_practice(guide)
    work, field = _typing(guide), _field(guide)
    QTest.keyClicks(field, "Go")
    QApplication.clipboard().setText("pasted", QClipboard.Mode.Clipboard)
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    dropped = QMimeData()
    dropped.setText("dropped")
    field.insertFromMimeData(dropped)
    field.insertPlainText("by a program")

    assert field.toPlainText() == work.text == "Go"
    assert "Only what you type counts" in _said(guide)
    QTest.keyClicks(field, "od")
    assert work.text == "Good"
    assert "Only what you type counts" not in _said(guide)


def test_a_held_key_counts_once(guide: Guide) -> None:
    _to_practice(guide)
    field = _field(guide)
    _press_key(field, "a")
    for _ in range(30):
        _press_key(field, "a", held=True)

    assert field.toPlainText() == "a"
    assert "held down" in _said(guide)


def test_a_held_backspace_goes_on_deleting(guide: Guide) -> None:
    _to_practice(guide)
    field = _field(guide)
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
    _to_practice(guide)
    field = _field(guide)
    QTest.keyClicks(field, "a")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "b")
    QTest.keyClick(field, Qt.Key.Key_Tab)

    assert field.toPlainText() == "a b"
    assert guide.window.focusWidget() is not field


def test_when_the_time_is_over_what_was_typed_counts(guide: Guide) -> None:
    _to_practice(guide)
    work = _typing(guide)
    for letter in work.passage.text.replace(" ", "")[:101]:  # a space at the end would not count
        _press_key(_field(guide), letter)
    assert work.began is not None
    work.began -= 121
    guide.qtbot.waitUntil(lambda: _field(guide).isReadOnly(), timeout=PATIENCE_MS)
    _press_key(_field(guide), "x")
    assert "The time is over" in _said(guide)
    guide.press("ready")
    _skip(guide, Prompt.ARITHMETIC)
    _skip(guide, Prompt.GRAMMAR)
    guide.wait("result")

    assert guide.journey.session is not None
    found = guide.journey.session.latest()["skills.typing_gross"]
    # 100 characters after the first are 20 words, in two minutes.
    assert getattr(found, "value", None) == 10


def test_a_change_of_language_in_the_middle_loses_nothing(guide: Guide) -> None:
    _to_practice(guide)
    work = _typing(guide)
    QTest.keyClicks(_field(guide), "Good")
    began = work.began
    before = guide.window.page
    guide.window.speak("de")
    guide.qtbot.waitUntil(lambda: guide.window.page is not before, timeout=PATIENCE_MS)
    QTest.keyClicks(_field(guide), " m")

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


# --- items ---------------------------------------------------------------------------------------


def _answer(guide: Guide, work: QuizWork, *, right: bool) -> None:
    item = work.item
    place = next(n for n, choice in enumerate(item.choices) if (choice == item.right) is right)
    _visible(guide, f"choice-{place}").click()
    guide.press("ready")


def test_items_are_explained_and_counted(guide: Guide) -> None:
    _to_practice(guide)
    _skip(guide, Prompt.TYPE)
    work = _quiz(guide, Prompt.ARITHMETIC)
    assert not _visible(guide, "ready").isEnabled()
    for number in range(8):
        item = work.item
        _answer(guide, work, right=number > 1)
        assert item.why in _said(guide)
        assert ("Right." in _said(guide)) is (number > 1)
        guide.press("ready")
    _skip(guide, Prompt.GRAMMAR)
    guide.wait("result")

    assert guide.journey.session is not None
    found = guide.journey.session.latest()["skills.arithmetic"]
    assert getattr(found, "value", None) == 75
    guide.qtbot.waitUntil(lambda: "For yourself: skills" in _said(guide), timeout=PATIENCE_MS)


def test_arrows_choose_and_enter_answers(guide: Guide) -> None:
    _to_practice(guide)
    _skip(guide, Prompt.TYPE)
    work = _quiz(guide, Prompt.ARITHMETIC)
    first = _visible(guide, "choice-0")
    guide.window.activateWindow()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)

    assert work.chosen == work.item.choices[1]
    focused = guide.window.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert work.answers == [work.items[0].choices[1]]
    assert work.explaining


def test_the_step_that_is_shown_is_held_on_to(guide: Guide) -> None:
    """Else the next one may get its id, and is taken for one that is shown already."""
    _to_practice(guide)
    step = _until(guide, Prompt.TYPE)

    assert isinstance(guide.window.page, RunPage)
    assert guide.window.page._held is step


def test_a_gap_is_read_as_a_word(guide: Guide) -> None:
    _to_practice(guide)
    _skip(guide, Prompt.TYPE)
    _skip(guide, Prompt.ARITHMETIC)
    work = _quiz(guide, Prompt.GRAMMAR)

    assert "___" not in _visible(guide, "choice-0").accessibleDescription()
    names = {label.accessibleName() for label in guide.window.findChildren(QLabel)}
    assert work.item.spoken in names


def test_a_double_click_on_the_button_skips_no_explanation(guide: Guide) -> None:
    _to_practice(guide)
    _skip(guide, Prompt.TYPE)
    work = _quiz(guide, Prompt.ARITHMETIC)
    _visible(guide, "choice-0").click()
    button = _visible(guide, "ready")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)

    assert work.number == 1
    assert work.explaining


# --- the greeting --------------------------------------------------------------------------------


def _to_greeting(guide: Guide) -> None:
    _to_practice(guide, MICROPHONE)
    for prompt in (Prompt.TYPE, Prompt.ARITHMETIC, Prompt.GRAMMAR):
        _skip(guide, prompt)
    _until(guide, Prompt.GREETING)


def test_the_greeting_has_a_sheet_is_heard_and_recorded_again(guide: Guide) -> None:
    _to_greeting(guide)
    guide.qtbot.waitUntil(lambda: "Name the company" in _said(guide), timeout=PATIENCE_MS)
    for again in ("again", "go-on"):
        guide.press("ready")
        guide.qtbot.waitUntil(
            lambda: bool(guide.asked() and _until(guide, Prompt.GREETING).options),
            timeout=PATIENCE_MS,
        )
        _visible(guide, "hear").click()
        (dialog,) = [d for d in guide.window.findChildren(HearDialog) if d.isVisible()]
        dialog.reject()
        _visible(guide, f"answer-{again}").click()
        if again == "again":
            guide.qtbot.waitUntil(
                lambda: guide.asked() and not _until(guide, Prompt.GREETING).options,
                timeout=PATIENCE_MS,
            )
    guide.wait("result")

    assert guide.journey.recording is not None
    assert guide.journey.recording.samples.size / guide.journey.recording.rate == 12


def test_stop_in_the_middle_keeps_what_was_found(guide: Guide) -> None:
    _to_practice(guide)
    work = _typing(guide)
    for letter in work.passage.text[:80]:
        _press_key(_field(guide), letter)
    assert work.began is not None
    work.began -= 20
    guide.press("ready")
    _until(guide, Prompt.ARITHMETIC)
    guide.press("stop")
    guide.qtbot.waitUntil(lambda: not guide.journey.runner.running, timeout=PATIENCE_MS)

    assert guide.journey.session is not None
    assert getattr(guide.journey.session.latest()["skills.typing_net"], "value", 0) > 0


def test_everything_skipped_leaves_the_result_as_it_was(guide: Guide) -> None:
    _to_practice(guide)
    for prompt in (Prompt.TYPE, Prompt.ARITHMETIC, Prompt.GRAMMAR):
        _skip(guide, prompt)
    guide.wait("result")

    guide.qtbot.waitUntil(lambda: bool(_said(guide)), timeout=PATIENCE_MS)
    assert "For yourself: skills" not in _said(guide)


# --- how it looks --------------------------------------------------------------------------------


PARTS = (Prompt.TYPE, Prompt.ARITHMETIC, Prompt.GRAMMAR, Prompt.GREETING)


def _to_part(guide: Guide, part: Prompt) -> None:
    _to_practice(guide, MICROPHONE)
    for prompt in PARTS[: PARTS.index(part)]:
        _skip(guide, prompt)
    _until(guide, part)
    if part in (Prompt.ARITHMETIC, Prompt.GRAMMAR):
        _answer(guide, _quiz(guide, part), right=False)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("part", PARTS)
def test_no_text_is_cut_on_a_small_screen(guide: Guide, part: Prompt, scale: float) -> None:
    before = theme.base.pointSizeF()
    theme.base.setPointSizeF(before * scale)
    try:
        guide.window.resize(QSize(910, 512))
        _to_part(guide, part)
        guide.again()
        until(lambda: not cut(guide.window))
        assert cut(guide.window) == []
    finally:
        theme.base.setPointSizeF(before)


@pytest.mark.parametrize("part", PARTS)
def test_everything_that_takes_the_focus_has_a_name(guide: Guide, part: Prompt) -> None:
    _to_part(guide, part)
    assert nameless(guide.window) == []


def test_the_field_is_in_sight_on_a_small_screen(guide: Guide) -> None:
    guide.window.resize(QSize(910, 512))
    _to_practice(guide)
    page = guide.window.page
    assert page is not None

    def seen() -> bool:
        field, view = _field(guide), page.scroller.viewport()
        top = field.mapTo(view, field.rect().topLeft()).y()
        return top >= 0 and top + field.height() <= view.height()

    guide.qtbot.waitUntil(seen, timeout=PATIENCE_MS)
