"""A person who practises: gets to each part, types, answers, skips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QPlainTextEdit,
    QWidget,
)

from readiness.ports import Need, Prompt
from tests.fakes.audio import FakeAudio, bursts
from tests.fakes.world import FakeWorld
from ui.practice import QuizWork, TypingWork

if TYPE_CHECKING:
    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide
    from ui.person import Step

PATIENCE_MS = 20_000
MICROPHONE = frozenset({Need.MICROPHONE})


def hear_somebody(engine: FakeEngine) -> None:
    """Let four takes be heard that are loud enough."""
    engine._world = FakeWorld(audio_port=FakeAudio(plays=[bursts(-26)] * 4))


def to_practice(guide: Guide, consent: frozenset[Need] = frozenset()) -> None:
    """From a finished check to the first part."""
    guide.to_result()
    guide.press("practise")
    guide.wait("plan")
    microphone = guide.window.findChild(QCheckBox, "consent-microphone")
    assert microphone is not None
    microphone.setChecked(Need.MICROPHONE in consent)
    guide.press("start")
    guide.wait("run")
    until_step(guide, Prompt.TYPE)


def until_step(guide: Guide, prompt: Prompt) -> Step:
    def there() -> bool:
        state = guide.journey.state
        return state is not None and state.step is not None and state.step.prompt is prompt

    guide.qtbot.waitUntil(there, timeout=PATIENCE_MS)
    state = guide.journey.state
    assert state is not None
    assert state.step is not None
    return state.step


def typing_work(guide: Guide) -> TypingWork:
    work = until_step(guide, Prompt.TYPE).work
    assert isinstance(work, TypingWork)
    return work


def quiz_work(guide: Guide, prompt: Prompt) -> QuizWork:
    work = until_step(guide, prompt).work
    assert isinstance(work, QuizWork)
    return work


def typing_field(guide: Guide) -> QPlainTextEdit:
    def seen() -> list[QPlainTextEdit]:
        found = guide.window.findChildren(QPlainTextEdit, "typing")
        return [field for field in found if field.isVisible()]

    guide.qtbot.waitUntil(lambda: bool(seen()), timeout=PATIENCE_MS)
    (field,) = seen()
    assert isinstance(field, QPlainTextEdit)
    return field


def visible(guide: Guide, name: str) -> QAbstractButton:
    def seen() -> list[QAbstractButton]:
        found = guide.window.findChildren(QAbstractButton, name)
        return [button for button in found if button.isVisible()]

    guide.qtbot.waitUntil(lambda: bool(seen()), timeout=PATIENCE_MS)
    (found,) = seen()
    assert isinstance(found, QAbstractButton)
    return found


def said(guide: Guide) -> str:
    labels = guide.window.findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


def press_key(widget: QWidget, letter: str, *, held: bool = False) -> None:
    """One key as the system brings it; a test of Qt's own types no accents."""
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, none, letter, held))


def skip(guide: Guide, prompt: Prompt) -> None:
    until_step(guide, prompt)
    guide.press("skip")


def answer_item(guide: Guide, work: QuizWork, *, right: bool) -> None:
    item = work.item
    place = next(n for n, choice in enumerate(item.choices) if (choice == item.right) is right)
    visible(guide, f"choice-{place}").click()
    guide.press("ready")
