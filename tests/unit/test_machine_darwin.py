"""What macOS answers, in the formats that its documentation gives, put into facts."""

from __future__ import annotations

from readiness.system.machine.darwin_shapes import (
    input_shape,
    power_shape,
    processor_shape,
    system_shape,
    virtual_shape,
)


def test_an_intel_mac_tells_its_clock_in_hertz() -> None:
    facts = processor_shape(
        model="Intel(R) Core(TM) i5-8210Y CPU @ 1.60GHz",
        base_hz=1_600_000_000,
        max_hz=1_600_000_000,
        counts={"cores": 2, "threads": 4},
    )

    assert (facts["base_mhz"], facts["cores"]) == (1600, 2)


def test_an_apple_chip_tells_no_clock() -> None:
    facts = processor_shape(model="Apple M2", base_hz=None, max_hz=None, counts={})

    assert (facts["base_mhz"], facts["max_mhz"]) == (None, None)


def test_under_rosetta_the_mac_is_still_an_arm_one() -> None:
    facts = system_shape(version="14.5", machine="x86_64", arm64=True)

    assert (facts["architecture"], facts["bits"]) == ("arm64", 64)
    assert facts["edition"] == "macOS 14.5"


def test_an_old_macos_does_not_tell_whether_it_is_virtual() -> None:
    assert virtual_shape(None)["virtual"] is None
    assert virtual_shape(1)["virtual"] is True
    assert virtual_shape(0)["virtual"] is False


def test_a_mac_without_a_battery_is_on_the_mains() -> None:
    assert power_shape(battery=False, percent=None, plugged=None) == {
        "battery": False,
        "mains": True,
        "percent": None,
    }


def test_a_mac_may_not_know_whether_it_is_plugged() -> None:
    assert power_shape(battery=True, percent=54, plugged=None)["mains"] is None


def test_transport_and_built_in_tell_the_bus() -> None:
    facts = input_shape(
        [
            ("keyboard", "FIFO", True, 0, 0),
            ("keyboard", "USB", False, 0x046D, 0xC31C),
            ("keyboard", "USB", False, 0x046D, 0xC31C),
            ("keyboard", "Bluetooth Low Energy", False, 0x004C, 0x0269),
            ("pointer", "", False, 0, 0),
        ]
    )
    keyboards = {"bluetooth", "internal", "usb"}

    devices = facts["devices"]
    assert isinstance(devices, list)
    assert {device["bus"] for device in devices if device["kind"] == "keyboard"} == keyboards
    assert {device["bus"] for device in devices if device["kind"] == "pointer"} == {"unknown"}
    assert len(devices) == 4
