"""The table on paper: what is shown, on as many pages as it takes, each with its heading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pypdf import PdfReader
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QLineEdit, QMessageBox

from readiness.locale import Reader
from tests.ui.at_the_desk import choose, desk, page, read
from tests.ui.walk import settle
from ui.review import on_paper
from ui.review.on_paper import Head, Printed
from ui.review.printed import print_on

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Guide

WHAT = Printed(
    title="Reports of applicants",
    day="23 Nov 2026, 14:05",
    about="2 of 3 reports · Ready",
    heads=(Head(title="File", letters=20), Head(title="Upload", letters=8, number=True)),
    lines=(("ada.json", "12 Mbit/s"), ("ben.json", "3 Mbit/s")),
)


def squeezed(text: str) -> str:
    """Without spaces."""
    return "".join(text.replace("\u200b", "").split())


def printed(what: Printed, path: Path) -> list[str]:
    """What stands on each page of a PDF, without its spaces: there they are places, no signs."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    pages = print_on(printer, what, Reader("en"))
    found = [squeezed(one.extract_text()) for one in PdfReader(path).pages]
    assert len(found) == pages
    return found


def test_rows_stand_below_title_day_count_and_filters(qtbot: QtBot, tmp_path: Path) -> None:  # noqa: ARG001 - an application
    (said,) = printed(WHAT, tmp_path / "table.pdf")

    for words in ("Reports of applicants", "23 Nov 2026", "2 of 3 reports · Ready"):
        assert squeezed(words) in said
    for words in ("File", "Upload", "ada.json", "12 Mbit/s", "ben.json", "Page 1 of 1"):
        assert squeezed(words) in said


def test_each_page_has_the_heading_and_each_row_stands_once(qtbot: QtBot, tmp_path: Path) -> None:  # noqa: ARG001 - an application
    lines = tuple((f"row{n:03}.json", "1") for n in range(120))

    pages = printed(replace(WHAT, lines=lines), tmp_path / "table.pdf")

    assert len(pages) > 1
    assert all("Upload" in said and "2of3reports" in said for said in pages)
    assert f"Page{len(pages)}of{len(pages)}" in pages[-1]
    assert [sum(name in said for said in pages) for name, _ in lines] == [1] * 120


def test_a_long_cell_is_broken_into_lines_and_cut_before_it_fills_a_page(
    qtbot: QtBot,  # noqa: ARG001 - an application
    tmp_path: Path,
) -> None:
    long = ("word " * 4000, "1")

    pages = printed(replace(WHAT, lines=(long, ("next.json", "2"))), tmp_path / "table.pdf")

    assert len(pages) == 1
    assert "next.json" in pages[0]


def test_nothing_to_print_is_one_page(qtbot: QtBot, tmp_path: Path) -> None:  # noqa: ARG001 - an application
    (said,) = printed(replace(WHAT, lines=()), tmp_path / "table.pdf")

    assert "Page1of1" in said


def test_what_is_shown_on_the_desk_is_printed_with_its_filters(
    guide: Guide, heap: Path, tmp_path: Path
) -> None:
    read(guide, heap)
    choose(guide, "filter-verdict", "ready")
    field = page(guide).findChild(QLineEdit, "search")
    assert field is not None
    field.setText("ada")

    guide.press("print")
    dialog = page(guide).findChild(QPrintPreviewDialog)
    assert dialog is not None
    settle()  # it is painted
    assert dialog.isVisible()
    what = on_paper.shown_rows(desk(guide), page(guide)._filters.in_words(), page(guide)._words)
    said = "".join(printed(what, tmp_path / "table.pdf"))
    dialog.reject()

    assert squeezed("1 of 3 reports · Judged by: Acme · “ada” · ready") in said
    assert "ada.json" in said
    assert "ben.json" not in said


def test_too_many_are_not_printed_and_it_is_said_why(
    guide: Guide, heap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_paper, "MOST", 2)
    read(guide, heap)

    guide.press("print")

    (box,) = guide.window.findChildren(QMessageBox)
    assert box.text() == "3 reports are too many to print."
    assert page(guide).findChild(QPrintPreviewDialog) is None
    box.close()
