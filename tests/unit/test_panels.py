"""What stands under the rows of a report on paper: each cause and each ladder once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readiness.locale import Reader
from readiness.model.measurement import EvidenceKind
from readiness.report.panels import panels
from readiness.report.words import Row, rows
from tests.fakes import reports as made

READER = Reader("en")
RUNGS = (("Free", "Do."), ("Ask", "Ask."))


@pytest.fixture(scope="module")
def row() -> Row:
    """A row that is not met."""
    (found,) = (
        one for one in rows(made.report(), made.profile(), READER) if one.requirement == "upload"
    )
    return replace(found, title="First", cause="Far.", advice=RUNGS)


def test_a_ladder_stands_once_and_is_referred_to(row: Row) -> None:
    first, second = panels([row, replace(row, title="Second")], READER)

    assert first is not None
    assert second is not None
    assert (first.lead, first.cause, first.rungs, first.refers) == (
        "Likely cause",
        "Far.",
        RUNGS,
        "",
    )
    assert (second.cause, second.rungs, second.refers) == ("", (), "As for “First”.")


def test_another_cause_is_told_also_where_the_rungs_are_the_same(row: Row) -> None:
    _, second = panels([row, replace(row, title="Second", cause="Near.")], READER)

    assert second is not None
    assert (second.lead, second.cause, second.rungs) == ("Likely cause", "Near.", ())


def test_an_answer_has_no_likely_cause(row: Row) -> None:
    (panel,) = panels([replace(row, kind=EvidenceKind.DECLARED)], READER)

    assert panel is not None
    assert panel.lead == "Good to know"


@pytest.mark.parametrize(
    "reason", ["This was not checked.", "This question has not been answered."]
)
def test_what_the_table_says_already_is_not_said_again(row: Row, reason: str) -> None:
    assert panels([replace(row, cause="", reason=reason)], READER) == (None,)


def test_a_row_that_is_met_has_nothing_under_it(row: Row) -> None:
    assert panels([replace(row, cause="", advice=())], READER) == (None,)
