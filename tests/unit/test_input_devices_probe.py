"""The keyboard and mouse probe on recorded computers."""

from __future__ import annotations

import pytest

from tests.fakes.machine import FakeMachine, Found, recorded


def _keyboards(*buses: str) -> Found:
    devices = [{"kind": "keyboard", "bus": bus} for bus in buses]
    return Found("input_devices", FakeMachine(topics={"input_devices": {"devices": devices}}))


def test_of_several_the_one_nearest_to_a_cord_counts_and_all_are_named() -> None:
    found = Found("input_devices", recorded("windows-10-laptop-8-gb"))

    assert found.value("keyboard_bus") == "ps2"
    assert found.value("pointer_bus") == "usb"
    assert found.measurement("pointer_bus").evidence.summary == {
        "devices": 2,
        "buses": "usb, internal",
    }


def test_a_bluetooth_keyboard_beside_the_built_in_one_does_not_hide_it() -> None:
    assert Found("input_devices", recorded("macos-m2")).value("keyboard_bus") == "internal"


@pytest.mark.parametrize("bus", ["bluetooth", "virtual", "unknown"])
def test_what_is_not_wired_is_not_told_as_wired(bus: str) -> None:
    assert _keyboards(bus).value("keyboard_bus") == bus


def test_a_virtual_keyboard_counts_only_where_there_is_no_other() -> None:
    assert _keyboards("virtual", "bluetooth").value("keyboard_bus") == "bluetooth"


def test_a_bus_that_nobody_knows_is_unknown() -> None:
    assert Found("input_devices", recorded("strange-values")).value("keyboard_bus") == "unknown"


def test_no_keyboard_and_no_mouse_are_no_device() -> None:
    found = Found("input_devices", recorded("linux-virtual-machine"))

    assert found.failure("keyboard_bus") == ("no-device", "no-keyboard")
    assert found.failure("pointer_bus") == ("no-device", "no-pointer")


def test_what_is_not_told_is_not_no_device() -> None:
    found = Found("input_devices", FakeMachine(topics={"input_devices": {}}))

    assert found.failures() == {("unsupported", "not-told")}
