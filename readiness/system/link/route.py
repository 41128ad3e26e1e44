"""Which way leads to a measuring server: its literal address, and the interface towards it."""

from __future__ import annotations

import ipaddress
import socket
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from readiness.cancel import Token

# Addresses for documentation (RFC 5737, RFC 3849): routed like any public address.
ELSEWHERE = ("192.0.2.1", "2001:db8::1")
DISCARD_PORT = 9
LOOKUP_S = 3.0
POLL_S = 0.02


def host_of(server: str) -> str:
    """The host in a server's address, with or without ``http://``; empty if there is none."""
    try:
        # Whoever writes a bare IPv6 address writes no brackets.
        return str(ipaddress.ip_address(server))
    except ValueError:
        pass
    try:
        return urlsplit(server if "://" in server else f"http://{server}").hostname or ""
    except ValueError:
        return ""


def literal(host: str) -> str:
    """``host`` if it is an IP address that leads out of this computer; else empty."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return ""
    # A server on this computer says nothing about the way out.
    return "" if address.is_loopback or address.is_unspecified else str(address)


def look_up(token: Token, host: str, seconds: float = LOOKUP_S) -> str:
    """The first address of ``host`` as a connection would use it; empty if it has none in time.

    Sends packets: to be called only with consent. The system's resolver cannot be interrupted, so
    it works in a thread that is left behind when it takes too long.
    """
    found: list[str] = []
    done = threading.Event()

    def ask() -> None:
        try:
            entries = socket.getaddrinfo(host, DISCARD_PORT, type=socket.SOCK_DGRAM)
            found.extend(str(entry[4][0]) for entry in entries)
        except (OSError, UnicodeError):
            return  # unknown name: the default route is stated instead, and called that
        finally:
            done.set()

    threading.Thread(target=ask, name="link-look-up", daemon=True).start()
    waited = 0.0
    while not done.wait(POLL_S) and waited < seconds:
        token.check()
        waited += POLL_S
    return found[0] if done.is_set() and found else ""


def way_out(address: str) -> tuple[str, str, str | None]:
    """Find the way to ``address``, or the default way out of this computer. Sends nothing.

    Returns:
        Target address (empty: none), ``server``, ``default`` or ``none``, and this computer's own
        address on that way.
    """
    if address and (local := local_address(address)) is not None and local != address:
        return address, "server", local
    for target in ELSEWHERE:
        local = local_address(target)
        if local is not None:
            return target, "default", local
    return "", "none", None


def local_address(target: str) -> str | None:
    """The address that this computer would use towards ``target``; sends nothing."""
    family = socket.AF_INET6 if ":" in target else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((target, DISCARD_PORT))
            return str(probe.getsockname()[0])
    except OSError:
        return None  # no route: a fact, which the caller states


def interface_of(address: str | None) -> str | None:
    """The name of the one interface that has ``address``; none if none or several have it."""
    if address is None:
        return None
    import psutil

    wanted = address.partition("%")[0]
    names = [
        name
        for name, entries in psutil.net_if_addrs().items()
        if any(entry.address.partition("%")[0] == wanted for entry in entries)
    ]
    return names[0] if len(names) == 1 else None


def index_of(name: str | None) -> int | None:
    """The system's number of an interface; none if it is gone."""
    try:
        return socket.if_nametoindex(name) if name else None
    except OSError:
        return None
