"""Puts what Windows tells into facts. Pure, so that recorded answers can be tried anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readiness.system.machine.firmware import hypervisor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from readiness.ports import Facts

CLIENT = 1
"""``wProductType`` of a Windows that is not a server."""

FIRST_11 = 22_000
"""The first build of Windows 11; its version still reads 10.0."""

_MACHINES = {0x014C: "x86", 0x8664: "amd64", 0xAA64: "arm64", 0x01C4: "arm"}
_NAMES = {(6, 3): "8.1", (6, 2): "8", (6, 1): "7", (6, 0): "6.0"}
_EDITIONS = {
    "Core": "Home",
    "CoreSingleLanguage": "Home Single Language",
    "CoreCountrySpecific": "Home",
    "Professional": "Pro",
    "EnterpriseS": "Enterprise LTSC",
}


def system_shape(
    version: tuple[int, int, int],
    *,
    product_type: int,
    registry: Mapping[str, str | int],
    native_machine: int | None,
    machine: str,
) -> Facts:
    """Facts of ``system`` out of the kernel's version and the registry.

    Args:
        version: Major, minor, build.
        product_type: ``wProductType``.
        registry: ``DisplayVersion`` or ``ReleaseId`` and ``EditionID``, as far as they are there.
        native_machine: ``IMAGE_FILE_MACHINE_*`` of the system; none where it does not tell.
        machine: What this process runs as; used where the system does not tell.
    """
    major, minor, build = version
    edition = str(registry.get("EditionID", ""))
    name = ""
    if product_type == CLIENT:
        name = _NAMES.get((major, minor), "")
        if major == 10:  # noqa: PLR2004 - 10 and 11 both say 10
            name = "11" if build >= FIRST_11 else "10"
    release = str(registry.get("DisplayVersion", registry.get("ReleaseId", "")))
    words = ("Windows", name or "Server", _EDITIONS.get(edition, edition), release)
    architecture = _MACHINES.get(native_machine or 0, machine)
    return {
        "system": "windows",
        "version": name,
        "build": build,
        "edition_id": edition,
        "edition": " ".join(word for word in words if word) + f" (build {build})",
        "bits": 64 if "64" in architecture else 32,
        "architecture": architecture,
    }


def virtual_shape(registry: Mapping[str, str | int]) -> Facts:
    """Facts of ``virtual`` out of ``SystemManufacturer`` and ``SystemProductName``.

    The processor's own flag would not do: a real Windows may run on a hypervisor that guards it.
    """
    maker = str(registry.get("SystemManufacturer", ""))
    product = str(registry.get("SystemProductName", ""))
    kind = hypervisor(maker, product)
    if kind:
        return {"virtual": True, "virtual_kind": kind}
    return {"virtual": False if maker and product else None}


_NO_BATTERY, _UNKNOWN = 128, 255


def power_shape(*, line: int, flag: int, percent: int) -> Facts:
    """Facts of ``power`` out of ``SYSTEM_POWER_STATUS``."""
    battery = None if flag == _UNKNOWN else not flag & _NO_BATTERY
    return {
        "battery": battery,
        "mains": {0: False, 1: True}.get(line),
        "percent": None if percent == _UNKNOWN else percent,
    }


_PARENTS = {
    "USB": "usb",
    "BTHENUM": "bluetooth",
    "BTHLE": "bluetooth",
    "BTHLEDEVICE": "bluetooth",
    "ACPI": "internal",
    "ROOT": "virtual",
    "SWD": "virtual",
    "VMBUS": "virtual",
    "TERMINPUT_BUS": "virtual",
}
_BLUETOOTH_SERVICES = ("{00001124-", "{00001812-")
_HYPERVISORS = ("VID_0627", "VID_0E0F", "VID_80EE", "VID_1AB8", "VID_1AF4")
KINDS = {0: "pointer", 1: "keyboard"}
"""``RIM_TYPE*`` -> kind; 2 is every other device."""


def input_shape(devices: Iterable[tuple[int, str, str]]) -> Facts:
    r"""Facts of ``input_devices``; the paths themselves, which may hold addresses, are dropped.

    Args:
        devices: Raw input type, interface path (``\\?\HID#VID_046D&PID_C31C...#...``) and the
            enumerator of the device's parent (``USB``), empty where it is not known.
    """
    found: set[tuple[str, str, str]] = set()
    for kind, path, parent in devices:
        if kind not in KINDS:
            continue
        enumerator, _, rest = path.removeprefix("\\\\?\\").upper().partition("#")
        hardware = rest.partition("#")[0]
        maker = re.match(r"VID_[0-9A-F]{4}&PID_[0-9A-F]{4}", hardware)
        identity = maker.group(0) if maker else hardware
        found.add((KINDS[kind], _bus(enumerator, hardware, parent.upper()), identity))
    return {"devices": [{"kind": kind, "bus": bus} for kind, bus, _ in sorted(found)]}


def _bus(enumerator: str, hardware: str, parent: str) -> str:
    """The bus by the parent's enumerator; without a parent nothing is taken for USB."""
    if hardware.startswith(_HYPERVISORS) or "RDP_" in hardware:
        return "virtual"
    if hardware.startswith(_BLUETOOTH_SERVICES):
        return "bluetooth"
    if enumerator == "ACPI":
        return "ps2"
    if enumerator == "HID":
        return _PARENTS.get(parent, "unknown")
    return _PARENTS.get(enumerator, "unknown")


def edid_key(interface: str) -> str | None:
    r"""The registry key below HKLM that holds a monitor's EDID, by its interface path.

    ``\\?\DISPLAY#DEL40A3#5&2&0&UID256#{...}`` lies under ``Enum\DISPLAY\DEL40A3\5&2&0&UID256``.
    """
    parts = interface.removeprefix("\\\\?\\").split("#")
    if len(parts) < 3 or parts[0].upper() != "DISPLAY":  # noqa: PLR2004 - enumerator, id, instance
        return None
    place = "\\".join(parts[:3])
    return f"SYSTEM\\CurrentControlSet\\Enum\\{place}\\Device Parameters"
