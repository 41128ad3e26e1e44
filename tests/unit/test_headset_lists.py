"""A profile's own list of headsets: what it adds, what it cannot do, and for whom it speaks."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.audio_devices import LISTED_BY, known_devices, listed_by, listed_facts, speaks_for
from readiness.audio_link import link_class
from readiness.engine import Engine
from readiness.judge import judge
from readiness.model.device import UsbLink
from readiness.model.errors import FailureCode
from readiness.model.finding import Verdict
from readiness.model.measurement import Session
from readiness.ports import AudioDevice, Choices
from readiness.profiles import check_profile, parse_profile
from readiness.system.audio import SystemAudio
from tests.fakes.audio import FakeAudio
from tests.fakes.reports import declared, failure, reported, run
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from readiness.cancel import Token
    from readiness.model.measurement import Failure, Measurement
    from readiness.model.requirement import Profile
    from readiness.ports import Audio
    from readiness.system.audio import Backend

EMPLOYER = """schema = "readiness-profile/1"
id = "{name}"
kind = "employer"
title = "Example"
summary = "An employer with headsets of its own."

[source.own]
title = "Our own headsets"
seen = 2026-11-23
grade = "P"

[[requirement]]
id = "cord"
level = "must"
area = "headset"

[[requirement.any_of]]
metric = "headset.link"
equals = "usb-corded"
source = "own"

