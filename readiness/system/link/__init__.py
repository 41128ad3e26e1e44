"""Raw facts about the network interface that carries the connection, and about proxies.

No packet is sent and no name is looked up. Addresses, interface names, network names and serial
numbers are used here to find the interface and are not part of the facts.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from readiness.cancel import Token

# Addresses for documentation (RFC 5737, RFC 3849): routed like any public address.
ELSEWHERE = ("192.0.2.1", "2001:db8::1")
DISCARD_PORT = 9
VARIABLES = ("http_proxy", "https_proxy", "all_proxy")


def link_facts(token: Token, server: str = "") -> dict[str, object]:
    """Facts of the topic ``link``: the routed interface, others that are up, proxies.

    Args:
        token: Stop.
        server: Address of the measuring server. Only a literal IP address decides the route; a
            name is not looked up, because that would send a packet.

    Raises:
        CannotMeasure: This system is not known, or a tool of the system failed.
    """
    token.check()
    target, route = _target(server)
    local = _local_address(target) if target else None
    if local is None:
        target, local = _default_route()
        route = "default" if local else "none"
    facts: dict[str, object] = {"system": sys.platform, "route": route}
    if sys.platform == "win32":
        from readiness.system.link import windows

        found = windows.facts(target)
    elif sys.platform == "darwin":
        from readiness.system.link import darwin

        found = darwin.facts(token, interface_of(local))
    else:
        from readiness.system.link import linux

        found = linux.facts(token, interface_of(local))
    asked = ["environment", *_strings(found.pop("proxy_asked", []))]
    system = _strings(found.pop("proxy_system", []))
    facts.update(found)
    facts["proxy"] = {"variables": _variables(), "system": system, "asked": asked}
    token.check()
    return facts


def _strings(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []


def _target(server: str) -> tuple[str, str]:
    """The server's literal address, or empty."""
    if not server:
        return "", "default"
    try:
        host = urlsplit(server if "://" in server else f"http://{server}").hostname or ""
        address = ipaddress.ip_address(host)
    except ValueError:
        return "", "default"
    # A server on this computer says nothing about the way out.
    return ("", "default") if address.is_loopback else (str(address), "server")


def _default_route() -> tuple[str, str | None]:
    for target in ELSEWHERE:
        local = _local_address(target)
        if local is not None:
            return target, local
    return "", None


def _local_address(target: str) -> str | None:
    """The address that this computer would use towards ``target``; sends nothing."""
    family = socket.AF_INET6 if ":" in target else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((target, DISCARD_PORT))
            return str(probe.getsockname()[0])
    except OSError:
        return None  # no route: a fact, which the caller states


def interface_of(address: str | None) -> str | None:
    """The name of the interface that has ``address``; none if no interface has it."""
    if address is None:
        return None
    import psutil

    wanted = address.partition("%")[0]
    for name, entries in psutil.net_if_addrs().items():
        if any(entry.address.partition("%")[0] == wanted for entry in entries):
            return name
    return None


def _variables() -> list[str]:
    """Names of the environment variables that name a proxy."""
    return [name for name in VARIABLES if os.environ.get(name) or os.environ.get(name.upper())]
