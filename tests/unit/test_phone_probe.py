"""The telephone probe: what it reports of what the microphone hears, and what it never claims."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import AudioDevice, Choices, Need, Prompt, Take
from readiness.probes.phone import CODE_LENGTH, PROBE, new_code
from readiness.session import run_probe
from tests.fakes.audio import HEADSET, FakeAudio
from tests.fakes.telephone import Presses, chord, keys, white
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from readiness.model.measurement import Failure, Measurement, ProbeRun

    Sound = NDArray[np.float64]
    Does = Callable[[str], "Sound | CannotMeasure"]

RATE = 16_000


def silent(_code: str = "") -> Sound:
    """A room with nothing in it."""
    return 0.001 * white(5 * RATE, seed=1)


def dial_tone(_code: str = "") -> Sound:
    """A lifted receiver in North America."""
    return silent() + np.pad(0.05 * chord((350, 440), 4, RATE), (RATE, 0))


def presses(text: str) -> Sound:
    """Keys, each for 0.2 s."""
    sound = keys(text, RATE, Presses(on=0.2, off=0.15))[0]
    return sound + 0.001 * white(sound.size, seed=2)


def code_pressed(code: str) -> Sound:
    """The code as it is shown."""
    return presses(code)


@dataclass(kw_only=True)
class Caller(WillingPerson):
    """Somebody with a telephone who does in each step what the test says, in turn.

    Attributes:
        does: For each step what is heard at the first, second ... attempt; the last one stays.
        skips: Steps that are left out.
        codes: Every code that was shown.
    """

    does: Mapping[Prompt, Sequence[Does]] = field(default_factory=dict)
    skips: frozenset[Prompt] = frozenset()
    codes: list[str] = field(default_factory=list)
    now: Sound | CannotMeasure = field(default_factory=silent)

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:
        """Do it, or leave it out."""
        attempt = self.prompts.count(prompt)
        super().ready(prompt, seconds=seconds, values=values)
        if prompt is Prompt.KEYPAD:
            self.codes.append(values["code"])
        done = self.does.get(prompt, (silent,))
        self.now = done[min(attempt, len(done) - 1)](values.get("code", ""))
        return self.willing and prompt not in self.skips


@dataclass(kw_only=True)
class Microphone(FakeAudio):
    """Hears what the caller does, for as long as the probe listens."""

    caller: Caller
    rate: int = RATE
    lengths: list[float] = field(default_factory=list)

    def record(
        self,
        device: AudioDevice,
        seconds: float,
        level: Callable[[float, float], None],
        *,
        hear: Callable[[NDArray[np.float32], int], None] | None = None,
        enough: Callable[[NDArray[np.float32]], bool] | None = None,
    ) -> Take:
        """What is heard, then the silent room until the end."""
        heard = self.caller.now
        if isinstance(heard, CannotMeasure):
            raise heard
        rest = max(0, round(seconds * RATE) - heard.size)
        room = 0.001 * white(rest, seed=3) if heard.any() else np.zeros(rest)
        self.plays = [np.concatenate([heard, room]).astype(np.float32)]
        self.recorded.clear()
        take = super().record(device, seconds, level, hear=hear, enough=enough)
        self.lengths.append(take.samples.size / RATE)
        return replace(take, rate=self.rate)


ALL: dict[Prompt, tuple[Does, ...]] = {
    Prompt.DIAL_TONE: (dial_tone,),
    Prompt.KEYPAD: (code_pressed,),
    Prompt.POWER_OFF: (dial_tone,),
}


def _run(caller: Caller, audio: Microphone | None = None) -> ProbeRun:
    return run_probe(
        PROBE,
        world=FakeWorld(audio_port=audio or Microphone(caller=caller)),
        choices=Choices(consent=frozenset({Need.MICROPHONE})),
        person=caller,
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def _found(run: ProbeRun) -> dict[str, Measurement]:
    return {measurement.metric: measurement for measurement in run.measurements}


def _failed(run: ProbeRun) -> dict[str, Failure]:
    return {failure.metric: failure for failure in run.failures}


def test_tone_code_and_power_are_confirmed() -> None:
    run = _run(Caller(does=ALL))

    assert {m.metric: m.value for m in run.measurements} == {
        "phone.dial_tone": True,
        "phone.keypad_code": True,
        "phone.powered": True,
    }


def test_the_dial_tone_is_named_in_the_evidence() -> None:
    summary = _found(_run(Caller(does=ALL)))["phone.dial_tone"].evidence.summary

    assert summary["tones_hz"] == "350 + 440"
    assert "US" in str(summary["tone_countries"])
    assert summary["rhythm"] == "continuous"


def test_each_step_ends_as_soon_as_it_has_heard_enough() -> None:
    caller = Caller(does=ALL)
    audio = Microphone(caller=caller)

    _run(caller, audio)

    tone, code, _ = audio.lengths
    assert tone < 5
    assert code < 3


def test_nobody_lifts_is_no_proof_of_a_dead_line() -> None:
    run = _run(Caller(does={**ALL, Prompt.DIAL_TONE: (silent,)}))

    assert "phone.dial_tone" not in _found(run)
    assert _failed(run)["phone.dial_tone"].detail == "no-dial-tone"
    assert _found(run)["phone.keypad_code"].value is True


def test_without_a_tone_before_its_absence_says_nothing_about_power() -> None:
    run = _run(Caller(does={**ALL, Prompt.DIAL_TONE: (silent,)}))

    assert _failed(run)["phone.powered"].detail == "no-tone-before"


def test_a_phone_that_dies_with_its_adapter_is_not_powered_by_the_line() -> None:
    run = _run(Caller(does={**ALL, Prompt.POWER_OFF: (silent,)}))

    assert _found(run)["phone.powered"].value is False


def test_the_power_step_may_be_left_out() -> None:
    run = _run(Caller(does=ALL, skips=frozenset({Prompt.POWER_OFF})))

    assert set(_found(run)) == {"phone.dial_tone", "phone.keypad_code"}
    failure = _failed(run)["phone.powered"]
    assert (failure.failure, failure.detail) == (FailureCode.SKIPPED, "step-skipped")


def test_a_recording_of_another_code_is_a_no() -> None:
    run = _run(Caller(does={**ALL, Prompt.KEYPAD: (lambda code: presses(_other(code)),)}))

    keypad = _found(run)["phone.keypad_code"]
    assert keypad.value is False
    assert keypad.evidence.summary["keys_heard"] == 6


def _other(code: str) -> str:
    return "".join(str((int(digit) + 1) % 10) for digit in code)


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [(silent, "no-keys"), (lambda code: presses(code[:5]), "code-incomplete")],
    ids=["no key", "five keys"],
)
def test_too_few_keys_are_no_answer(pressed: Does, expected: str) -> None:
    run = _run(Caller(does={**ALL, Prompt.KEYPAD: (pressed,)}))

    assert _failed(run)["phone.keypad_code"].detail == expected


def test_no_key_that_was_pressed_stands_in_the_report() -> None:
    """Somebody may press what is nobody's business."""
    run = _run(Caller(does={**ALL, Prompt.KEYPAD: (lambda _code: presses("471147114711"),)}))

    assert "4711" not in str(_found(run)["phone.keypad_code"].evidence)


