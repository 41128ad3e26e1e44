"""Windows without a screen: offscreen, a home of its own, the fake engine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = os.environ.get("READINESS_TEST_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from readiness.ports import Choices, Need
from tests.fakes.engine import FakeEngine
from tests.ui.another import keep_another
from tests.ui.at_the_desk import heap_in
from tests.ui.imports import Watched
from tests.ui.walk import settle, whole
from ui.app import prepare
from ui.settings import Settings
from ui.theme import Appearance
from ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from readiness.model.measurement import Session

AGREED = Choices(
    consent=frozenset({Need.NETWORK, Need.MICROPHONE}), server="http://measure.example"
)
PATIENCE_MS = 20_000


@pytest.fixture(autouse=True)
def let_go() -> Iterator[None]:
    """No mouse button is left held: the tests after it would press it too."""
    yield
    assert QApplication.mouseButtons() == Qt.MouseButton.NoButton


@pytest.fixture(autouse=True)
def loaded_here() -> Iterator[None]:
    """Nothing that reaches Qt is loaded on another thread: that ends the program now and then."""
    with Watched() as watched:
        yield
    assert watched.found == []


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Settings, journals and archive go here."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    return tmp_path


@pytest.fixture
def engine(home: Path) -> FakeEngine:
    """Everything real but the measuring."""
    return FakeEngine(home / "data")


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """What applicants sent."""
    return heap_in(tmp_path)


@pytest.fixture
def window(qtbot: QtBot, engine: FakeEngine, home: Path) -> Iterator[Window]:  # noqa: ARG001 - first the home
    """The window, English and light, with the profiles loaded."""
    settings = Settings()
    settings.language, settings.appearance = "en", Appearance.LIGHT
    prepare(settings)
    window = Window(lambda: engine, settings)
    qtbot.addWidget(window)
    window.show()
    window.begin()
    qtbot.waitUntil(lambda: bool(window.journey.profiles) and whole(), timeout=PATIENCE_MS)
    yield window
    window.close()
    QApplication.processEvents()


@pytest.fixture
def guide(window: Window, qtbot: QtBot) -> Guide:
    """A person who knows their way through the guide."""
    return Guide(window, qtbot)


class Guide:
    """Acts as a person: finds things by their object names, presses them, waits for pages."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window, self.journey, self.qtbot = window, window.journey, qtbot

    def press(self, name: str) -> None:
        """Press the button of that name on the present page, once it is whole."""
        from PySide6.QtWidgets import QAbstractButton

        self.qtbot.waitUntil(whole, timeout=PATIENCE_MS)

        # Pages that are over still hang on the window until the event loop deletes them.
        present = self.window.centralWidget().findChild(QAbstractButton, name)
        button = present or self.window.findChild(QAbstractButton, name)
        assert button is not None, name
        assert button.isEnabled(), name
        button.click()

    def wait(self, page: str) -> None:
        """Wait for a page, and until what is shown is whole: a run may be over by then."""
        self.qtbot.waitUntil(lambda: self.window.name == page, timeout=PATIENCE_MS)
        self.qtbot.waitUntil(whole, timeout=PATIENCE_MS)

    def to_plan(self) -> None:
        """Go on from the first page."""
        self.press("check")
        self.wait("plan")

    def to_run(self, choices: Choices = AGREED) -> None:
        """Agree and start."""
        self.to_plan()
        self.journey.choices = choices
        self.again()
        self.press("start")
        self.wait("run")

    def again(self) -> None:
        """Build the page anew; the old one is gone before anything is looked for."""
        self.window.again()
        settle()

    def speak(self) -> None:
        """Take part in both guided steps."""
        for _ in range(2):
            self.qtbot.waitUntil(self.asked, timeout=PATIENCE_MS)
            self.press("ready")

    def asked(self) -> bool:
        """Whether a guided step waits."""
        state = self.journey.state
        return state is not None and state.step is not None

    def to_questions(self) -> None:
        """Measure everything."""
        self.to_run()
        self.speak()
        self.wait("questions")

    def to_result(self) -> None:
        """Measure everything and answer nothing."""
        self.to_questions()
        self.press("see-result")
        self.wait("result")

    def to_share(self) -> None:
        """See what would be saved."""
        self.to_result()
        self.press("save-report")
        self.wait("share")
        self.drafted()

    def drafted(self) -> None:
        """Wait until the files are put together."""
        self.qtbot.waitUntil(lambda: self.journey.sharing.draft is not None, timeout=PATIENCE_MS)

    def kept(self, name: str, upload: float, minutes: int) -> Session:
        """Another finished check in the archive: the present one, later, on another line."""
        return keep_another(self.journey, name, upload=upload, minutes=minutes)

    def compare_with_another(self) -> None:
        """Compare the present check with a later one."""
        session = self.journey.session
        assert session is not None
        other = self.kept("ab" * 16, 24.6, 5)
        self.journey.history.picked = (other.id, session.id)
        self.journey.history.compare("typical-voice")
        self.wait("compare")
