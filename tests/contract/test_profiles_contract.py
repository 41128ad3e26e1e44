"""What every shipped profile owes. A new one is under contract by lying in the folder."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from readiness.model.measurement import NO_UNIT, Metric, Shape
from readiness.model.requirement import AnswerKind, Grade, Level, ProfileKind
from readiness.probes import all_metrics
from readiness.profiles import DEFAULT, FOLDER, all_questions, check_profile, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.model.requirement import Criterion, Profile, Question
    from readiness.model.text import LocalText

FILES = sorted(FOLDER.glob("*.toml"))
TYPES = {"typical-voice", "strict-voice", "corded-phone", "chat-email", "call-path", "germany-eu"}
LANGUAGES = ("en", "de", "es")
PROPER_NAMES = {"us_state"}
"""Questions whose choices are names, the same in every language."""

every_profile = pytest.mark.parametrize("name", [path.stem for path in FILES])
every_question = pytest.mark.parametrize("name", sorted(all_questions()))


def _criteria(profile: Profile) -> Iterator[tuple[str, Criterion]]:
    for requirement in profile.requirements:
        for criterion in requirement.any_of:
            yield requirement.id, criterion


def _metric(metric_id: str, questions: dict[str, Question]) -> Metric:
    question = questions.get(metric_id)
    if question is None:
        return all_metrics()[metric_id]
    shape = Shape.YES_NO if question.kind is AnswerKind.YES_NO else Shape.CHOICE
    return Metric(id=metric_id, title="", shape=shape)


def _spoken(text: LocalText) -> bool:
    return all(text.get(language, "").strip() for language in LANGUAGES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_file_has_no_fault(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    assert [str(error) for error in check_profile(path)] == []


def test_the_promised_profiles_are_there() -> None:
    assert set(shipped()) >= TYPES
    assert DEFAULT in TYPES


@every_profile
def test_id_is_the_file_s_name_and_tells_the_kind(name: str) -> None:
    profile = shipped()[name]

    assert name == profile.id
    assert name.startswith("employer-") == (profile.kind is ProfileKind.EMPLOYER)
    assert (name in TYPES) == (profile.kind is ProfileKind.TYPE)


@every_profile
def test_every_text_speaks_english_german_and_spanish(name: str) -> None:
    profile = shipped()[name]
    texts = [profile.title, profile.summary]
    texts += [req.title for req in profile.requirements if req.title]
    texts += [advice.text for req in profile.requirements for advice in req.advice]

    assert all(map(_spoken, texts)), [text for text in texts if not _spoken(text)]


@every_profile
def test_every_threshold_names_a_source_that_was_seen(name: str) -> None:
    for where, criterion in _criteria(shipped()[name]):
        source = criterion.source
        assert source.title, where
        assert date(2026, 11, 1) <= source.seen, where
        assert source.address.startswith(("https://", "http://")) == (source.grade is not Grade.P)


@every_profile
def test_no_threshold_rests_on_hearsay(name: str) -> None:
    """Grade C is for direction only."""
    assert not [
        where
        for where, criterion in _criteria(shipped()[name])
        if criterion.source.grade is Grade.C
    ]


@every_profile
def test_figures_of_our_own_say_so(name: str) -> None:
    titles = {c.source.title for _, c in _criteria(shipped()[name]) if c.source.grade is Grade.P}

    assert titles <= {"Our own proposal"}


@pytest.mark.parametrize("name", sorted(set(shipped()) - TYPES))
def test_employer_s_profile_has_something_of_the_employer_s_in_every_requirement(name: str) -> None:
    for requirement in shipped()[name].requirements:
        assert any(c.source.grade is not Grade.P for c in requirement.any_of), requirement.id


@every_profile
def test_every_metric_exists_in_the_unit_that_is_written(name: str) -> None:
    profile = shipped()[name]
    questions = {question.metric: question for question in profile.questions}

    for where, criterion in _criteria(profile):
        metric = _metric(criterion.metric, questions)
        assert metric.unit == criterion.unit, where
        assert (metric.shape is Shape.NUMBER) or criterion.unit == NO_UNIT, where
    assert profile.metrics() <= {*all_metrics(), *questions}


@every_profile
def test_a_reader_can_name_every_requirement(name: str) -> None:
    """Where several requirements rest on one metric, each has a title of its own."""
    profile = shipped()[name]
    untitled = [req.any_of[0].metric for req in profile.requirements if not req.title]

    assert len(untitled) == len(set(untitled))
    assert all(req.title for req in profile.requirements if len(req.any_of) > 1)


@every_profile
def test_it_asks_only_what_every_profile_may_ask(name: str) -> None:
    """So that answers and reports know each question without reading every profile."""
    assert {question.id for question in shipped()[name].questions} <= set(all_questions())


@every_profile
def test_something_must_be_met(name: str) -> None:
    assert any(req.level is Level.MUST for req in shipped()[name].requirements)


@every_question
def test_question_speaks_english_german_and_spanish(name: str) -> None:
    question = all_questions()[name]
    texts = [question.text, question.title, question.why]
    if name not in PROPER_NAMES:
        texts += list(question.choices.values())

    assert all(map(_spoken, texts))
    assert question.text["en"].endswith("?")
    assert question.text["de"].endswith("?")
    assert bool(question.choices) == (question.kind is AnswerKind.CHOICE)


def test_states_are_the_fifty_and_the_district() -> None:
    states = set(all_questions()["us_state"].choices)

    assert len(states - {"elsewhere"}) == 51
    assert {"district-of-columbia", "new-york", "wyoming"} <= states


def test_strict_profile_says_that_nobody_asks_all_of_it() -> None:
    assert "No single employer" in shipped()["strict-voice"].summary["en"]


def test_landline_profile_says_that_it_is_out_of_date() -> None:
    assert "out of date" in shipped()["corded-phone"].summary["en"]


def test_german_profile_says_that_it_is_no_verdict() -> None:
    assert "no legal verdict" in shipped()["germany-eu"].summary["en"]
    assert "kein rechtliches Urteil" in shipped()["germany-eu"].summary["de"]
