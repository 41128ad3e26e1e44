"""At the recruiter's desk: what lies there, and what a recruiter sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLabel

from readiness.review.having import Having
from tests.fakes.trust import answer, invitation, profile, slow
from tests.ui.walk import settle, whole
from ui.review.page import ReviewPage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Guide
    from ui.review.reviewing import Reviewing

PATIENCE_MS = 20_000
ONE, TWO, THREE = invitation(), invitation(), invitation()


def heap_in(parent: Path) -> Path:
    """Ada is ready, Ben is slow, Cleo's file was changed, one file is no report."""
    folder = parent / "heap"
    folder.mkdir()
    (folder / "ada.json").write_bytes(answer(ONE))
    (folder / "ben.json").write_bytes(slow(TWO, 2.0))
    (folder / "cleo.json").write_bytes(answer(THREE).replace(b'"sig": "', b'"sig": "AAAA', 1))
    (folder / "other.json").write_bytes(b"{}")
    return folder


def desk(guide: Guide) -> Reviewing:
    return guide.journey.reviewing


def idle(guide: Guide) -> None:
    """Wait until everything that was asked of the desk is done, and its page is whole."""
    done: list[bool] = []
    desk(guide).runner.call(lambda: True, done.append, guide.journey.trouble.emit)
    guide.qtbot.waitUntil(
        lambda: bool(done) and not desk(guide).busy and whole(), timeout=PATIENCE_MS
    )


def page(guide: Guide) -> ReviewPage:
    found = guide.window.page
    assert isinstance(found, ReviewPage)
    return found


def names(guide: Guide) -> list[str]:
    """What stands in the first column, from top to bottom."""
    table = page(guide).table
    assert table is not None
    model = table.rows_model
    places = range(model.rowCount())
    return [str(model.data(model.index(place, 0))).removeprefix("heap/") for place in places]


def texts(guide: Guide) -> str:
    settle()
    found = guide.window.centralWidget().findChildren(QLabel)
    return "\n".join(label.text() for label in found if label.isVisible())


def read(guide: Guide, *paths: Path, having: Having | None = None) -> None:
    """Go to the desk and let it read."""
    desk(guide).start([str(path) for path in paths], having or Having(profile=profile()))
    guide.qtbot.waitUntil(lambda: desk(guide).heap is not None, timeout=PATIENCE_MS)
    idle(guide)


def choose(guide: Guide, name: str, code: str) -> None:
    """Choose something in one of the lists."""
    field = page(guide).findChild(QComboBox, name)
    assert field is not None
    place = field.findData(code)
    assert place >= 0
    field.setCurrentIndex(place)
    field.activated.emit(place)
