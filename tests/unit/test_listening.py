"""The listening step: the louder ear's echo below the voice, and which side was heard."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import EvidenceKind
from readiness.ports import Choices, Need, Prompt
from readiness.probes.microphone import PROBE
from readiness.session import run_probe
from tests.fakes.audio import HEADSET, RATE, FakeAudio, bursts, noise
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from readiness.model.measurement import Failure, Measurement, ProbeRun

PHONES = replace(HEADSET, id="phones", direction="output", volume=60.0)
ROOM = noise(-70)
READING = bursts(-26) + noise(-70, seed=2)
DELAY = round(0.12 * RATE)
NOMINAL_DBOV = -26.0


@pytest.fixture(autouse=True)
def _first_on_the_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readiness.listening.secrets.choice", lambda sides: sides[0])


def _leaks(left_db: float, right_db: float) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """Earphones that let so much less than they play through to the microphone, 120 ms late."""

    def hear(played: NDArray[np.float32]) -> NDArray[np.float32]:
        left, right = (10 ** (-loss / 20) for loss in (left_db, right_db))
        heard = left * played[:, 0] + right * played[:, 1]
        return np.concatenate([np.zeros(DELAY), heard]).astype(np.float32)

    return hear


def _audio(
    echoes: Callable[[NDArray[np.float32]], NDArray[np.float32]] | CannotMeasure | None = None,
) -> FakeAudio:
    return FakeAudio(plays=[ROOM, READING], device_list=[HEADSET, PHONES], echoes=echoes)


def _person(answer: str | None = "left", patience: int = 0) -> WillingPerson:
    chooses = {} if answer is None else {Prompt.LISTEN: answer}
    return WillingPerson(skips=frozenset({Prompt.SPEAK_UP}), chooses=chooses, patience=patience)


def _run(audio: FakeAudio, person: WillingPerson | None = None) -> ProbeRun:
    return run_probe(
        PROBE,
        world=FakeWorld(audio_port=audio),
        choices=Choices(consent=frozenset({Need.MICROPHONE, Need.LOUDSPEAKER})),
        person=person or _person(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def _found(run: ProbeRun) -> dict[str, Measurement]:
    return {measurement.metric: measurement for measurement in run.measurements}


def _failed(run: ProbeRun) -> dict[str, Failure]:
    return {failure.metric: failure for failure in run.failures}


@pytest.mark.parametrize(("left", "right", "side"), [(25, 40, "left"), (40, 25, "right")])
def test_the_louder_ear_counts(left: float, right: float, side: str) -> None:
    """A caller as loud as -26 dBov comes back with -51 dBov, which is told below the voice."""
    found = _found(_run(_audio(_leaks(left, right))))

    echo, level = found["voice.echo"], found["voice.level"].value
    assert isinstance(level, float)
    assert echo.value == pytest.approx(level - (NOMINAL_DBOV - 25), abs=0.5)
    assert echo.evidence.summary["louder_side"] == side
    assert echo.evidence.summary["delay_ms"] == pytest.approx(120, abs=1)


def test_a_quieter_voice_has_its_echo_nearer() -> None:
    """Half the level is 6 dB less distance, with the same earphones."""
    audio = _audio(_leaks(25, 40))
    audio.plays[1] = bursts(-32) + noise(-70, seed=2)

    usual = _found(_run(_audio(_leaks(25, 40))))["voice.echo"].value
    quiet = _found(_run(audio))["voice.echo"].value

    assert isinstance(usual, float)
    assert quiet == pytest.approx(usual - 6, abs=0.5)


def test_it_says_how_sure_it_is_and_at_which_volume() -> None:
    found = _found(_run(_audio(_leaks(25, 40))))

    echo = found["voice.echo"]
    assert echo.uncertainty is not None
    assert 0 < echo.uncertainty < 2
    assert echo.evidence.summary["output_volume_percent"] == 60
    assert echo.evidence.kind is EvidenceKind.MEASURED


def test_no_echo_that_was_listened_for_is_at_least_a_lot() -> None:
    echo = _found(_run(_audio()))["voice.echo"]

    assert echo.evidence.summary["echo_found"] is False
    assert isinstance(echo.value, float)
    assert echo.uncertainty is not None
    assert echo.value - echo.uncertainty > 45


@pytest.mark.parametrize(("answer", "why"), [(None, "nobody-listened"), ("none", "nothing-heard")])
def test_no_echo_of_what_nobody_heard_is_no_result(answer: str | None, why: str) -> None:
    run = _run(_audio(), _person(answer))

    assert _failed(run)["voice.echo"].detail == why


def test_an_echo_that_the_microphone_heard_counts_whatever_is_said() -> None:
    run = _run(_audio(_leaks(10, 10)), _person("none"))

    assert "voice.echo" in _found(run)
    assert _found(run)["headset.sides"].value == "none"


@pytest.mark.parametrize(
    ("answer", "value"),
    [("left", "as-played"), ("right", "swapped"), ("both", "both"), ("none", "none")],
)
def test_which_side_was_heard_is_the_persons_own_answer(answer: str, value: str) -> None:
    sides = _found(_run(_audio(_leaks(25, 40)), _person(answer)))["headset.sides"]

    assert sides.value == value
    assert sides.evidence.kind is EvidenceKind.DECLARED


def test_which_side_comes_first_is_played_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readiness.listening.secrets.choice", lambda sides: sides[1])
    audio = _audio(_leaks(25, 40))

    found = _found(_run(audio, _person("right")))

    ((_, played, rate),) = audio.played
    assert not played[: 2 * rate, 0].any(), "the left ear waits"
    assert played[: 2 * rate, 1].any()
    assert found["headset.sides"].value == "as-played"
    assert found["voice.echo"].evidence.summary["louder_side"] == "left"


def test_it_is_no_louder_than_a_caller() -> None:
    audio = _audio()

    _run(audio)

    ((_, played, _),) = audio.played
    sounding = played[:, 0][played[:, 0] != 0]
    assert 10 * np.log10(np.mean(sounding**2)) == pytest.approx(NOMINAL_DBOV, abs=0.2)
    assert np.abs(played).max() < 0.2


def test_who_hears_nothing_can_choose_another_volume_and_try_again() -> None:
    audio = _audio()

    run = _run(audio, _person("none", patience=1))

    assert len(audio.played) == 2
    assert _failed(run)["voice.echo"].summary["repeated"] == "listen: nothing-heard"


def test_a_voice_in_the_listening_is_named_and_no_missing_echo() -> None:
    def speaks(played: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.resize(bursts(-30), len(played))

    person = _person(patience=1)
    run = _run(_audio(speaks), person)

    assert person.failed[0] == (Prompt.LISTEN, "spoke-while-listening")
    assert _failed(run)["voice.echo"].detail == "spoke-while-listening"


@pytest.mark.parametrize(
    ("phones", "why"),
    [
        (replace(PHONES, muted=True), "output-muted"),
        (replace(PHONES, volume=0.0), "output-muted"),
        (None, "no-output"),
    ],
    ids=["muted", "turned down", "none there"],
)
def test_earphones_that_cannot_be_heard_have_no_echo(phones: object, why: str) -> None:
    audio = _audio()
    audio.device_list[:] = [HEADSET, phones] if phones else [HEADSET]  # type: ignore[list-item]  # a device

    run = _run(audio)

    assert audio.played == []
    assert _failed(run)["voice.echo"].detail == why
    assert "voice.level" in _found(run)


@pytest.mark.parametrize(
    "why", ["output-removed", "both-will-not-open", "removed-during-take", "sound-system-stalled"]
)
def test_a_fault_of_the_sound_system_keeps_its_name_and_has_words(why: str) -> None:
    run = _run(_audio(CannotMeasure(FailureCode.NO_DEVICE, why)))

    assert _failed(run)["voice.echo"].detail == why
    assert PROBE.reasons[why].remedy


@pytest.mark.parametrize(
    ("value", "why"), [(0.0, "all-zero"), (float("nan"), "not-finite"), (0.5, "constant")]
)
def test_a_microphone_that_delivers_no_sound_heard_no_missing_echo(
    monkeypatch: pytest.MonkeyPatch, value: float, why: str
) -> None:
    audio = _audio()
    record = audio.play_and_record

    def deaf(*what: object) -> object:
        take = record(*what)  # type: ignore[arg-type]  # passed on as they came
        return replace(take, samples=np.full_like(take.samples, value))

    monkeypatch.setattr(audio, "play_and_record", deaf)

    assert _failed(_run(audio))["voice.echo"].detail == why


@pytest.mark.parametrize(
    ("silence", "why"),
    [(ROOM, "interrupted"), (np.zeros(RATE, dtype=np.float32), "gated-silence")],
    ids=["sound was lost", "a noise gate"],
)
def test_a_microphone_that_was_deaf_for_one_side_heard_no_missing_echo(
    monkeypatch: pytest.MonkeyPatch, silence: NDArray[np.float32], why: str
) -> None:
    audio = _audio(_leaks(25, 25))
    audio.plays[0] = silence
    record = audio.play_and_record

    def deaf(*what: object) -> object:
        take = record(*what)  # type: ignore[arg-type]  # passed on as they came
        half = take.samples.size // 2
        return replace(take, samples=np.where(np.arange(take.samples.size) < half, 0, take.samples))

    monkeypatch.setattr(audio, "play_and_record", deaf)

    assert _failed(_run(audio))["voice.echo"].detail == why


def test_without_a_voice_there_is_nothing_to_compare_the_echo_with() -> None:
    audio = _audio(_leaks(25, 40))
    audio.plays[1] = noise(-70, seed=3)

    assert _failed(_run(audio))["voice.echo"].detail == "no-voice-level"


def test_without_consent_to_the_loudspeaker_nothing_is_played() -> None:
    audio = _audio(_leaks(25, 40))

    run = run_probe(
        PROBE,
        world=FakeWorld(audio_port=audio),
        choices=Choices(consent=frozenset({Need.MICROPHONE})),
        person=_person(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )

    assert audio.played == []
    assert _failed(run)["voice.echo"].detail == "loudspeaker-no-consent"
    assert not run.stopped
