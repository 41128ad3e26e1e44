"""What can be asked of the measuring server, path by path."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from readiness import __version__
from readiness.model.invited import NONCE
from readiness.report.seal import key_id
from readiness.server.ndt7 import upgrade
from readiness.server.requests import BadRequest, Request
from readiness.server.transfers import Download, Follow, Upload

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.server.connection import Connection
    from readiness.trust.receipt import Direction

PROTOCOL = 2
SERVICE = "readiness-serve"
CALL_TOKEN = 32
PACKETS_PER_COST = 1000
DOWN = "down:"
"""Before the name of a download, which no token holds: nothing else can be called the same."""

DIRECTIONS: dict[str, Direction] = {"download": "download", "upload": "upload"}


def _hello(connection: Connection, request: Request) -> None:
    said: dict[str, object] = {
        "service": SERVICE,
        "protocol": PROTOCOL,
        "version": __version__,
        "token": request.token("token"),
        "congestion": _congestion_control(connection.channel.socket),
        "bytes_per_request": connection.house.limits.bytes_per_request,
        "stamp_port": connection.house.stamp_port,
    }
    key = connection.house.receipt_key
    if key is not None:
        said["receipts"] = key_id(key.public_key().public_bytes_raw())
    connection.send_json(said, keep=request.keep)


def _ping(connection: Connection, request: Request) -> None:
    connection.send(200, request.token("token").encode("ascii"), keep=request.keep)


def _down(connection: Connection, request: Request) -> None:
    wanted = request.number("bytes", 0)
    token = request.token("token") if "token" in request.query else ""
    if not 0 < wanted <= connection.house.limits.bytes_per_request:
        raise BadRequest(413)
    if not connection.house.spend(connection.client, wanted):
        raise BadRequest(429)
    name = request.token("id") if "id" in request.query else ""
    witness = connection.house.witness(connection.client, f"{DOWN}{name}") if name else None
    connection.begin(Download(connection, wanted, token=token, witness=witness, keep=request.keep))


def _up(connection: Connection, request: Request) -> None:
    house = connection.house
    counter = house.counter(connection.client, request.token("id"))
    if request.length is None:
        raise BadRequest(411)
    if request.length > house.limits.bytes_per_request:
        raise BadRequest(413)
    if not house.spend(connection.client, request.length):
        raise BadRequest(429)
    if request.expects_continue:
        connection.channel.send(b"HTTP/1.1 100 Continue\r\n\r\n")
    connection.begin(Upload(connection, request.length, counter, keep=request.keep))


def _received(connection: Connection, request: Request) -> None:
    counter = connection.house.counter(connection.client, request.token("id"))
    longest = connection.house.limits.seconds_per_request
    seconds = min(float(request.number("seconds", 10)), longest)
    connection.begin(Follow(connection, counter, seconds))


def _receipt(connection: Connection, request: Request) -> None:
    """What was seen of one transfer, signed for one nonce; no other nonce gets one for it."""
    house, name, nonce = connection.house, request.token("id"), request.token("nonce")
    direction = DIRECTIONS.get(request.query.get("direction", ""))
    if direction is None or not NONCE.fullmatch(nonce):
        raise BadRequest(400)
    name = f"{DOWN}{name}" if direction == "download" else name
    witness = house.witness(connection.client, name)
    if house.receipt_key is None or witness is None or not witness.count:
        raise BadRequest(404)
    signed = witness.sign(nonce, direction, house.receipt_key, connection.channel.socket)
    if signed is None:
        raise BadRequest(404)
    said: dict[str, object] = {"signed": signed.signed, "keyid": signed.keyid, "sig": signed.sig}
    connection.send_json(said, keep=request.keep)


def _call(connection: Connection, request: Request) -> None:
    name, client, house = request.token("token"), connection.client, connection.house
    if len(name) != CALL_TOKEN or set(name) - set("0123456789abcdef"):
        raise BadRequest(400)
    token = bytes.fromhex(name)
    size = house.calls.size(client, token)
    if size is None:
        raise BadRequest(404)
    if not house.ask(client, size / PACKETS_PER_COST):
        raise BadRequest(429)
    body = house.calls.told(client, token)
    connection.send(200, body, keep=request.keep, kind="application/json")


def _ndt7(connection: Connection, request: Request) -> None:
    if not connection.house.spend(connection.client, 0):
        raise BadRequest(429)
    answer, activity = upgrade(connection, request)
    connection.channel.send(answer)
    if activity is None:
        connection.part()
    else:
        connection.begin(activity)


def _congestion_control(sock: socket.socket | None) -> str:
    """Name of the sender's congestion control, which shapes the result; empty if not told."""
    option = getattr(socket, "TCP_CONGESTION", None)  # Linux alone
    if option is None or sock is None:
        return ""
    raw: bytes = sock.getsockopt(socket.IPPROTO_TCP, option, 16)
    return raw.split(b"\0")[0].decode("ascii", "replace")


ENDPOINTS: dict[str, tuple[str, Callable[[Connection, Request], None]]] = {
    "/readiness/hello": ("GET", _hello),
    "/readiness/ping": ("GET", _ping),
    "/readiness/down": ("GET", _down),
    "/readiness/up": ("POST", _up),
    "/readiness/received": ("GET", _received),
    "/readiness/receipt": ("GET", _receipt),
    "/readiness/call": ("GET", _call),
    "/ndt/v7/download": ("GET", _ndt7),
    "/ndt/v7/upload": ("GET", _ndt7),
}
"""Path -> method and what answers."""
