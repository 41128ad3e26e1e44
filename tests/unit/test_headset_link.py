"""The link class of nearly a hundred devices of three systems, from facts as the systems tell them.

Each case in ``tests/fixtures/audio`` names what its facts are based on.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from typing import Any

import pytest

from readiness.audio_devices import TABLE, known_devices, usb_id
from readiness.audio_link import link_class
from readiness.audio_link_words import BASES, WHY, HowSure, Link
from readiness.model.device import UsbLink
from readiness.ports import AudioDevice
from tests.fakes.audio_fixtures import cases, device_of

ALL = cases()
every_device = pytest.mark.parametrize(
    ("system", "case"), ALL, ids=[f"{system}: {case['case']}" for system, case in ALL]
)


@every_device
def test_a_device_gets_the_class_that_its_facts_prove(system: str, case: dict[str, Any]) -> None:
    found = link_class(device_of(system, case))

    assert found.value == case["link"]
    assert found.text == WHY[found.why]
    assert found.basis in BASES
    assert case["basis"]


@every_device
def test_only_a_known_corded_headset_is_called_corded(system: str, case: dict[str, Any]) -> None:
    found = link_class(device_of(system, case))

    if found.value is Link.USB_CORDED:
        assert found.why == "known-corded"
        assert found.product


@every_device
def test_what_is_left_open_is_never_called_sure(system: str, case: dict[str, Any]) -> None:
    found = link_class(device_of(system, case))

    open_ended = found.value in (Link.UNKNOWN, Link.USB_UNKNOWN)
    assert open_ended == (found.how_sure is HowSure.CANNOT_TELL)


@every_device
def test_facts_hold_no_serial_number_and_no_path(system: str, case: dict[str, Any]) -> None:
    told = json.dumps(dict(device_of(system, case).facts))

    assert "6&1" not in told
    assert "MI_00" not in told


def test_there_are_at_least_seventy_five_devices_and_twenty_of_each_system() -> None:
    count = Counter(system for system, _ in ALL)

    assert sum(count.values()) >= 75
    assert min(count.values()) >= 20
    assert len({(system, case["case"]) for system, case in ALL}) == len(ALL)


@pytest.mark.parametrize(
    ("vendor", "product", "expected"),
    [
        ("0x0b0e", "0x245e", "0b0e:245e"),
        ("0B0E", "245E", "0b0e:245e"),
        ("b0e", "1", "0b0e:0001"),
        ("", "245e", ""),
        ("0b0e", "serial", ""),
        (None, None, ""),
    ],
)
def test_both_ways_of_writing_an_id_are_read(
    vendor: object, product: object, expected: str
) -> None:
    assert usb_id(vendor, product) == expected


@pytest.mark.parametrize("number", sorted(known_devices()))
def test_every_line_of_the_table_is_an_id_with_a_name(number: str) -> None:
    known = known_devices()[number]

    assert usb_id(*number.split(":")) == number
    assert known.name
    assert not known.by


def test_every_line_of_the_table_names_a_source_that_is_listed() -> None:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))

    assert {entry["source"] for entry in table["devices"].values()} == set(table["sources"])
    assert all("seen 20" in said or "version 20" in said for said in table["sources"].values())


def test_the_table_knows_at_least_sixty_wireless_and_sixty_corded_headsets() -> None:
    links = Counter(known.link for known in known_devices().values())

    assert links[UsbLink.DONGLE] + links[UsbLink.EITHER] >= 60
    assert links[UsbLink.CORDED] >= 60


@pytest.mark.parametrize("system", ["linux", "windows", "darwin"])
@pytest.mark.parametrize(
    "number", [n for n, known in known_devices().items() if known.link is not UsbLink.CORDED]
)
def test_no_receiver_of_the_table_passes_as_corded(system: str, number: str) -> None:
    vendor, product = number.split(":")
    facts = {
        "system": system,
        "device.bus": "usb",
        "enumerator": "USB",
        "transport": "coreaudio_device_type_usb",
        "vendor_id": vendor,
        "product_id": product,
    }
    device = AudioDevice(id="x", name="Headset", direction="input", facts=facts)

    assert link_class(device).value in (Link.DONGLE, Link.USB_UNKNOWN)


def test_facts_of_no_known_system_prove_nothing() -> None:
    device = AudioDevice(id="x", name="Jabra EVOLVE 20", direction="input", facts={})

    assert link_class(device).value is Link.UNKNOWN
