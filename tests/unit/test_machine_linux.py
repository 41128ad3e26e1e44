"""The Linux adapter on recorded trees of /proc and /sys, and on this computer if it is one."""

from __future__ import annotations

import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from readiness.cancel import Token
from readiness.model.errors import Cancelled, CannotMeasure
from readiness.system import machine as machine_module
from readiness.system import tool
from readiness.system.machine import SystemMachine, linux
from readiness.system.machine.firmware import edid_millimetres, hypervisor
from readiness.system.machine.linux_input import input_facts
from readiness.system.machine.linux_power import power_facts
from readiness.system.machine.linux_screens import (
    display_facts,
    driver_screens,
    listed_monitors,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads the trees of Linux")

GIB = 2**30
KEYBOARD_KEYS = "B: KEY=402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe"


def _write(root: Path, **files: str) -> None:
    for place, text in files.items():
        path = root / place.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")


def _edid(*, width_mm: int, height_mm: int, detailed: bool = True) -> bytes:
    """A base block after VESA E-EDID 1.4 that holds nothing but the size."""
    block = bytearray(128)
    block[:8] = b"\x00\xff\xff\xff\xff\xff\xff\x00"
    block[21], block[22] = width_mm // 10, height_mm // 10
    if detailed:
        block[54] = 1
        block[66], block[67] = width_mm & 0xFF, height_mm & 0xFF
        block[68] = (width_mm >> 8) << 4 | height_mm >> 8
    return bytes(block)


def test_name_is_the_first_model_name() -> None:
    cpuinfo = "processor\t: 0\nmodel\t\t: 142\nmodel name\t: Intel(R) Core(TM) i5-7200U\n"

    assert linux.processor_name(cpuinfo) == "Intel(R) Core(TM) i5-7200U"


def test_arm_kernels_name_no_model() -> None:
    assert linux.processor_name("processor\t: 0\nCPU part\t: 0xd08\n") is None


def test_base_clock_is_the_drivers_not_the_highest(tmp_path: Path) -> None:
    cpu = "sys__devices__system__cpu__cpu0__cpufreq__"
    _write(tmp_path, **{f"{cpu}base_frequency": "1800000", f"{cpu}cpuinfo_max_freq": "4900000"})
    facts = linux.processor_facts(Token(), tmp_path)

    assert (facts["base_mhz"], facts["max_mhz"]) == (1800, 4900)


def test_without_a_frequency_driver_there_is_no_clock(tmp_path: Path) -> None:
    facts = linux.processor_facts(Token(), tmp_path)

    assert (facts["base_mhz"], facts["max_mhz"], facts["model"]) == (None, None, None)


def test_modules_of_memory_are_added_up_and_firmware_chips_are_not() -> None:
    database = (
        "E:MEMORY_ARRAY_NUM_DEVICES=4\n"
        "E:MEMORY_DEVICE_0_SIZE=4294967296\nE:MEMORY_DEVICE_0_TYPE=DDR4\n"
        "E:MEMORY_DEVICE_1_PRESENT=0\n"
        "E:MEMORY_DEVICE_2_SIZE=4294967296\nE:MEMORY_DEVICE_2_VOLATILE_SIZE=4294967296\n"
        "E:MEMORY_DEVICE_3_SIZE=16777216\nE:MEMORY_DEVICE_3_TYPE=Flash\n"
    )

    assert linux.module_bytes(database) == 8 * GIB


def test_without_a_list_of_modules_online_blocks_are_counted(tmp_path: Path) -> None:
    memory = "sys__devices__system__memory__"
    blocks = {f"{memory}memory{number}__online": "1" for number in range(64)}
    _write(
        tmp_path,
        **blocks,
        **{f"{memory}block_size_bytes": "8000000", f"{memory}memory99__online": "0"},
    )
    facts = linux.memory_facts(Token(), tmp_path)

    assert facts["installed_bytes"] == 8 * GIB
    assert (facts["installed_source"], facts["block_bytes"]) == ("blocks", 2**27)


def test_where_neither_tells_nothing_is_said_to_be_built_in(tmp_path: Path) -> None:
    assert "installed_bytes" not in linux.memory_facts(Token(), tmp_path)


def test_distribution_comes_from_os_release(tmp_path: Path) -> None:
    _write(tmp_path, etc__os_release="x")
    (tmp_path / "etc" / "os-release").write_text(
        'ID=ubuntu\nVERSION_ID="24.04"\nPRETTY_NAME="Ubuntu 24.04.2 LTS"\n', encoding="utf-8"
    )
    facts = linux.system_facts(Token(), tmp_path)

    assert facts["system"] == "linux"
    assert (facts["distribution"], facts["version"]) == ("ubuntu", "24.04")
    assert facts["edition"] == "Ubuntu 24.04.2 LTS"


def test_linux_on_a_chromebook_is_chromeos(tmp_path: Path) -> None:
    _write(tmp_path, dev__x="")
    (tmp_path / "dev" / ".cros_milestone").write_text("128\n", encoding="utf-8")
    facts = linux.system_facts(Token(), tmp_path)

    assert (facts["system"], facts["version"]) == ("chromeos", "128")


def test_without_the_tool_firmware_names_tell_the_hypervisor(tmp_path: Path) -> None:
    names = "sys__class__dmi__id__"
    _write(tmp_path, **{f"{names}sys_vendor": "QEMU", f"{names}product_name": "Standard PC (Q35)"})

    assert linux.virtual_by_names(tmp_path) == {"virtual": True, "virtual_kind": "qemu"}


def test_a_missing_tool_leads_to_the_firmwares_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "_POSIX_FOLDERS", ())

    assert linux.virtual_facts(Token(), tmp_path) == {"virtual": None}


