"""Hours of a week, read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.model.errors import InputError
from readiness.model.measurement import MAX_TEXT
from readiness.model.week import (
    STEP_MIN,
    WEEK_MIN,
    Week,
    parse_answer,
    parse_week,
    read_canonical,
    span,
)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("mon 09:00-12:30,14:00-18:00", "mon 09:00-12:30,14:00-18:00"),
        ("Tue 9-17", "tue 09:00-17:00"),
        ("sat,sun 10:00 - 14:00", "sat 10:00-14:00; sun 10:00-14:00"),
        ("mon-tue 9-12; mon 12-13", "mon 09:00-13:00; tue 09:00-12:00"),
        ("fri 22:00-30:00", "fri 22:00-24:00; sat 00:00-06:00"),
        ("sun 22-30", "mon 00:00-06:00; sun 22:00-24:00"),
        ("sat-mon 0-1", "mon 00:00-01:00; sat 00:00-01:00; sun 00:00-01:00"),
        ("wed 00:00-24:00", "wed 00:00-24:00"),
    ],
)
def test_each_week_has_one_text(written: str, text: str) -> None:
    assert parse_week(written).text() == text


def test_five_days_of_eight_hours_are_forty() -> None:
    assert parse_week("mon-fri 9-17").hours == 40


@pytest.mark.parametrize(
    ("written", "reference"),
    [
        ("", "week-empty"),
        (";;", "week-empty"),
        ("x" * 501, "week-empty"),
        ("always", "week-form"),
        ("mon nine to five", "week-form"),
        ("mon 9-", "week-form"),
        ("mon 9-17,", "week-form"),
        ("moon 9-17", "week-day"),
        ("mon-wed-fri 9-17", "week-day"),
        ("mon 9:60-17:00", "week-time"),
        ("mon 24-25", "week-time"),
        ("mon 9-49", "week-time"),
        ("mon 17-9", "week-order"),
        ("mon 9-9", "week-order"),
        ("mon 0-25", "week-order"),
        ("mon 9-12,11-13", "week-overlap"),
        ("fri 22-30; sat 5-7", "week-overlap"),
        ("mon,mon 9-10", "week-overlap"),
        ("mon 1-2,3-4,5-6,7-8,9-10,11-12", "week-too-many"),
    ],
)
def test_what_is_no_week_is_named(written: str, reference: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_week(written)
    assert refused.value.reference == reference
    assert "{" not in str(refused.value)


def test_an_answer_is_in_half_hours() -> None:
    with pytest.raises(InputError, match="week-half-hours"):
        parse_answer("mon 9:15-17:00")


def test_days_may_be_named_in_another_language() -> None:
    assert parse_week("Mo. 9-10", {"mo": 0}) == span(0, 540, 600)


@given(st.integers(0, (1 << 336) - 1))
def test_every_week_in_half_hours_comes_back_from_its_text(halves: int) -> None:
    week = Week()
    for place in range(336):
        if halves >> place & 1:
            week |= span(0, place * STEP_MIN, (place + 1) * STEP_MIN)
    if not week.fits() or not week:
        return
    assert parse_answer(week.text()) == week
    assert len(week.text()) <= MAX_TEXT


def test_the_longest_text_fits_into_a_value() -> None:
    full = parse_week("mon-sun 1-2,3-4,5-6,7-8,9-10")
    assert len(full.text()) == 453
    assert read_canonical(full.text()) == full


@given(st.text(max_size=60))
def test_foreign_text_is_a_week_or_refused(text: str) -> None:
    said, minutes = "", 1
    try:
        minutes = parse_week(text).minutes
    except InputError as refused:
        said = str(refused)
    assert "\n" not in said
    assert 0 < minutes < 1 << WEEK_MIN


@pytest.mark.parametrize("stored", ["mon 9-17", "mon 09:00-12:00,12:00-13:00", "", 3, True, None])
def test_only_the_one_text_counts_as_stored(stored: object) -> None:
    assert read_canonical(stored) is None
