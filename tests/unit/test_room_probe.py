"""The longer silence: noises are counted and told with their times."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices, Need, Prompt
from readiness.probes.room import PROBE
from readiness.session import run_probe
from tests.fakes.audio import RATE, FakeAudio, noise
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.model.measurement import ProbeRun

ROOM = noise(-65, 30)


def _run(audio: FakeAudio, person: WillingPerson | None = None) -> ProbeRun:
    return run_probe(
        PROBE,
        world=FakeWorld(audio_port=audio),
        choices=Choices(consent=frozenset({Need.MICROPHONE})),
        person=person or WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def _barks(*at: float) -> NDArray[np.float32]:
    """A quiet room with a bark of 0.5 s, 30 dB above it, at each of these times."""
    signal = ROOM.copy()
    bark = noise(-35, 0.5, seed=5)
    for start in at:
        place = round(start * RATE)
        signal[place : place + bark.size] += bark
    return signal


def test_a_quiet_room_has_no_noises_and_a_level() -> None:
    run = _run(FakeAudio(plays=[ROOM]))

    values = {m.metric: m.value for m in run.measurements}
    assert values["room.noise_events"] == 0
    assert values["room.noise"] == pytest.approx(-65, abs=0.1)


def test_barks_are_counted_and_told_with_their_times() -> None:
    run = _run(FakeAudio(plays=[_barks(4.0, 12.5, 22.0)]))

    (events,) = [m for m in run.measurements if m.metric == "room.noise_events"]
    assert events.value == 3
    told = str(events.evidence.summary["noises_at"]).split("; ")
    assert [round(float(one.split(" ")[0])) for one in told] == [4, 12, 22]


def test_it_lasts_half_a_minute() -> None:
    person, audio = WillingPerson(), FakeAudio(plays=[ROOM])

    _run(audio, person)

    assert person.prompts == [Prompt.ROOM_SILENT]
    assert audio.recorded == [30.0]


@pytest.mark.parametrize(
    ("played", "why"),
    [
        (np.zeros(RATE, dtype=np.float32), "all-zero"),
        (np.full(RATE, np.nan, np.float32), "not-finite"),
        (np.concatenate([noise(-65, 10), np.zeros(20 * RATE, np.float32)]), "gated-silence"),
        (np.concatenate([noise(-65, 29), np.zeros(RATE, np.float32)]), "interrupted"),
        (CannotMeasure(FailureCode.NO_DEVICE, "removed-during-take"), "removed-during-take"),
    ],
    ids=["muted", "no numbers", "gated", "interrupted", "plug pulled"],
)
def test_a_silence_that_is_of_no_use_is_named_and_offered_again(
    played: NDArray[np.float32] | CannotMeasure, why: str
) -> None:
    person = WillingPerson(patience=1)

    run = _run(FakeAudio(plays=[played, ROOM]), person)

    assert person.failed == [(Prompt.ROOM_SILENT, why)]
    (events, _) = run.measurements
    assert events.evidence.summary["repeated"] == f"room-silent: {why}"


def test_a_room_that_was_not_listened_to_is_no_quiet_room() -> None:
    run = _run(FakeAudio(plays=[]), WillingPerson(willing=False))

    assert not run.measurements
    assert {f.failure for f in run.failures} == {FailureCode.SKIPPED}
