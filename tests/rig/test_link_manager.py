"""NetworkManager on a real bus: its device types and metered states, through ``busctl``."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from readiness.cancel import Token
from readiness.link_kind import link_kind
from readiness.system.link import network_manager

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.rig

HERE = Path(__file__).parent
SYSTEM_PYTHON = "/usr/bin/python3"
TYPES = {
    "ethernet": 1,
    "wifi": 2,
    "bluetooth": 5,
    "modem": 8,
    "bond": 10,
    "vlan": 11,
    "bridge": 13,
    "tun": 16,
    "wireguard": 29,
}
"""``NMDeviceType``."""
STACKED = ("bond", "vlan", "bridge")
METERED = {"told-yes": 1, "told-no": 2, "guess-yes": 3, "guess-no": 4, "unknown": 0}


@pytest.fixture(scope="module")
def bus() -> Iterator[str]:
    """A bus of this test's own, with NetworkManager's stand-in on it; gives its address."""
    tool = shutil.which("dbus-daemon")
    assert tool is not None, "dbus-daemon is not installed"
    daemon = subprocess.Popen(
        [tool, "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    devices = {
        **{name: [0, number] for name, number in TYPES.items()},
        **{name: [number, 1] for name, number in METERED.items()},
    }
    manager = subprocess.Popen(
        [SYSTEM_PYTHON, str(HERE / "network_manager.py"), json.dumps(devices)],
        stdout=subprocess.PIPE,
        env={"DBUS_SYSTEM_BUS_ADDRESS": address},
        text=True,
    )
    assert manager.stdout is not None
    try:
        assert manager.stdout.readline() == "ready\n"
        yield address
    finally:
        for process in (manager, daemon):
            process.terminate()
            process.wait(20)
            assert process.stdout is not None
            process.stdout.close()


@pytest.fixture(autouse=True)
def on_the_bus(bus: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process takes it for the system's bus."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus)


@pytest.mark.parametrize("name", list(TYPES))
def test_every_device_type_is_read(name: str) -> None:
    assert network_manager.facts(Token(), name) == {"manager_type": TYPES[name]}


CARD = {"type": 1, "hardware": True, "driver": "e1000e", "up": True, "speed_mbit": 1000}


@pytest.mark.parametrize("name", list(TYPES))
def test_a_card_is_a_cable_only_if_networkmanager_agrees(name: str) -> None:
    said = network_manager.facts(Token(), name)
    found = link_kind({"system": "linux", "interface": CARD, **said})

    assert found is not None
    assert (found.kind == "ethernet") == (name == "ethernet")


@pytest.mark.parametrize("name", list(TYPES))
def test_what_rests_on_a_card_may_be_called_by_what_it_is(name: str) -> None:
    said = network_manager.facts(Token(), name)
    stacked = {"devtype": "bridge", "parents": [CARD], "up": True}
    found = link_kind({"system": "linux", "interface": stacked, **said})

    assert found is not None
    assert (found.kind == "ethernet") == (name in ("ethernet", *STACKED))


@pytest.mark.parametrize(
    ("name", "metered"),
    [
        ("told-yes", (True, "told")),
        ("told-no", (False, "told")),
        ("guess-yes", (True, "guessed")),
        ("guess-no", (False, "guessed")),
        ("unknown", (None, None)),
    ],
)
def test_metered_is_read_with_how_sure_it_is(
    name: str, metered: tuple[bool | None, str | None]
) -> None:
    found = network_manager.facts(Token(), name)

    assert (found.get("metered"), found.get("metered_how")) == metered


def test_an_interface_that_it_does_not_manage_is_not_told() -> None:
    assert network_manager.facts(Token(), "wlan9") == {}


def test_a_name_that_looks_like_an_option_is_only_a_name() -> None:
    assert network_manager.facts(Token(), "--help") == {}


def test_without_a_bus_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent")

    assert network_manager.facts(Token(), "ethernet") == {}
