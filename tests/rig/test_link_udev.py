"""The real udev library over a made-up ``/sys``: a Jabra Link 370 and what hangs on it.

umockdev puts the files into a folder and leads this process's children there; no device and no
rights are needed. What the kernel tells must reach the link class.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from readiness.audio_link import link_class
from readiness.ports import AudioDevice

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.rig

ROOT = Path(__file__).resolve().parents[2]
PLUG = "/devices/pci0000:00/0000:00:14.0/usb1/1-2"
MOUSE = "/devices/pci0000:00/0000:00:14.0/usb1/1-3"
LINK_370 = ("0b0e", "245e", "Jabra Link 370")
EVOLVE_20 = ("0b0e", "0301", "Jabra EVOLVE 20 MS")
NOBODY = ("0d8c", "0014", "USB Audio Device")

PROGRAM = """
import json
from readiness.ports import AudioDevice
from readiness.system.audio import udev
facts = {"system": "linux", "device.bus": "usb", "card": "1"}
device = AudioDevice(id="x", name="Headset", direction="input", facts=facts)
print(json.dumps(dict(udev.with_udev(device).facts)))
"""


def _entry(path: str, subsystem: str, *lines: str) -> str:
    return "\n".join([f"P: {path}", f"E: SUBSYSTEM={subsystem}", *lines, ""])


def _usb(path: str, vendor: str, product: str, name: str) -> str:
    return _entry(
        path,
        "usb",
        "E: DEVTYPE=usb_device",
        f"A: idVendor={vendor}\\n",
        f"A: idProduct={product}\\n",
        f"A: product={name}\\n",
        "A: serial=70BF92AAAAAA\\n",
    )


def _headset(plug: tuple[str, str, str]) -> list[str]:
    """A PCI host controller's first bus with a headset: card 1."""
    interface = ("E: DEVTYPE=usb_interface", "A: bInterfaceClass=01\\n")
    return [
        _usb(PLUG, *plug),
        _entry(f"{PLUG}/1-2:1.0", "usb", *interface),
        _entry(f"{PLUG}/1-2:1.0/sound/card1", "sound", "E: SOUND_FORM_FACTOR=headset"),
    ]


def _battery(path: str, scope: str, kind: str = "Battery") -> str:
    return _entry(
        f"{path}/power_supply/hid-battery",
        "power_supply",
        f"A: scope={scope}\\n",
        f"A: type={kind}\\n",
        "A: capacity=80\\n",
    )


def _told(tmp_path: Path, entries: Iterable[str]) -> dict[str, Any]:
    path = tmp_path / "devices.umockdev"
    path.write_text("\n".join(entries), encoding="utf-8")
    tool = shutil.which("umockdev-run")
    assert tool is not None, "the rig needs umockdev; see CONTRIBUTING.md"
    done = subprocess.run(
        [tool, "-d", str(path), "--", sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    )
    facts = json.loads(done.stdout)
    assert isinstance(facts, dict)
    return facts


def _class(facts: dict[str, Any]) -> tuple[str, str]:
    found = link_class(AudioDevice(id="x", name="Headset", direction="input", facts=facts))
    return found.value, found.why


def test_a_receiver_is_recognised_by_what_the_kernel_says(tmp_path: Path) -> None:
    facts = _told(tmp_path, _headset(LINK_370))

    assert facts == {
        "system": "linux",
        "card": "1",
        "device.bus": "usb",
        "device.form_factor": "headset",
        "vendor_id": "0b0e",
        "product_id": "245e",
        "product": "Jabra Link 370",
        "receiver": False,
        "battery": False,
    }
    assert _class(facts) == ("dongle", "known-receiver")


def test_a_corded_headset_is_too_and_has_no_battery(tmp_path: Path) -> None:
    assert _class(_told(tmp_path, _headset(EVOLVE_20))) == ("usb-corded", "known-corded")


def test_a_driver_that_knows_a_receiver_is_believed(tmp_path: Path) -> None:
    status = ("E: DEVTYPE=usb_interface", "A: wireless_status=disconnected\\n")
    entries = [*_headset(NOBODY), _entry(f"{PLUG}/1-2:1.3", "usb", *status)]

    assert _class(_told(tmp_path, entries)) == ("dongle", "os-receiver")


def test_a_battery_of_the_headset_makes_it_wireless(tmp_path: Path) -> None:
    hid = f"{PLUG}/1-2:1.3/0003:0D8C:0014.0001"
    entries = [*_headset(NOBODY), _entry(hid, "hid"), _battery(hid, "Device")]

    assert _class(_told(tmp_path, entries)) == ("dongle", "battery")


@pytest.mark.parametrize(
    ("path", "scope", "kind"),
    [
        (MOUSE, "Device", "Battery"),
        ("/devices/LNXSYSTM:00", "System", "Battery"),
        (PLUG, "System", "Battery"),
        (PLUG, "Device", "USB"),
    ],
)
def test_a_battery_of_something_else_says_nothing(
    tmp_path: Path, path: str, scope: str, kind: str
) -> None:
    entries = [
        *_headset(NOBODY),
        _usb(MOUSE, "046d", "c52b", "USB Receiver"),
        _battery(path, scope, kind),
    ]

    assert _class(_told(tmp_path, entries)) == ("usb-unknown", "usb-no-sign")


def test_a_card_that_is_not_there_leaves_the_facts_alone(tmp_path: Path) -> None:
    assert _told(tmp_path, [_usb(MOUSE, "046d", "c52b", "USB Receiver")]) == {
        "system": "linux",
        "device.bus": "usb",
        "card": "1",
    }
