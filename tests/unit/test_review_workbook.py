"""The workbook: types of cells as they are, no formula and no link, whatever a file is called."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.review import workbook
from readiness.review.received import Refused, refused
from readiness.review.rows import ReviewRow
from readiness.review.workbook import xlsx_of
from readiness.trust.answering import Answers

EN, DE = Reader("en"), Reader("de")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MADE = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
FORMULAS = ("=1+1", "+1", "-1", "@x", "\t=1", "\uff1d1", '=HYPERLINK("http://evil.example")')
LINKS = ("http://evil.example", "mailto:a@b.example", "internal:x!A1", "file:////evil/share")
BAD = refused("half.json", InputError("report-not-json", "This is not valid JSON."))


def row(file: str = "ada.json", **changes: object) -> ReviewRow:
    usual: dict[str, object] = {"code": "7KQ2-M0XA", "unchanged": True, "answers": Answers.YES}
    return ReviewRow(file=file, **usual | changes)  # type: ignore[arg-type]  # as they came


def made(
    *rows: ReviewRow, reader: Reader = EN, bad: tuple[Refused, ...] = (), **more: object
) -> zipfile.ZipFile:
    data = xlsx_of(rows, bad, reader, **more)  # type: ignore[arg-type]  # as they came
    return zipfile.ZipFile(io.BytesIO(data))


def sheet(book: zipfile.ZipFile, number: int = 1) -> ET.Element:
    return ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314 - our own


def cells(book: zipfile.ZipFile, number: int = 1) -> list[list[tuple[str, str]]]:
    """Rows of (type, content): ``inlineStr`` for text, ``n`` for numbers; ECMA-376 18.18.11."""
    return [
        [
            (
                cell.get("t", "n"),
                "".join(cell.itertext()),
            )
            for cell in one.iter(f"{MAIN}c")
        ]
        for one in sheet(book, number).iter(f"{MAIN}row")
    ]


@pytest.mark.parametrize("text", [*FORMULAS, *LINKS])
def test_no_text_is_a_formula_or_a_link(text: str) -> None:
    book = made(row(text), bad=(refused(text, InputError("x", "{y}", y=text)),))

    for number in (1, 2):
        found = sheet(book, number)
        assert not list(found.iter(f"{MAIN}f"))
        assert not list(found.iter(f"{MAIN}hyperlink"))
    assert not [name for name in book.namelist() if "rels" in name and "sheet" in name]
    kind, shown = cells(book)[1][0]
    assert kind == "inlineStr"
    assert shown == text.strip()


def test_numbers_are_numbers_and_words_are_words() -> None:
    metrics = ("line.upload", "machine.cpu_cores", "headset.link", "machine.virtual")
    found = row(metrics=metrics, values=(6.5, 4, "usb-corded", False))

    shown = cells(made(found, metrics=metrics))[1][-5:-1]  # why nothing was judged comes last

    assert shown[:2] == [("n", "6.5"), ("n", "4")]
    assert [kind for kind, _ in shown[2:]] == ["inlineStr", "inlineStr"]


def test_a_comma_is_no_matter_of_the_workbook() -> None:
    metrics = ("line.upload",)
    found = row(metrics=metrics, values=(6.5,))

    assert ("n", "6.5") in cells(made(found, reader=DE, metrics=metrics))[1]


def test_a_time_is_a_time_of_the_reader_s_zone() -> None:
    """Days since 1899-12-30 (ECMA-376 18.17.4.1), shown by a format of dates."""
    local = MADE.astimezone().replace(tzinfo=None)
    expected = (local - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 - as Excel counts

    book = made(row(made=MADE))

    kind, shown = cells(book)[1][1]
    assert kind == "n"
    assert float(shown) == pytest.approx(expected)
    assert b"yyyy-mm-dd hh:mm" in book.read("xl/styles.xml")


def test_the_heading_stays_and_has_a_filter() -> None:
    found = sheet(made(row(), row("ben.json")))

    pane = found.find(f".//{MAIN}pane")
    chosen = found.find(f"{MAIN}autoFilter")
    assert pane is not None
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    assert chosen is not None
    assert chosen.get("ref") == "A1:K3"


def test_columns_are_as_wide_as_they_need_and_no_wider_than_can_be_seen() -> None:
    found = sheet(made(row("x" * 200)))

    widths = [float(column.get("width", "0")) for column in found.iter(f"{MAIN}col")]
    assert widths[0] == pytest.approx(60, abs=1)
    assert all(width >= 8 for width in widths)


def test_refused_files_have_a_sheet_of_their_own() -> None:
    book = made(row(), bad=(BAD,))

    names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
    assert names == ["Reports", "Not read"]
    assert [text for _, text in cells(book, 2)[1]] == ["half.json", "This is not valid JSON."]


def test_nothing_at_all_is_a_workbook_with_headings() -> None:
    book = made()

    assert cells(book)[0][0][1] == "File"
    assert len(cells(book, 2)) == 1


def test_names_cannot_break_the_file() -> None:
    """Control characters, half surrogates, markup, and Excel's own way to write a sign."""
    book = made(row("a\x00\x0b\ud800<b>&_x0041_.json"))

    assert cells(book)[1][0][1].replace("_x005F", "") == "a<b>&_x0041_.json"


def test_what_a_cell_cannot_hold_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LONGEST_CELL", 5)

    assert cells(made(row("abcdefgh")))[1][0][1] == "abcde"


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)

    with pytest.raises(InputError, match="table-too-long"):
        made(row(), row())


@pytest.mark.parametrize("name", ["[x]", "a/b\\c:d*e?", "'quoted'", "n" * 40])
def test_a_translated_name_of_a_sheet_is_one_that_sheets_may_have(name: str) -> None:
    """Excel: at most 31 letters, no brackets, colons, question marks, asterisks or slashes."""
    found = workbook._sheet_name(name)

    assert 1 <= len(found) <= 31
    assert not set(found) & set("[]:*?/\\'")


def test_it_says_nothing_of_who_wrote_it() -> None:
    about = made(row()).read("docProps/core.xml").decode()

    assert re.search(r"<dc:creator>(.*?)</dc:creator>|<dc:creator/>", about) is not None
    assert "<dc:creator></dc:creator>" in about or "<dc:creator/>" in about
