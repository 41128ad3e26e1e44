"""Skills to practise: figures where something was done, a reason where it was not."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.practice import Typed
from readiness.ports import Choices, Need, Prompt
from readiness.probes.skills import PROBE
from readiness.session import Recorded, run_probe
from tests.fakes.audio import HEADSET, FakeAudio, bursts
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.model.measurement import Failure, Measurement
    from readiness.model.practice import Item, Passage
    from readiness.ports import Take

LISTENING = Choices(consent=frozenset({Need.MICROPHONE}), language="de")


def _run(
    person: WillingPerson,
    choices: Choices = Choices(language="en"),  # noqa: B008 - frozen
    audio: FakeAudio | None = None,
) -> tuple[dict[str, Measurement], dict[str, Failure], list[Take]]:
    takes: list[Take] = []
    run = run_probe(
        PROBE,
        world=FakeWorld(audio_port=audio),
        choices=choices,
        person=person,
        listener=lambda event: takes.append(event.take) if isinstance(event, Recorded) else None,
        stop=threading.Event(),
        attempt=1,
    )
    found = {measurement.metric: measurement for measurement in run.measurements}
    return found, {failure.metric: failure for failure in run.failures}, takes


def _wholly(passage: Passage) -> Typed:
    """Everything right, five characters a second after the first."""
    return Typed(text=passage.text, seconds=(len(passage.text) - 1) / 5, ended=True)


def _right(item: Item) -> str:
    return item.right


def _wrong(item: Item) -> str:
    return next(choice for choice in item.choices if choice != item.right)


def test_five_characters_a_second_are_sixty_words_a_minute() -> None:
    found, failures, _ = _run(WillingPerson(types=_wholly))

    assert found["skills.typing_gross"].value == found["skills.typing_net"].value == 60
    assert found["skills.typing_accuracy"].value == 100
    assert found["skills.typing_net"].unit == "words/min"
    assert {failure.detail for failure in failures.values()} == {"part-skipped"}


def test_the_language_is_in_the_evidence_and_what_was_typed_is_not() -> None:
    found, _, _ = _run(WillingPerson(types=_wholly), Choices(language="es"))

    summary = found["skills.typing_net"].evidence.summary
    assert summary["practised_in"] == "es"
    assert all(len(str(value)) < 20 for value in summary.values())


def test_all_right_and_all_wrong() -> None:
    knows = {Prompt.ARITHMETIC: _right, Prompt.GRAMMAR: _wrong}
    found, _, _ = _run(WillingPerson(knows=knows))

    assert (found["skills.arithmetic"].value, found["skills.grammar"].value) == (100, 0)
    assert found["skills.arithmetic"].evidence.samples == 8
    assert found["skills.grammar"].evidence.summary["right_answers"] == 0


def test_a_round_says_how_little_it_knows() -> None:
    """8 of 8: Wilson's lower end is 8 / (8 + 1.96^2) = 67.6 %."""
    found, _, _ = _run(WillingPerson(knows={Prompt.ARITHMETIC: _right}))

    assert found["skills.arithmetic"].uncertainty == pytest.approx(32.4, abs=0.1)


@pytest.mark.parametrize(
    ("typed", "code", "detail"),
    [
        (
            Typed(text="Good morning", seconds=5, ended=True),
            FailureCode.SKIPPED,
            "too-little-typed",
        ),
        (Typed(text="", seconds=0, ended=True), FailureCode.SKIPPED, "too-little-typed"),
        (Typed(text="x" * 400, seconds=0, ended=True), FailureCode.SKIPPED, "too-little-typed"),
        (
            Typed(text="x" * 400, seconds=10, ended=True),
            FailureCode.UNSUPPORTED,
            "too-fast-to-be-typed",
        ),
    ],
)
def test_what_cannot_have_been_typed_has_no_speed(
    typed: Typed, code: FailureCode, detail: str
) -> None:
    found, failures, _ = _run(WillingPerson(types=lambda _passage: typed))

    assert found == {}
    for name in ("skills.typing_net", "skills.typing_gross", "skills.typing_accuracy"):
        assert (failures[name].failure, failures[name].detail) == (code, detail)


def test_everything_can_be_skipped() -> None:
    found, failures, takes = _run(WillingPerson(willing=False), LISTENING, FakeAudio())

    assert found == {}
    assert takes == []
    assert len(failures) == 5
    assert {failure.failure for failure in failures.values()} == {FailureCode.SKIPPED}


# --- the greeting --------------------------------------------------------------------------------


def test_the_greeting_is_handed_over_to_be_heard() -> None:
    person = WillingPerson()
    _, _, takes = _run(person, LISTENING, FakeAudio(plays=[bursts(-26)]))

    assert person.prompts == [Prompt.GREETING]
    assert [take.samples.size / take.rate for take in takes] == [12]


def test_without_the_microphone_there_is_no_greeting() -> None:
    person = WillingPerson()
    _run(person, Choices(), FakeAudio(plays=[bursts(-26)]))

    assert person.prompts == []


class Rehearsing(WillingPerson):
    """Records again as often as given."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.left = times

    def choose(
        self,
        prompt: Prompt,  # noqa: ARG002 - the port's names
        *,
        options: Sequence[str],
        values: object,  # noqa: ARG002 - the port's names
    ) -> str | None:
        """Once more, while any are left."""
        self.left -= 1
        return options[0] if self.left > 0 else options[1]


def test_it_can_be_recorded_again_as_often_as_one_likes() -> None:
    _, _, takes = _run(Rehearsing(5), LISTENING, FakeAudio(plays=[bursts(-26)] * 5))

    assert len(takes) == 5


@pytest.mark.parametrize(
    ("audio", "detail"),
    [
        (FakeAudio(device_list=[]), "no-input"),
        (FakeAudio(device_list=[replace(HEADSET, muted=True)]), "muted"),
        (FakeAudio(plays=[CannotMeasure(FailureCode.PERMISSION_DENIED, "no-access")]), "no-access"),
        (FakeAudio(plays=[bursts(-26)], removed=True), "removed-during-take"),
    ],
)
def test_a_microphone_that_fails_is_told_to_the_person(audio: FakeAudio, detail: str) -> None:
    person = WillingPerson(types=_wholly)
    found, _, takes = _run(person, LISTENING, audio)

    assert person.failed == [(Prompt.GREETING, detail)]
    assert takes == []
    assert found["skills.typing_net"].value == 60, "what was found before stays"
