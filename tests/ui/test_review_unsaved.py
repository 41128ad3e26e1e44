"""A note that was typed is never lost without a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMessageBox, QPlainTextEdit

from readiness.desk_archive.remarks import Decision, Written
from tests.ui.at_the_desk import PATIENCE_MS, desk, idle, read, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.conftest import Guide

THEIRS = Written(decision=Decision.REJECT, note="too slow", who="Max")


@pytest.fixture
def writing(guide: Guide, heap: Path) -> Iterator[Guide]:
    """Somebody has typed a note at the first report."""
    read(guide, heap)
    desk(guide).open(0)
    guide.wait("applicant")
    guide.press("keep-report")
    guide.qtbot.waitUntil(lambda: _area(guide) is not None, timeout=PATIENCE_MS)
    idle(guide)
    area = _area(guide)
    assert area is not None
    area.setPlainText("A quiet room.")
    yield guide
    desk(guide).shelving.drafts.clear()  # else the window asks again


def _area(guide: Guide) -> QPlainTextEdit | None:
    return guide.window.centralWidget().findChild(QPlainTextEdit, "note-text")


def question(guide: Guide) -> QMessageBox:
    """What is asked."""
    found = [one for one in guide.window.findChildren(QMessageBox) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def answer(guide: Guide, name: str) -> None:
    """Press a button of the question."""
    box = question(guide)
    button = next(one for one in box.buttons() if one.objectName() == name)
    button.click()
    idle(guide)


def kept(guide: Guide) -> list[str]:
    """The notes at the first report, the newest first."""
    heap = desk(guide).heap
    assert heap is not None
    history = desk(guide).shelving.archive().history(heap.rows[0].digest)
    return [one.written.note for one in history]


@pytest.mark.parametrize("way", ["back", "next"])
def test_leaving_the_report_asks_first_and_nothing_is_turned_meanwhile(
    writing: Guide, way: str
) -> None:
    writing.press(way)

    assert question(writing).text() == "Save your note?"
    answer(writing, "keep")
    assert writing.window.name == "applicant"
    assert desk(writing).opened is not None
    assert desk(writing).opened.number == 0  # type: ignore[union-attr]  # just asked
    area = _area(writing)
    assert area is not None
    assert area.toPlainText() == "A quiet room."


def test_a_note_is_saved_on_leaving(writing: Guide) -> None:
    writing.press("back")
    answer(writing, "do")
    writing.wait("review")

    assert kept(writing) == ["A quiet room."]
    assert desk(writing).shelving.drafts == {}


def test_a_note_is_dropped_if_that_is_wished(writing: Guide) -> None:
    writing.press("back")
    answer(writing, "other")
    writing.wait("review")

    assert kept(writing) == []
    assert desk(writing).shelving.drafts == {}


def test_a_note_over_which_somebody_else_wrote_stays_and_theirs_is_shown(writing: Guide) -> None:
    heap = desk(writing).heap
    assert heap is not None
    desk(writing).shelving.archive().save(heap.rows[0].digest, THEIRS, on=0)

    writing.press("back")
    answer(writing, "do")
    idle(writing)

    assert writing.window.name == "applicant"
    assert "Yours was not saved." in question(writing).text()
    assert "Somebody else has written here meanwhile" in texts(writing)
    assert kept(writing) == ["too slow"]
    assert len(desk(writing).shelving.drafts) == 1


def test_closing_the_window_asks_first_and_can_save(writing: Guide) -> None:
    writing.window.close()

    assert writing.window.isVisible()
    assert question(writing).informativeText() == "What you wrote at 1 report is not saved yet."
    writing.window.close()  # impatient
    archive = desk(writing).shelving.archive()
    saved: list[str] = []
    keep = archive.save

    def save(digest: str, written: Written, *, on: int) -> object:
        saved.append(written.note)
        return keep(digest, written, on=on)

    archive.save = save  # type: ignore[method-assign, assignment]  # to see it before it is closed
    next(one for one in question(writing).buttons() if one.objectName() == "do").click()
    writing.qtbot.waitUntil(lambda: not writing.window.isVisible(), timeout=PATIENCE_MS)

    assert saved == ["A quiet room."]


def test_the_window_closes_without_saving_if_that_is_wished(writing: Guide) -> None:
    writing.window.close()
    next(one for one in question(writing).buttons() if one.objectName() == "other").click()

    assert not writing.window.isVisible()


def test_what_is_saved_is_not_asked_about(writing: Guide) -> None:
    writing.press("save-note")
    idle(writing)
    writing.press("back")

    writing.wait("review")

    assert not [one for one in writing.window.findChildren(QMessageBox) if one.isVisible()]
