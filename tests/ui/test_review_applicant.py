"""One applicant's report on the recruiter's desk, and what is noted at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from readiness.desk_archive.remarks import Decision, Written
from readiness.review.desk import Desk
from tests.fakes.trust import answer
from tests.hostile.attacks import set_in
from tests.ui.at_the_desk import (
    ONE,
    PATIENCE_MS,
    choose,
    desk,
    idle,
    page,
    read,
    texts,
)
from ui.review.applicant import ApplicantPage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide


# --- one report -----------------------------------------------------------------------------------


def test_enter_opens_a_report_with_three_statements_and_its_rows(guide: Guide, heap: Path) -> None:
    read(guide, heap)
    table = page(guide).table
    assert table is not None

    QTest.keyClick(table, Qt.Key.Key_Return)
    guide.wait("applicant")

    said = texts(guide)
    assert "Unchanged since export: yes" in said
    assert "Answers your invitation: not asked" in said
    assert "Measured on the applicant's own computer: cannot be proven." in said
    assert "Ready for Acme" in said
    found = guide.window.page
    assert isinstance(found, ApplicantPage)
    guide.qtbot.waitUntil(lambda: found.whole, timeout=PATIENCE_MS)
    assert [view.row.requirement for view in found.views][:2] == ["download", "upload"]
    assert not any(word in said.lower() for word in ("authentic", "genuine", "verified"))
    found.views[0].line.click()
    assert found.opened() == {"download"}
    assert found.findChild(QAbstractButton, "again-download") is None


def test_of_a_changed_report_nothing_but_that_is_shown(guide: Guide, heap: Path) -> None:
    read(guide, heap)

    desk(guide).open(2)
    guide.wait("applicant")

    said = texts(guide)
    assert "Unchanged since export: no" in said
    assert "nothing in it is looked at" in said
    assert "Ready for" not in said
    assert guide.window.findChild(QAbstractButton, "save-pdf") is None


def test_what_does_not_fit_together_is_said_beside_the_report(guide: Guide, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_bytes(answer(ONE, change=set_in("session.runs.0.duration_s", 9000.0)))
    read(guide, path)

    desk(guide).open(0)
    guide.wait("applicant")

    assert "What does not fit together" in texts(guide)
    assert "a reason to ask, not to refuse" in texts(guide)


def test_the_next_report_is_the_next_of_those_that_are_shown(guide: Guide, heap: Path) -> None:
    read(guide, heap)
    choose(guide, "filter-key", "line.upload")
    desk(guide).open(1)
    guide.wait("applicant")

    guide.press("next")
    guide.qtbot.waitUntil(
        lambda: desk(guide).opened is not None and desk(guide).opened.number == 0,  # type: ignore[union-attr]  # just asked
        timeout=PATIENCE_MS,
    )


def test_the_open_report_changes_its_language_with_the_window(guide: Guide, heap: Path) -> None:
    read(guide, heap)
    desk(guide).open(0)
    guide.wait("applicant")

    guide.window.speak("de")
    guide.qtbot.waitUntil(
        lambda: desk(guide).opened is not None and desk(guide).opened.language == "de",  # type: ignore[union-attr]  # just asked
        timeout=PATIENCE_MS,
    )

    assert guide.window.name == "applicant"


# --- notes ---------------------------------------------------------------------------------------


def test_a_report_is_kept_only_when_somebody_writes_a_note(
    guide: Guide, heap: Path, engine: FakeEngine
) -> None:
    read(guide, heap)
    desk(guide).open(0)
    guide.wait("applicant")
    assert not (engine.home / "desk.sqlite3").exists()

    guide.press("keep-report")
    guide.qtbot.waitUntil(
        lambda: guide.window.findChild(QAbstractButton, "save-note") is not None,
        timeout=PATIENCE_MS,
    )
    idle(guide)

    with engine.desk_archive() as archive:
        assert [entry.name for entry in archive.entries()] == ["heap/ada.json"]


def test_a_decision_stands_in_the_table_and_what_was_kept_is_opened_again(
    guide: Guide, heap: Path, engine: FakeEngine
) -> None:
    read(guide, heap)
    desk(guide).runner.call(
        lambda: desk(guide).shelving.keep(0), lambda _: None, guide.journey.trouble.emit
    )
    idle(guide)
    with engine.desk_archive() as archive:
        digest = archive.entries()[0].digest
        remark = archive.save(digest, Written(decision=Decision.INVITE), on=0)

    desk(guide).set_remark(digest, remark)
    idle(guide)
    assert [row.remark for row in desk(guide).rows_shown()] == [remark, None, None]

    fresh = Desk(guide.journey.engine.known_profile)
    with engine.desk_archive() as archive:
        found = fresh.take_kept(archive)
    assert [(row.file, row.remark) for row in found.rows] == [("heap/ada.json", remark)]
    assert found.rows[0].unchanged
