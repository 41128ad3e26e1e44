"""Skills in the report: shown for the person, without a verdict, unless a list asks for them."""

from __future__ import annotations

import io

import msgspec
import pytest
from pypdf import PdfReader

from readiness.cli.console import print_practised
from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.finding import Verdict
from readiness.model.requirement import Area, Level, Operator, Profile
from readiness.report.codec import decode_report, encode_report
from readiness.report.html import render_html
from readiness.report.pdf import render_pdf
from readiness.report.practised import TITLE, practised
from readiness.report.words import rows
from tests.fakes import reports as made

READER = Reader("en")
SKILLS = made.run(
    "skills",
    made.measurement("skills.typing_net", 38.2, "words/min", method="typing-test", samples=1),
    made.measurement("skills.typing_accuracy", 97.5, "%", method="typing-test", samples=1),
    made.measurement(
        "skills.grammar", 80.0, "%", uncertainty=31.0, method="right-answers", samples=10
    ),
    made.failure("skills.arithmetic", FailureCode.SKIPPED, "part-skipped"),
    made.failure("skills.typing_gross", FailureCode.SKIPPED, "part-skipped"),
    seconds=300,
)
SESSION = msgspec.structs.replace(made.session(), runs=(*made.session().runs, SKILLS))
REPORT = made.report(SESSION)


def _asking(at_least: float, level: Level = Level.MUST) -> Profile:
    """A list that asks for typing."""
    return Profile(
        id="example-chat",
        kind=made.profile().kind,
        title={"en": "Chat, example"},
        summary={"en": "Chat."},
        requirements=(
            made.requirement(
                "typing",
                Area.PERSON,
                {"en": "Typing"},
                made.criterion("skills.typing_net", Operator.AT_LEAST, at_least, unit="words/min"),
                level=level,
            ),
        ),
        questions=(),
        digest="cd" * 32,
    )


def test_what_nobody_asks_for_is_shown_with_its_uncertainty_and_without_a_verdict() -> None:
    found = practised(REPORT, made.profile(), READER)

    assert [(one.title, one.found, one.plus_minus) for one in found] == [
        ("Typing speed, errors deducted", "38\u202fwords/min", ""),
        ("Typed correctly", "97.5\u202f%", ""),
        ("Grammar and spelling, right answers", "80\u202f%", "± 31"),
    ]
    assert not any("skills" in row.metric for row in rows(REPORT, made.profile(), READER))


def test_what_is_the_same_for_two_figures_is_said_once() -> None:
    found = practised(REPORT, made.profile(), READER)

    assert "five characters count as one word" in found[0].how
    assert found[1].how == ""


def test_the_outcome_is_the_same_with_and_without_them() -> None:
    assert REPORT.overall is made.report().overall


@pytest.mark.parametrize(("at_least", "verdict"), [(35, Verdict.PASS), (45, Verdict.FAIL)])
def test_a_list_that_asks_for_it_judges_it(at_least: float, verdict: Verdict) -> None:
    asked = _asking(at_least)
    report = made.report(SESSION, asked)

    (row,) = rows(report, asked, READER)
    assert row.verdict is verdict
    titles = [one.title for one in practised(report, asked, READER)]
    assert "Typing speed, errors deducted" not in titles
    assert "Typed correctly" in titles


def test_a_speed_that_is_too_low_is_called_too_slow() -> None:
    asked = _asking(45)

    (row,) = rows(made.report(SESSION, asked), asked, READER)
    assert row.word == "too slow"
    assert row.margin == "7\u202fwords/min missing"
    assert row.advice


def test_html_and_pdf_show_them_and_leave_the_part_out_where_there_are_none() -> None:
    page = render_html(REPORT, made.profile(), READER)
    assert TITLE in page
    assert "38\u202fwords/min" in page
    assert TITLE not in render_html(made.report(), made.profile(), READER)
    pdf = render_pdf(REPORT, made.profile(), READER, b"{}")
    text = " ".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages)
    assert TITLE in " ".join(text.split())


def test_the_terminal_shows_them(capsys: pytest.CaptureFixture[str]) -> None:
    print_practised(practised(REPORT, made.profile(), READER), READER)
    print_practised((), READER)

    said = capsys.readouterr().out
    assert said.count(TITLE) == 1
    assert "38\u202fwords/min" in said


def test_they_survive_saving() -> None:
    assert practised(decode_report(encode_report(REPORT)), made.profile(), READER) == practised(
        REPORT, made.profile(), READER
    )
