"""macOS: what ``networksetup``, ``ifconfig``, ``scutil`` and ``system_profiler`` say.

No tool of the system tells whether a connection is metered, so that is not told here.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.link.route import index_of
from readiness.system.tool import run_tool

if TYPE_CHECKING:
    from readiness.cancel import Token

PORT_CLASSES = (
    ("wifi", re.compile(r"wi-?fi|airport|wlan", re.IGNORECASE)),
    ("tether", re.compile(r"iphone|ipad|android|rndis", re.IGNORECASE)),
    ("bluetooth", re.compile(r"bluetooth", re.IGNORECASE)),
    ("bridge", re.compile(r"bridge", re.IGNORECASE)),
    ("modem", re.compile(r"modem|wwan|lte|5g", re.IGNORECASE)),
    (
        "ethernet",
        re.compile(r"ethernet|\blan\b|10/100|\b(ax88|rtl8|lan7|lan9|aqc)\d", re.IGNORECASE),
    ),
)
"""First match counts: a "Thunderbolt Bridge" is no cable to a router. Adapters without a name of
their own are called by their chip."""

PROFILER_S = 15.0
WEAKEST, STRONGEST = -120, 0

NAME_CLASSES = ("utun", "ipsec", "ppp", "bridge", "vmenet", "awdl", "feth", "pdp_ip", "en", "lo")
PROXIES = {
    "HTTPEnable": "http",
    "HTTPSEnable": "https",
    "SOCKSEnable": "socks",
    "ProxyAutoConfigEnable": "automatic",
    "ProxyAutoDiscoveryEnable": "discovery",
}


def facts(token: Token, name: str | None) -> dict[str, object]:
    """The routed interface, other active hardware ports, and the system's proxies.

    Raises:
        CannotMeasure: A tool of the system failed.
    """
    ports, blocks = look(token)
    proxies = run_tool(token, "scutil", "--proxy")
    return {
        **shapes(name, ports, blocks),
        "index": index_of(name),
        "proxy_system": system_proxies(proxies),
        "proxy_asked": ["system"],
    }


def carrier(token: Token, target: str, name: str | None) -> str | None:
    """The interface by which the system would send to ``target``; else ``name``."""
    if not target:
        return name
    family = "-inet6" if ":" in target else "-inet"
    try:
        return routed(run_tool(token, "route", "-n", "get", family, target)) or name
    except CannotMeasure:
        return name  # "not in table": the address of the socket has to do


def routed(text: str) -> str:
    """``route -n get`` -> the interface; empty if it names none."""
    match = re.search(r"^\s*interface: (\S+)\s*$", text, re.MULTILINE)
    return match[1] if match else ""


def look(token: Token) -> tuple[dict[str, str], dict[str, str]]:
    """Hardware ports by device, and blocks of ``ifconfig`` by device."""
    ports = hardware_ports(run_tool(token, "networksetup", "-listallhardwareports"))
    return ports, interface_blocks(run_tool(token, "ifconfig", "-a"))


def shapes(name: str | None, ports: dict[str, str], blocks: dict[str, str]) -> dict[str, object]:
    """The part of the facts that tells the kind of connection."""
    return {
        "interface": shape(name, ports, blocks) if name else None,
        "others": [
            shape(other, ports, blocks)
            for other in sorted(ports)
            if other != name and "status: active" in blocks.get(other, "")
        ],
    }


def signal(
    token: Token, name: str | None, ports: dict[str, str], blocks: dict[str, str]
) -> dict[str, object]:
    """Signal of the Wi-Fi card ``name``, or of the only active one, by ``system_profiler``.

    It takes seconds and may look for other networks meanwhile: not ``cheap``.

    Raises:
        CannotMeasure: Several cards could be meant, or the system does not tell.
    """
    active = [
        device
        for device, port in ports.items()
        if port == "wifi" and "status: active" in blocks.get(device, "")
    ]
    names = [name] if name in active else active
    if len(names) != 1:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "wifi-unclear")
    said = run_tool(token, "system_profiler", "SPAirPortDataType", "-json", timeout=PROFILER_S)
    level = profiler_level(said, str(names[0]))
    if level is None:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "signal-not-told")
    return {"signal_dbm": level, "source": "system_profiler", "cheap": False}


def profiler_level(text: str, name: str) -> int | None:
    """``system_profiler SPAirPortDataType -json`` -> dBm of the network that ``name`` is in."""
    try:
        said = json.loads(text)
    except ValueError:
        return None
    for section in _entries(said, "SPAirPortDataType"):
        for card in _entries(section, "spairport_airport_interfaces"):
            current = card.get("spairport_current_network_information")
            if card.get("_name") != name or not isinstance(current, dict):
                continue
            match = re.match(r"(-[0-9]{1,3}) dBm", str(current.get("spairport_signal_noise")))
            level = int(match[1]) if match else STRONGEST
            return level if WEAKEST <= level < STRONGEST else None
    return None


def _entries(holder: object, key: str) -> list[dict[str, object]]:
    found = holder.get(key) if isinstance(holder, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def shape(name: str, ports: dict[str, str], blocks: dict[str, str]) -> dict[str, object]:
    """Facts of one interface without its name and addresses."""
    block = blocks.get(name, "")
    media = re.search(r"media:.*?(\d+)(G?)base", block)
    speed = int(media[1]) * (1000 if media[2] else 1) if media else None  # Gbit/s => Mbit/s
    return {
        "name_class": next((start for start in NAME_CLASSES if name.startswith(start)), "other"),
        "port": ports.get(name, ""),
        "cable_media": media is not None,
        "speed_mbit": speed,
        # A tunnel has no status; it runs or it does not.
        "up": "status: active" in block if "status:" in block else "RUNNING" in block,
    }


def hardware_ports(text: str) -> dict[str, str]:
    """``networksetup -listallhardwareports`` -> device: class of port."""
    pairs = re.findall(r"Hardware Port: (.+)\nDevice: (\S+)", text)
    return {device: port_class(port) for port, device in pairs}


def port_class(port: str) -> str:
    """The class of a hardware port by its name; ``other`` where it says nothing."""
    return next((name for name, pattern in PORT_CLASSES if pattern.search(port)), "other")


def interface_blocks(text: str) -> dict[str, str]:
    """``ifconfig -a`` -> device: its block."""
    blocks: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        match = re.match(r"([a-z_]+[0-9]+): ", line)
        if match:
            name = match[1]
        if name:
            blocks[name] = blocks.get(name, "") + line + "\n"
    return blocks


def system_proxies(text: str) -> list[str]:
    """``scutil --proxy`` -> kinds that are switched on."""
    return [
        kind
        for key, kind in PROXIES.items()
        if re.search(rf"^\s*{key} : 1\s*$", text, re.MULTILINE)
    ]
