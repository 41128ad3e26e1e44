"""Hosts that the work needs to reach: names or addresses with a port, never web addresses."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from readiness.endpoint_outcomes import METRICS, endpoint_key
from readiness.model.requirement import Endpoint, Protocol
from readiness.model.text import N_
from readiness.profiles.faults import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readiness.model.requirement import Requirement
    from readiness.profiles.table import Table

MAX_ENDPOINTS = 24
LARGEST_PORT = 65535
EXAMPLE = "app.example.com"

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label of a name never begins with a digit; 127.1 and 0x7f.1 are addresses in disguise.
_NAME = re.compile(rf"(?=.{{4,253}}\Z)(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
_OWN = ("localhost", "local", "localdomain")
"""Last labels of names that mean this computer or its neighbours (RFC 6761, RFC 6762)."""


def read_endpoints(whole: Table) -> tuple[Endpoint, ...]:
    """The ``[[endpoint]]`` entries of a file; faulty ones are noted and left out."""
    found: dict[str, Endpoint] = {}
    for table in whole.tables("endpoint", MAX_ENDPOINTS):
        endpoint = _endpoint(table)
        if endpoint is None:
            continue
        key = endpoint_key(endpoint)
        if key in found:
            table.fault(
                "profile-endpoint-twice",
                N_("{endpoint} stands here twice."),
                "host",
                N_("Leave one of them out."),
                endpoint=key,
            )
        found[key] = endpoint
    return tuple(found.values())


def check_endpoints_asked(
    whole: Table, endpoints: tuple[Endpoint, ...], requirements: Iterable[Requirement]
) -> None:
    """Note hosts that nothing asks for, and requirements about hosts that are not named."""
    asked = {criterion.metric for one in requirements for criterion in one.any_of} & METRICS
    if endpoints and not asked:
        whole.fault(
            "profile-endpoint-unasked",
            N_("No requirement asks whether these hosts can be reached, so they are not tried."),
            "endpoint",
            N_("Write a requirement with metric = {metric} and equals = true."),
            metric='"endpoints.reachable"',
        )
    if asked and not whole.tree.get("endpoint"):
        whole.missing(
            "endpoint", f'[[endpoint]] with host = "{EXAMPLE}", port = 443, protocol = "tls"'
        )


def _endpoint(table: Table) -> Endpoint | None:
    before = len(table.faults.found)
    table.only("host", "port", "protocol", "public")
    protocol = table.word("protocol", Protocol)
    endpoint = Endpoint(
        host=_host(table), port=_port(table), protocol=protocol, public=_public(table, protocol)
    )
    return endpoint if len(table.faults.found) == before else None


def _host(table: Table) -> str:
    host = table.string("host", EXAMPLE).lower()
    if not host:
        return ""
    address = _address(host)
    if address is None and not _NAME.fullmatch(host):
        table.fault(
            "profile-host",
            N_("{host} is neither the name nor the address of a host."),
            "host",
            N_("Write only the name, like {example}: no https://, no path, no port, no asterisk."),
            host=shown(host),
            example=EXAMPLE,
        )
        return ""
    if _own(host) if address is None else not _elsewhere(address):
        table.fault(
            "profile-host-own",
            N_("{host} is not a host elsewhere."),
            "host",
            N_("Name a host that the work needs, not the applicant's own computer or network."),
            host=shown(host),
        )
        return ""
    return host if address is None else str(address)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _own(name: str) -> bool:
    return name.rpartition(".")[2] in _OWN


def _elsewhere(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether it can be a host of the work; a private address can, behind the employer's VPN."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        address = address.ipv4_mapped or address
    return not (
        address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or str(address) == "255.255.255.255"
    )


def _port(table: Table) -> int:
    if "port" not in table:
        table.missing("port", "port = 443")
        return 0
    port = table.tree["port"]
    if isinstance(port, bool) or not isinstance(port, int):
        table.wrong("port", "port = 443")
        return 0
    if not 0 < port <= LARGEST_PORT:
        table.fault(
            "profile-port",
            N_("{port} is not a port."),
            "port",
            N_("Write one port from 1 to {largest}; of a range, one that is answered."),
            port=shown(port),
            largest=LARGEST_PORT,
        )
        return 0
    return port


def _public(table: Table, protocol: Protocol) -> bool:
    public = table.tree.get("public", False)
    if not isinstance(public, bool):
        table.wrong("public", "public = true")
        return False
    if public and protocol is not Protocol.TLS:
        table.fault(
            "profile-endpoint-public",
            N_("Only a host that is spoken to with TLS shows a certificate."),
            "public",
            N_('Leave it out, or write protocol = "tls".'),
        )
    return public is True
