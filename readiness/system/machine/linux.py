"""The computer's facts on Linux, out of /proc, /sys, udev's database and os-release.

Every reader takes the root folder, so that a recorded tree can be read in its place.
"""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.machine import firmware, portable
from readiness.system.machine.linux_input import input_facts
from readiness.system.machine.linux_power import power_facts
from readiness.system.machine.linux_screens import display_facts
from readiness.system.machine.tree import read_number, read_text
from readiness.system.tool import TOOL_MISSING, run_tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from readiness.cancel import Token
    from readiness.ports import Facts

ROOT = Path("/")

_NO_MEMORY = ("ROM", "EEPROM", "FEPROM", "EPROM", "Flash")


def processor_facts(token: Token, root: Path = ROOT) -> Facts:
    """Name and counts; base clock where a frequency driver states it (kHz) or ACPI does (MHz)."""
    token.check()
    cpu = root / "sys/devices/system/cpu/cpu0"
    base = read_number(cpu / "cpufreq/base_frequency")
    nominal = read_number(cpu / "acpi_cppc/nominal_freq")
    highest = read_number(cpu / "cpufreq/cpuinfo_max_freq")
    return {
        "model": processor_name(read_text(root / "proc/cpuinfo") or ""),
        **portable.counts(),
        "base_mhz": base / 1000 if base else nominal or None,  # kHz => MHz
        "max_mhz": highest / 1000 if highest else None,  # kHz => MHz
    }


def processor_name(cpuinfo: str) -> str | None:
    """The first ``model name``; ARM kernels name none."""
    found = re.search(r"^model name\s*:[ \t]*(\S.*)$", cpuinfo, re.MULTILINE)
    return found.group(1).strip() if found else None


def memory_facts(token: Token, root: Path = ROOT) -> Facts:
    """Usable memory, and what is built in: by the firmware's list of modules, else by blocks."""
    token.check()
    facts: dict[str, object] = {"usable_bytes": portable.usable_bytes()}
    modules = module_bytes(read_text(root / "run/udev/data/+dmi:id") or "")
    if modules:
        return {**facts, "installed_bytes": modules, "installed_source": "firmware"}
    folder = root / "sys/devices/system/memory"
    size = int(read_text(folder / "block_size_bytes") or "0", 16)
    online = sum(read_text(path) == "1" for path in folder.glob("memory*/online"))
    if size and online:
        return {
            **facts,
            "installed_bytes": size * online,
            "installed_source": "blocks",
            "block_bytes": size,
        }
    return facts


def module_bytes(database: str) -> int:
    """Sum of the memory modules in udev's record of the firmware; 0 if it lists none.

    The record also holds serial numbers; only sizes and kinds are looked at.
    """
    entries = re.findall(r"^E:MEMORY_DEVICE_(\d+)_(SIZE|TYPE)=(.*)$", database, re.MULTILINE)
    kinds = {slot: value for slot, key, value in entries if key == "TYPE"}
    return sum(
        int(value)
        for slot, key, value in entries
        if key == "SIZE" and value.isdigit() and kinds.get(slot) not in _NO_MEMORY
    )


def system_facts(token: Token, root: Path = ROOT) -> Facts:
    """Distribution, version, width and architecture."""
    token.check()
    try:
        release = platform.freedesktop_os_release() if root == ROOT else _release(root)
    except OSError:
        release = {}
    machine = platform.machine()
    milestone = read_text(root / "dev/.cros_milestone")
    distribution = release.get("ID", "")
    chrome = milestone is not None or distribution in ("chromeos", "chromiumos")
    return {
        "system": "chromeos" if chrome else "linux",
        "distribution": "chromeos" if chrome else distribution,
        "version": milestone or release.get("VERSION_ID", ""),
        "edition": release.get("PRETTY_NAME", ""),
        "bits": 64 if "64" in machine or machine == "s390x" else 32,
        "architecture": machine,
    }


def _release(root: Path) -> dict[str, str]:
    lines = (read_text(root / "etc/os-release") or "").splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line)
    return {key: value.strip("\"'") for key, value in pairs}


def virtual_facts(token: Token, root: Path = ROOT) -> Facts:
    """Whether this is a virtual machine or a container, and of which kind."""
    try:
        kind = run_tool(token, "systemd-detect-virt", statuses=(0, 1)).strip()
    except CannotMeasure as missing:
        if missing.detail != TOOL_MISSING:
            raise
        return virtual_by_names(root)
    return {"virtual": kind != "none", "virtual_kind": kind} if kind else {"virtual": None}


def virtual_by_names(root: Path) -> dict[str, object]:
    """The same without the tool: by the firmware's names and the processor's own flag."""
    folder = root / "sys/class/dmi/id"
    maker, product = read_text(folder / "sys_vendor"), read_text(folder / "product_name")
    kind = firmware.hypervisor(maker, product)
    if kind:
        return {"virtual": True, "virtual_kind": kind}
    cpuinfo = read_text(root / "proc/cpuinfo") or ""
    flags = re.search(r"^flags\s*:.*$", cpuinfo, re.MULTILINE)
    if flags is None:
        return {"virtual": False if maker and product else None}
    return {"virtual": " hypervisor" in flags.group(0)}


def _display(token: Token) -> Facts:
    return display_facts(token, ROOT, os.environ)


def _input(token: Token) -> Facts:
    token.check()
    listing = read_text(ROOT / "proc/bus/input/devices")
    if listing is None:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "not-told")
    return input_facts(listing)


def _power(token: Token) -> Facts:
    token.check()
    return power_facts(ROOT / "sys/class/power_supply")


READERS: Mapping[str, Callable[[Token], Facts]] = {
    "processor": processor_facts,
    "load": portable.load_facts,
    "memory": memory_facts,
    "disk": portable.disk_facts,
    "system": system_facts,
    "virtual": virtual_facts,
    "display": _display,
    "power": _power,
    "input_devices": _input,
}
