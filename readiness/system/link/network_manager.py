"""Linux: what NetworkManager says of the interface: metered or not, and of which type.

NetworkManager is on nearly every desktop. It is asked over the system bus with systemd's
``busctl``, which does not start it where it is not running and needs no rights to read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure
from readiness.system.tool import run_tool

if TYPE_CHECKING:
    from readiness.cancel import Token

SERVICE = "org.freedesktop.NetworkManager"
ROOT = "/org/freedesktop/NetworkManager"
TIMEOUT_S = 2.0
METERED = {1: (True, "told"), 2: (False, "told"), 3: (True, "guessed"), 4: (False, "guessed")}
"""``NMMetered``; 0 is unknown."""


def facts(token: Token, name: str) -> dict[str, object]:
    """``metered``, ``metered_how`` and ``manager_type`` of an interface; empty if not told."""
    try:
        reply = _bus(token, "call", SERVICE, ROOT, SERVICE, "GetDeviceByIpIface", "s", name)
        place = first(reply)
        if not isinstance(place, str) or not place.startswith(f"{ROOT}/Devices/"):
            return {}
        device = f"{SERVICE}.Device"
        reply = _bus(token, "get-property", SERVICE, place, device, "Metered", "DeviceType")
    except CannotMeasure:
        return {}  # no such tool, bus, service or interface: not told
    return shape(reply)


def shape(reply: str) -> dict[str, object]:
    """Two lines of ``busctl --json=short``, ``Metered`` and ``DeviceType``, as facts."""
    metered, kind = [*(first(line) for line in reply.splitlines()), None, None][:2]
    found: dict[str, object] = {}
    if _whole(metered) and metered in METERED:
        found["metered"], found["metered_how"] = METERED[metered]
    if _whole(kind):
        found["manager_type"] = kind
    return found


def first(text: str) -> object:
    """The value in ``{"type":"u","data":4}``, or the first of a reply's; none for nonsense."""
    try:
        reply = json.loads(text)
    except ValueError:
        return None
    data = reply.get("data") if isinstance(reply, dict) else None
    return data[0] if isinstance(data, list) and data else data


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _bus(token: Token, *arguments: str) -> str:
    return run_tool(
        token,
        "busctl",
        "--system",
        "--json=short",
        "--auto-start=no",
        f"--timeout={TIMEOUT_S:.0f}",
        *arguments,
        timeout=TIMEOUT_S + 1,
    )
