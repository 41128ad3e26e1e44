"""What Windows answers, in the formats that its documentation gives, put into facts."""

from __future__ import annotations

import pytest

from readiness.system.machine.windows_shapes import (
    edid_key,
    input_shape,
    power_shape,
    system_shape,
    virtual_shape,
)

AMD64, ARM64, I386 = 0x8664, 0xAA64, 0x014C


def _system(
    version: tuple[int, int, int],
    told: dict[str, str | int] | None = None,
    *,
    product_type: int = 1,
    native: int | None = AMD64,
) -> dict[str, object]:
    facts = system_shape(
        version,
        product_type=product_type,
        registry=told or {},
        native_machine=native,
        machine="AMD64",
    )
    return dict(facts)


@pytest.mark.parametrize(
    ("version", "name"),
    [
        ((10, 0, 19045), "10"),
        ((10, 0, 22000), "11"),
        ((10, 0, 26200), "11"),
        ((6, 3, 9600), "8.1"),
        ((6, 1, 7601), "7"),
    ],
)
def test_the_build_tells_10_from_11(version: tuple[int, int, int], name: str) -> None:
    assert _system(version)["version"] == name


def test_the_edition_is_named_as_the_settings_name_it() -> None:
    facts = _system((10, 0, 26200), {"DisplayVersion": "25H2", "EditionID": "Professional"})

    assert facts["edition"] == "Windows 11 Pro 25H2 (build 26200)"
    assert facts["edition_id"] == "Professional"


def test_a_server_is_no_version_that_people_mean() -> None:
    facts = _system((10, 0, 20348), {"EditionID": "ServerStandard"}, product_type=3)

    assert facts["version"] == ""
    assert facts["edition"] == "Windows Server ServerStandard (build 20348)"


def test_the_systems_architecture_counts_not_the_emulated_process() -> None:
    assert _system((10, 0, 26200), native=ARM64)["architecture"] == "arm64"
    assert _system((6, 1, 7601), native=I386)["bits"] == 32


def test_an_old_windows_falls_back_to_the_process() -> None:
    assert _system((6, 1, 7601), native=None)["architecture"] == "AMD64"


def test_firmware_names_tell_a_virtual_machine() -> None:
    guest: dict[str, str | int] = {
        "SystemManufacturer": "Microsoft Corporation",
        "SystemProductName": "Virtual Machine",
    }
    real: dict[str, str | int] = {"SystemManufacturer": "LENOVO", "SystemProductName": "20L5"}

    assert virtual_shape(guest)["virtual"] is True
    assert virtual_shape(real)["virtual"] is False
    assert virtual_shape({})["virtual"] is None


def test_power_status_bytes() -> None:
    """255 is unknown, 128 is no battery: see SYSTEM_POWER_STATUS."""
    assert power_shape(line=1, flag=8, percent=87) == {
        "battery": True,
        "mains": True,
        "percent": 87,
    }
    assert power_shape(line=1, flag=128, percent=255)["battery"] is False
    assert power_shape(line=255, flag=255, percent=255) == {
        "battery": None,
        "mains": None,
        "percent": None,
    }


MOUSE, KEYBOARD, OTHER = 0, 1, 2
GUID = "{884b96c3-56ef-11d1-bc8c-00a0c91405dd}"


@pytest.mark.parametrize(
    ("path", "parent", "bus"),
    [
        (rf"\\?\HID#VID_046D&PID_C31C&MI_00#8&1&0&0000#{GUID}", "USB", "usb"),
        (rf"\\?\HID#VID_046D&PID_C31C&MI_00#8&1&0&0000#{GUID}", "", "unknown"),
        (rf"\\?\ACPI#PNP0303#4&1&0#{GUID}", "ACPI", "ps2"),
        (rf"\\?\HID#ELAN0501&Col01#5&1&0&0000#{GUID}", "ACPI", "internal"),
        (
            rf"\\?\HID#{{00001124-0000-1000-8000-00805f9b34fb}}_VID&0002046d_PID&b342#8&1&0#{GUID}",
            "BTHENUM",
            "bluetooth",
        ),
        (
            rf"\\?\HID#{{00001812-0000-1000-8000-00805f9b34fb}}_Dev_VID&02045e_PID&0921#9&1#{GUID}",
            "",
            "bluetooth",
        ),
        (rf"\\?\ROOT#RDP_KBD#0000#{GUID}", "HTREE", "virtual"),
        (rf"\\?\HID#VID_0E0F&PID_0003&MI_01#7&1&0&0000#{GUID}", "USB", "virtual"),
        (rf"\\?\HID#VID_1234&PID_BEAD#1&1&0&0000#{GUID}", "ROOT", "virtual"),
        ("", "", "unknown"),
    ],
)
def test_bus_of_a_keyboard(path: str, parent: str, bus: str) -> None:
    assert input_shape([(KEYBOARD, path, parent)]) == {
        "devices": [{"kind": "keyboard", "bus": bus}]
    }


def test_interfaces_of_one_receiver_count_once_and_other_devices_not_at_all() -> None:
    receiver = r"\\?\HID#VID_046D&PID_C52B&MI_0{}#8&1&0&0000#{{}}"
    devices = [
        (KEYBOARD, receiver.format(0), "USB"),
        (KEYBOARD, receiver.format(1), "USB"),
        (MOUSE, receiver.format(1), "USB"),
        (OTHER, receiver.format(2), "USB"),
    ]

    assert input_shape(devices) == {
        "devices": [{"kind": "keyboard", "bus": "usb"}, {"kind": "pointer", "bus": "usb"}]
    }


def test_a_monitors_edid_lies_under_its_interface() -> None:
    interface = r"\\?\DISPLAY#DEL40A3#5&2f8e&0&UID256#{e6f07b5f-ee97-4a90-b076-33f57bf4eaa7}"

    assert edid_key(interface) == (
        r"SYSTEM\CurrentControlSet\Enum\DISPLAY\DEL40A3\5&2f8e&0&UID256\Device Parameters"
    )
    assert edid_key("") is None
