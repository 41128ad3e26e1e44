"""The link class of more than sixty devices of three systems, from facts as the systems tell them.

Each case in ``tests/fixtures/audio`` names what its facts are based on.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from readiness.audio_link import WHY, HowSure, Link, known_devices, link_class, usb_id
from readiness.ports import AudioDevice
from readiness.system.audio.darwin import shape_darwin
from readiness.system.audio.linux import shape_pulse
from readiness.system.audio.windows import shape_windows

FIXTURES = Path(__file__).parent.parent / "fixtures" / "audio"
WIRELESS = {Link.BLUETOOTH, Link.DONGLE}


def _cases(system: str) -> list[tuple[str, dict[str, Any]]]:
    cases = json.loads((FIXTURES / f"{system}.json").read_text(encoding="utf-8"))
    return [(system, case) for case in cases]


ALL = [*_cases("linux"), *_cases("windows"), *_cases("darwin")]
every_device = pytest.mark.parametrize(
    ("system", "case"), ALL, ids=[f"{system}: {case['case']}" for system, case in ALL]
)


def _device(system: str, raw: Any) -> AudioDevice:  # noqa: ANN401 - recorded JSON of any shape
    if system == "linux":
        told = {"default_input": raw["name"], "default_output": "", "input": [raw], "output": []}
        return shape_pulse(told)[0]
    if system == "windows":
        return shape_windows([raw])[0]
    return shape_darwin(json.dumps(raw))[0]


@every_device
def test_a_device_gets_the_class_that_its_facts_prove(system: str, case: dict[str, Any]) -> None:
    found = link_class(_device(system, case["raw"]))

    assert found.value == case["link"]
    assert found.text == WHY[found.why]


@every_device
def test_only_a_known_corded_headset_is_called_corded(system: str, case: dict[str, Any]) -> None:
    found = link_class(_device(system, case["raw"]))

    if found.value is Link.USB_CORDED:
        assert found.why == "known-corded"
        assert found.product


@every_device
def test_what_is_left_open_is_never_called_sure(system: str, case: dict[str, Any]) -> None:
    found = link_class(_device(system, case["raw"]))

    open_ended = found.value in (Link.UNKNOWN, Link.USB_UNKNOWN)
    assert open_ended == (found.how_sure is HowSure.CANNOT_TELL)


@every_device
def test_facts_hold_no_serial_number_and_no_path(system: str, case: dict[str, Any]) -> None:
    told = json.dumps(dict(_device(system, case["raw"]).facts))

    assert "6&1" not in told
    assert "MI_00" not in told


def test_there_are_at_least_sixty_devices() -> None:
    assert len(ALL) >= 60


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
def test_every_line_of_the_table_is_an_id_with_a_link(number: str) -> None:
    name, link = known_devices()[number]

    assert usb_id(*number.split(":")) == number
    assert name
    assert link in ("dongle", "either", "corded")


def test_every_line_of_the_table_names_a_source_that_is_listed() -> None:
    import tomllib

    from readiness.audio_link import TABLE

    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))

    assert {entry["source"] for entry in table["devices"].values()} == set(table["sources"])


@pytest.mark.parametrize("system", ["linux", "windows", "darwin"])
@pytest.mark.parametrize(
    "number", [n for n, (_, link) in known_devices().items() if link != "corded"]
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
