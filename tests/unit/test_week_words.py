"""Hours of a week in the reader's words and time format."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from readiness.judge import judge
from readiness.locale import Reader
from readiness.model.measurement import Evidence, EvidenceKind, Measurement, ProbeRun, Session
from readiness.model.requirement import (
    Area,
    Criterion,
    Grade,
    Level,
    Operator,
    Profile,
    ProfileKind,
    Requirement,
    Source,
)
from readiness.model.week import parse_week
from readiness.profiles import all_questions
from readiness.report.rows import Writer
from readiness.week_words import day_words, hours_words, missing_words, week_words

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
OWN = Source(title="Own", seen=date(2026, 1, 31), grade=Grade.P)
HALF = "mon 9:00-12:30,14-18; tue-thu 9-17; sat 20-24"


def _plain(text: str) -> str:
    return text.replace("\u202f", " ")


def test_days_with_the_same_times_stand_together_in_german() -> None:
    said = week_words(parse_week(HALF), Reader("de"))
    assert said == "Mo 09:00–12:30, 14:00–18:00; Di–Do 09:00–17:00; Sa 20:00–24:00"  # noqa: RUF001


def test_weeks_begin_on_sunday_and_days_have_two_halves_in_english() -> None:
    said = week_words(parse_week("sun-mon 9-17"), Reader("en"))
    assert _plain(said) == "Sun–Mon 9 AM–5 PM"  # noqa: RUF001


def test_a_day_is_read_aloud_with_its_times() -> None:
    week = parse_week(HALF)
    assert _plain(day_words(week, 0, Reader("en"))) == (
        "Monday: 9:00 AM to 12:30 PM, 2:00 PM to 6:00 PM"
    )
    assert day_words(week, 6, Reader("en")) == "Sunday: no hours"


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ("mon-sun 17-22", "daily 17:00–22:00"),  # noqa: RUF001
        ("mon,wed,thu 9-12", "Mo, Mi–Do 09:00–12:00"),  # noqa: RUF001
        ("sat-sun 0-24", "Sa–So"),  # noqa: RUF001
    ],
)
def test_what_is_the_same_is_said_once(week: str, said: str) -> None:
    assert week_words(parse_week(week), Reader("de")).replace("täglich", "daily") == said


@pytest.mark.parametrize(
    ("hours", "said"), [(1, "1 hour"), (20, "20 hours"), (7.5, "7.5 hours"), (0.25, "0.25 hours")]
)
def test_hours_are_counted_in_words(hours: float, said: str) -> None:
    assert hours_words(hours, Reader("en")) == said


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("thu 15-17", "Thursday 3:00 PM to 5:00 PM is missing"),
        ("mon-fri 17-18", "Mon–Fri 5 PM–6 PM missing"),  # noqa: RUF001
        ("mon 1-2; wed 2-3; fri 3-4; sun 4-5", "4 hours missing"),
    ],
)
def test_what_is_missing_is_named(missing: str, said: str) -> None:
    assert _plain(missing_words(parse_week(missing), Reader("en"))) == said


def _row(criterion: Criterion, marked: str) -> tuple[str, str, str, str]:
    requirement = Requirement(id="hours", level=Level.MUST, area=Area.PERSON, any_of=(criterion,))
    profile = Profile(
        id="case",
        kind=ProfileKind.TYPE,
        title={"en": "Case"},
        summary={"en": "Case"},
        requirements=(requirement,),
        questions=(all_questions()["work_hours"],),
        digest="0",
    )
    measurement = Measurement(
        metric="declared.work_hours",
        value=marked,
        unit="-",
        evidence=Evidence(kind=EvidenceKind.DECLARED, method="answer"),
        at=AT,
    )
    run = ProbeRun(
        probe="questions",
        version=1,
        attempt=1,
        started=AT,
        duration_s=0,
        measurements=(measurement,),
    )
    session = Session(id="0", started=AT, app_version="0", platform="linux", runs=(run,))
    _, (finding,) = judge(session, profile)
    row = Writer(profile, Reader("de"), session).row(finding)
    return row.found, row.asked, row.margin, row.word


def test_a_row_names_the_time_of_the_shift_that_is_missing() -> None:
    shifts = Criterion(
        metric="declared.work_hours",
        operator=Operator.COVERS,
        threshold=(parse_week("mon-fri 9-17").text(),),
        source=OWN,
    )
    marked = parse_week("mon-wed,fri 9-17; thu 9-15").text()
    found, asked, margin, _ = _row(shifts, marked)
    assert found == "Mo–Mi, Fr 09:00–17:00; Do 09:00–15:00"  # noqa: RUF001
    assert asked == "Mo–Fr 09:00–17:00"  # noqa: RUF001
    assert margin.startswith("Donnerstag 15:00")
    assert "17:00" in margin


def test_a_row_counts_the_hours_within_the_window() -> None:
    evenings = Criterion(
        metric="declared.work_hours",
        operator=Operator.HOURS_AT_LEAST,
        threshold=(10,),
        within="sat 00:00-24:00; sun 00:00-24:00",
        source=OWN,
    )
    found, asked, margin, _ = _row(evenings, "fri 09:00-17:00; sat 09:00-15:30")
    assert "6,5" in found
    assert "10" in asked
    assert "Sa–So" in asked  # noqa: RUF001
    assert "24:00" not in asked
    assert "3,5" in margin
