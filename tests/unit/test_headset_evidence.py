"""What outweighs what: kernel, table, name, battery, bandwidth; and what no evidence may do."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.audio_devices import known_devices
from readiness.audio_link import link_class
from readiness.audio_link_words import WHY, Basis, HowSure, Link
from readiness.model.device import UsbLink
from readiness.ports import AudioDevice
from tests.fakes.audio_fixtures import cases, device_of

if TYPE_CHECKING:
    from readiness.audio_link_words import LinkClass

CORDED_ID = {"vendor_id": "0b0e", "product_id": "0301"}
RECEIVER_ID = {"vendor_id": "0b0e", "product_id": "245e"}
EITHER_ID = {"vendor_id": "0b0e", "product_id": "24b8"}
UNKNOWN_ID = {"vendor_id": "0d8c", "product_id": "0014"}
CORDS = {Link.JACK, Link.USB_CORDED}


def _usb(name: str = "Headset", /, **facts: object) -> AudioDevice:
    told: dict[str, object] = {"system": "linux", "device.bus": "usb", **facts}
    return AudioDevice(id="x", name=name, direction="input", rate=48_000, facts=told)


JACK = AudioDevice(
    id="x",
    name="Built-in Audio",
    direction="input",
    rate=48_000,
    facts={"system": "linux", "device.bus": "pci", "port": "analog-input-headset-mic"},
)


def _said(found: LinkClass) -> tuple[str, str, str]:
    return found.value, found.how_sure, found.basis


@pytest.mark.parametrize(
    ("device", "said"),
    [
        (_usb(**CORDED_ID, receiver=True), (Link.DONGLE, HowSure.CERTAIN, Basis.SYSTEM)),
        (_usb(**EITHER_ID, receiver=True), (Link.DONGLE, HowSure.CERTAIN, Basis.SYSTEM)),
        (_usb(**RECEIVER_ID), (Link.DONGLE, HowSure.LIKELY, Basis.USB_TABLE)),
        (
            _usb("Jabra Link 370", **EITHER_ID),
            (Link.USB_UNKNOWN, HowSure.CANNOT_TELL, Basis.USB_TABLE),
        ),
        (
            _usb(**EITHER_ID, battery=True),
            (Link.USB_UNKNOWN, HowSure.CANNOT_TELL, Basis.USB_TABLE),
        ),
        (_usb("Wireless", **CORDED_ID), (Link.DONGLE, HowSure.LIKELY, Basis.PRODUCT_NAME)),
        (
            _usb(product="Jabra Link 370", **UNKNOWN_ID),
            (Link.DONGLE, HowSure.LIKELY, Basis.PRODUCT_NAME),
        ),
        (_usb(**UNKNOWN_ID, battery=True), (Link.DONGLE, HowSure.LIKELY, Basis.BATTERY)),
        (
            _usb(**CORDED_ID, battery=True),
            (Link.USB_UNKNOWN, HowSure.CANNOT_TELL, Basis.BATTERY),
        ),
        (_usb(**CORDED_ID), (Link.USB_CORDED, HowSure.LIKELY, Basis.USB_TABLE)),
        (_usb(**UNKNOWN_ID), (Link.USB_UNKNOWN, HowSure.CANNOT_TELL, Basis.SYSTEM)),
        (
            replace(JACK, facts={**JACK.facts, "battery": True}),
            (Link.UNKNOWN, HowSure.CANNOT_TELL, Basis.SYSTEM),
        ),
    ],
)
def test_the_stronger_evidence_decides(device: AudioDevice, said: tuple[str, str, str]) -> None:
    assert _said(link_class(device)) == said


def test_a_battery_that_is_not_reported_says_nothing() -> None:
    assert link_class(_usb(**CORDED_ID, battery=False, receiver=False)).value is Link.USB_CORDED


@pytest.mark.parametrize(
    ("wall", "value", "how_sure"),
    [
        (3.4, Link.USB_UNKNOWN, HowSure.CANNOT_TELL),  # G.711
        (4.0, Link.USB_UNKNOWN, HowSure.CANNOT_TELL),  # CVSD at 8 kHz
        (7.0, Link.USB_CORDED, HowSure.DOUBTFUL),  # G.722
        (8.0, Link.USB_CORDED, HowSure.DOUBTFUL),  # mSBC at 16 kHz
        (16.0, Link.USB_CORDED, HowSure.LIKELY),  # LC3 at 32 kHz: no telephone's wall
        (None, Link.USB_CORDED, HowSure.LIKELY),
    ],
)
def test_a_wall_takes_confidence_away_from_a_cord(
    wall: float | None, value: Link, how_sure: HowSure
) -> None:
    found = link_class(_usb(**CORDED_ID), wall_khz=wall)

    assert (found.value, found.how_sure) == (value, how_sure)


def test_a_wide_wall_that_the_microphone_s_own_rate_makes_says_nothing() -> None:
    """Many corded headsets of call centres sample at 16 kHz."""
    slow = replace(_usb(**CORDED_ID), rate=16_000)

    assert link_class(slow, wall_khz=7.6) == link_class(slow)


def test_a_narrow_wall_makes_the_socket_doubtful_and_says_why() -> None:
    found = link_class(JACK, wall_khz=3.4)

    assert (found.value, found.how_sure, found.doubt) == (
        Link.JACK,
        HowSure.DOUBTFUL,
        "narrow-wall",
    )
    assert found.doubt in WHY


@pytest.mark.parametrize("wall", [math.nan, math.inf, -math.inf, 0.0, -3.4])
def test_a_wall_that_is_no_frequency_says_nothing(wall: float) -> None:
    assert link_class(_usb(**CORDED_ID), wall_khz=wall) == link_class(_usb(**CORDED_ID))


SURENESS = [HowSure.CANNOT_TELL, HowSure.DOUBTFUL, HowSure.LIKELY, HowSure.CERTAIN]


@pytest.mark.parametrize(("system", "case"), cases())
@pytest.mark.parametrize("wall", [0.1, 3.4, 4.5, 7.0, 8.5, 14.0, 24.0])
def test_no_wall_ever_raises_confidence_or_makes_a_cord(
    system: str, case: dict[str, Any], wall: float
) -> None:
    device = device_of(system, case)
    before, after = link_class(device), link_class(device, wall_khz=wall)

    assert SURENESS.index(after.how_sure) <= SURENESS.index(before.how_sure)
    assert after.value == before.value or after.value is Link.USB_UNKNOWN
    assert after.value not in CORDS or before.value in CORDS


# --- random facts ------------------------------------------------------------------------------

WIRELESS_IDS = [n for n, known in known_devices().items() if known.link is not UsbLink.CORDED]
NAMES = st.sampled_from(["Headset", "Jabra EVOLVE 20", "", "\u0000", "Kopfhörer", "x" * 500])
HOSTILE = st.text(alphabet="ux0b:\u0000\u202e\u0660 %é", max_size=20)
ANY_FACTS = st.fixed_dictionaries(
    {"system": st.sampled_from(["linux", "windows", "darwin"])},
    optional={
        "device.bus": st.sampled_from(["usb", "pci", "bluetooth", "USB", "", "hda"]),
        "device.api": st.sampled_from(["alsa", "bluez5", "", "v4l2"]),
        "device.class": st.sampled_from(["sound", "monitor", "abstract", ""]),
        "port": st.sampled_from(["analog-input-headset-mic", "[In] Mic1", "", "line in"]),
        "enumerator": st.sampled_from(["USB", "HDAUDIO", "BTHENUM", "INTELAUDIO", "SWD", ""]),
        "form_factor": st.integers(-1, 11),
        "jack": st.sampled_from(["array", ""]),
        "dsp_link": st.sampled_from(["codec", "usb", "microphones", ""]),
        "transport": st.sampled_from(
            [f"coreaudio_device_type_{word}" for word in ("usb", "builtin", "unknown", "virtual")]
        ),
        "source": st.sampled_from(["External Microphone", "Internal Microphone", ""]),
        "vendor_id": st.sampled_from(["0b0e", "0x0b0e", "046d", "", "GN"]),
        "product_id": st.sampled_from(["0301", "0x0301", "0a44", "", "none"]),
        "product": NAMES,
        "battery": st.booleans(),
        "receiver": st.booleans(),
    },
)


def _id(number: str) -> dict[str, object]:
    vendor, product = number.split(":")
    return {"vendor_id": vendor, "product_id": product}


WIRELESS_FACTS = st.one_of(
    st.sampled_from(WIRELESS_IDS).map(_id),
    st.sampled_from(
        [
            {"system": "linux", "device.bus": "bluetooth"},
            {"system": "linux", "device.api": "bluez5"},
            {"system": "linux", "bluetooth.protocol": "handsfree_head_unit"},
            {"system": "windows", "enumerator": "BTHHFENUM"},
            {"system": "windows", "enumerator": "bthledevice"},
            {"system": "darwin", "transport": "coreaudio_device_type_bluetooth"},
            {"battery": True},
            {"receiver": True},
            {"product": "Jabra Link 380"},
            {"product": "2.4G Wireless"},
            {"product": "WH-1000XM4 Hands-Free AG Audio"},
        ]
    ),
)


@given(
    facts=ANY_FACTS,
    wireless=WIRELESS_FACTS,
    name=NAMES,
    wall=st.none() | st.floats(allow_nan=True, allow_infinity=True),
    listed=st.sampled_from([{}, {"listed_link": "dongle"}, {"listed_link": "either"}]),
)
def test_whatever_else_is_told_one_sign_of_a_radio_is_never_a_cord(
    facts: dict[str, object],
    wireless: dict[str, object],
    name: str,
    wall: float | None,
    listed: dict[str, object],
) -> None:
    told = {**facts, **wireless}
    if listed:
        told |= {**listed, "listed_name": "x", "listed_by": "f" * 32}
    device = AudioDevice(id="x", name=name, direction="input", rate=48_000, facts=told)

    assert link_class(device, wall_khz=wall).value not in CORDS


@given(facts=ANY_FACTS, name=NAMES)
def test_whatever_is_told_only_a_listed_id_is_a_usb_cord(
    facts: dict[str, object], name: str
) -> None:
    found = link_class(AudioDevice(id="x", name=name, direction="input", facts=facts))

    assert found.value is not Link.USB_CORDED or found.why == "known-corded"


@given(
    facts=st.dictionaries(
        st.sampled_from(["system", "device.bus", "vendor_id", "port", "enumerator", "listed_by"]),
        st.none() | st.booleans() | st.integers() | st.floats() | HOSTILE,
    )
)
def test_facts_of_any_kind_are_judged_without_a_crash(facts: dict[str, object]) -> None:
    told = {"listed_link": "corded", "listed_name": "x", **facts}

    assert link_class(AudioDevice(id="x", name="", direction="input", facts=told)).why in WHY
