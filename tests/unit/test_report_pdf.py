"""The PDF report: tagged, the same every time, inert, with its data inside."""

from __future__ import annotations

from io import BytesIO

import msgspec
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from readiness.locale import Reader
from readiness.report.letters import drawable
from readiness.report.pdf import render_pdf
from tests.fakes import reports as made

ATTACHMENT = b'{"payload": "AA=="}'


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(made.report(), made.profile(), Reader("en"), ATTACHMENT)


@pytest.fixture(scope="module")
def text(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_it_is_tagged_and_says_which_standards_it_keeps(pdf: bytes) -> None:
    catalog = PdfReader(BytesIO(pdf)).root_object
    marks, metadata = catalog["/MarkInfo"], catalog["/Metadata"].get_object()
    assert isinstance(marks, DictionaryObject)
    assert isinstance(metadata, StreamObject)

    assert str(marks["/Marked"]) == "True"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata.get_data()
    assert b"<pdfaid:part>3</pdfaid:part>" in metadata.get_data()
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in metadata.get_data()


def test_it_states_title_and_language(pdf: bytes) -> None:
    found = PdfReader(BytesIO(pdf))

    assert str(found.root_object["/Lang"]).startswith("en")
    assert found.metadata is not None
    assert found.metadata.title == "Readiness report: Voice calls, example"


def test_the_same_report_gives_the_same_bytes(pdf: bytes) -> None:
    assert render_pdf(made.report(), made.profile(), Reader("en"), ATTACHMENT) == pdf


def test_its_date_is_the_reports(pdf: bytes) -> None:
    found = PdfReader(BytesIO(pdf)).metadata

    assert found is not None
    assert found.creation_date == made.report().created


def test_the_data_are_attached_as_data(pdf: bytes) -> None:
    attached = list(PdfReader(BytesIO(pdf)).attachment_list)

    assert [entry.name for entry in attached] == ["report.json"]
    assert attached[0].content == ATTACHMENT
    assert b"/AFRelationship/Data" in pdf.replace(b" ", b"")


def test_markup_in_foreign_text_is_shown_and_not_obeyed(text: str) -> None:
    assert '#read("/etc/ passwd")' in text or '#read("/etc/passwd")' in text
    assert "root:x:0" not in text
    assert "*bold*" in text


def test_the_headline_and_all_verdicts_are_there(text: str) -> None:
    for said in ("Not ready yet: two things to put right", "too slow", "borderline", "own answer"):
        assert said in text


def test_it_says_what_cannot_be_said(text: str) -> None:
    assert "No report of this kind can prove that a value is true." in text


@pytest.mark.parametrize("name", ["ready", "open"])
def test_every_outcome_can_be_rendered(name: str) -> None:
    kept = {"ready": ("snr",), "open": ("clock", "round-trip", "snr")}[name]
    whole = made.profile()
    asked = msgspec.structs.replace(
        whole, requirements=tuple(r for r in whole.requirements if r.id in kept)
    )

    report = made.report(asked=asked)

    assert report.overall.value == name
    assert render_pdf(report, asked, Reader("en"), ATTACHMENT).startswith(b"%PDF-1.7")


def test_letters_that_no_bundled_font_has_are_boxes() -> None:
    assert drawable("Zoë محمد Ω ✓ 日本 𓀀") == "Zoë محمد Ω ✓ □□ □"


def test_a_long_word_does_not_stop_it() -> None:
    session = made.session()
    long = made.run("system", made.reported("machine.os_name", "W" * 500))
    report = made.report(msgspec.structs.replace(session, runs=(long, *session.runs[4:])))

    assert render_pdf(report, made.profile(), Reader("en"), ATTACHMENT)
