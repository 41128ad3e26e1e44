"""Linux: how strong the access point's signal is, as the kernel's Wi-Fi part tells it.

nl80211 is what ``iw dev ... link`` asks; it needs no rights, and unlike ``iw`` it is there wherever
Wi-Fi is. ``/proc/net/wireless`` is the old way, which drivers for Wi-Fi 7 no longer have and some
drivers outside of the kernel have alone. Numbers after ``linux/nl80211.h``.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.system.link import netlink

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PROC_WIRELESS = Path("/proc/net/wireless")
GET_STATION = 17
ATTR_IFINDEX, ATTR_STA_INFO = 3, 21
STA_INFO_SIGNAL, STA_INFO_SIGNAL_AVG = 7, 13
WEAKEST, STRONGEST = -120, 0


def signal(name: str, index: int) -> tuple[int | None, str]:
    """Signal of the interface's access point in dBm, and who told it.

    None where nobody tells it: it is not connected, or the driver is silent.
    """
    try:
        family = netlink.family_number("nl80211")
        wanted = netlink.attribute(ATTR_IFINDEX, struct.pack("=I", index))
        stations = netlink.generic(family, GET_STATION, wanted, dump=True)
        found = station_signal(stations)
    except OSError:
        found = None  # a kernel or driver without nl80211: the old way is asked
    if found is not None:
        return found, "nl80211"
    try:
        text = PROC_WIRELESS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None, ""  # this kernel does not have the old way
    return wireless_level(text, name), "wireless-extensions"


def station_signal(stations: Iterable[Mapping[int, bytes]]) -> int | None:
    """The last frame's signal, dBm, out of the answers to ``GET_STATION``; else the average.

    None if there is no access point, or several stations: then this computer is none's client.
    """
    answers = list(stations)
    if len(answers) != 1:
        return None
    info = netlink.attributes(answers[0].get(ATTR_STA_INFO, b""))
    for kind in (STA_INFO_SIGNAL, STA_INFO_SIGNAL_AVG):
        value = info.get(kind, b"")
        if len(value) == 1:
            level = struct.unpack("=b", value)[0]
            if WEAKEST <= level < STRONGEST:
                return int(level)
    return None


def wireless_level(text: str, name: str) -> int | None:
    """The level of ``name`` in ``/proc/net/wireless``, dBm; none where it is not in dBm."""
    for line in text.splitlines():
        match = re.match(r"\s*(\S+):\s+\S+\s+\S+\s+(-?[0-9]+)\.?\s", line)
        if match and match[1] == name:
            level = int(match[2])
            # Positive values are the driver's own scale.
            return level if WEAKEST <= level < STRONGEST else None
    return None
