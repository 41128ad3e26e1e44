"""The recruiter's desk in the window: read, sorted, filtered, judged anew, opened, handed on."""

from __future__ import annotations

import csv
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QDialog, QLabel, QLineEdit

from readiness.desk_archive.remarks import Decision, Written
from readiness.model.finding import Overall
from readiness.review.desk import Desk
from readiness.review.having import Having
from readiness.trust.ledger import Ledger
from tests.fakes.heap import zipped
from tests.fakes.trust import BEGUN, EMPLOYER, PROFILE, answer, invitation, profile, rate, session
from tests.hostile.attacks import set_in
from tests.ui.handing import drop
from tests.ui.walk import settle
from ui.review.applicant import ApplicantPage
from ui.review.beside import BesidePage
from ui.review.page import ReviewPage
from ui.review.whole import WholePage

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.trust.invitation import Invitation
    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide
    from ui.review.reviewing import Reviewing

PATIENCE_MS = 20_000
ONE, TWO, THREE = invitation(), invitation(), invitation()


def slow(found: Invitation, upload: float) -> bytes:
    """An honest answer with another upload in Mbit/s; 5 are asked."""
    from msgspec.structs import replace

    line = session(found).runs[0]
    figures = (line.measurements[0], rate("line.upload", upload))
    runs = (replace(line, measurements=figures), *session(found).runs[1:])
    return answer(found, runs=runs)


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """Ada is ready, Ben is slow, Cleo's file was changed, one file is no report."""
    folder = tmp_path / "heap"
    folder.mkdir()
    (folder / "ada.json").write_bytes(answer(ONE))
    (folder / "ben.json").write_bytes(slow(TWO, 2.0))
    (folder / "cleo.json").write_bytes(answer(THREE).replace(b'"sig": "', b'"sig": "AAAA', 1))
    (folder / "other.json").write_bytes(b"{}")
    return folder


def desk(guide: Guide) -> Reviewing:
    return guide.journey.reviewing


def idle(guide: Guide) -> None:
    """Wait until everything that was asked of the desk is done."""
    done: list[bool] = []
    desk(guide).runner.call(lambda: True, done.append, guide.journey.trouble.emit)
    guide.qtbot.waitUntil(lambda: bool(done) and not desk(guide).busy, timeout=PATIENCE_MS)


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


# --- coming here ----------------------------------------------------------------------------------


def test_the_first_page_leads_there_and_nothing_is_asked_of_an_applicant(guide: Guide) -> None:
    guide.press("recruiters")
    guide.wait("review")

    assert "Drop what you received here" in texts(guide)
    guide.press("home")
    guide.wait("welcome")


def test_a_folder_that_is_dropped_is_read_and_bad_files_are_listed(
    guide: Guide, heap: Path
) -> None:
    guide.press("recruiters")
    guide.wait("review")

    drop(guide, QUrl.fromLocalFile(str(heap)))
    guide.qtbot.waitUntil(lambda: desk(guide).heap is not None, timeout=PATIENCE_MS)
    idle(guide)

    assert names(guide) == ["ada.json", "ben.json", "cleo.json"]
    assert "1 file could not be read." in texts(guide)
    guide.press("refused")
    dialog = guide.window.findChild(QDialog)
    assert dialog is not None
    said = "\n".join(label.text().replace("\u200b", "") for label in dialog.findChildren(QLabel))
    assert "heap/other.json" in said
    dialog.accept()


def test_several_files_and_an_archive_are_read_together(guide: Guide, tmp_path: Path) -> None:
    archive, single = tmp_path / "mail.zip", tmp_path / "zoe.json"
    archive.write_bytes(zipped({"ada.json": answer(ONE)}))
    single.write_bytes(answer(TWO))

    read(guide, archive, single)

    assert names(guide) == ["mail.zip: ada.json", "zoe.json"]


def test_an_address_is_refused(guide: Guide) -> None:
    guide.press("recruiters")
    guide.wait("review")

    drop(guide, QUrl("https://example.org/answers.zip"))

    guide.qtbot.waitUntil(
        lambda: guide.window.findChild(QDialog, "trouble") is not None, timeout=PATIENCE_MS
    )
    box = guide.window.findChild(QDialog, "trouble")
    assert box is not None
    box.close()
    assert desk(guide).heap is None


def test_an_empty_folder_is_said_to_be_empty(guide: Guide, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()

    read(guide, tmp_path / "nothing")

    assert "Drop what you received here" in texts(guide)
    assert "No report was found there." in texts(guide)


def test_files_that_come_while_others_are_read_wait_for_their_turn(
    guide: Guide, heap: Path, tmp_path: Path
) -> None:
    later = tmp_path / "zoe.json"
    later.write_bytes(slow(ONE, 7.0))
    guide.press("recruiters")
    guide.wait("review")

    desk(guide).take([str(heap)])
    desk(guide).take([str(later)])
    guide.qtbot.waitUntil(
        lambda: desk(guide).heap is not None and len(desk(guide).heap.rows) == 4,  # type: ignore[union-attr]  # just asked
        timeout=PATIENCE_MS,
    )

    idle(guide)
    assert "zoe.json" in names(guide)


def test_leaving_the_desk_stops_the_reading(guide: Guide, heap: Path) -> None:
    guide.press("recruiters")
    guide.wait("review")
    desk(guide).take([str(heap)])

    guide.press("home")
    guide.wait("welcome")
    idle(guide)

    assert guide.window.name == "welcome"


def test_closing_the_window_while_reading_does_no_harm(guide: Guide, heap: Path) -> None:
    guide.press("recruiters")
    guide.wait("review")
    desk(guide).take([str(heap)] * 40)

    assert guide.window.close()
    assert not guide.window.isVisible()


# --- the table ------------------------------------------------------------------------------------


def test_the_table_is_sorted_from_the_keyboard_and_by_its_heads(guide: Guide, heap: Path) -> None:
    read(guide, heap)

    choose(guide, "filter-key", "line.upload")
    assert names(guide) == ["ben.json", "ada.json", "cleo.json"]
    guide.press("turned-round")
    assert names(guide) == ["ada.json", "ben.json", "cleo.json"]
    guide.press("turned-round")

    settle()  # a table that was not laid out yet has no head to click on
    table = page(guide).table
    assert table is not None
    header = table.horizontalHeader()
    assert header.isVisible()
    for expected in (["ada.json", "ben.json", "cleo.json"], ["cleo.json", "ben.json", "ada.json"]):
        at = header.sectionPosition(0) + 8
        QTest.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, header.height() // 2)
        )
        assert names(guide) == expected


