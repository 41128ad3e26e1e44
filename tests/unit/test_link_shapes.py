"""From what each system says to facts: recorded forms in, plain values out, nothing personal."""

from __future__ import annotations

import ctypes
import json
from typing import TYPE_CHECKING

import pytest

from readiness.cancel import Token
from readiness.link_kind import link_kind
from readiness.system.link import darwin, link_facts, linux, windows

if TYPE_CHECKING:
    from pathlib import Path

MAC = "de:ad:be:ef:00:01"


def _sysfs(root: Path, name: str, **files: str) -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    content = {"type": "1", "operstate": "up", "address": MAC, "uevent": f"INTERFACE={name}"}
    for key, text in {**content, **files}.items():
        (folder / key).write_text(text + "\n", encoding="utf-8")
    return folder


def _hardware(root: Path, folder: Path, driver: str) -> None:
    place = root / "drivers" / driver
    place.mkdir(parents=True, exist_ok=True)
    (folder / "device").mkdir()
    (folder / "device" / "driver").symlink_to(place)


def test_linux_reads_a_network_card(tmp_path: Path) -> None:
    folder = _sysfs(tmp_path, "enp3s0", speed="1000")
    _hardware(tmp_path, folder, "r8169")

    found = linux.interface(tmp_path, "enp3s0")

    assert found is not None
    assert (found["hardware"], found["driver"], found["speed_mbit"]) == (True, "r8169", 1000)


def test_linux_reads_wifi_by_devtype_and_by_phy(tmp_path: Path) -> None:
    _sysfs(tmp_path, "wlan0", uevent="DEVTYPE=wlan\nINTERFACE=wlan0")
    _sysfs(tmp_path, "ath0")
    (tmp_path / "ath0" / "phy80211").mkdir()

    for name in ("wlan0", "ath0"):
        found = link_kind({"system": "linux", "interface": linux.interface(tmp_path, name)})
        assert found is not None
        assert found.kind == "wifi"


def test_linux_walks_a_bridge_down_to_its_card(tmp_path: Path) -> None:
    _hardware(tmp_path, _sysfs(tmp_path, "eno1"), "e1000e")
    bridge = _sysfs(tmp_path, "br0", uevent="DEVTYPE=bridge")
    (bridge / "lower_eno1").symlink_to(tmp_path / "eno1")

    found = link_kind({"system": "linux", "interface": linux.interface(tmp_path, "br0")})

    assert found is not None
    assert (found.kind, found.evidence) == ("ethernet", "bridge-over-ethernet")


def test_linux_survives_interfaces_that_rest_on_each_other(tmp_path: Path) -> None:
    a, b = _sysfs(tmp_path, "bra"), _sysfs(tmp_path, "brb")
    (a / "lower_brb").symlink_to(b)
    (b / "lower_bra").symlink_to(a)

    assert linux.interface(tmp_path, "bra") is not None


def test_linux_keeps_neither_name_nor_address(tmp_path: Path) -> None:
    """``wlx...`` and ``enx...`` names are made of the MAC address."""
    _sysfs(tmp_path, "wlxdeadbeef0001", uevent="DEVTYPE=wlan")

    text = json.dumps(linux.interface(tmp_path, "wlxdeadbeef0001"))

    assert "deadbeef0001" not in text
    assert MAC not in text


def test_linux_tells_that_an_interface_is_gone(tmp_path: Path) -> None:
    assert linux.interface(tmp_path, "eth9") is None


@pytest.mark.parametrize(
    ("mode", "kinds"), [("'none'\n", []), ("'manual'\n", ["manual"]), ("'auto'\n", ["automatic"])]
)
def test_linux_reads_the_desktops_proxy_mode(mode: str, kinds: list[str]) -> None:
    assert linux.desktop_mode(mode) == kinds


def test_windows_row_has_the_size_of_the_systems_own() -> None:
    """``sizeof(MIB_IF_ROW2)`` is 1,352 on Windows; the rows of the table start at 8."""
    assert ctypes.sizeof(windows.IfRow2) == 1352
    assert windows.IfTable2.rows.offset == 8


