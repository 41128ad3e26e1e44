"""A measuring server's greeting: it says a random token back, which no login page can."""

from __future__ import annotations

import json
import re
import secrets
import socket
import ssl
import time
from typing import TYPE_CHECKING

from readiness.endpoint_outcomes import REACHED
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.requirement import Endpoint, Protocol
from readiness.ports import EndpointReading
from readiness.system.line.peer import Answer, Peer, check_status, parse_address, translate
from readiness.system.reach.places import Patience, look_up
from readiness.system.reach.trust import Trust, issuer, refusal
from readiness.system.reach.wire import Encryption, Wire, connected

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.measurement import Scalar

SERVICE = "readiness-serve"
LARGEST = 16 * 1024

_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: [^\r\n]*)?")


def greet(address: str, trust: Trust, patience: Callable[[], Patience]) -> EndpointReading:
    """Ask the server at ``address`` to say a token back. Never names it in the summary.

    Raises:
        Cancelled: On Stop.
    """
    nowhere = Endpoint(host="", port=0, protocol=Protocol.TCP)
    try:
        peer = parse_address(address)
    except CannotMeasure as found:
        return EndpointReading(endpoint=nowhere, outcome=found.detail)
    protocol = Protocol.TLS if peer.tls else Protocol.TCP
    endpoint = Endpoint(host=peer.host, port=peer.port, protocol=protocol)
    try:
        return _asked(peer, endpoint, trust, patience)
    except CannotMeasure as found:
        return EndpointReading(endpoint=endpoint, outcome=found.detail)
    except ssl.SSLError as error:
        return EndpointReading(endpoint=endpoint, outcome=refusal(error))
    except OSError as error:
        return EndpointReading(endpoint=endpoint, outcome=translate(error).detail)
    except ValueError:  # a name that cannot be written into a request
        return EndpointReading(endpoint=endpoint, outcome="bad-address")


def _asked(
    peer: Peer, endpoint: Endpoint, trust: Trust, patience: Callable[[], Patience]
) -> EndpointReading:
    places = look_up(peer.host, peer.port, socket.SOCK_STREAM, patience(), own=True)
    safe = Encryption(trust.system, peer.host) if peer.tls else None
    summary: dict[str, Scalar] = {}
    with connected(places, patience()) as (wire, _):
        start = time.perf_counter()
        if safe is not None:
            wire.secure(safe)
            organisation = issuer(safe.ends.getpeercert(binary_form=True))
            if organisation:
                summary["issuer"] = organisation
        _check(wire, peer)
        seconds = time.perf_counter() - start
    return EndpointReading(
        endpoint=endpoint, outcome=REACHED, milliseconds=seconds * 1000, summary=summary
    )


def _check(wire: Wire, peer: Peer) -> None:
    """Raises ``CannotMeasure`` unless the token comes back."""
    token = secrets.token_hex(16)
    name = f"[{peer.host}]" if ":" in peer.host else peer.host
    wire.send(
        f"GET {peer.base}/readiness/hello?token={token} HTTP/1.1\r\n"
        f"Host: {name}:{peer.port}\r\nUser-Agent: readiness\r\nConnection: close\r\n\r\n".encode(
            "ascii"
        )
    )
    answer, body = _read(wire)
    check_status(answer)
    if "html" in answer.fields.get("content-type", "").lower():
        raise CannotMeasure(FailureCode.UNREACHABLE, "captive-portal")
    try:
        said = json.loads(body)
        good = said["service"] == SERVICE and said["token"] == token
    except (ValueError, KeyError, TypeError, RecursionError):
        good = False
    if not good:
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")


def _read(wire: Wire) -> tuple[Answer, bytes]:
    """Head and body of a short answer."""
    found = b""
    while piece := wire.receive():
        found += piece
        head, apart, body = found.partition(b"\r\n\r\n")
        answer = _answer(head) if apart else None
        if answer is not None and answer.length is not None and len(body) >= answer.length:
            return answer, body[: answer.length]
        if len(found) > LARGEST:
            break
    head, apart, body = found.partition(b"\r\n\r\n")
    if not apart:
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
    return _answer(head), body


def _answer(head: bytes) -> Answer:
    lines = head.split(b"\r\n")
    match = _STATUS.fullmatch(lines[0])
    if match is None:
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
    pairs = (line.decode("latin-1").partition(":") for line in lines[1:])
    fields = {name.strip().lower(): value.strip() for name, _, value in pairs}
    return Answer(status=int(match[1]), fields=fields)
