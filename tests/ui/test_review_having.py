"""What a recruiter has is put beside the reports: another list, invitations, keys."""

from __future__ import annotations

import contextlib
import threading
import weakref
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit

from readiness.model.finding import Overall
from readiness.profiles import parse_profile
from readiness.review.having import Having
from readiness.trust.ledger import Ledger
from tests.fakes.trust import BEGUN, EMPLOYER, PROFILE, answer, profile, slow
from tests.ui.at_the_desk import (
    ONE,
    PATIENCE_MS,
    THREE,
    desk,
    idle,
    names,
    read,
    texts,
)
from tests.ui.walk import settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from tests.ui.conftest import Guide

STRICTER = parse_profile(PROFILE.replace(b"at_least = 5,", b"at_least = 8,"), "strict.toml")


def test_another_list_says_how_many_verdicts_it_changes(
    guide: Guide, heap: Path, tmp_path: Path
) -> None:
    stricter = tmp_path / "strict.toml"
    stricter.write_bytes(PROFILE.replace(b"at_least = 5,", b"at_least = 8,"))
    read(guide, heap)

    desk(guide).open_list(str(stricter))
    guide.qtbot.waitUntil(lambda: desk(guide).change is not None, timeout=PATIENCE_MS)
    idle(guide)

    assert "With this list 1 verdict is different: 1 were ready, now 0 are." in texts(guide)
    assert [row.overall for row in desk(guide).rows_shown()][:2] == [Overall.NOT_READY] * 2


def test_reports_as_they_were_judged_before_are_let_go(guide: Guide, heap: Path) -> None:
    read(guide, heap)
    before = weakref.ref(desk(guide).heap)

    desk(guide).judge_by(STRICTER)
    idle(guide)
    settle()

    assert before() is None


