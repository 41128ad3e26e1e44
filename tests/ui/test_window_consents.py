"""What was agreed to can be looked at and taken back, in a run and afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from readiness.model.errors import FailureCode
from readiness.ports import Choices, Need

if TYPE_CHECKING:
    from readiness.model.measurement import Session
    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide

PATIENCE_MS = 20_000
BOTH = Choices(consent=frozenset({Need.NETWORK, Need.MICROPHONE}), server="http://measure.example")


def _dialog(guide: Guide) -> QDialog:
    guide.press("agreed")
    (dialog,) = guide.window.findChildren(QDialog, "agreed-to")
    return dialog


def _take_back(guide: Guide, need: Need) -> str:
    """Take it back in the dialog; what the dialog says then."""
    dialog = _dialog(guide)
    button = dialog.findChild(QPushButton, f"take-back-{need.value}")
    assert button is not None
    button.click()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()
    return said


def _open(session: Session | None) -> set[Need]:
    assert session is not None
    return {one.need for one in session.agreed if one.open}


def test_the_dialog_says_to_whom_and_since_when(guide: Guide, engine: FakeEngine) -> None:
    engine.pace = 0.05
    guide.to_run(BOTH)
    said = " ".join(label.text() for label in _dialog(guide).findChildren(QLabel))

    assert "readiness serve: Run by whoever asks you to be checked." in said
    assert "Listening to the microphone" in said
    assert "Since " in said


def test_the_line_taken_back_ends_at_once_and_the_rest_goes_on(
    guide: Guide, engine: FakeEngine
) -> None:
    engine.pace = 0.05
    guide.to_run(BOTH)
    state = guide.journey.state
    assert state is not None
    guide.qtbot.waitUntil(lambda: state.current == "line_call", timeout=PATIENCE_MS)
    said = _take_back(guide, Need.NETWORK)
    assert "Taken back" in said
    guide.qtbot.waitUntil(guide.asked, timeout=PATIENCE_MS)

    assert "line_speed" not in engine.played
    for name in ("line_call", "line_speed"):
        assert {failure.failure for failure in state.runs[name].failures} == {FailureCode.SKIPPED}
    assert state.current == "microphone"


def test_the_microphone_taken_back_while_it_waits_leads_on(guide: Guide) -> None:
    guide.to_run(BOTH)
    guide.qtbot.waitUntil(guide.asked, timeout=PATIENCE_MS)
    _take_back(guide, Need.MICROPHONE)
    guide.wait("questions")

    assert _open(guide.journey.session) == {Need.NETWORK}


def test_taken_back_before_its_turn_it_is_not_begun(guide: Guide, engine: FakeEngine) -> None:
    engine.pace = 0.02
    guide.to_run(BOTH)
    _take_back(guide, Need.MICROPHONE)
    guide.wait("questions")

    assert "microphone" not in engine.played
    assert "line_speed" in engine.played


def test_taken_back_afterwards_it_is_in_the_report_and_in_the_archive(
    guide: Guide, engine: FakeEngine
) -> None:
    guide.to_result()
    _take_back(guide, Need.MICROPHONE)
    journey = guide.journey
    guide.qtbot.waitUntil(
        lambda: journey.report is not None and _open(journey.report.session) == {Need.NETWORK},
        timeout=PATIENCE_MS,
    )
    assert journey.session is not None
    assert _open(engine.archived_session(journey.session.id)) == {Need.NETWORK}
    assert journey.choices is not None
    assert journey.choices.consent == {Need.NETWORK}


def test_a_report_that_was_opened_offers_nothing_to_take_back(guide: Guide) -> None:
    guide.to_result()
    guide.journey.measured = "another"

    assert not _dialog(guide).findChildren(QPushButton, "take-back-network")


@pytest.mark.parametrize("need", list(Need))
def test_taking_back_twice_is_harmless(guide: Guide, need: Need) -> None:
    guide.to_result()
    for _ in range(2):
        guide.journey.take_back(need)

    assert need not in _open(guide.journey.session)
