"""Reports and terminal in the pseudo-languages: nothing was written past the reader."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from readiness.cli.console import print_rows
from readiness.locale import Reader
from readiness.pseudo import LONG, MIRRORED
from readiness.report.html import render_html
from readiness.report.pdf import render_pdf
from readiness.report.words import headline, rows
from tests.fakes import reports as made
from tests.strange_words import INVISIBLE, PLAIN, plain
from tests.unit.test_report_html import Page

NAMES = re.compile(
    "|".join(
        (
            r"Windows( 1[01])?|macOS 15|Linux",
            re.escape(made.PAGE.title),
            r"[0-9A-Z]{4}-[0-9A-Z]{4}",  # the code of a report
            r"example-voice|readiness-report/1|(ab){32}",
        )
    )
)
"""What the made report names."""


FOREIGN = {*PLAIN.findall(made.HOSTILE), "Mbit"}
"""Words of a hostile document, and of a unit that a narrow column of the PDF breaks."""


def untranslated(text: str) -> list[str]:
    shown = " ".join(text.translate(INVISIBLE).split())
    return [word for word in plain(NAMES.sub("", shown)) if word not in FOREIGN]


@pytest.mark.parametrize("language", [LONG, MIRRORED])
def test_html_is_translated(language: str) -> None:
    page = Page(render_html(made.report(), made.profile(), Reader(language)))
    said = [one for one in page.said if not one.startswith(":root")]
    assert [one for one in said if untranslated(one)] == []


@pytest.mark.parametrize(("expected", "language"), [("ltr", LONG), ("rtl", MIRRORED)])
def test_html_says_from_which_side_it_is_read(expected: str, language: str) -> None:
    page = Page(render_html(made.report(), made.profile(), Reader(language)))
    assert page.all("html") == [{"lang": language, "dir": expected}]


def test_pdf_is_translated() -> None:
    document = PdfReader(BytesIO(render_pdf(made.report(), made.profile(), Reader(LONG), b"{}")))
    assert untranslated(" ".join(page.extract_text() for page in document.pages)) == []


def test_pdf_names_its_language_with_two_or_three_letters() -> None:
    """PDF/UA wants a language tag; ``qps`` is one for private use (ISO 639-2)."""
    document = PdfReader(
        BytesIO(render_pdf(made.report(), made.profile(), Reader(MIRRORED), b"{}"))
    )
    assert str(document.root_object["/Lang"]) == "qps"


def test_terminal_is_translated(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    report, profile, reader = made.report(), made.profile(), Reader(LONG)
    print_rows(rows(report, profile, reader), headline(report, profile, reader), reader)
    lines = [line for line in capsys.readouterr().out.splitlines() if untranslated(line)]
    assert lines == []
