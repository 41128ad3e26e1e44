"""The questions: one at a time, every one may be left open, nothing that was said is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from readiness.model.measurement import EvidenceKind, Measurement
from readiness.model.week import parse_week
from tests.ui.seen import cut
from tests.ui.walk import settle
from ui.guide.week import WeekView
from ui.journey import Journey
from ui.theme import theme
from ui.widgets.rail import RailButton

if TYPE_CHECKING:
    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide

ORDER = [
    *("antivirus", "firewall", "line_type", "headset_corded"),
    *("quiet_room", "door", "childcare"),
    *("age_18", "right_to_work", "diploma", "background_check", "work_hours"),
]
"""Questions of the usual list by area: computer, line, headset, room, person."""


def _at(guide: Guide) -> str:
    return guide.journey.asked_at


def _next(guide: Guide) -> QAbstractButton:
    found = guide.window.findChild(QAbstractButton, "next")
    assert found is not None
    return found


def _idle(guide: Guide) -> None:
    """Wait until the worker has put everything on disk."""
    done: list[bool] = []
    guide.journey.runner.call(lambda: True, done.append, lambda _error: None)
    guide.qtbot.waitUntil(lambda: bool(done), timeout=20_000)


def test_questions_come_one_by_one_grouped_by_area(guide: Guide) -> None:
    guide.to_questions()
    seen = [_at(guide)]
    while not _next(guide).isHidden():
        guide.press("next")
        seen.append(_at(guide))
    assert seen == ORDER
    guide.press("back")
    assert _at(guide) == ORDER[-2]


def test_the_way_on_is_called_skip_until_there_is_an_answer(guide: Guide) -> None:
    guide.to_questions()
    button = _next(guide)
    assert button.text() == "Skip"
    guide.press("answer-yes")
    assert button.text() == "Next"
    guide.press("answer-open")
    assert button.text() == "Skip"
    assert guide.journey.answers == {}


def test_the_rail_leads_to_a_part_and_tells_how_far_it_is(guide: Guide) -> None:
    guide.to_questions()
    guide.press("part-room")
    assert _at(guide) == "quiet_room"
    guide.press("answer-yes")
    rail = guide.window.findChild(RailButton, "part-room")
    assert rail is not None
    assert rail.accessibleName() == "Room"
    assert rail.accessibleDescription() == "1 of 3 answered"


def test_enter_goes_on_and_at_the_end_to_the_result(guide: Guide) -> None:
    guide.to_questions()
    for _ in ORDER:
        assert guide.window.name == "questions"
        focused = guide.window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Return)
    guide.wait("result")


def test_a_double_click_turns_to_one_question_only(guide: Guide) -> None:
    guide.to_questions()
    button, left = _next(guide), Qt.MouseButton.LeftButton
    QTest.qWait(QApplication.doubleClickInterval() + 50)  # a page just shown may ignore clicks
    QTest.mouseClick(button, left)
    middle = QPointF(button.rect().center())
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        held = left if kind is QEvent.Type.MouseButtonDblClick else Qt.MouseButton.NoButton
        place = button.mapToGlobal(middle)
        event = QMouseEvent(kind, middle, place, left, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(button, event)
    assert _at(guide) == ORDER[1]


def test_the_week_becomes_a_declared_answer_that_is_judged(guide: Guide) -> None:
    guide.to_questions()
    guide.press("part-person")
    for _ in range(4):
        guide.press("next")
    guide.press("week-weekdays")
    guide.press("see-result")
    guide.wait("result")
    session, report = guide.journey.session, guide.journey.report
    assert session is not None
    assert report is not None
    hours = session.latest()["declared.work_hours"]
    assert isinstance(hours, Measurement)
    assert hours.value == parse_week("mon-fri 9-17").text()
    assert hours.evidence.kind is EvidenceKind.DECLARED
    verdicts = {one.requirement: one.verdict.value for one in report.findings}
    assert verdicts["hours-a-week"] == "pass"
    assert verdicts["weekend-hours"] == "fail"


def test_a_change_of_language_keeps_the_question_and_the_answers(guide: Guide) -> None:
    guide.to_questions()
    guide.journey.asked_at = "work_hours"
    guide.again()
    guide.press("week-evenings")
    guide.window.speak("de")
    guide.qtbot.waitUntil(
        lambda: any(
            label.text() == "Wann können Sie arbeiten?"
            for label in guide.window.findChildren(QLabel)
        ),
        timeout=5_000,
    )
    view = guide.window.centralWidget().findChild(WeekView)
    assert view is not None
    assert view.grid.week == parse_week("mon-fri 17-22")
    assert view.grid.cells.days[0] == 0


def test_a_killed_window_brings_the_answers_back(guide: Guide, engine: FakeEngine) -> None:
    """Nothing but the disk is left of the first window's journey."""
    guide.to_questions()
    guide.press("answer-yes")
    guide.press("part-room")
    guide.press("answer-no")
    guide.journey.asked_at = "work_hours"
    guide.again()
    guide.press("week-weekends")
    _idle(guide)

    (found,) = engine.unfinished()
    again = Journey(lambda: engine, guide.journey.reader, guide.window)
    again.profiles = guide.journey.profiles
    turned: list[str] = []
    again.turned.connect(turned.append)
    again.resume(found)

    assert turned == ["questions"]
    assert again.answers == {
        "antivirus": True,
        "quiet_room": False,
        "work_hours": parse_week("sat-sun 9-17").text(),
    }
    guide.journey.answers, guide.journey.asked_at = again.answers, again.asked_at
    guide.again()
    assert _at(guide) == "firewall"
    again.close()


def test_a_finished_check_is_no_longer_unfinished(guide: Guide, engine: FakeEngine) -> None:
    guide.to_questions()
    guide.press("answer-yes")
    guide.press("see-result")
    guide.wait("result")
    _idle(guide)
    assert engine.unfinished() == ()


def test_answers_that_cannot_be_stored_are_told(guide: Guide, engine: FakeEngine) -> None:
    guide.to_questions()
    engine._home = engine.home / "gone"
    engine.home.write_text("in the way", encoding="utf-8")
    guide.press("answer-yes")
    guide.qtbot.waitUntil(
        lambda: (
            (label := guide.window.findChild(QLabel, "answers-unkept")) is not None
            and "cannot" in label.text()
        ),
        timeout=5_000,
    )
    assert guide.journey.answers == {"antivirus": True}


def test_an_answer_can_be_given_again_from_the_result(guide: Guide) -> None:
    guide.to_result()
    guide.journey.redo(frozenset({"declared.door"}))
    guide.wait("questions")
    assert _at(guide) == "door"
    guide.press("answer-closes")
    guide.press("see-result")
    guide.wait("result")
    report = guide.journey.report
    assert report is not None
    verdicts = {one.requirement: one.verdict.value for one in report.findings}
    assert verdicts["door"] == "pass"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_question_is_cut_on_a_small_laptop(guide: Guide, scale: float) -> None:
    """Every question of the strict list and the week, in German, at 910 x 512 pixels."""
    before = theme.base.pointSizeF()
    theme.base.setPointSizeF(before * scale)
    try:
        guide.window.resize(QSize(910, 512))
        profiles = [p for p in guide.journey.profiles if p.id in ("corded-phone", "germany-eu")]
        guide.journey.plan = guide.journey.engine.plan([guide.journey.profiles[0], *profiles])
        guide.window.speak("de")
        for question in guide.journey.plan.questions:
            guide.journey.asked_at = question.id
            guide.window.turn("questions")
            settle()
            assert cut(guide.window) == [], question.id
    finally:
        theme.base.setPointSizeF(before)
