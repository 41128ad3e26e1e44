"""Questions of one's own with several answers; what only a text editor changes stays as it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from readiness.model.requirement import AnswerKind
from readiness.profiles.draft import read_draft
from tests.fakes.profiles import changed_lines
from tests.fakes.trust import PROFILE
from ui.employer.answers import add_answer, answer_by, choices_of, drop_answer
from ui.employer.edits import add_question, by_hand

if TYPE_CHECKING:
    from readiness.profiles.draft import ProfileDraft

YES_NO = ("yes", "no")
EXAMPLE = re.search(
    r"```toml\n(schema.*?)```",
    (Path(__file__).parents[2] / "docs" / "profile-format.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


@pytest.fixture
def asked() -> ProfileDraft:
    """A list whose last requirement is a question of one's own."""
    return add_question(read_draft(PROFILE, "acme.toml"), "Is there a bell?", "en")


@pytest.fixture
def chosen(asked: ProfileDraft) -> ProfileDraft:
    return answer_by(asked, 0, AnswerKind.CHOICE, YES_NO, "en")


@pytest.fixture
def example() -> ProfileDraft:
    """The whole example of docs/profile-format.md, with conditions and headsets."""
    assert EXAMPLE is not None
    return read_draft(EXAMPLE[1].encode(), "example.toml")


def accepted(draft: ProfileDraft) -> object:
    number = len(draft.value(("requirement",))) - 1
    return draft.value(("requirement", number, "accept"))


def test_yes_and_no_become_two_answers_of_which_the_first_will_do(chosen: ProfileDraft) -> None:
    assert () == chosen.faults
    assert {"answer-1": {"en": "yes"}, "answer-2": {"en": "no"}} == choices_of(chosen, 0)
    assert ["answer-1"] == accepted(chosen)


def test_yes_or_no_again_is_the_same_list_as_before(
    asked: ProfileDraft, chosen: ProfileDraft
) -> None:
    assert asked.data == answer_by(chosen, 0, AnswerKind.YES_NO, YES_NO, "en").data


def test_one_more_answer_has_a_name_of_its_own(chosen: ProfileDraft) -> None:
    more = add_answer(drop_answer(add_answer(chosen, 0, "c", "en"), 0, "answer-2"), 0, "d", "en")
    assert () == more.faults
    assert ["answer-1", "answer-3", "answer-2"] == list(choices_of(more, 0))


def test_an_answer_that_is_gone_will_do_no_more(chosen: ProfileDraft) -> None:
    more = add_answer(chosen, 0, "I can mute it", "en")
    both = more.put(("requirement", 5, "accept"), ["answer-1", "answer-3"])
    less = drop_answer(both, 0, "answer-1")

    assert () == less.faults
    assert ["answer-3"] == accepted(less)


def test_the_last_answer_that_would_do_leaves_a_fault_with_its_place(chosen: ProfileDraft) -> None:
    less = drop_answer(add_answer(chosen, 0, "c", "en"), 0, "answer-1")

    assert less.faults_at(("requirement", 5))


def test_answers_in_another_language_stand_beside_the_first(chosen: ProfileDraft) -> None:
    after = chosen.put(("question", 0, "choices", "answer-1", "de"), "ja")

    assert () == after.faults
    assert {"en": "yes", "de": "ja"} == choices_of(after, 0)["answer-1"]


def test_the_example_has_parts_that_only_a_text_editor_changes(example: ProfileDraft) -> None:
    assert () == example.faults
    assert by_hand(example)


def test_what_has_a_field_each_needs_no_text_editor(chosen: ProfileDraft) -> None:
    assert not by_hand(chosen)


def test_a_changed_limit_leaves_every_other_byte_of_the_example(example: ProfileDraft) -> None:
    after = example.put(("requirement", 0, "any_of", 0, "at_least"), 12)
    lines = changed_lines(example.data, after.data)

    assert 2 == len(lines)
    assert any("at_least = 12" in line for line in map(str, lines))
