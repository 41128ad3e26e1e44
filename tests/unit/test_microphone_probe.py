"""The microphone probe: what it reports of a take, and what it refuses to report."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices, Need, Prompt
from readiness.probes.microphone import PROBE
from readiness.session import run_probe
from readiness.voice_metrics import METRICS
from tests.fakes.audio import HEADSET, RATE, FakeAudio, bursts, noise
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.model.measurement import Failure, ProbeRun

VOICE = bursts(-26)
ROOM = noise(-60)
READING = VOICE + noise(-60, seed=2)
COUNTED = {"voice.clipping", "voice.dropouts", "voice.dc_offset"}
ZEROS = np.zeros(RATE, dtype=np.float32)
OPTIONAL = frozenset({Prompt.SPEAK_UP})


def _run(audio: FakeAudio, person: WillingPerson | None = None) -> ProbeRun:
    return run_probe(
        PROBE,
        world=FakeWorld(audio_port=audio),
        choices=Choices(consent=frozenset({Need.MICROPHONE})),
        person=person or WillingPerson(skips=OPTIONAL),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def _of_take(run: ProbeRun) -> list[Failure]:
    """Failures of what the silence and the reading tell."""
    own = {metric.id for metric in METRICS}
    return [failure for failure in run.failures if failure.metric in own]


def _values(run: ProbeRun) -> dict[str, object]:
    return {measurement.metric: measurement.value for measurement in run.measurements}


def _details(run: ProbeRun) -> dict[str, str]:
    return {failure.metric: failure.detail for failure in _of_take(run)}


def test_noise_is_that_of_the_silent_part() -> None:
    run = _run(FakeAudio(plays=[ROOM, READING]))

    assert _values(run)["voice.noise"] == pytest.approx(-60, abs=0.1)


def test_two_channels_are_not_compared_where_one_is_recorded() -> None:
    run = _run(FakeAudio(plays=[ROOM, READING]))

    told = {*_values(run), *(failure.metric for failure in run.failures)}
    assert "voice.balance" not in told


def _up_to(hertz: float, samples: NDArray[np.float32]) -> NDArray[np.float32]:
    spectrum = np.fft.rfft(samples)
    spectrum[round(hertz * samples.size / RATE) :] = 0
    return np.fft.irfft(spectrum, samples.size).astype(np.float32)


@pytest.mark.parametrize(("hertz", "doubt"), [(3400, "narrow-wall"), (RATE / 2, None)])
def test_a_telephones_bandwidth_puts_the_cord_in_doubt(hertz: float, doubt: str | None) -> None:
    loud = _up_to(hertz, (bursts(-26) + 0.5 * noise(-36, seed=3) * (bursts(0) != 0)))
    run = _run(FakeAudio(plays=[_up_to(hertz, noise(-75)), loud + _up_to(hertz, noise(-75))]))

    (voice,) = (one for one in run.measurements if one.metric == "voice.bandwidth")
    assert voice.evidence.summary.get("link_doubt") == doubt


def test_voice_above_noise_is_voice_level_minus_noise() -> None:
    values = _values(_run(FakeAudio(plays=[ROOM, READING])))

    assert isinstance(values["voice.level"], float)
    assert isinstance(values["voice.noise"], float)
    assert values["voice.snr"] == pytest.approx(
        values["voice.level"] - values["voice.noise"], abs=0.011
    )


def test_every_level_says_how_sure_it_is() -> None:
    run = _run(FakeAudio(plays=[ROOM, READING]))

    sure = {m.metric: m.uncertainty for m in run.measurements if m.metric not in COUNTED}
    assert all(sure.values())
    assert {"voice.level", "voice.noise", "voice.snr"} <= set(sure)


def test_the_person_is_first_silent_and_then_reads() -> None:
    person = WillingPerson(skips=OPTIONAL)
    audio = FakeAudio(plays=[ROOM, READING])

    _run(audio, person)

    assert person.prompts[:2] == [Prompt.STAY_SILENT, Prompt.READ_ALOUD]
    assert audio.recorded == [5.0, 11.0]


def test_no_sample_reaches_the_report() -> None:
    """Evidence holds a handful of numbers: nothing from which a word could be heard."""
    run = _run(FakeAudio(plays=[ROOM, READING]))

    for measurement in run.measurements:
        assert measurement.evidence.trace is None
        assert len(measurement.evidence.summary) <= 4


def test_who_skips_the_step_is_not_recorded() -> None:
    audio = FakeAudio(plays=[ROOM, READING])

    run = _run(audio, WillingPerson(willing=False))

    assert audio.recorded == []
    assert {(f.failure, f.detail) for f in run.failures} == {(FailureCode.SKIPPED, "step-skipped")}
    assert run.stopped


def test_a_muted_microphone_is_not_recorded() -> None:
    audio = FakeAudio(plays=[ROOM, READING], device_list=[replace(HEADSET, muted=True)])

    run = _run(audio)

    assert audio.recorded == []
    assert set(_details(run).values()) == {"muted"}


def test_nothing_but_zeros_is_never_a_quiet_room() -> None:
    run = _run(FakeAudio(plays=[ZEROS, ZEROS]))

    assert not run.measurements
    assert _details(run)["voice.noise"] == "all-zero"


@pytest.mark.parametrize("open_for", [0, RATE // 10], ids=["closed", "opened for a moment"])
def test_a_microphone_that_sends_nothing_in_silence_has_no_noise_level(open_for: int) -> None:
    gated = np.concatenate([ROOM[:open_for], np.zeros(4 * RATE, dtype=np.float32)])

    run = _run(FakeAudio(plays=[gated, READING]))

    assert set(_values(run)) == COUNTED
    assert _details(run)["voice.noise"] == "gated-silence"


def test_a_hole_in_the_recording_is_named() -> None:
    broken = READING.copy()
    broken[3 * RATE : 3 * RATE + RATE // 10] = 0

    run = _run(FakeAudio(plays=[ROOM, broken]))

    assert not run.measurements
    assert set(_details(run).values()) == {"interrupted"}


def test_lost_blocks_are_named() -> None:
    run = _run(FakeAudio(plays=[ROOM, READING], overflows=1))

    assert set(_details(run).values()) == {"interrupted"}


@pytest.mark.parametrize(
    ("silence", "reading", "expected"),
    [
        (ROOM, noise(-60, seed=3), "no-speech"),
        (ROOM, noise(-55, seed=3), "no-speech"),
        (READING, READING, "not-silent"),
        (READING, noise(-60, seed=3), "not-silent"),
    ],
    ids=[
        "said nothing",
        "5 dB louder is no speech",
        "spoke all the time",
        "spoke at the wrong time",
    ],
)
def test_a_take_that_went_wrong_has_no_voice_above_noise(
    silence: NDArray[np.float32], reading: NDArray[np.float32], expected: str
) -> None:
    run = _run(FakeAudio(plays=[silence, reading]))

    assert _details(run)["voice.snr"] == expected
    assert _details(run)["voice.level"] == expected


def test_a_faint_voice_from_elsewhere_is_noise_and_no_refusal() -> None:
    """Somebody else's voice 20 dB below the own one is just what background noise is.

    It is on for 2.4 s of 5 s: 10 log10(0.48 * 10^-4.6 + 10^-6) = -48.9 dBov with the room.
    """
    other_voice = bursts(-46) + ROOM

    run = _run(FakeAudio(plays=[other_voice, READING]))

    assert not _of_take(run)
    assert _values(run)["voice.noise"] == pytest.approx(-48.9, abs=0.2)


def test_clipping_is_found() -> None:
    loud = np.clip(3 * bursts(-6), -1, 1).astype(np.float32) + 0

    run = _run(FakeAudio(plays=[ROOM, loud + np.where(loud == 0, ROOM, 0)]))

    clipping = _values(run)["voice.clipping"]
    assert isinstance(clipping, float)
    assert clipping > 10


@pytest.mark.parametrize("fault", ["microphone-denied", "removed-during-take", "will-not-open"])
def test_a_fault_of_the_sound_system_keeps_its_name_and_has_words(fault: str) -> None:
    run = _run(FakeAudio(plays=[CannotMeasure(FailureCode.NO_DEVICE, fault)]))

    assert set(_details(run).values()) == {fault}
    assert PROBE.reasons[fault].remedy


@pytest.mark.parametrize(
    ("sign", "expected"), [("removed", "removed-during-take"), ("muted", "muted")]
)
def test_a_take_marked_as_spoilt_is_not_measured(sign: str, expected: str) -> None:
    audio = FakeAudio(plays=[ROOM, READING], removed=sign == "removed", muted=sign == "muted")

    run = _run(audio)

    assert not run.measurements
    assert set(_details(run).values()) == {expected}
