"""What spoils a step of the guided take is named, and just that step is repeated."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices, Need, Prompt
from readiness.probes.microphone import PROBE
from readiness.session import Recorded, run_probe
from tests.fakes.audio import HEADSET, RATE, FakeAudio, bursts, noise
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from readiness.model.measurement import Measurement, ProbeRun
    from readiness.session import Event

ROOM = noise(-60)
READING = bursts(-26) + noise(-60, seed=2)
LOUD = bursts(-12) + noise(-60, seed=3)
ZEROS = np.zeros(RATE, dtype=np.float32)
DENIED = CannotMeasure(FailureCode.PERMISSION_DENIED, "microphone-denied")
GONE = CannotMeasure(FailureCode.NO_DEVICE, "removed-during-take")
SILENT, ALOUD, LOUDLY = Prompt.STAY_SILENT, Prompt.READ_ALOUD, Prompt.SPEAK_UP


def _run(audio: FakeAudio, person: WillingPerson, heard: list[Event] | None = None) -> ProbeRun:
    return run_probe(
        PROBE,
        world=FakeWorld(audio_port=audio),
        choices=Choices(consent=frozenset({Need.MICROPHONE})),
        person=person,
        listener=lambda event: None if heard is None else heard.append(event),
        stop=threading.Event(),
        attempt=1,
    )


def _found(run: ProbeRun) -> dict[str, Measurement]:
    return {measurement.metric: measurement for measurement in run.measurements}


def _holed(signal: NDArray[np.float32]) -> NDArray[np.float32]:
    broken = signal.copy()
    broken[2 * RATE : 2 * RATE + RATE // 10] = 0
    return broken


@pytest.mark.parametrize(
    ("plays", "prompts", "why"),
    [
        ([READING, READING, ROOM, LOUD], [SILENT, ALOUD, SILENT, LOUDLY], "not-silent"),
        ([ROOM, ROOM, READING, LOUD], [SILENT, ALOUD, ALOUD, LOUDLY], "no-speech"),
        ([ZEROS, ROOM, READING, LOUD], [SILENT, SILENT, ALOUD, LOUDLY], "all-zero"),
        ([ROOM, ZEROS, READING, LOUD], [SILENT, ALOUD, ALOUD, LOUDLY], "all-zero"),
        ([ROOM, GONE, READING, LOUD], [SILENT, ALOUD, ALOUD, LOUDLY], "removed-during-take"),
        ([DENIED, ROOM, READING, LOUD], [SILENT, SILENT, ALOUD, LOUDLY], "microphone-denied"),
        ([_holed(ROOM), READING, ROOM, LOUD], [SILENT, ALOUD, SILENT, LOUDLY], "interrupted"),
        ([ROOM, _holed(READING), READING, LOUD], [SILENT, ALOUD, ALOUD, LOUDLY], "interrupted"),
    ],
    ids=[
        "spoke in the silence",
        "did not speak",
        "muted in the silence",
        "muted in the reading",
        "pulled the plug",
        "not permitted",
        "a hole in the silence",
        "a hole in the reading",
    ],
)
def test_only_the_step_that_failed_is_repeated(
    plays: list[NDArray[np.float32] | CannotMeasure], prompts: list[Prompt], why: str
) -> None:
    person = WillingPerson(patience=1)

    run = _run(FakeAudio(plays=plays), person)

    failed = next(a for a, b in itertools.pairwise(prompts) if prompts.count(a) > 1)
    assert person.prompts == prompts
    assert person.failed == [(failed, why)]
    assert {"voice.level", "voice.noise", "voice.snr"} <= set(_found(run))


def test_what_was_repeated_stays_on_record() -> None:
    audio = FakeAudio(plays=[READING, READING, ROOM, LOUD])

    run = _run(audio, WillingPerson(patience=1))

    said = {m.evidence.summary.get("repeated") for m in run.measurements}
    assert said == {"stay-silent: not-silent"}


def test_where_nothing_was_repeated_nothing_is_said() -> None:
    run = _run(FakeAudio(plays=[ROOM, READING, LOUD]), WillingPerson())

    assert all("repeated" not in m.evidence.summary for m in run.measurements)


def test_a_step_is_tried_three_times_at_most() -> None:
    person = WillingPerson(patience=99)
    audio = FakeAudio(plays=[ROOM, ROOM, ROOM, ROOM, LOUD])

    run = _run(audio, person)

    assert person.prompts.count(ALOUD) == 3
    assert person.failed == [(ALOUD, "no-speech")] * 2
    failure = next(f for f in run.failures if f.metric == "voice.level")
    assert failure.detail == "no-speech"
    assert failure.summary["repeated"] == "read-aloud: no-speech; read-aloud: no-speech"


def test_who_goes_on_without_it_gets_the_reason_as_the_result() -> None:
    run = _run(FakeAudio(plays=[READING, READING, LOUD]), WillingPerson(patience=0))

    assert {f.detail for f in run.failures if f.metric == "voice.snr"} == {"not-silent"}


def test_a_mute_switch_found_before_the_step_can_be_put_right() -> None:
    audio = FakeAudio(plays=[ROOM, READING, LOUD], device_list=[replace(HEADSET, muted=True)])

    class Unmutes(WillingPerson):
        def again(self, prompt: Prompt, *, why: str, values: Mapping[str, str]) -> bool:
            audio.device_list[:] = [HEADSET]
            return super().again(prompt, why=why, values=values)

    person = Unmutes(patience=1)
    run = _run(audio, person)

    assert person.failed == [(SILENT, "muted")]
    assert "voice.level" in _found(run)


def test_another_microphone_does_not_take_the_place_of_the_one_that_was_pulled() -> None:
    other = replace(HEADSET, id="other", name="Built-in")
    audio = FakeAudio(plays=[ROOM, READING, LOUD], device_list=[HEADSET, other])

    class Pulls(WillingPerson):
        def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:
            if prompt is ALOUD:
                audio.device_list[:] = [other]
            return super().ready(prompt, seconds=seconds, values=values)

    run = _run(audio, Pulls())

    assert not run.measurements
    assert {f.detail for f in run.failures} == {"device-gone"}


def test_a_loud_voice_tells_how_much_room_is_left() -> None:
    """Bursts of -12 dBov are sines of amplitude sqrt(2) * 10^(-12/20) = 0.355: -9.0 dB."""
    run = _run(FakeAudio(plays=[ROOM, READING, LOUD]), WillingPerson())

    assert _found(run)["voice.headroom"].value == pytest.approx(9.0, abs=0.2)


def test_a_loud_voice_that_is_cut_off_has_no_room_left() -> None:
    cut = np.clip(4 * bursts(-12), -0.5, 0.5).astype(np.float32)
    cut = np.where(cut == 0, ROOM, cut)

    run = _run(FakeAudio(plays=[ROOM, READING, cut]), WillingPerson())

    assert _found(run)["voice.headroom"].value == 0


def test_who_does_not_speak_up_lacks_nothing_else() -> None:
    person = WillingPerson(skips=frozenset({LOUDLY}))

    run = _run(FakeAudio(plays=[ROOM, READING]), person)

    assert "voice.level" in _found(run)
    assert not run.stopped
    assert {f.detail for f in run.failures if f.metric == "voice.headroom"} == {"step-skipped"}


def test_without_the_loudspeaker_nothing_is_played_and_the_rest_is_measured() -> None:
    audio = FakeAudio(plays=[ROOM, READING, LOUD])

    run = _run(audio, WillingPerson())

    assert audio.played == []
    details = {f.metric: f.detail for f in run.failures}
    assert details["voice.echo"] == details["headset.sides"] == "loudspeaker-no-consent"
    assert "voice.level" in _found(run)


def test_the_person_gets_their_reading_to_hear_and_nothing_else() -> None:
    heard: list[Event] = []

    _run(FakeAudio(plays=[ROOM, READING, LOUD]), WillingPerson(), heard)

    (recorded,) = [event for event in heard if isinstance(event, Recorded)]
    assert recorded.take.samples.size == 11 * RATE
    np.testing.assert_array_equal(recorded.take.samples[:RATE], READING[:RATE])
