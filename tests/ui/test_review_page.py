"""The recruiter's desk in the window: read, sorted, filtered, side by side, handed on."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit

from tests.fakes.heap import zipped
from tests.fakes.trust import answer, slow
from tests.ui.at_the_desk import (
    ONE,
    PATIENCE_MS,
    TWO,
    choose,
    desk,
    idle,
    names,
    page,
    read,
    texts,
)
from tests.ui.hand import click
from tests.ui.handing import drop
from ui.review.beside import BesidePage
from ui.review.whole import WholePage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Guide


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

    table = page(guide).table
    assert table is not None
    header = table.horizontalHeader()
    middle = QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)
    for expected in (["ada.json", "ben.json", "cleo.json"], ["cleo.json", "ben.json", "ada.json"]):
        click(header.viewport(), middle)
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
