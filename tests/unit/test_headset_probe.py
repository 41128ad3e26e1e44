"""The headset probe: what the report says of a device, and what it leaves open."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.audio_link_words import Link
from readiness.model.errors import FailureCode
from readiness.model.measurement import EvidenceKind
from readiness.ports import AudioDevice, Choices
from readiness.probes.headset import LINK, PROBE
from readiness.session import run_probe
from tests.fakes.audio import HEADSET, FakeAudio
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from readiness.model.measurement import ProbeRun


def _run(*devices: AudioDevice) -> ProbeRun:
    return run_probe(
        PROBE,
        world=FakeWorld(audio_port=FakeAudio(device_list=list(devices))),
        choices=Choices(),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def test_every_link_class_has_a_label() -> None:
    assert set(LINK.labels) == {link.value for link in Link}


def test_settings_are_reported_as_the_system_tells_them() -> None:
    found = {m.metric: m.value for m in _run(HEADSET).measurements}

    assert found == {
        "headset.link": "usb-corded",
        "headset.microphone": "Jabra EVOLVE 20 MS",
        "headset.muted": False,
        "headset.volume": 80.0,
        "headset.sample_rate": 16.0,
    }


def test_nothing_is_claimed_to_be_measured() -> None:
    """Settings and bus are what the system says; nobody measured a cable."""
    kinds = {m.evidence.kind for m in _run(HEADSET).measurements}

    assert kinds == {EvidenceKind.REPORTED}


def test_the_link_says_why_and_how_sure() -> None:
    link = next(m for m in _run(HEADSET).measurements if m.metric == "headset.link")

    assert link.evidence.summary == {
        "how_sure": "likely",
        "why": "known-corded",
        "rests_on": "usb-table",
        "product": "Jabra Evolve 20",
    }


def test_a_link_that_a_profile_vouches_for_names_the_profile() -> None:
    said = {"listed_link": "corded", "listed_name": "Our headset", "listed_by": "f" * 32}
    listed = replace(HEADSET, facts={**HEADSET.facts, "product_id": "ffff", **said})

    link = next(m for m in _run(listed).measurements if m.metric == "headset.link")

    assert link.value == "usb-corded"
    assert link.evidence.summary == {
        "how_sure": "likely",
        "why": "listed-corded",
        "rests_on": "profile-table",
        "product": "Our headset",
        "listed_by": "f" * 32,
    }


def test_what_the_system_does_not_tell_is_a_failure() -> None:
    run = _run(replace(HEADSET, muted=None, volume=None, rate=None))

    assert {(f.metric, f.failure, f.detail) for f in run.failures} == {
        (metric, FailureCode.UNSUPPORTED, "not-told")
        for metric in ("headset.muted", "headset.volume", "headset.sample_rate")
    }


def test_no_microphone_is_no_device() -> None:
    run = _run(replace(HEADSET, direction="output"))

    assert {(f.failure, f.detail) for f in run.failures} == {(FailureCode.NO_DEVICE, "no-input")}


def test_the_owner_of_the_headset_is_not_in_the_report() -> None:
    run = _run(replace(HEADSET, name="Anna's AirPods", facts={"system": "linux"}))

    assert all("Anna" not in str(m.value) for m in run.measurements)