def test_a_wrong_key_and_then_the_code_is_the_code() -> None:
    run = _run(Caller(does={**ALL, Prompt.KEYPAD: (lambda code: presses("#" + code),)}))

    assert _found(run)["phone.keypad_code"].value is True


def test_a_step_that_failed_is_repeated_alone_with_another_code() -> None:
    caller = Caller(does={**ALL, Prompt.KEYPAD: (silent, code_pressed)}, patience=1)

    run = _run(caller)

    assert caller.prompts == [
        Prompt.DIAL_TONE,
        Prompt.KEYPAD,
        Prompt.KEYPAD,
        Prompt.POWER_OFF,
    ]
    assert caller.failed == [(Prompt.KEYPAD, "no-keys")]
    assert len(set(caller.codes)) == 2
    keypad = _found(run)["phone.keypad_code"]
    assert keypad.value is True
    assert keypad.evidence.summary["repeated"] == "keypad: no-keys"


def test_after_three_attempts_it_stays_as_it_is() -> None:
    caller = Caller(does={**ALL, Prompt.KEYPAD: (silent,)}, patience=9)

    run = _run(caller)

    assert caller.prompts.count(Prompt.KEYPAD) == 3
    assert _failed(run)["phone.keypad_code"].detail == "no-keys"


def test_codes_are_six_random_digits() -> None:
    codes = {new_code() for _ in range(50)}

    assert len(codes) > 40
    assert all(len(code) == CODE_LENGTH and code.isdigit() for code in codes)