def test_a_hung_tool_is_timed_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hung = tmp_path / "systemd-detect-virt"
    hung.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    hung.chmod(0o755)
    monkeypatch.setattr(tool, "_POSIX_FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(linux, "run_tool", partial(tool.run_tool, timeout=0.1))

    with pytest.raises(CannotMeasure, match="tool-hung"):
        linux.virtual_facts(Token(), tmp_path)


def test_stop_ends_a_hung_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hung = tmp_path / "systemd-detect-virt"
    hung.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    hung.chmod(0o755)
    monkeypatch.setattr(tool, "_POSIX_FOLDERS", (str(tmp_path),))
    token = Token()
    timer = threading.Timer(0.1, token.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        linux.virtual_facts(token, tmp_path)
    timer.join()


def test_without_the_tool_the_processors_flag_tells_the_hypervisor(tmp_path: Path) -> None:
    _write(tmp_path, proc__cpuinfo="flags\t\t: fpu vme hypervisor lahf_lm")

    assert linux.virtual_by_names(tmp_path) == {"virtual": True}


def test_where_nothing_tells_virtual_is_unknown(tmp_path: Path) -> None:
    assert linux.virtual_by_names(tmp_path) == {"virtual": None}


@pytest.mark.parametrize(
    ("maker", "product", "kind"),
    [
        ("Microsoft Corporation", "Virtual Machine", "microsoft"),
        ("Microsoft Corporation", "Surface Laptop 4", None),
        ("VMware, Inc.", "VMware Virtual Platform", "vmware"),
        ("innotek GmbH", "VirtualBox", "oracle"),
        ("Dell Inc.", "Latitude 5490", None),
        (None, None, None),
    ],
)
def test_hypervisor_by_names(maker: str | None, product: str | None, kind: str | None) -> None:
    assert hypervisor(maker, product) == kind


def test_screens_in_use_have_native_pixels_and_millimetres(tmp_path: Path) -> None:
    _write(
        tmp_path,
        **{
            "card0-eDP-1__status": "connected",
            "card0-eDP-1__enabled": "disabled",
            "card0-eDP-1__modes": "1920x1080",
            "card0-HDMI-A-1__status": "connected",
            "card0-HDMI-A-1__enabled": "enabled",
            "card0-HDMI-A-1__modes": "2560x1440\n1920x1080i",
            "card0-DP-1__status": "disconnected",
        },
    )
    (tmp_path / "card0-HDMI-A-1" / "edid").write_bytes(_edid(width_mm=597, height_mm=336))

    assert driver_screens(tmp_path) == [
        {"width_px": 2560, "height_px": 1440, "width_mm": 597, "height_mm": 336}
    ]


def test_edid_falls_back_to_centimetres_and_may_tell_nothing() -> None:
    assert edid_millimetres(_edid(width_mm=530, height_mm=300, detailed=False)) == (530, 300)
    assert edid_millimetres(_edid(width_mm=0, height_mm=0)) is None
    assert edid_millimetres(b"") is None
    assert edid_millimetres(b"\xff" * 128) is None


def test_without_driver_and_window_server_there_is_no_screen(tmp_path: Path) -> None:
    assert display_facts(Token(), tmp_path, {})["screens"] == []


def test_a_wayland_desktop_without_a_driver_list_is_not_told(tmp_path: Path) -> None:
    with pytest.raises(CannotMeasure, match="not-told"):
        display_facts(Token(), tmp_path, {"WAYLAND_DISPLAY": "wayland-0"})


def test_monitors_out_of_the_tools_list() -> None:
    listing = (
        "Monitors: 2\n 0: +*eDP-1 1920/309x1080/174+0+0  eDP-1\n"
        " 1: +HDMI-1 2560/597x1440/336+1920+0  HDMI-1\n"
    )

    assert listed_monitors(listing) == [(1920, 1080), (2560, 1440)]


def _battery(folder: Path, name: str, **values: str) -> None:
    _write(folder, **{f"{name}__{key}": value for key, value in values.items()})


def test_a_mouse_battery_is_not_the_computers(tmp_path: Path) -> None:
    _battery(tmp_path, "hidpp_battery_0", type="Battery", scope="Device", capacity="70")

    assert power_facts(tmp_path) == {"battery": False, "mains": True}


def test_two_batteries_are_weighed_by_their_energy(tmp_path: Path) -> None:
    _battery(tmp_path, "BAT0", type="Battery", energy_now="10", energy_full="20", status="Charging")
    _battery(tmp_path, "BAT1", type="Battery", energy_now="60", energy_full="60", status="Full")
    _battery(tmp_path, "AC", type="Mains", online="1")

    assert power_facts(tmp_path) == {"battery": True, "percent": 87.5, "mains": True}


def test_an_unplugged_laptop_runs_on_its_battery(tmp_path: Path) -> None:
    _battery(tmp_path, "BAT0", type="Battery", capacity="41", status="Discharging")
    _battery(tmp_path, "AC", type="Mains", online="0")

    assert power_facts(tmp_path) == {"battery": True, "percent": 41, "mains": False}


def test_without_the_folder_nothing_is_known_of_a_battery(tmp_path: Path) -> None:
    assert power_facts(tmp_path / "absent") == {"battery": None}


def test_laptop_keyboard_is_ps2_and_touchpad_internal() -> None:
    listing = (
        "I: Bus=0019 Vendor=0000 Product=0001 Version=0000\nH: Handlers=kbd event0\n"
        "B: EV=3\nB: KEY=10000000000000 0\n\n"
        "I: Bus=0011 Vendor=0001 Product=0001 Version=ab41\nH: Handlers=sysrq kbd event1 leds\n"
        f"B: EV=120013\n{KEYBOARD_KEYS}\n\n"
        "I: Bus=0018 Vendor=06cb Product=7e7e Version=0100\nH: Handlers=mouse0 event2\n"
        "B: EV=b\nB: KEY=e520 10000 0 0 0 0\n"
    )

    assert input_facts(listing) == {
        "devices": [{"kind": "keyboard", "bus": "ps2"}, {"kind": "pointer", "bus": "internal"}]
    }


def test_interfaces_of_one_receiver_count_once() -> None:
    block = (
        "I: Bus=0003 Vendor=046d Product=c52b Version=0111\n"
        f"H: Handlers=sysrq kbd mouse1 event3 leds\n{KEYBOARD_KEYS}\n\n"
    )

    assert input_facts(block * 3) == {
        "devices": [{"kind": "keyboard", "bus": "usb"}, {"kind": "pointer", "bus": "usb"}]
    }


def test_a_hypervisors_usb_tablet_is_virtual() -> None:
    listing = "I: Bus=0003 Vendor=0627 Product=0001 Version=0001\nH: Handlers=mouse0 event4\n"

    assert input_facts(listing) == {"devices": [{"kind": "pointer", "bus": "virtual"}]}


def test_names_of_devices_are_not_kept() -> None:
    listing = (
        'I: Bus=0005 Vendor=05ac Product=0255 Version=0001\nN: Name="Somebody\'s keyboard"\n'
        f"U: Uniq=00:11:22:33:44:55\nH: Handlers=kbd event5\n{KEYBOARD_KEYS}\n"
    )

    assert input_facts(listing) == {"devices": [{"kind": "keyboard", "bus": "bluetooth"}]}


def test_an_unknown_topic_is_unsupported() -> None:
    with pytest.raises(CannotMeasure, match="unknown-topic"):
        SystemMachine(Token()).facts("weather")


def test_an_unknown_system_is_unsupported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "plan9")
    with pytest.raises(CannotMeasure, match="unknown-system"):
        SystemMachine(Token()).facts("processor")


@pytest.mark.parametrize(
    ("error", "detail"),
    [(PermissionError(13, "x"), "system-refused"), (OSError(5, "x"), "system-error")],
)
def test_errors_of_the_system_become_findings(
    monkeypatch: pytest.MonkeyPatch, error: OSError, detail: str
) -> None:
    def refuse(_token: Token) -> dict[str, object]:
        raise error

    monkeypatch.setattr(machine_module, "_readers", lambda: {"disk": refuse})
    with pytest.raises(CannotMeasure, match=detail):
        SystemMachine(Token()).facts("disk")


def test_watching_the_load_obeys_stop() -> None:
    token = Token()
    timer = threading.Timer(0.05, token.cancel)
    timer.start()
    with pytest.raises(Cancelled):
        SystemMachine(token).facts("load")
    timer.join()


def test_this_computer_tells_its_processor_memory_disk_and_system() -> None:
    machine = SystemMachine(Token())

    threads, total = machine.facts("processor")["threads"], machine.facts("disk")["total_bytes"]
    usable = machine.facts("memory")["usable_bytes"]
    assert isinstance(threads, int)
    assert isinstance(total, int)
    assert isinstance(usable, int)
    assert min(threads, total, usable) > 0
    assert machine.facts("system")["system"]


@pytest.mark.xvfb
def test_the_window_server_tells_its_screen(request: pytest.FixtureRequest) -> None:
    from readiness.system.machine.xcb import monitors

    xvfb = request.getfixturevalue("xvfb")
    assert monitors() == [(xvfb.width, xvfb.height)]


def test_a_window_server_that_is_not_there_is_silent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    with pytest.raises(CannotMeasure, match="window-server-silent"):
        display_facts(Token(), tmp_path, {"DISPLAY": ":4711"})
