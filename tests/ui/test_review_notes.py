"""A recruiter's note and decision in the window: saved on the worker, never over another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit

from readiness.desk_archive.opening import open_archive
from readiness.desk_archive.remarks import Decision, Remark, Written
from readiness.desk_archive.stored import Incoming
from readiness.locale import Reader
from tests.ui.reached import nameless, tabbed, unreached
from ui.review.notes import Notes
from ui.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from readiness.desk_archive.archive import DeskArchive

ADA, BEN = "a" * 64, "b" * 64
PATIENCE_MS = 20_000
THEIRS = Written(decision=Decision.REJECT, reason="too slow", note="<b>two</b>\nlines", who="Max")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[DeskArchive]:
    """An archive with two reports."""
    with open_archive("", tmp_path / "desk.sqlite3") as opened:
        opened.take_in(
            [Incoming(digest=one, name=f"{one[0]}.json", data=b"{}") for one in (ADA, BEN)]
        )
        yield opened


@pytest.fixture
def runner() -> Iterator[Runner]:
    """The worker."""
    made = Runner()
    yield made
    made.close()


class Desk:
    """A recruiter who looks at one report and types."""

    def __init__(self, qtbot: QtBot, runner: Runner, archive: DeskArchive) -> None:
        self.qtbot, self.runner, self.archive = qtbot, runner, archive
        self.drafts: dict[str, tuple[Written, int]] = {}
        self.saved: list[tuple[str, Remark]] = []
        self.notes = self.sit_down()

    def sit_down(self, language: str = "en") -> Notes:
        """Build the part anew, as another language does."""
        self.notes = Notes(
            self.runner, Reader(language), lambda: self.archive, self.drafts, who="Eve"
        )
        self.notes.saved.connect(lambda digest, remark: self.saved.append((digest, remark)))
        self.qtbot.addWidget(self.notes)
        self.notes.show()
        return self.notes

    def open(self, digest: str = ADA) -> None:
        """Look at a report."""
        self.notes.show_report(digest)
        self.settle()

    def settle(self) -> None:
        """Wait until the worker has done all that was asked."""
        done: list[None] = []
        self.runner.call(lambda: None, done.append, lambda error: pytest.fail(str(error)))
        self.qtbot.waitUntil(lambda: bool(done), timeout=PATIENCE_MS)

    def button(self, name: str) -> QAbstractButton:
        """The button of that name."""
        found = self.notes.findChild(QAbstractButton, name)
        assert found is not None
        return found

    def press(self, name: str) -> None:
        """Press it."""
        button = self.button(name)
        assert button.isEnabled(), name
        button.click()

    def save(self) -> None:
        """Press the button that saves, and wait."""
        self.press("save-note")
        self.settle()
        self.settle()  # it is read again after it was saved

    def type(self, text: str) -> None:
        """Write a note in place of what stands there."""
        area = self.notes.findChild(QPlainTextEdit, "note-text")
        assert area is not None
        area.setPlainText(text)

    @property
    def text(self) -> str:
        """What stands in the note."""
        area = self.notes.findChild(QPlainTextEdit, "note-text")
        assert area is not None
        return area.toPlainText()

    @property
    def seen(self) -> str:
        """All that is said around the fields."""
        labels = self.notes.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())

    def written(self) -> list[str]:
        """The notes in the archive, the newest first."""
        return [one.written.note for one in self.archive.history(ADA)]


@pytest.fixture
def desk(qtbot: QtBot, runner: Runner, archive: DeskArchive) -> Desk:
    return Desk(qtbot, runner, archive)


def test_what_is_typed_and_chosen_is_saved_with_the_name(desk: Desk) -> None:
    desk.open()
    assert not desk.button("save-note").isEnabled()
    desk.press("decide-invite")
    desk.type("A quiet room.")
    desk.save()

    (remark,) = desk.archive.history(ADA)
    assert remark.written == Written(decision=Decision.INVITE, note="A quiet room.", who="Eve")
    assert desk.saved == [(ADA, remark)]
    assert "Saved." in desk.seen
    assert not desk.notes.unsaved
    assert not desk.button("save-note").isEnabled()


def test_the_window_does_not_wait_for_the_archive(desk: Desk, runner: Runner) -> None:
    """The worker is held up: pressing returns at once, and nothing is saved yet."""
    import threading

    desk.open()
    held = threading.Event()
    runner.call(held.wait, lambda _: None, lambda error: pytest.fail(str(error)))
    desk.type("x")
    desk.press("save-note")
    assert desk.written() == []
    assert "Saving…" in desk.seen
    held.set()
    desk.settle()
    assert desk.written() == ["x"]


def test_pressing_twice_saves_once(desk: Desk) -> None:
    desk.open()
    desk.type("x")
    desk.button("save-note").click()
    desk.button("save-note").click()
    desk.settle()
    assert desk.written() == ["x"]


def test_what_somebody_else_wrote_meanwhile_is_shown_and_not_overwritten(desk: Desk) -> None:
    desk.open()
    desk.archive.save(ADA, THEIRS, on=0)
    desk.type("mine")
    desk.save()

    assert "Somebody else has written here meanwhile" in desk.seen
    assert "too slow" in desk.seen
    assert "<b>two</b>" in desk.seen
    assert (desk.written(), desk.text) == ([THEIRS.note], "mine")
    assert not desk.button("save-note").isEnabled()


def test_mine_can_be_saved_after_theirs_which_stays(desk: Desk) -> None:
    desk.open()
    desk.archive.save(ADA, THEIRS, on=0)
    desk.type("mine")
    desk.save()
    desk.press("save-mine")
    desk.settle()
    desk.settle()

    assert desk.written() == ["mine", THEIRS.note]
    assert "Before that:" in desk.seen
    assert "meanwhile" not in desk.seen


def test_theirs_can_be_kept(desk: Desk) -> None:
    desk.open()
    desk.archive.save(ADA, THEIRS, on=0)
    desk.type("mine")
    desk.save()
    desk.press("take-theirs")

    assert desk.text == THEIRS.note
    assert desk.notes.findChild(QAbstractButton, "decide-reject").isChecked()  # type: ignore[union-attr]  # it was there
    assert not desk.notes.unsaved
    assert desk.written() == [THEIRS.note]


def test_what_was_typed_is_there_again_after_looking_at_another_report(desk: Desk) -> None:
    desk.open()
    desk.type("half a sen")
    desk.open(BEN)
    assert desk.text == ""
    assert desk.notes.unsaved

    desk.open(ADA)

    assert desk.text == "half a sen"
    desk.save()
    assert desk.written() == ["half a sen"]


def test_it_is_there_again_in_another_language_and_with_what_came_meanwhile(desk: Desk) -> None:
    desk.open()
    desk.type("half a sen")
    desk.archive.save(ADA, THEIRS, on=0)

    desk.sit_down("de")
    desk.open()

    assert desk.text == "half a sen"
    assert "too slow" in desk.seen


def test_what_is_typed_while_it_is_saved_is_not_taken_for_saved(desk: Desk) -> None:
    desk.open()
    desk.type("one")
    desk.press("save-note")
    desk.type("one two")
    desk.settle()
    desk.settle()

    assert (desk.written(), desk.text) == (["one"], "one two")
    assert desk.notes.unsaved
    desk.save()
    assert desk.written() == ["one two", "one"]


def test_looking_again_shows_what_came_meanwhile(desk: Desk) -> None:
    desk.open()
    desk.archive.save(ADA, THEIRS, on=0)

    desk.open()

    assert desk.text == THEIRS.note
    assert desk.notes.who == "Eve"


def test_a_report_that_was_deleted_is_told_and_the_text_stays(desk: Desk) -> None:
    desk.open()
    desk.type("mine")
    desk.archive.forget([ADA])
    desk.save()

    assert "Somebody may have deleted it." in desk.seen
    assert desk.text == "mine"


def test_everything_has_a_name_and_is_reached_by_keys(desk: Desk) -> None:
    desk.open()
    desk.archive.save(ADA, THEIRS, on=0)
    desk.type("mine")
    desk.save()

    assert nameless(desk.notes) == []
    assert unreached(desk.notes, tabbed(desk.notes)) == []
    fields = [field.accessibleName() for field in desk.notes.findChildren(QLineEdit)]
    assert fields == ["Reason", "Your name, if you like"]