[[requirement.any_of]]
metric = "declared.headset_corded"
equals = true
when = {{ metric = "headset.link", one_of = ["usb-unknown"] }}
source = "own"
"""
ENTRY = """
[[devices]]
usb = "{usb}"
name = "Our headset"
link = "{link}"
source = "own"
"""
OURS = "1234:abcd"
RECEIVER = "0b0e:245e"
EVOLVE = "0b0e:0301"


def _profile(name: str, **devices: str) -> Profile:
    """``devices``: link -> id."""
    text = EMPLOYER.format(name=name)
    text += "".join(ENTRY.format(usb=usb, link=link) for link, usb in devices.items())
    return parse_profile(text.encode(), name)


def _device(number: str, *profiles: Profile, **facts: object) -> AudioDevice:
    vendor, product = number.split(":")
    told: Mapping[str, object] = {
        "system": "linux",
        "device.bus": "usb",
        "vendor_id": vendor,
        "product_id": product,
        **facts,
    }
    told = listed_facts(told, listed_by(profiles))
    return AudioDevice(id="x", name="Headset", direction="input", default=True, facts=told)


def _verdict(profile: Profile, *found: Measurement | Failure) -> Verdict:
    session = Session(
        id="0" * 32,
        started=datetime(2026, 11, 26, tzinfo=UTC),
        app_version="0",
        platform="linux",
        runs=(run("any", *found),),
    )
    _, findings = judge(session, profile)
    return findings[0].verdict


def test_an_entry_is_read_with_its_source() -> None:
    device = _profile("employer-a", corded="1234:ABCD").devices[0]

    assert (device.usb, device.name, device.link) == (OURS, "Our headset", UsbLink.CORDED)
    assert device.source.title == "Our own headsets"


def test_a_listed_headset_is_corded_on_the_profile_s_word() -> None:
    profile = _profile("employer-a", corded=OURS)

    found = link_class(_device(OURS, profile))

    assert (found.value, found.why, found.product) == (
        "usb-corded",
        "listed-corded",
        "Our headset",
    )
    assert found.listed_by == profile.digest[:32]
    assert link_class(_device(OURS)).value == "usb-unknown"


@pytest.mark.parametrize(
    ("link", "value"), [("dongle", "dongle"), ("either", "usb-unknown"), ("corded", "usb-corded")]
)
def test_each_class_is_taken_over(link: str, value: str) -> None:
    assert link_class(_device(OURS, _profile("employer-a", **{link: OURS}))).value == value


@pytest.mark.parametrize("link", ["corded", "either"])
def test_no_profile_makes_a_known_receiver_anything_else(link: str) -> None:
    found = link_class(_device(RECEIVER, _profile("employer-a", **{link: RECEIVER})))

    assert (found.value, found.why, found.listed_by) == ("dongle", "known-receiver", "")


def test_a_profile_may_see_a_corded_headset_more_cautiously() -> None:
    found = link_class(_device(EVOLVE, _profile("employer-a", dongle=EVOLVE)))

    assert (found.value, found.why) == ("dongle", "listed-receiver")


def test_of_two_profiles_the_more_cautious_counts() -> None:
    corded, careful = _profile("employer-a", corded=OURS), _profile("employer-b", either=OURS)

    found = link_class(_device(OURS, corded, careful))

    assert (found.value, found.listed_by) == ("usb-unknown", careful.digest[:32])


def test_what_both_profiles_say_speaks_for_both() -> None:
    one, other = _profile("employer-a", corded=OURS), _profile("employer-b", corded=OURS)

    said = link_class(_device(OURS, one, other)).listed_by.split()

    assert said == sorted([one.digest[:32], other.digest[:32]])


@pytest.mark.parametrize("facts", [{"battery": True}, {"receiver": True}, {"product": "Wireless"}])
def test_a_sign_of_a_radio_outweighs_a_list(facts: dict[str, object]) -> None:
    device = _device(OURS, _profile("employer-a", corded=OURS), **facts)

    assert link_class(device).value in ("dongle", "usb-unknown")


@given(
    link=st.sampled_from(["dongle", "either", "corded"]),
    number=st.sampled_from(sorted(known_devices())),
)
def test_no_list_makes_any_known_device_less_cautious(link: str, number: str) -> None:
    known = known_devices()[number].link
    found = listed_by([_profile("employer-a", **{link: number})])

    caution = list(UsbLink)
    listed = found[number].link if number in found else known
    assert caution.index(listed) <= min(caution.index(known), caution.index(UsbLink(link)))


# --- for whom it speaks ------------------------------------------------------------------------


def _corded_by(profile: Profile) -> Measurement:
    return _listed(reported("headset.link", "usb-corded"), profile.digest[:32])


def _listed(fact: Measurement, by: str) -> Measurement:
    evidence = msgspec.structs.replace(fact.evidence, summary={LISTED_BY: by})
    return msgspec.structs.replace(fact, evidence=evidence)


def test_a_list_decides_for_its_own_profile() -> None:
    own = _profile("employer-a", corded=OURS)

    assert _verdict(own, _corded_by(own)) is Verdict.PASS


@pytest.mark.parametrize("word", [True, False, None])
def test_a_list_that_somebody_brings_along_decides_nothing_for_another(
    *, word: bool | None
) -> None:
    """Else an applicant could vouch for the receiver of his own headset."""
    other = _profile("employer-b", corded="4321:abcd")
    found = [_corded_by(_profile("employer-a", corded=OURS))]
    more = [] if word is None else [declared("headset_corded", word)]

    assert _verdict(other, *found, *more) is Verdict.UNKNOWN


def test_a_profile_of_the_same_id_but_another_list_is_another() -> None:
    asked = _profile("employer-a")
    forged = _profile("employer-a", corded=OURS)

    assert _verdict(asked, _corded_by(forged)) is Verdict.UNKNOWN


def test_what_the_product_s_table_knows_speaks_for_everybody() -> None:
    assert speaks_for(reported("headset.link", "usb-corded"), "0" * 64)
    assert speaks_for(failure("headset.link", FailureCode.NO_DEVICE), "0" * 64)
    assert speaks_for(_listed(reported("headset.microphone", "x"), "f" * 32), "0" * 64)


# --- through the program -----------------------------------------------------------------------


class Desk(FakeWorld):
    """A world whose sound system knows what the chosen profiles know."""

    def audio(self, choices: Choices, token: Token) -> Audio:
        """The real facade over listed devices."""
        backend = FakeAudio(device_list=[_device(OURS)])
        return SystemAudio(cast("Backend", backend), choices, token)


def test_a_listed_headset_passes_its_profile_and_leaves_others_open(tmp_path: Path) -> None:
    engine = Engine(home=tmp_path, world=Desk())
    own, other = _profile("employer-a", corded=OURS), _profile("employer-b")

    session = engine.run(
        engine.plan([own, other], only=["headset"]),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
    )

    assert judge(session, own)[1][0].verdict is Verdict.PASS
    assert judge(session, other)[1][0].verdict is Verdict.UNKNOWN


def test_loading_lets_pass_what_checking_names(tmp_path: Path) -> None:
    """The table grows; a profile in use must not break by that."""
    path = tmp_path / "employer-a.toml"
    text = EMPLOYER.format(name="employer-a") + ENTRY.format(usb=RECEIVER, link="corded")
    path.write_text(text, encoding="utf-8")

    assert [fault.reference for fault in check_profile(path)] == ["profile-device-known"]
    assert parse_profile(path.read_bytes(), "employer-a").devices[0].usb == RECEIVER
