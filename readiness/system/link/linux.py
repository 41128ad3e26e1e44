"""Linux: what sysfs says about a network interface and those beneath it.

The kernel itself is asked which interface leads somewhere (``netlink``) and how strong the Wi-Fi
is (``nl80211``), NetworkManager whether the connection is metered.
"""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.link import netlink, network_manager, nl80211
from readiness.system.link.route import index_of
from readiness.system.tool import run_tool

if TYPE_CHECKING:
    from readiness.cancel import Token

SYS_NET = Path("/sys/class/net")
CPUINFO = Path("/proc/cpuinfo")
DEEPEST = 6
MAX_FILE = 4096
GSETTINGS_S = 2.0

NAME_CLASSES = (
    "tailscale",
    "nordlynx",
    "proton",
    "docker",
    "virbr",
    "vmnet",
    "vboxnet",
    "ipsec",
    "bnep",
    "bond",
    "veth",
    "wwan",
    "eth",
    "tap",
    "tun",
    "ppp",
    "usb",
    "br",
    "en",
    "wg",
    "wl",
    "ww",
    "zt",
    "lo",
)
"""How interface names begin. Only this much of a name is kept: the rest can hold a MAC address."""


def facts(token: Token, name: str | None) -> dict[str, object]:
    """The routed interface, the others that are up, and the desktop's proxy setting."""
    system, asked = _desktop_proxy(token)
    found: dict[str, object] = {
        **shapes(name),
        "index": index_of(name),
        "proxy_system": system,
        "proxy_asked": asked,
    }
    if name:
        found.update(network_manager.facts(token, name))
    return found


def carrier(target: str, name: str | None) -> str | None:
    """The interface by which the kernel would send to ``target``; else ``name``.

    The kernel knows better than the address: an unnumbered tunnel borrows the address of a card.
    """
    try:
        index = netlink.route_index(target) if target else None
        return socket.if_indextoname(index) if index else name
    except OSError:
        return name  # no netlink here, or the way vanished just now


def shapes(name: str | None) -> dict[str, object]:
    """The part of the facts that tells the kind of connection; quickly read."""
    return {
        "interface": interface(SYS_NET, name) if name else None,
        "others": others(SYS_NET, name),
        "virtual_machine": _is_guest(CPUINFO),
    }


def signal(name: str | None) -> dict[str, object]:
    """Signal of the Wi-Fi card that carries the interface ``name``, or a tunnel of that name.

    Raises:
        CannotMeasure: Several cards could be meant, or the driver does not tell.
    """
    found = radios(SYS_NET, name) if name else []
    if not found:
        names = sorted(path.name for path in SYS_NET.iterdir())
        found = [radio for other in names for radio in radios(SYS_NET, other)]
    names = sorted(set(found))
    if len(names) != 1:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "wifi-unclear")
    level, source = nl80211.signal(names[0], index_of(names[0]) or 0)
    if level is None:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "signal-not-told")
    return {"signal_dbm": level, "source": source, "cheap": True}


def radios(root: Path, name: str, depth: int = 0) -> list[str]:
    """Names of the Wi-Fi cards that are up and on which ``name`` rests, itself included."""
    row = interface(root, name, DEEPEST)
    if row is None or depth > DEEPEST:
        return []
    if row["wireless"] or row["devtype"] == "wlan":
        return [name] if row["up"] else []
    lower = _lower(root / name)
    return [radio for other in lower for radio in radios(root, other, depth + 1)]


def interface(root: Path, name: str, depth: int = 0) -> dict[str, object] | None:
    """Facts of one interface in the sysfs tree ``root``; none if it is not there."""
    folder = root / name
    if not folder.is_dir():
        return None
    uevent = dict(
        line.partition("=")[::2] for line in _text(folder / "uevent").splitlines() if "=" in line
    )
    return {
        "name_class": name_class(name),
        "type": _number(folder / "type"),
        "devtype": uevent.get("DEVTYPE", ""),
        "wireless": (folder / "phy80211").exists() or (folder / "wireless").is_dir(),
        "hardware": (folder / "device").exists(),
        "bus": _link_name(folder / "device" / "subsystem"),
        "driver": _link_name(folder / "device" / "driver"),
        "usb_vendor": _text(folder / "device" / ".." / "idVendor").strip(),
        "tun_flags": _number(folder / "tun_flags"),
        "up": _text(folder / "operstate").strip() in ("up", "unknown"),
        "speed_mbit": _number(folder / "speed"),
        "parents": _parents(root, folder, depth),
    }


def others(root: Path, name: str | None) -> list[dict[str, object]]:
    """Hardware interfaces besides ``name`` that are up: one of them may carry a tunnel."""
    names = sorted(path.name for path in root.iterdir()) if root.is_dir() else []
    found = [interface(root, other) for other in names if other != name]
    return [one for one in found if one is not None and one["hardware"] and one["up"]]


def name_class(name: str) -> str:
    """The known beginning of an interface name, or ``other``."""
    return next((start for start in NAME_CLASSES if name.startswith(start)), "other")


def _parents(root: Path, folder: Path, depth: int) -> list[dict[str, object]]:
    """The interfaces that a bridge, bond or VLAN rests on."""
    if depth >= DEEPEST:
        return []
    found = [interface(root, name, depth + 1) for name in _lower(folder)]
    return [one for one in found if one is not None]


def _lower(folder: Path) -> list[str]:
    lower = [path.name.removeprefix("lower_") for path in folder.glob("lower_*")]
    ports = [path.name for path in (folder / "brif").glob("*")]
    return sorted({*lower, *ports})


def _text(path: Path) -> str:
    """A small sysfs file; empty where it is missing or the driver does not answer."""
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            return stream.read(MAX_FILE)
    except OSError:
        return ""  # e.g. "speed" of an interface without a cable gives EINVAL


def _number(path: Path) -> int | None:
    text = _text(path).strip()
    if re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    return int(text, 16) if re.fullmatch(r"0x[0-9a-fA-F]+", text) else None


def _link_name(path: Path) -> str:
    try:
        return os.path.basename(os.readlink(path))  # noqa: PTH115, PTH119 - a name, not a path
    except OSError:
        return ""


def _is_guest(cpuinfo: Path) -> bool:
    """Whether this is a virtual machine: its cards are made of software."""
    try:
        with cpuinfo.open(encoding="utf-8", errors="replace") as stream:
            return any(line.startswith("flags") and " hypervisor" in line for line in stream)
    except OSError:
        return False


def _desktop_proxy(token: Token) -> tuple[list[str], list[str]]:
    """The desktop's proxy setting, where the desktop keeps one: (what is set, who was asked)."""
    try:
        mode = run_tool(
            token, "gsettings", "get", "org.gnome.system.proxy", "mode", timeout=GSETTINGS_S
        )
    except CannotMeasure:
        return [], []  # no such desktop: it was not asked, which the facts state
    return desktop_mode(mode), ["desktop"]


def desktop_mode(mode: str) -> list[str]:
    """``gsettings`` prints ``'none'``, ``'manual'`` or ``'auto'``."""
    return {"'manual'": ["manual"], "'auto'": ["automatic"]}.get(mode.strip(), [])
