"""Changes of a list that touch more than one place of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from readiness.model.requirement import Level, Operator
from readiness.profiles.askable import askables
from readiness.profiles.draft import read_draft
from tests.fakes.profiles import changed_lines
from tests.fakes.trust import PROFILE
from ui.employer.edits import (
    add_host,
    add_question,
    add_rule,
    add_source,
    compare,
    drop_rule,
    entries,
    recommend,
    recommended,
)

if TYPE_CHECKING:
    from readiness.profiles.draft import ProfileDraft


@pytest.fixture
def draft() -> ProfileDraft:
    return read_draft(PROFILE, "acme.toml")


def test_a_recommended_limit_is_a_requirement_of_its_own(draft: ProfileDraft) -> None:
    after = recommend(draft, 0, 50)

    rule = entries(after, "requirement")[1]
    assert (Level.SHOULD, 50) == (rule["level"], rule["any_of"][0]["at_least"])
    assert not after.faults


def test_changing_a_recommended_limit_changes_one_line(draft: ProfileDraft) -> None:
    before = recommend(draft, 0, 50)
    after = recommend(before, 0, 60)

    assert 2 == len(changed_lines(before.data, after.data))


def test_without_its_recommended_limit_a_list_is_as_before(draft: ProfileDraft) -> None:
    after = recommend(recommend(draft, 0, 50), 0, None)

    assert draft.data == after.data
    assert recommended(after, 0) is None


def test_the_first_host_brings_the_requirement_that_it_is_reached(draft: ProfileDraft) -> None:
    after = add_host(draft, askables()["endpoints.reachable"])

    assert not after.faults
    assert 1 == len(entries(after, "endpoint"))
    assert "endpoints.reachable" == entries(after, "requirement")[-1]["any_of"][0]["metric"]


def test_a_second_host_brings_no_second_one(draft: ProfileDraft) -> None:
    asked = askables()["endpoints.reachable"]
    one = add_host(draft, asked)
    after = add_host(one, asked)

    assert len(entries(one, "requirement")) == len(entries(after, "requirement"))


def test_a_question_of_one_s_own_is_asked_and_to_be_answered_with_yes(
    draft: ProfileDraft,
) -> None:
    after = add_question(draft, "Haben Sie eine Türklingel?", "de")

    assert after.profile is not None
    (question,) = [one for one in after.profile.questions if one.id.startswith("own")]
    assert {"de": "Haben Sie eine Türklingel?"} == question.text
    assert (True,) == after.profile.requirements[-1].any_of[0].threshold


def test_two_questions_of_one_s_own_have_two_names(draft: ProfileDraft) -> None:
    after = add_question(add_question(draft, "One?", "en"), "Two?", "en")

    assert not after.faults


def test_a_requirement_takes_the_question_along_that_nothing_else_asks(
    draft: ProfileDraft,
) -> None:
    asked = add_question(draft, "One?", "en")
    after = drop_rule(asked, len(entries(asked, "requirement")) - 1)

    assert [] == entries(after, "question")
    assert not after.faults


@pytest.mark.parametrize("metric", sorted(askables()))
def test_everything_that_can_be_asked_is_added_with_no_fault_but_a_missing_limit(
    draft: ProfileDraft, metric: str
) -> None:
    if metric.startswith("endpoints."):
        draft = add_host(draft, askables()["endpoints.reachable"])
    after = add_rule(draft, askables()[metric], Level.MUST)

    assert {fault.reference for fault in after.faults} <= {
        "profile-no-operator",
        "profile-missing-key",
    }


def test_another_comparison_keeps_the_number(draft: ProfileDraft) -> None:
    after = compare(draft, ("requirement", 0, "any_of", 0), Operator.AT_MOST)

    assert 20 == after.value(("requirement", 0, "any_of", 0, "at_most"))
    assert not after.faults


def test_a_number_becomes_both_ends_of_what_lies_between(draft: ProfileDraft) -> None:
    after = compare(draft, ("requirement", 0, "any_of", 0), Operator.BETWEEN)

    assert [20, 20] == after.value(("requirement", 0, "any_of", 0, "between"))
    assert not after.faults


def test_a_new_source_can_be_named_by_any_rule(draft: ProfileDraft) -> None:
    after = add_source(draft, "Our own page", date(2026, 3, 1))
    after = after.put(("requirement", 0, "any_of", 0, "source"), "source-2")

    assert not after.faults
    assert after.profile is not None
    assert "Our own page" == after.profile.requirements[0].any_of[0].source.title
