"""Skills in the window: offered, answered, heard, skipped; and never a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel

from readiness.ports import Prompt
from tests.ui.hand import click_twice
from tests.ui.practising import (
    MICROPHONE,
    PATIENCE_MS,
    answer_item,
    hear_somebody,
    press_key,
    quiz_work,
    said,
    skip,
    to_practice,
    typing_field,
    typing_work,
    until_step,
    visible,
)
from tests.ui.reached import nameless
from tests.ui.seen import cut
from tests.ui.walk import until
from ui.guide.hear import HearDialog
from ui.guide.run import RunPage
from ui.theme import theme

if TYPE_CHECKING:
    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide


@pytest.fixture(autouse=True)
def _sound(engine: FakeEngine) -> None:
    hear_somebody(engine)


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


# --- items ---------------------------------------------------------------------------------------


def test_items_are_explained_and_counted(guide: Guide) -> None:
    to_practice(guide)
    skip(guide, Prompt.TYPE)
    work = quiz_work(guide, Prompt.ARITHMETIC)
    assert not visible(guide, "ready").isEnabled()
    for number in range(8):
        item = work.item
        answer_item(guide, work, right=number > 1)
        assert item.why in said(guide)
        assert ("Right." in said(guide)) is (number > 1)
        guide.press("ready")
    skip(guide, Prompt.GRAMMAR)
    guide.wait("result")

    assert guide.journey.session is not None
    found = guide.journey.session.latest()["skills.arithmetic"]
    assert getattr(found, "value", None) == 75
    guide.qtbot.waitUntil(lambda: "For yourself: skills" in said(guide), timeout=PATIENCE_MS)


def test_arrows_choose_and_enter_answers(guide: Guide) -> None:
    to_practice(guide)
    skip(guide, Prompt.TYPE)
    work = quiz_work(guide, Prompt.ARITHMETIC)
    first = visible(guide, "choice-0")
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
    to_practice(guide)
    step = until_step(guide, Prompt.TYPE)

    assert isinstance(guide.window.page, RunPage)
    assert guide.window.page._held is step


def test_a_gap_is_read_as_a_word(guide: Guide) -> None:
    to_practice(guide)
    skip(guide, Prompt.TYPE)
    skip(guide, Prompt.ARITHMETIC)
    work = quiz_work(guide, Prompt.GRAMMAR)

    assert "___" not in visible(guide, "choice-0").accessibleDescription()
    names = {label.accessibleName() for label in guide.window.findChildren(QLabel)}
    assert work.item.spoken in names


def test_a_double_click_on_the_button_skips_no_explanation(guide: Guide) -> None:
    to_practice(guide)
    skip(guide, Prompt.TYPE)
    work = quiz_work(guide, Prompt.ARITHMETIC)
    visible(guide, "choice-0").click()
    button = visible(guide, "ready")
    click_twice(button)

    assert work.number == 1
    assert work.explaining


# --- the greeting --------------------------------------------------------------------------------


def to_greeting(guide: Guide) -> None:
    to_practice(guide, MICROPHONE)
    for prompt in (Prompt.TYPE, Prompt.ARITHMETIC, Prompt.GRAMMAR):
        skip(guide, prompt)
    until_step(guide, Prompt.GREETING)


def test_the_greeting_has_a_sheet_is_heard_and_recorded_again(guide: Guide) -> None:
    to_greeting(guide)
    guide.qtbot.waitUntil(lambda: "Name the company" in said(guide), timeout=PATIENCE_MS)
    for again in ("again", "go-on"):
        guide.press("ready")
        guide.qtbot.waitUntil(
            lambda: bool(guide.asked() and until_step(guide, Prompt.GREETING).options),
            timeout=PATIENCE_MS,
        )
        visible(guide, "hear").click()
        (dialog,) = [d for d in guide.window.findChildren(HearDialog) if d.isVisible()]
        dialog.reject()
        visible(guide, f"answer-{again}").click()
        if again == "again":
            guide.qtbot.waitUntil(
                lambda: guide.asked() and not until_step(guide, Prompt.GREETING).options,
                timeout=PATIENCE_MS,
            )
    guide.wait("result")

    assert guide.journey.recording is not None
    assert guide.journey.recording.samples.size / guide.journey.recording.rate == 12


def test_stop_in_the_middle_keeps_what_was_found(guide: Guide) -> None:
    to_practice(guide)
    work = typing_work(guide)
    for letter in work.passage.text[:80]:
        press_key(typing_field(guide), letter)
    assert work.began is not None
    work.began -= 20
    guide.press("ready")
    until_step(guide, Prompt.ARITHMETIC)
    guide.press("stop")
    guide.qtbot.waitUntil(lambda: not guide.journey.runner.running, timeout=PATIENCE_MS)

    assert guide.journey.session is not None
    assert getattr(guide.journey.session.latest()["skills.typing_net"], "value", 0) > 0


def test_everything_skipped_leaves_the_result_as_it_was(guide: Guide) -> None:
    to_practice(guide)
    for prompt in (Prompt.TYPE, Prompt.ARITHMETIC, Prompt.GRAMMAR):
        skip(guide, prompt)
    guide.wait("result")

    guide.qtbot.waitUntil(lambda: bool(said(guide)), timeout=PATIENCE_MS)
    assert "For yourself: skills" not in said(guide)


# --- how it looks --------------------------------------------------------------------------------


PARTS = (Prompt.TYPE, Prompt.ARITHMETIC, Prompt.GRAMMAR, Prompt.GREETING)


def _to_part(guide: Guide, part: Prompt) -> None:
    to_practice(guide, MICROPHONE)
    for prompt in PARTS[: PARTS.index(part)]:
        skip(guide, prompt)
    until_step(guide, part)
    if part in (Prompt.ARITHMETIC, Prompt.GRAMMAR):
        answer_item(guide, quiz_work(guide, part), right=False)


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
    to_practice(guide)
    page = guide.window.page
    assert page is not None

    def seen() -> bool:
        field, view = typing_field(guide), page.scroller.viewport()
        top = field.mapTo(view, field.rect().topLeft()).y()
        return top >= 0 and top + field.height() <= view.height()

    guide.qtbot.waitUntil(seen, timeout=PATIENCE_MS)
