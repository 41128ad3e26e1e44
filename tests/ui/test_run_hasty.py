"""Double clicks while it measures: the second press lands where another button has come to lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton

if TYPE_CHECKING:
    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide
    from ui.progress import RunState

PATIENCE_MS = 20_000
LEFT = Qt.MouseButton.LeftButton


def _state(guide: Guide) -> RunState:
    state = guide.journey.state
    assert state is not None
    return state


def _press_again(guide: Guide, name: str) -> None:
    """The second press of a double click, on the button that lies there now."""
    button = guide.window.findChild(QPushButton, name)
    assert button is not None
    assert button.isVisible()
    assert button.isEnabled()
    middle = QPointF(button.rect().center())
    place = button.mapToGlobal(middle)
    for kind, held in (
        (QEvent.Type.MouseButtonDblClick, LEFT),
        (QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
    ):
        event = QMouseEvent(kind, middle, place, LEFT, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(button, event)


def test_who_is_ready_twice_does_not_stop(guide: Guide, engine: FakeEngine) -> None:
    """Stop comes to lie where "I am ready" was."""
    engine.pace = 0.05
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=PATIENCE_MS)
    guide.press("ready")
    _press_again(guide, "stop")

    assert not _state(guide).stopped


def test_who_stops_twice_does_not_go_on(guide: Guide) -> None:
    """Go on comes to lie where Stop was."""
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=PATIENCE_MS)
    guide.press("stop")
    guide.qtbot.waitUntil(lambda: not guide.journey.runner.running, timeout=PATIENCE_MS)
    _press_again(guide, "go-on")

    assert _state(guide).stopped


def test_who_skips_twice_skips_one_step(guide: Guide, engine: FakeEngine) -> None:
    engine.pace = 0.05
    guide.to_run()
    state = _state(guide)
    guide.qtbot.waitUntil(lambda: state.current == "line_call", timeout=PATIENCE_MS)
    guide.press("skip")
    guide.qtbot.waitUntil(lambda: state.current == "line_speed", timeout=PATIENCE_MS)
    _press_again(guide, "skip")

    assert state.skipped == {"line_call"}
