"""One connection to the measuring server: reads requests, answers them, holds to the limits."""

from __future__ import annotations

import json
import os
import socket
import time
from typing import TYPE_CHECKING

from readiness import __version__
from readiness.server.requests import MAX_HEAD, BadRequest, Request, may_begin, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.server.house import House

PROTOCOL = 1
SERVICE = "readiness-serve"
PREFIX = "/readiness/"
COUNTER_STEP_S = 0.025
EAGER_STEP_S, EAGER_FOR_S = 0.002, 0.3
"""Around the first byte reports are dense: a very fast upload is over in less than this."""

SLICE = 256 * 1024

_PAYLOAD = memoryview(os.urandom(1 << 20))
"""Random, so that nothing on the way can shrink it."""

_WORDS = {
    200: "OK",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    411: "Length Required",
    413: "Content Too Large",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    501: "Not Implemented",
    503: "Service Unavailable",
}


class Connection:
    """Serves one socket until the client leaves, breaks a limit, or the server stops."""

    def __init__(self, sock: socket.socket, client: str, house: House) -> None:
        self._sock = sock
        self._client = client
        self._house = house
        self._rest = b""
        self._endpoints: dict[str, tuple[str, Callable[[Request], bool]]] = {
            "hello": ("GET", self._hello),
            "ping": ("GET", self._ping),
            "down": ("GET", self._down),
            "up": ("POST", self._up),
            "received": ("GET", self._received),
        }

    def run(self) -> None:
        """Serve until the end; a client that vanishes is no fault."""
        try:
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while not self._house.stopping.is_set() and self._serve_one():
                pass
        except OSError:
            return

    def _serve_one(self) -> bool:
        """Answer one request; true if another may follow."""
        head = self._read_head()
        if head is None:
            return False
        try:
            request = parse(head)
            return self._endpoint(request)(request) and request.keep
        except BadRequest as error:
            self._send(error.status, b"", keep=False)
            return False

    def _endpoint(self, request: Request) -> Callable[[Request], bool]:
        name = request.path.removeprefix(PREFIX) if request.path.startswith(PREFIX) else ""
        if name not in self._endpoints:
            raise BadRequest(404)
        method, answer = self._endpoints[name]
        if request.method != method:
            raise BadRequest(405)
        return answer

    def _read_head(self) -> bytes | None:
        """The next request head without its empty line; none if the client is done or too slow."""
        end = time.monotonic() + self._house.limits.head_seconds
        while b"\r\n\r\n" not in self._rest:
            if len(self._rest) > MAX_HEAD or not may_begin(self._rest):
                self._send(431 if may_begin(self._rest) else 400, b"", keep=False)
                return None
            left = end - time.monotonic()
            if left <= 0:
                return None
            self._sock.settimeout(left)
            piece = self._sock.recv(4096)
            if not piece:
                return None
            self._rest += piece
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        return head

    def _send(self, status: int, body: bytes, *, keep: bool, kind: str = "text/plain") -> None:
        head = (
            f"HTTP/1.1 {status} {_WORDS[status]}\r\n"
            f"Content-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\n"
            "Cache-Control: no-store\r\n"
            f"Connection: {'keep-alive' if keep else 'close'}\r\n\r\n"
        )
        self._sock.settimeout(self._house.limits.stall_seconds)
        self._sock.sendall(head.encode("ascii") + body)

    def _send_json(self, values: dict[str, object], request: Request) -> None:
        body = json.dumps(values).encode("ascii")
        self._send(200, body, keep=request.keep, kind="application/json")

    def _hello(self, request: Request) -> bool:
        said: dict[str, object] = {
            "service": SERVICE,
            "protocol": PROTOCOL,
            "version": __version__,
            "token": request.token("token"),
            "congestion": _congestion_control(self._sock),
            "bytes_per_request": self._house.limits.bytes_per_request,
        }
        self._send_json(said, request)
        return True

    def _ping(self, request: Request) -> bool:
        self._send(200, request.token("token").encode("ascii"), keep=request.keep)
        return True

    def _down(self, request: Request) -> bool:
        wanted = request.number("bytes", 0)
        if not 0 < wanted <= self._house.limits.bytes_per_request:
            raise BadRequest(413)
        if not self._house.spend(self._client, wanted):
            raise BadRequest(429)
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
            f"Content-Length: {wanted}\r\nCache-Control: no-store\r\n"
            f"Connection: {'keep-alive' if request.keep else 'close'}\r\n\r\n"
        )
        self._sock.settimeout(self._house.limits.stall_seconds)
        self._sock.sendall(head.encode("ascii"))
        end = time.monotonic() + self._house.limits.seconds_per_request
        sent = 0
        while sent < wanted:
            if time.monotonic() > end:
                return False
            start = sent % (len(_PAYLOAD) - SLICE)
            sent += self._sock.send(_PAYLOAD[start : start + min(SLICE, wanted - sent)])
        return True

    def _up(self, request: Request) -> bool:
        counter = self._house.counter(self._client, request.token("id"))
        if request.length is None:
            raise BadRequest(411)
        if request.length > self._house.limits.bytes_per_request:
            raise BadRequest(413)
        if not self._house.spend(self._client, request.length):
            raise BadRequest(429)
        if request.expects_continue:
            self._sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        here = self._rest[: request.length]
        self._rest = self._rest[request.length :]
        self._house.count(counter, len(here))
        if not self._swallow(request.length - len(here), lambda n: self._house.count(counter, n)):
            return False
        self._send_json({"received": request.length}, request)
        return True

    def _swallow(self, length: int, count: Callable[[int], None]) -> bool:
        """Read ``length`` bytes of body; false if they do not all come in time."""
        buffer = memoryview(bytearray(SLICE))
        end = time.monotonic() + self._house.limits.seconds_per_request
        self._sock.settimeout(self._house.limits.stall_seconds)
        while length > 0:
            got = self._sock.recv_into(buffer, min(length, SLICE))
            if not got or time.monotonic() > end:
                return False
            count(got)
            length -= got
        return True

    def _received(self, request: Request) -> bool:
        """Say how much has arrived, by this server's clock, as JSON lines, 40 a second or more."""
        counter = self._house.counter(self._client, request.token("id"))
        longest = self._house.limits.seconds_per_request
        seconds = min(float(request.number("seconds", 10)), longest)
        self._sock.settimeout(self._house.limits.stall_seconds)
        self._sock.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n"
            b"Cache-Control: no-store\r\nX-Accel-Buffering: no\r\nConnection: close\r\n\r\n"
        )
        start = time.monotonic()
        first, told = float("inf"), -1.0
        while (now := time.monotonic() - start) < seconds:
            received = counter.received
            first = min(first, now) if received else first
            eager = now - first < EAGER_FOR_S  # also while nothing has come yet
            if now - told >= COUNTER_STEP_S or (eager and received):
                told = now
                line = json.dumps({"t": round(now, 6), "bytes": received}) + "\n"
                self._sock.sendall(line.encode("ascii"))
            if self._house.stopping.wait(EAGER_STEP_S if eager else COUNTER_STEP_S / 2):
                break
        return False


def _congestion_control(sock: socket.socket) -> str:
    """Name of the sender's congestion control, which shapes the result; empty if not told."""
    option = getattr(socket, "TCP_CONGESTION", None)  # Linux alone
    if option is None:
        return ""
    raw: bytes = sock.getsockopt(socket.IPPROTO_TCP, option, 16)
    return raw.split(b"\0")[0].decode("ascii", "replace")
