"""No device that may be a radio passes a requirement for a cord: every fixture, every profile."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from readiness.audio_link import link_class
from readiness.audio_link_words import Link
from readiness.judge import judge
from readiness.model.finding import Verdict
from readiness.model.measurement import Session
from readiness.ports import Choices
from readiness.probes.headset import PROBE
from readiness.profiles import shipped
from readiness.session import run_probe
from tests.fakes.audio import HEADSET, FakeAudio
from tests.fakes.audio_fixtures import cases, device_of
from tests.fakes.reports import declared, run
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.model.measurement import ProbeRun
    from readiness.model.requirement import Criterion, Profile, Requirement
    from readiness.ports import AudioDevice

WIRELESS = {Link.BLUETOOTH, Link.DONGLE}
OPEN = {Link.UNKNOWN, Link.VIRTUAL}
ALL = [(case, device_of(system, case)) for system, case in cases()]
SWORN = run("declared", declared("headset_corded", True))  # noqa: FBT003 - the answer


def _session(found: ProbeRun) -> Session:
    return Session(
        id="0" * 32,
        started=datetime(2026, 11, 26, tzinfo=UTC),
        app_version="0",
        platform="linux",
        runs=(found, SWORN),
    )


def _about_the_link(profile: Profile) -> Iterator[tuple[Requirement, Criterion]]:
    for requirement in profile.requirements:
        for criterion in requirement.any_of:
            when = criterion.when.metric if criterion.when else ""
            if "headset.link" in (criterion.metric, when):
                yield requirement, criterion


def _asks_for_a_cord(profile: Profile) -> bool:
    return any(True for _ in _about_the_link(profile))


PROFILES = [name for name in shipped() if _asks_for_a_cord(shipped()[name])]


def _run(device: AudioDevice) -> ProbeRun:
    return run_probe(
        PROBE,
        world=FakeWorld(audio_port=FakeAudio(device_list=[device])),
        choices=Choices(),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def test_the_profiles_that_ask_for_a_cord_are_found() -> None:
    assert {"typical-voice", "strict-voice", "germany-eu", "employer-yoummday"} <= set(PROFILES)


@pytest.mark.parametrize("name", PROFILES)
def test_no_profile_accepts_or_asks_about_a_wireless_or_unknown_link(name: str) -> None:
    """Neither as a value that passes, nor as one where the person's word would do."""
    for _, criterion in _about_the_link(shipped()[name]):
        values = criterion.threshold if criterion.metric == "headset.link" else ()
        values += criterion.when.one_of if criterion.when else ()

        assert not {*WIRELESS, *OPEN} & set(values)


@pytest.mark.parametrize(
    ("case", "device"), ALL, ids=[f"{system}: {case['case']}" for system, case in cases()]
)
def test_a_wireless_or_unknown_device_passes_no_requirement_for_a_cord(
    case: dict[str, Any], device: AudioDevice
) -> None:
    """Even if the person swears that it has one."""
    link = link_class(device).value
    assert link == case["link"]
    session = _session(_run(device))

    for name in PROFILES if link in {*WIRELESS, *OPEN} else ():
        asked = {requirement.id for requirement, _ in _about_the_link(shipped()[name])}
        _, findings = judge(session, shipped()[name])
        passed = {one.requirement for one in findings if one.verdict is Verdict.PASS}

        assert not asked & passed, name


def test_the_corded_headset_of_the_table_passes_all_of_them() -> None:
    """So that the claim above is not kept by passing nothing."""
    session = _session(_run(HEADSET))

    for name in PROFILES:
        asked = {requirement.id for requirement, _ in _about_the_link(shipped()[name])}
        _, findings = judge(session, shipped()[name])
        assert {one.verdict for one in findings if one.requirement in asked} == {Verdict.PASS}
