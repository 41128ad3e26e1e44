"""macOS: what ``networksetup``, ``ifconfig`` and ``scutil`` say about interfaces and proxies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readiness.system.tool import run_tool

if TYPE_CHECKING:
    from readiness.cancel import Token

PORT_CLASSES = (
    ("wifi", re.compile(r"wi-?fi|airport|wlan", re.IGNORECASE)),
    ("tether", re.compile(r"iphone|ipad|android|rndis", re.IGNORECASE)),
    ("bluetooth", re.compile(r"bluetooth", re.IGNORECASE)),
    ("bridge", re.compile(r"bridge", re.IGNORECASE)),
    ("modem", re.compile(r"modem|wwan|lte|5g", re.IGNORECASE)),
    ("ethernet", re.compile(r"ethernet|\blan\b|10/100", re.IGNORECASE)),
)
"""First match counts: a "Thunderbolt Bridge" is no cable to a router."""

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
    ports = hardware_ports(run_tool(token, "networksetup", "-listallhardwareports"))
    blocks = interface_blocks(run_tool(token, "ifconfig", "-a"))
    proxies = run_tool(token, "scutil", "--proxy")
    return {
        "interface": shape(name, ports, blocks) if name else None,
        "others": [
            shape(other, ports, blocks)
            for other in sorted(ports)
            if other != name and "status: active" in blocks.get(other, "")
        ],
        "proxy_system": system_proxies(proxies),
        "proxy_asked": ["system"],
    }


def shape(name: str, ports: dict[str, str], blocks: dict[str, str]) -> dict[str, object]:
    """Facts of one interface without its name and addresses."""
    media = re.search(r"media:.*?(\d+)(G?)base", blocks.get(name, ""))
    speed = int(media[1]) * (1000 if media[2] else 1) if media else None  # Gbit/s => Mbit/s
    return {
        "name_class": next((start for start in NAME_CLASSES if name.startswith(start)), "other"),
        "port": ports.get(name, ""),
        "cable_media": media is not None,
        "speed_mbit": speed,
        "up": "status: active" in blocks.get(name, ""),
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
