"""Keyboards and pointers out of the kernel's list of input devices. Names are not kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.ports import Facts

_BUSES = {
    # numbers of include/uapi/linux/input.h
    0x03: "usb",
    0x05: "bluetooth",
    0x06: "virtual",
    0x11: "ps2",
    0x18: "internal",  # I2C
    0x19: "internal",  # host
    0x1C: "internal",  # SPI
    0x1D: "internal",  # RMI
    0x1F: "internal",  # Intel sensor hub
    0x20: "internal",  # AMD sensor hub
}
_HYPERVISORS = {0x0627, 0x0E0F, 0x80EE, 0x1AB8, 0x1AF4, 0x5853}
"""Vendors that only hypervisors name: QEMU, VMware, VirtualBox, Parallels, virtio, Xen."""

_LETTERS = tuple(range(16, 26))
"""Key codes of the row from Q to P; a power button or a volume knob has none of them."""


def input_facts(listing: str) -> Facts:
    """Kind and bus of each device; several interfaces of one device count once."""
    found: set[tuple[str, str, str]] = set()
    for block in listing.split("\n\n"):
        identity = re.search(
            r"^I: Bus=([0-9a-f]{4}) Vendor=([0-9a-f]{4}) Product=([0-9a-f]{4})", block, re.MULTILINE
        )
        if not identity:
            continue
        bus, vendor = int(identity.group(1), 16), int(identity.group(2), 16)
        name = "virtual" if vendor in _HYPERVISORS else _BUSES.get(bus, "unknown")
        device = "".join(identity.groups())
        found.update((kind, name, device) for kind in _kinds(block))
    return {"devices": [{"kind": kind, "bus": bus} for kind, bus, _ in sorted(found)]}


def _kinds(block: str) -> list[str]:
    kinds = []
    handlers = re.search(r"^H: Handlers=(.*)$", block, re.MULTILINE)
    names = handlers.group(1).split() if handlers else []
    if "kbd" in names and _has_letters(block):
        kinds.append("keyboard")
    if any(re.fullmatch(r"mouse\d+", name) for name in names):
        kinds.append("pointer")
    return kinds


def _has_letters(block: str) -> bool:
    """Whether the bitmap of its keys, in words with the lowest last, holds the letters."""
    keys = re.search(r"^B: KEY=([0-9a-f ]+)$", block, re.MULTILINE)
    if not keys:
        return False
    lowest = int(keys.group(1).split()[-1], 16)
    return all(lowest >> code & 1 for code in _LETTERS)
