"""The plan page: measuring longer, hosts alone, a clock that is wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from readiness.ports import Choices, Need
from readiness.profiles import parse_profile
from tests.ui.test_window_hosts import PROFILE

if TYPE_CHECKING:
    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide

AGREED = Choices(consent=frozenset({Need.NETWORK}), server="http://measure.example")


def _plan(guide: Guide, choices: Choices = AGREED) -> None:
    guide.to_plan()
    guide.journey.choices = choices
    guide.again()


def _texts(guide: Guide) -> list[str]:
    return [label.text() for label in guide.window.findChildren(QLabel)]


def _clock(guide: Guide) -> QWidget:
    card = guide.window.findChild(QWidget, "wrong-clock")
    assert card is not None
    return card


def test_a_check_is_quick_unless_more_is_asked_for(guide: Guide) -> None:
    _plan(guide)
    box = guide.window.findChild(QCheckBox, "thorough")

    assert box is not None
    assert not box.isChecked()
    assert any(text.startswith("17") or "17" in text[:4] for text in _texts(guide))


def test_measuring_longer_says_what_it_takes(guide: Guide) -> None:
    """32 s and 35 s: 67 s, said as 65."""
    _plan(guide)
    box = guide.window.findChild(QCheckBox, "thorough")

    assert box is not None
    assert "65 seconds" in box.text().replace("\u2068", "").replace("\u2069", "")
    assert "250" in box.text()


def test_measuring_longer_lengthens_the_plan_and_the_run(guide: Guide) -> None:
    _plan(guide)
    assert not any("32" in text for text in _texts(guide))
    guide.press("thorough")

    assert any("32" in text for text in _texts(guide))
    guide.press("start")
    guide.wait("run")
    assert guide.journey.plan is not None
    assert guide.journey.plan.choices.thorough
    assert guide.journey.state is not None
    assert guide.journey.state.thorough


def test_measuring_longer_is_remembered(guide: Guide) -> None:
    _plan(guide)
    guide.press("thorough")
    guide.again()
    box = guide.window.findChild(QCheckBox, "thorough")

    assert box is not None
    assert box.isChecked()


def test_hosts_alone_want_no_measuring_server(guide: Guide, engine: FakeEngine) -> None:
    guide.journey.choose(parse_profile(PROFILE, "x.toml"))
    _plan(guide, Choices())
    guide.press("consent-network")

    assert guide.window.findChild(QLineEdit, "server") is None
    assert guide.window.findChild(QCheckBox, "thorough") is None
    guide.press("start")
    guide.qtbot.waitUntil(lambda: guide.window.name == "result", timeout=20_000)
    assert engine.played == ["endpoints"]
    assert guide.journey.choices is not None
    assert guide.journey.choices.consent == {Need.NETWORK}


def test_a_wrong_clock_is_named_and_nothing_is_begun(guide: Guide, engine: FakeEngine) -> None:
    engine.moment = lambda: datetime(2009, 1, 1, tzinfo=UTC)
    _plan(guide)

    assert not _clock(guide).isHidden()
    assert any("2009-01-01" in text for text in _texts(guide))
    guide.press("start")
    assert guide.window.name == "plan"
    assert not guide.journey.runner.running


def test_a_clock_that_was_set_right_lets_the_check_begin(guide: Guide, engine: FakeEngine) -> None:
    engine.moment = lambda: datetime(2009, 1, 1, tzinfo=UTC)
    _plan(guide)
    engine.moment = lambda: datetime.now(UTC)
    guide.press("start")

    guide.wait("run")


def test_of_a_right_clock_nothing_is_said(guide: Guide) -> None:
    _plan(guide)

    assert _clock(guide).isHidden()
