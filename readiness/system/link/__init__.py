"""Raw facts about the network interface that carries the connection, and about proxies.

Addresses, interface names, network names and serial numbers are used here to find the interface
and are not part of the facts; its number is, to notice a change, and is never put into evidence.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from readiness.link_kind import has_wifi, link_kind
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.link.route import host_of, interface_of, literal, look_up, way_out

if TYPE_CHECKING:
    from readiness.cancel import Token

VARIABLES = ("http_proxy", "https_proxy", "all_proxy")


def target_of(token: Token, server: str, *, lookup: bool = False) -> str:
    """The literal address of a measuring server, or empty: then the default route counts.

    Args:
        token: Stop.
        server: Address of the server, with or without ``http://``; may be empty.
        lookup: Whether a name may be looked up, which sends a packet. Needs consent.
    """
    host = host_of(server)
    address = literal(host)
    if address or not lookup or not host:
        return address
    return literal(look_up(token, host))


def link_facts(token: Token, address: str = "") -> dict[str, object]:
    """Facts of the topic ``link``: the routed interface, others that are up, proxies, cost.

    Args:
        token: Stop.
        address: Literal IP address, of which the route is looked up without sending anything;
            empty: the default route.

    Raises:
        CannotMeasure: This system is not known, or a tool of the system failed.
    """
    token.check()
    target, route, local = way_out(address)
    facts: dict[str, object] = {"system": sys.platform, "route": route}
    if sys.platform == "win32":
        from readiness.system.link import windows

        found = windows.facts(target)
    elif sys.platform == "darwin":
        from readiness.system.link import darwin

        found = darwin.facts(token, darwin.carrier(token, target, interface_of(local)))
    else:
        from readiness.system.link import linux

        found = linux.facts(token, linux.carrier(target, interface_of(local)))
    asked = ["environment", *_strings(found.pop("proxy_asked", []))]
    system = _strings(found.pop("proxy_system", []))
    facts.update(found)
    facts["proxy"] = {"variables": _variables(), "system": system, "asked": asked}
    token.check()
    return facts


def wifi_facts(token: Token, address: str = "") -> dict[str, object]:
    """Facts of the topic ``wifi``: the signal of this moment, if the connection goes over Wi-Fi.

    Cheap enough to be asked every second, unless ``cheap`` is false. Arguments as of
    :func:`link_facts`.

    Raises:
        CannotMeasure: ``no-network``, ``no-wifi`` (a cable or another kind), ``wifi-unclear``,
            ``signal-not-told``, ``signal-denied``; or a tool of the system failed.
    """
    token.check()
    target, _route, local = way_out(address)
    if sys.platform == "win32":
        from readiness.system.link import windows

        row, rows = windows.look(target)
        _insist_on_wifi(windows.shapes(row, rows))
        found = windows.signal(row, rows)
    elif sys.platform == "darwin":
        from readiness.system.link import darwin

        name = darwin.carrier(token, target, interface_of(local))
        ports, blocks = darwin.look(token)
        _insist_on_wifi(darwin.shapes(name, ports, blocks))
        found = darwin.signal(token, name, ports, blocks)
    else:
        from readiness.system.link import linux

        name = linux.carrier(target, interface_of(local))
        _insist_on_wifi(linux.shapes(name))
        found = linux.signal(name)
    return found


def _insist_on_wifi(shapes: dict[str, object]) -> None:
    facts = {**shapes, "system": sys.platform}
    if link_kind(facts) is None:
        raise CannotMeasure(FailureCode.UNREACHABLE, "no-network")
    wifi = has_wifi(facts)
    if wifi is None:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "wifi-unclear")
    if not wifi:
        raise CannotMeasure(FailureCode.NO_DEVICE, "no-wifi")


def _strings(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []


def _variables() -> list[str]:
    """Names of the environment variables that name a proxy."""
    return [name for name in VARIABLES if os.environ.get(name) or os.environ.get(name.upper())]