def test_windows_row_becomes_facts_without_name_and_description() -> None:
    row = windows.IfRow2(type=6, physical_medium=0, flags=0x00, oper_status=1)
    row.receive_link_speed = 1_000_000_000
    for index, char in enumerate("TAP-Windows Adapter V9 of Erika"):
        row.description[index] = ord(char)

    found = windows.shape(row)

    assert found["words"] == ["tap-windows", "tap-"]
    assert found["speed_mbit"] == 1000
    assert found["hardware"] is False
    assert "erika" not in json.dumps(found).lower()


def test_windows_socket_addresses_have_the_systems_form() -> None:
    assert windows.socket_address("192.0.2.1") == b"\x02\0\0\0\xc0\0\x02\x01" + bytes(8)
    assert len(windows.socket_address("2001:db8::1")) == 28


def test_windows_proxy_counts_only_when_switched_on() -> None:
    assert windows.proxies({"ProxyEnable": 0, "ProxyServer": "proxy:3128"}) == []
    assert windows.proxies({"ProxyEnable": 1, "ProxyServer": "proxy:3128"}) == ["manual"]
    assert windows.proxies({"AutoConfigURL": "http://wpad/wpad.dat"}) == ["automatic"]


PORTS = """
Hardware Port: Wi-Fi
Device: en0
Ethernet Address: de:ad:be:ef:00:01

Hardware Port: Thunderbolt Bridge
Device: bridge0
Ethernet Address: de:ad:be:ef:00:02

Hardware Port: USB 10/100/1000 LAN
Device: en7
Ethernet Address: de:ad:be:ef:00:03

VLAN Configurations
===================
"""

IFCONFIG = """\
lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> mtu 16384
\tinet 127.0.0.1 netmask 0xff000000
en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
\tether de:ad:be:ef:00:01
\tinet 192.0.2.7 netmask 0xffffff00 broadcast 192.0.2.255
\tmedia: autoselect
\tstatus: active
en7: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500
\tether de:ad:be:ef:00:03
\tmedia: autoselect (1000baseT <full-duplex,flow-control>)
\tstatus: active
"""


def test_macos_tells_wifi_and_cable_apart() -> None:
    ports, blocks = darwin.hardware_ports(PORTS), darwin.interface_blocks(IFCONFIG)

    kinds = {}
    for name in ("en0", "en7"):
        found = link_kind({"system": "darwin", "interface": darwin.shape(name, ports, blocks)})
        kinds[name] = found.kind if found else None

    assert kinds == {"en0": "wifi", "en7": "ethernet"}
    assert darwin.shape("en7", ports, blocks)["speed_mbit"] == 1000


def test_macos_reads_ten_gigabit() -> None:
    blocks = {"en8": "\tmedia: autoselect (10Gbase-T <full-duplex>)\n\tstatus: active\n"}

    assert darwin.shape("en8", {"en8": "ethernet"}, blocks)["speed_mbit"] == 10_000


def test_macos_keeps_no_addresses() -> None:
    found = darwin.shape("en0", darwin.hardware_ports(PORTS), darwin.interface_blocks(IFCONFIG))

    assert "192.0.2" not in json.dumps(found)
    assert "de:ad" not in json.dumps(found)


@pytest.mark.parametrize(
    ("port", "kind"),
    [
        ("Wi-Fi", "wifi"),
        ("iPhone USB", "tether"),
        ("Bluetooth PAN", "bluetooth"),
        ("Thunderbolt Bridge", "bridge"),
        ("Thunderbolt Ethernet Slot 1", "ethernet"),
        ("Display Something", "other"),
    ],
)
def test_macos_port_has_its_class(port: str, kind: str) -> None:
    assert darwin.port_class(port) == kind


def test_macos_reads_switched_on_proxies() -> None:
    text = "<dictionary> {\n  HTTPEnable : 1\n  HTTPPort : 3128\n  SOCKSEnable : 0\n}\n"

    assert darwin.system_proxies(text) == ["http"]


def test_proxies_in_the_environment_are_named_without_their_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")

    facts = link_facts(Token())

    assert "https_proxy" in facts["proxy"]["variables"]  # type: ignore[index]  # a plain dict
    assert "proxy.example" not in json.dumps(facts)
