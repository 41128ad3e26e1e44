"""What an editor can offer to ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readiness.locale import Reader
from readiness.model.measurement import Shape
from readiness.model.requirement import Level, Operator
from readiness.probes import all_metrics
from readiness.profiles import all_questions
from readiness.profiles.askable import askable_answer, askables
from readiness.profiles.draft.files import begin_draft

if TYPE_CHECKING:
    from pathlib import Path


def test_everything_that_is_measured_or_asked_can_be_asked_for() -> None:
    answers = {question.metric for question in all_questions().values()}

    assert all_metrics().keys() | answers == askables().keys()


def test_speed_is_asked_for_from_below_first() -> None:
    """At least 10 Mbit/s must be, at least 25 is recommended: the default profile's figures."""
    download = askables()["line.download"]

    assert (Operator.AT_LEAST, Operator.AT_MOST, Operator.BETWEEN) == download.operators
    assert [(Level.MUST, (10,)), (Level.SHOULD, (25,))] == [
        (level, criterion.threshold) for level, criterion in download.usual.items()
    ]


def test_delay_is_asked_for_from_above_first() -> None:
    assert Operator.AT_MOST is askables()["line.round_trip_median"].operators[0]


def test_number_is_never_asked_for_exactly() -> None:
    numbers = [one for one in askables().values() if one.metric.shape is Shape.NUMBER]

    assert not [one.id for one in numbers if Operator.EQUALS in one.operators]


def test_what_is_not_known_is_no_choice() -> None:
    assert "unknown" not in askables()["headset.link"].values
    assert "unknown" not in askables()["declared.line_type"].values


def test_what_is_free_text_offers_no_values() -> None:
    assert askables()["machine.cpu_model"].values == ()


def test_title_and_choices_are_in_the_reader_s_language() -> None:
    line = askables()["declared.line_type"]

    assert "Glasfaser" == line.value_title("fibre", Reader("de"))
    assert all_questions()["line_type"].title["es"] == line.title(Reader("es"))


USUAL = sorted(name for name, one in askables().items() if one.usual)


@pytest.mark.parametrize("name", USUAL)
def test_requirement_with_the_usual_limit_has_no_fault(name: str, tmp_path: Path) -> None:
    draft = begin_draft(tmp_path / "ours.toml")
    entry = askables()[name].requirement(Level.MUST, "own", ["download"])

    assert draft.add(("requirement",), entry).faults == ()


def test_second_requirement_about_the_same_has_an_id_of_its_own() -> None:
    speed = askables()["line.download"]

    assert "download-2" == speed.requirement(Level.MUST, "own", ["download"])["id"]


def test_own_question_can_be_asked_for() -> None:
    bell = all_questions()["quiet_room"]

    assert (True, False) == askable_answer(bell).values
