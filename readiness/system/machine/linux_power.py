"""Batteries and chargers out of /sys/class/power_supply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.system.machine.tree import read_number, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.ports import Facts

_CHARGERS = ("Mains", "USB", "Wireless")


def power_facts(folder: Path) -> Facts:
    """Whether there is a battery, how full (%), and whether the mains feed the computer.

    Batteries of mice and headsets (scope *Device*) are not the computer's.
    """
    if not folder.is_dir():
        return {"battery": None}
    supplies = [path for path in folder.iterdir() if read_text(path / "scope") != "Device"]
    batteries = [path for path in supplies if read_text(path / "type") == "Battery"]
    batteries = [path for path in batteries if read_text(path / "present") != "0"]
    chargers = [path for path in supplies if read_text(path / "type") in _CHARGERS]
    if not batteries:
        return {"battery": False, "mains": True}
    plugged = [read_number(path / "online") for path in chargers]
    states = {read_text(path / "status") for path in batteries}
    mains: bool | None = None
    if any(plugged):
        mains = True
    elif "Discharging" in states or (plugged and None not in plugged):
        mains = False
    elif states & {"Charging", "Full", "Not charging"}:
        mains = True
    return {"battery": True, "percent": _percent(batteries), "mains": mains}


def _percent(batteries: list[Path]) -> float | None:
    """How full all batteries are together, by energy or charge where told; else their mean."""
    for kind in ("energy", "charge"):
        now = [read_number(path / f"{kind}_now") for path in batteries]
        full = [read_number(path / f"{kind}_full") for path in batteries]
        known_now = [value for value in now if value is not None]
        known_full = [value for value in full if value]
        if len(known_now) == len(known_full) == len(batteries):
            return min(100.0, 100 * sum(known_now) / sum(known_full))
    told = [read_number(path / "capacity") for path in batteries]
    known = [value for value in told if value is not None]
    return sum(known) / len(known) if known else None
