"""An employer at the window: finds fields by their names, types, waits for what comes of it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, TypeVar

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from readiness.trust.inviting import Inviting, KeyFiles
from tests.fakes.trust import MADE, PROFILE, answer, invitation, rate, session
from tests.ui.walk import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.ui.conftest import Guide
    from ui.employer.drafting import Drafting
    from ui.employer.inviting import Inviting as State

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 20_000
PASSPHRASE = "four words nobody guesses"


def keys_in(folder: Path) -> KeyFiles:
    """New keys on disk."""
    return Inviting(lambda: MADE).make_keys(folder, "Acme", PASSPHRASE)


def list_in(folder: Path) -> Path:
    """An employer's list on disk."""
    path = folder / "acme.toml"
    path.write_bytes(PROFILE)
    return path


def report_with(download: float, number: int) -> bytes:
    """A signed report of a check that found this speed, in Mbit/s."""
    found = invitation()
    honest = session(found)
    line = msgspec.structs.replace(
        honest.runs[0],
        measurements=(rate("line.download", download), honest.runs[0].measurements[1]),
    )
    return answer(found, id=f"{number:032x}", runs=(line, *honest.runs[1:]))


@contextlib.contextmanager
def no_room_for(size: int) -> Iterator[None]:
    """A disk that takes no file of more than so many bytes; not on Windows."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


class Employer:
    """Goes to the employer's pages and works there."""

    def __init__(self, guide: Guide) -> None:
        self.guide, self.window, self.journey = guide, guide.window, guide.journey

    @property
    def inviting(self) -> State:
        """The state behind the page ``invite``."""
        return self.journey.employer.inviting

    @property
    def drafting(self) -> Drafting:
        """The state behind the page ``requirements``."""
        return self.journey.employer.drafting

    def go(self, button: str, page: str) -> None:
        """From the first page to one of the employer's."""
        self.guide.press("for-employers")
        self.guide.wait("employer")
        settle()
        self.guide.press(button)
        self.guide.wait(page)
        settle()

    def find(self, kind: type[W], name: str) -> W:
        """A widget of the page, or of the dialog before it."""
        found = self.window.centralWidget().findChild(kind, name)
        found = found or self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def type(self, name: str, words: str) -> None:
        """Put something else into a field, by the keyboard."""
        field = self.find(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Backspace)
        QTest.keyClicks(field, words)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        self.guide.qtbot.waitUntil(lambda: bool(holds()), timeout=PATIENCE_MS)
        settle()

    def drained(self) -> None:
        """Wait until everything that was asked of the worker is done."""
        done: list[bool] = []
        self.journey.runner.call(lambda: True, done.append, self.journey.trouble.emit)
        self.until(lambda: done)

    def said(self) -> str:
        """Everything that can be read on the page."""
        labels = self.window.centralWidget().findChildren(QLabel)
        return "\n".join(one.text().replace("\u200b", "") for one in labels if one.isVisible())

    def fault(self, name: str) -> str:
        """What stands under a field as wrong."""
        label = self.find(QLabel, f"{name}-fault")
        return label.text() if not label.isHidden() else ""
