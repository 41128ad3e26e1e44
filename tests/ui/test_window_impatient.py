"""Hasty hands, hostile words, and computers on which nothing can be stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
)

from readiness.locale import Reader
from readiness.model.errors import StorageError
from readiness.ports import Choices, Need
from readiness.session import JournalFailed
from tests.ui.hand import click
from tests.ui.seen import painted_texts
from ui.meters.plot import Plot
from ui.trouble import NotKept, words
from ui.widgets.answer import AnswerCard
from ui.widgets.choice import ChoiceCard, Radio
from ui.widgets.native import handle
from ui.widgets.ring import wants_ring

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide


def test_a_click_shows_no_ring_and_a_key_does(guide: Guide) -> None:
    guide.to_result()
    row = guide.window.findChild(QAbstractButton, "row-upload")
    own = handle(guide.window)
    assert row is not None
    assert own is not None
    guide.window.activateWindow()
    guide.qtbot.waitUntil(guide.window.isActiveWindow, timeout=5_000)
    click(row, QPoint(20, 10))
    guide.qtbot.waitUntil(row.hasFocus, timeout=5_000)
    assert not wants_ring(row)
    QTest.keyClick(own, Qt.Key.Key_Tab)
    QTest.keyClick(own, Qt.Key.Key_Backtab)
    assert wants_ring(row)


@pytest.mark.parametrize("kind", [Radio, lambda text: ChoiceCard(text, "")])
def test_an_ampersand_in_foreign_words_is_no_shortcut(qtbot: QtBot, kind: type[Radio]) -> None:
    choice = kind("Q&A desk")
    qtbot.addWidget(choice)
    seen = QAccessible.queryAccessibleInterface(choice)
    assert choice.shortcut().isEmpty()
    assert seen.text(QAccessible.Text.Name) == "Q&A desk"


def test_the_chosen_microphone_survives_a_change_of_language(guide: Guide) -> None:
    guide.to_plan()
    guide.journey.choices = Choices(consent=frozenset({Need.MICROPHONE}))
    guide.again()
    select_microphone(guide, "7")
    guide.window.speak("de")
    guide.again()
    guide.again()
    guide.press("start")
    assert guide.journey.plan is not None
    assert guide.journey.plan.choices.input == "7"


def test_focus_and_open_rows_survive_a_change_of_appearance(guide: Guide) -> None:
    guide.to_result()
    button = guide.window.findChild(QPushButton, "appearance")
    assert button is not None
    guide.press("row-upload")
    opened = guide.window.page.opened() if guide.window.page else frozenset()
    button.setFocus()
    guide.again()
    assert guide.window.page is not None
    assert opened == frozenset()
    assert guide.window.page.opened() == opened
    assert guide.window.focusWidget().objectName() == "appearance"


def test_a_stopped_check_is_offered_on_the_first_page_at_once(guide: Guide) -> None:
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=20_000)
    guide.press("stop")
    guide.qtbot.waitUntil(lambda: not guide.journey.runner.running, timeout=5_000)
    guide.press("home")
    guide.wait("welcome")
    guide.qtbot.waitUntil(
        lambda: guide.window.findChild(QPushButton, "resume") is not None, timeout=5_000
    )


def test_after_stop_no_step_says_that_it_is_measuring(guide: Guide) -> None:
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=20_000)
    guide.press("stop")
    guide.qtbot.waitUntil(lambda: not guide.journey.runner.running, timeout=5_000)
    words = shown(guide)
    assert not {"your turn", "measuring now"} & set(words)
    assert not any("left" in word.split() for word in words)


def test_a_step_that_was_left_out_says_so(guide: Guide, engine: FakeEngine) -> None:
    engine.pace = 0.02
    guide.to_run()
    state = guide.journey.state
    assert state is not None
    guide.qtbot.waitUntil(lambda: state.current == "line_speed", timeout=20_000)
    guide.press("skip")
    guide.qtbot.waitUntil(lambda: state.current == "microphone", timeout=20_000)
    assert "skipped" in shown(guide)
    assert shown(guide).count("measuring now") <= 1


def test_a_change_of_language_does_not_read_all_outcomes_out_again(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=20_000)
    said: list[str] = []
    monkeypatch.setattr("ui.guide.run.announce", lambda _widget, text: said.append(text))
    guide.again()
    assert len(said) == 1
    assert said[0].startswith("Be quiet")


def test_what_cannot_be_stored_is_said_during_the_run(guide: Guide) -> None:
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=20_000)
    assert not any("lose what was measured" in words for words in shown(guide))
    guide.journey.runner.happened.emit(JournalFailed(reason="no space"))
    assert any("lose what was measured" in words for words in shown(guide))
    guide.press("stop")
    guide.qtbot.waitUntil(lambda: not guide.journey.runner.running, timeout=5_000)
    assert not any("is kept" in words for words in shown(guide))


def test_a_result_that_cannot_be_kept_is_told_as_just_that() -> None:
    said = words(NotKept(StorageError("cannot-write", "Not a directory")), Reader("en"))
    assert said is not None
    assert "could not be kept" in said[0]
    assert "Save the report" in said[1]
    assert "Not a directory" in said[1]
    assert "[cannot-write]" in said[1]


@pytest.mark.parametrize("folder", ["~nobody-of-that-name/x", "a" * 300, "/dev/null/x"])
def test_a_folder_that_cannot_be_is_told_and_may_be_tried_again(
    guide: Guide, tmp_path: Path, folder: str
) -> None:
    guide.to_result()
    guide.press("save-report")
    field = guide.window.findChild(QLineEdit, "folder")
    save = guide.window.findChild(QPushButton, "save")
    assert field is not None
    assert save is not None
    field.setText(folder)
    guide.press("save")
    guide.qtbot.waitUntil(save.isEnabled, timeout=20_000)
    assert guide.window.findChild(QLabel, "trouble") is None
    field.setText(str(tmp_path / "better"))
    guide.press("save")
    guide.qtbot.waitUntil(lambda: len(list((tmp_path / "better").glob("*"))) == 3, timeout=20_000)


def test_the_first_page_names_the_telephone_only_where_it_is_asked_about(guide: Guide) -> None:
    assert "Telephone" not in shown(guide)
    assert "Internet line" in shown(guide)
    corded = next(p for p in guide.journey.profiles if p.id == "corded-phone")
    guide.journey.choose(corded)
    guide.again()
    assert "Telephone" in shown(guide)


def test_a_saved_report_is_judged_against_its_own_list(guide: Guide, tmp_path: Path) -> None:
    strict = next(p for p in guide.journey.profiles if p.id == "strict-voice")
    guide.journey.choose(strict)
    guide.to_result()
    engine, report = guide.journey.engine, guide.journey.report
    assert report is not None
    engine.save(report, strict, tmp_path, formats=["json"], language="en")
    (path,) = tmp_path.glob("*.readiness.json")
    guide.journey.home()
    guide.journey.open_report(path)
    guide.wait("result")
    assert guide.journey.profile is not None
    assert guide.journey.profile.id == "strict-voice"


def test_the_names_of_columns_are_no_button(guide: Guide) -> None:
    guide.to_result()
    nameless = [
        button
        for button in guide.window.findChildren(QAbstractButton)
        if button.isVisible() and not button.text() and not button.accessibleName()
    ]
    assert nameless == []


def select_microphone(guide: Guide, device: str) -> None:
    """Wait until the microphones are listed, and choose one."""

    def listed() -> bool:
        select = guide.window.findChild(QComboBox, "microphones")
        return select is not None and select.findData(device) >= 0

    guide.qtbot.waitUntil(listed, timeout=20_000)
    select = guide.window.findChild(QComboBox, "microphones")
    assert select is not None
    select.setCurrentIndex(select.findData(device))


def shown(guide: Guide) -> list[str]:
    """Every text on the page."""
    QApplication.processEvents()
    labels = [label.text() for label in guide.window.findChildren(QLabel) if label.isVisible()]
    return [*labels, *painted_texts(guide.window)]


def test_the_live_curve_is_in_sight_on_a_small_screen(guide: Guide, engine: FakeEngine) -> None:
    engine.pace = 0.02
    guide.window.resize(910, 512)
    guide.to_run()
    guide.qtbot.waitUntil(lambda: guide.window.findChild(Plot) is not None, timeout=20_000)
    QApplication.processEvents()
    plot, page = guide.window.findChild(Plot), guide.window.page
    assert plot is not None
    assert page is not None
    low = plot.mapTo(page.scroller, plot.rect().bottomLeft()).y()
    assert low <= page.scroller.height()


def test_arrows_choose_an_answer_at_once(guide: Guide) -> None:
    guide.to_questions()
    guide.journey.asked_at = "quiet_room"
    guide.again()
    guide.qtbot.waitUntil(lambda: isinstance(guide.window.focusWidget(), AnswerCard), timeout=5_000)
    before = guide.window.focusWidget()
    assert isinstance(before, AnswerCard)
    assert before.isChecked()
    # Arrows lead to what lies above; only once the page is laid out does anything lie anywhere.
    guide.qtbot.waitUntil(before.isVisible, timeout=5_000)
    guide.qtbot.waitUntil(lambda: before.y() > 0, timeout=5_000)
    QTest.keyClick(before, Qt.Key.Key_Up)
    after = guide.window.focusWidget()
    assert isinstance(after, AnswerCard)
    assert after is not before
    assert after.isChecked()
    assert len(guide.journey.answers) == 1