def test_a_list_that_is_broken_changes_nothing(guide: Guide, heap: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("schema = 3")
    read(guide, heap)

    desk(guide).open_list(str(broken))

    guide.qtbot.waitUntil(
        lambda: guide.window.findChild(QDialog, "trouble") is not None, timeout=PATIENCE_MS
    )
    box = guide.window.findChild(QDialog, "trouble")
    assert box is not None
    box.close()
    assert names(guide) == ["ada.json", "ben.json", "cleo.json"]


def test_judging_anew_can_be_stopped_and_changes_nothing_then(guide: Guide, heap: Path) -> None:
    read(guide, heap)
    before = desk(guide).heap

    desk(guide).judge_by(None)
    desk(guide).stop()
    idle(guide)

    assert desk(guide).heap is before
    assert desk(guide).having.profile is not None


@contextlib.contextmanager
def held(guide: Guide) -> Iterator[None]:
    """The worker has something else to do for so long."""
    free = threading.Event()
    desk(guide).runner.call(free.wait, lambda _: None, guide.journey.trouble.emit)
    try:
        yield
    finally:
        free.set()


def test_while_all_are_judged_it_is_said_what_stopping_means(guide: Guide, heap: Path) -> None:
    read(guide, heap)

    with held(guide):
        desk(guide).judge_by(None)
        said = texts(guide)

    assert "0 reports judged" in said
    assert "If you stop, everything stays as it was." in said


def test_a_list_that_is_chosen_while_another_is_tried_takes_its_place(
    guide: Guide, heap: Path
) -> None:
    read(guide, heap, having=Having())

    with held(guide):
        desk(guide).judge_by(profile())
        desk(guide).judge_by(STRICTER)
    idle(guide)

    rows = desk(guide).rows_shown()
    assert [None if row.asked is None else row.asked.digest for row in rows] == [
        STRICTER.digest,
        STRICTER.digest,
        None,
    ]
    assert [row.overall for row in rows] == [Overall.NOT_READY, Overall.NOT_READY, None]


def test_a_list_that_was_chosen_while_files_were_read_is_tried_though_the_reading_is_stopped(
    guide: Guide, heap: Path
) -> None:
    read(guide, heap)

    with held(guide):
        desk(guide).take([str(heap)])
        desk(guide).judge_by(STRICTER)
        desk(guide).stop()
    idle(guide)

    assert desk(guide).having.profile == STRICTER
    assert [row.overall for row in desk(guide).rows_shown()][:2] == [Overall.NOT_READY] * 2


def test_a_list_that_was_chosen_before_the_desk_was_left_is_tried_when_it_is_seen_again(
    guide: Guide, heap: Path
) -> None:
    read(guide, heap)

    with held(guide):
        desk(guide).take([str(heap)])
        desk(guide).judge_by(STRICTER)
        guide.journey.home()
    idle(guide)
    assert desk(guide).having.profile == profile()

    desk(guide).begin()
    guide.qtbot.waitUntil(lambda: desk(guide).having.profile == STRICTER, timeout=PATIENCE_MS)


def test_what_was_chosen_before_stays_chosen_when_a_list_is_chosen_meanwhile(
    guide: Guide, heap: Path
) -> None:
    day = BEGUN + timedelta(days=3)
    read(guide, heap)

    with held(guide):
        desk(guide).bring(received=day)
        desk(guide).judge_by(STRICTER)
    idle(guide)

    assert (desk(guide).having.received, desk(guide).having.profile) == (day, STRICTER)


def test_a_list_that_is_chosen_while_files_are_read_judges_them_all(
    guide: Guide, heap: Path
) -> None:
    read(guide, heap / "ada.json")

    with held(guide):
        desk(guide).take([str(heap / "ben.json")])
        desk(guide).judge_by(STRICTER)
    idle(guide)

    assert names(guide) == ["ada.json", "ben.json"]
    assert [row.overall for row in desk(guide).rows_shown()] == [Overall.NOT_READY] * 2


def test_stopping_forgets_what_was_chosen_meanwhile_too(guide: Guide, heap: Path) -> None:
    read(guide, heap)
    before = desk(guide).heap

    with held(guide):
        desk(guide).judge_by(None)
        desk(guide).judge_by(STRICTER)
        guide.press("stop-reading")
    idle(guide)

    assert desk(guide).heap is before


def test_closing_the_window_while_all_are_judged_does_no_harm(guide: Guide, heap: Path) -> None:
    read(guide, heap)

    with held(guide):
        desk(guide).judge_by(STRICTER)
        desk(guide).judge_by(None)
        QTimer.singleShot(0, guide.window.close)
        guide.qtbot.waitUntil(lambda: not guide.window.isVisible(), timeout=PATIENCE_MS)

    assert not guide.window.isVisible()


def test_with_the_list_of_invitations_answers_are_told_apart(
    guide: Guide, heap: Path, tmp_path: Path
) -> None:
    ledger = Ledger(tmp_path / "invitations.readiness-ledger")
    ledger.issue([ONE, THREE])
    (heap / "ada-again.json").write_bytes(slow(ONE, 30.0))
    read(guide, heap, having=Having(profile=profile(), received=BEGUN + timedelta(hours=2)))

    desk(guide).use_ledger(ledger.path)
    guide.qtbot.waitUntil(lambda: desk(guide).having.ledger is not None, timeout=PATIENCE_MS)
    idle(guide)

    told = {row.file: row.answers.value for row in desk(guide).rows_shown()}
    assert told == {
        "heap/ada-again.json": "yes",
        "heap/ada.json": "already-used",
        "heap/ben.json": "no",
        "heap/cleo.json": "no",
    }


def test_keys_open_sealed_answers_and_a_wrong_passphrase_is_said(
    guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from readiness.model.errors import InputError
    from readiness.trust.sealing import seal_to

    (tmp_path / "ada.readiness-sealed").write_bytes(seal_to(EMPLOYER.public.sealing, answer(ONE)))

    def unlock(_path: Path, passphrase: str) -> object:
        if passphrase != "right":
            raise InputError("passphrase-wrong", "The passphrase is wrong.")
        return EMPLOYER

    monkeypatch.setattr(guide.journey.engine, "unlock", unlock)
    read(guide, tmp_path / "ada.readiness-sealed")
    guide.press("keys")
    dialog = guide.window.findChild(QDialog)
    assert dialog is not None
    passphrase = dialog.findChild(QLineEdit, "passphrase")
    button = dialog.findChild(QAbstractButton, "unlock")
    assert passphrase is not None
    assert button is not None
    passphrase.setText("wrong")
    button.click()
    guide.qtbot.waitUntil(button.isEnabled, timeout=PATIENCE_MS)
    assert any("is wrong" in label.text() for label in dialog.findChildren(QLabel))
    passphrase.setText("right")
    button.click()
    guide.qtbot.waitUntil(lambda: desk(guide).having.keys is EMPLOYER, timeout=PATIENCE_MS)
    idle(guide)

    desk(guide).take([str(tmp_path / "ada.readiness-sealed")])
    idle(guide)

    assert [row.overall for row in desk(guide).rows_shown()] == [Overall.READY]