def test_a_rate_that_is_not_told_is_learnt_from_the_first_take() -> None:
    caller = Caller(does=ALL)
    audio = Microphone(caller=caller, device_list=[replace(HEADSET, rate=None)])

    run = _run(caller, audio)

    assert _found(run)["phone.keypad_code"].value is True
    assert audio.lengths[0] == pytest.approx(10)
    assert audio.lengths[1] < 3


@pytest.mark.parametrize(
    "fault", ["microphone-denied", "removed-during-take", "will-not-open", "device-gone"]
)
def test_a_fault_of_the_sound_system_keeps_its_name(fault: str) -> None:
    broken = CannotMeasure(FailureCode.NO_DEVICE, fault)
    run = _run(Caller(does={Prompt.DIAL_TONE: (lambda _code: broken,)}))

    assert not run.measurements
    assert {failure.detail for failure in run.failures} == {fault}
    assert PROBE.reasons[fault].remedy


def test_digital_silence_is_named_and_no_missing_tone() -> None:
    run = _run(Caller(does={Prompt.DIAL_TONE: (lambda _code: np.zeros(RATE),)}))

    assert {failure.detail for failure in run.failures} == {"all-zero"}


@pytest.mark.parametrize("rate", [4000, 384_000])
def test_a_rate_that_cannot_be_decoded_is_named(rate: int) -> None:
    caller = Caller(does=ALL)
    audio = Microphone(caller=caller, rate=rate, device_list=[replace(HEADSET, rate=rate)])

    run = _run(caller, audio)

    assert {failure.detail for failure in run.failures} == {"rate-not-usable"}


def test_a_recording_of_nothing_but_nan_is_no_tone_and_no_crash() -> None:
    broken = np.full(RATE, np.nan)
    run = _run(Caller(does=dict.fromkeys(ALL, (lambda _code: broken,))))

    assert {f.metric: f.detail for f in run.failures} == {
        "phone.dial_tone": "no-dial-tone",
        "phone.keypad_code": "no-keys",
        "phone.powered": "no-tone-before",
    }


def test_a_muted_microphone_is_named() -> None:
    caller = Caller(does=ALL)
    audio = Microphone(caller=caller, device_list=[replace(HEADSET, muted=True)])

    run = _run(caller, audio)

    assert {failure.detail for failure in run.failures} == {"muted"}
    assert not audio.lengths


def test_who_skips_everything_is_not_recorded() -> None:
    caller = Caller(willing=False)
    audio = Microphone(caller=caller)

    run = _run(caller, audio)

    assert not audio.lengths
    assert not run.measurements
    assert {failure.failure for failure in run.failures} == {FailureCode.SKIPPED}


def test_it_never_says_that_a_cord_was_proven() -> None:
    said = [PROBE.title, *PROBE.methods.values(), *(metric.title for metric in PROBE.metrics)]

    assert not [text for text in said if "cord" in text.lower()]
