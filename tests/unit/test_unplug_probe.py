"""The plug that is pulled and pushed back, and what is asked about its cable."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import EvidenceKind
from readiness.ports import Choices, Prompt
from readiness.probes import unplug
from readiness.probes.unplug import PROBE
from readiness.session import run_probe
from tests.fakes.audio import HEADSET, FakeAudio
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.model.measurement import ProbeRun
    from readiness.ports import AudioDevice

BLUETOOTH = replace(HEADSET, facts={"system": "linux", "device.bus": "bluetooth"})
BUILT_IN = replace(
    HEADSET, facts={"system": "linux", "device.bus": "pci", "port": "analog-input-internal-mic"}
)
JACK = replace(
    HEADSET, facts={"system": "linux", "device.bus": "pci", "port": "analog-input-headset-mic"}
)


@dataclass(kw_only=True)
class Hand(WillingPerson):
    """Pulls and pushes plugs: step -> what is plugged in from then on."""

    audio: FakeAudio
    does: Mapping[Prompt, list[AudioDevice]] = field(default_factory=dict)

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:
        """Do it."""
        if prompt in self.does:
            self.audio.device_list[:] = self.does[prompt]
        return super().ready(prompt, seconds=seconds, values=values)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unplug, "PATIENCE_S", 0.2)


def _run(person: Hand) -> ProbeRun:
    return run_probe(
        PROBE,
        world=FakeWorld(audio_port=person.audio),
        choices=Choices(),
        person=person,
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def _hand(device: AudioDevice = HEADSET, **more: object) -> Hand:
    does = {Prompt.UNPLUG: [], Prompt.PLUG_IN: [device]}
    settings = {"does": does, **more}
    return Hand(audio=FakeAudio(device_list=[device]), **settings)  # type: ignore[arg-type]  # as the test says


def _values(run: ProbeRun) -> dict[str, object]:
    return {m.metric: m.value for m in run.measurements}


def test_seen_to_go_and_to_come_is_the_headset_in_the_hand() -> None:
    run = _run(_hand(chooses={Prompt.PLUG_IN: "yes"}))

    assert _values(run) == {"headset.unplugged": True, "headset.cord_followed": True}


def test_where_the_cable_ends_is_only_ever_their_own_answer() -> None:
    run = _run(_hand(chooses={Prompt.PLUG_IN: "no"}))

    (cord,) = [m for m in run.measurements if m.metric == "headset.cord_followed"]
    assert cord.value is False
    assert cord.evidence.kind is EvidenceKind.DECLARED


def test_no_answer_is_no_answer() -> None:
    run = _run(_hand())

    assert _values(run) == {"headset.unplugged": True}
    assert [f.detail for f in run.failures] == ["not-answered"]


def test_a_plug_that_nobody_saw_go_is_not_the_one_in_the_hand() -> None:
    person = _hand(does={}, patience=1)

    run = _run(person)

    assert person.failed == [(Prompt.UNPLUG, "still-there")] * 2
    assert _values(run) == {"headset.unplugged": False}
    (measurement,) = run.measurements
    assert measurement.evidence.summary["repeated"] == "unplug: still-there"


def test_a_plug_that_does_not_come_back_is_no_value() -> None:
    run = _run(_hand(does={Prompt.UNPLUG: []}))

    assert not run.measurements
    assert {f.detail for f in run.failures} == {"not-back"}


def test_the_plug_of_another_device_proves_nothing() -> None:
    other = replace(HEADSET, id="other")
    person = _hand(does={Prompt.UNPLUG: [HEADSET], Prompt.PLUG_IN: [HEADSET, other]})
    person.audio.device_list.append(other)

    assert _values(_run(person)) == {"headset.unplugged": False}


def test_a_round_plug_leaves_the_sound_card_behind() -> None:
    person = _hand(JACK, does={Prompt.UNPLUG: [BUILT_IN], Prompt.PLUG_IN: [JACK]})

    assert _values(_run(person))["headset.unplugged"] is True


@pytest.mark.parametrize("device", [BLUETOOTH, BUILT_IN], ids=["bluetooth", "built in"])
def test_what_has_no_plug_is_not_tried(device: AudioDevice) -> None:
    """Switching a Bluetooth headset off would look just like a plug that is pulled."""
    person = _hand(device)

    run = _run(person)

    assert person.prompts == []
    assert {f.detail for f in run.failures} == {"no-plug"}


def test_the_only_device_of_the_computer_may_go() -> None:
    person = _hand()
    listed = person.audio.devices

    def devices() -> list[AudioDevice]:
        if not person.audio.device_list:
            raise CannotMeasure(FailureCode.NO_DEVICE, "no-sound-system")
        return list(listed())

    person.audio.devices = devices  # type: ignore[method-assign]  # a system without any device

    assert _values(_run(person))["headset.unplugged"] is True


def test_a_sound_system_that_hangs_is_no_pulled_plug() -> None:
    person = _hand()

    def devices() -> list[AudioDevice]:
        raise CannotMeasure(FailureCode.TIMED_OUT, "sound-system-stalled")

    person.audio.devices = devices  # type: ignore[method-assign]  # a system that hangs

    run = _run(person)

    assert not run.measurements
    assert {f.detail for f in run.failures} == {"sound-system-stalled"}