@pytest.mark.parametrize(
    ("field", "code", "expected"),
    [
        ("filter-verdict", "ready", ["ada.json"]),
        ("filter-verdict", "none", ["cleo.json"]),
        ("filter-unchanged", "no", ["cleo.json"]),
        ("filter-answers", "no", ["cleo.json"]),
        ("filter-missing", "upload", ["ben.json"]),
    ],
)
def test_a_filter_leaves_only_those(
    guide: Guide, heap: Path, field: str, code: str, expected: list[str]
) -> None:
    read(guide, heap)

    choose(guide, field, code)

    assert names(guide) == expected
    guide.press("show-all")
    assert names(guide) == ["ada.json", "ben.json", "cleo.json"]


def test_typing_searches_at_once_and_says_how_many_are_left(guide: Guide, heap: Path) -> None:
    read(guide, heap)
    field = page(guide).findChild(QLineEdit, "search")
    assert field is not None

    QTest.keyClicks(field, "line.upload<5")

    assert names(guide) == ["ben.json"]
    assert "1 of 3 shown" in texts(guide)
    field.setText("nobody")
    assert names(guide) == []
    assert "No report meets these conditions." in texts(guide)


def test_the_filter_and_the_order_stay_when_one_comes_back(guide: Guide, heap: Path) -> None:
    read(guide, heap)
    choose(guide, "filter-unchanged", "yes")
    choose(guide, "filter-key", "line.upload")
    desk(guide).open(0)
    guide.wait("applicant")

    guide.press("back")
    guide.wait("review")

    assert names(guide) == ["ben.json", "ada.json"]
    table = page(guide).table
    assert table is not None
    assert (table.current(), table.numbers()) == (0, (0,))


def test_a_column_can_be_chosen(guide: Guide, heap: Path) -> None:
    read(guide, heap)

    page(guide)._choose_column("system", on=True)
    guide.qtbot.waitUntil(lambda: "system" in _keys(guide), timeout=PATIENCE_MS)
    page(guide)._choose_column("system", on=False)
    guide.qtbot.waitUntil(lambda: "system" not in _keys(guide), timeout=PATIENCE_MS)
    assert "file" in _keys(guide)


def _keys(guide: Guide) -> list[str]:
    table = page(guide).table
    return [] if table is None else [column.key for column in table.rows_model.columns]


# --- what the reader has --------------------------------------------------------------------------


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


# --- side by side ------------------------------------------------------------------------------


def test_two_selected_reports_stand_side_by_side_and_one_is_opened_from_there(
    guide: Guide, heap: Path
) -> None:
    read(guide, heap)
    table = page(guide).table
    assert table is not None
    table.selectRow(0)
    assert not _enabled(guide, "side-by-side")
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().select(table.rows_model.index(1, 0), flags)

    guide.press("side-by-side")
    guide.wait("side-by-side")

    found = guide.window.page
    assert isinstance(found, BesidePage)
    found._open(1)
    guide.wait("applicant")
    assert desk(guide).opened is not None
    assert desk(guide).opened.number == 1  # type: ignore[union-attr]  # just asked


def _enabled(guide: Guide, name: str) -> bool:
    button = page(guide).findChild(QAbstractButton, name)
    return button is not None and button.isEnabled()


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


# --- all together, and handing on -----------------------------------------------------------------


def test_all_together_counts_what_fails_and_spreads_a_figure(guide: Guide, heap: Path) -> None:
    read(guide, heap)

    guide.press("whole")
    guide.wait("whole-set")

    said = texts(guide)
    assert isinstance(guide.window.page, WholePage)
    assert "Upload" in said
    assert "1 of 2 not met" in said
    assert "1 of 2 do not reach it" in said


def test_what_is_shown_is_written_as_a_table(guide: Guide, heap: Path, tmp_path: Path) -> None:
    read(guide, heap)
    choose(guide, "filter-verdict", "ready")
    target = tmp_path / "out.csv"

    desk(guide).export(target)
    guide.qtbot.waitUntil(target.exists, timeout=PATIENCE_MS)
    idle(guide)

    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:]] == ["heap/ada.json", "heap/other.json"]
    assert f"Written: {target}" in texts(guide)


def test_a_report_is_written_as_a_pdf(guide: Guide, heap: Path, tmp_path: Path) -> None:
    read(guide, heap)
    desk(guide).open(0)
    guide.wait("applicant")

    desk(guide).save_pdf(tmp_path / "out")
    guide.qtbot.waitUntil(lambda: any((tmp_path / "out").glob("*.pdf")), timeout=PATIENCE_MS)
    idle(guide)

    assert "Written:" in texts(guide)
