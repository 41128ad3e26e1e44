"""The tests of M-Lab's ndt7, after its specification v0.11.0: one WebSocket, one direction, 10 s.

https://github.com/m-lab/ndt-server/blob/main/spec/ndt7-protocol.md
"""

from __future__ import annotations

import asyncio
import json
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from readiness.server import frames
from readiness.server.requests import BadRequest
from readiness.server.tcp_info import tcp_info
from readiness.server.transfers import IN_ONE_GO, payload

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.server.connection import Connection
    from readiness.server.requests import Request

SUBPROTOCOL = "net.measurementlab.ndt.v7"
MEASURE_S = 0.25
TICK_S = 0.02
"""A timer may be early by as much, where the system's clock is coarse."""

GRACE_S = 3.0
"""After the end of a test the client has so long to close."""

FIRST_MESSAGE, LARGEST_MESSAGE = 1 << 13, 1 << 20
SHARE = 16
"""A message doubles while it is smaller than this part of all that was sent."""

MOST_QUERY = 4096
MOST_UNREAD = 64 * 1024
MICRO = 1e6


def upgrade(connection: Connection, request: Request) -> tuple[bytes, _Test | None]:
    """Answer the opening handshake; with the test to begin if it is agreed.

    Raises:
        BadRequest: The query cannot be read.
    """
    from websockets.datastructures import Headers
    from websockets.http11 import Request as Opening
    from websockets.server import ServerProtocol
    from websockets.typing import Subprotocol

    _check_query(request.target.partition("?")[2])
    handshake = ServerProtocol(subprotocols=[Subprotocol(SUBPROTOCOL)])
    opening = Opening(
        request.target, Headers(request.fields), method=request.method, protocol=request.version
    )
    answer = handshake.accept(opening)
    if not opening_agreed(answer.status_code, handshake.subprotocol):
        return answer.serialize(), None
    kind = DownloadTest if request.path.endswith("/download") else UploadTest
    return answer.serialize(), kind(connection)


def opening_agreed(status: int, subprotocol: str | None) -> bool:
    """Whether both sides now speak ndt7."""
    return status == 101 and subprotocol == SUBPROTOCOL  # noqa: PLR2004 - Switching Protocols


def _check_query(query: str) -> None:
    """It is read as the specification asks, and nothing of it is kept."""
    if len(query) > MOST_QUERY:
        raise BadRequest(400)
    try:
        parse_qsl(query, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise BadRequest(400) from error


class _Test(ABC):
    """What both directions share: frames in, measurements out, and the end."""

    name = ""
    listens = False

    def __init__(self, connection: Connection) -> None:
        self._lasts = connection.house.limits.ndt7_seconds
        self.seconds = self._lasts + GRACE_S
        self._connection = connection
        self._channel = connection.channel
        self._reader = frames.Reader()
        self._began = time.perf_counter()
        self._closing = False
        self._deaf = False
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """The handshake is done: the clock runs."""
        self._wait()

    def heard(self, data: memoryview) -> memoryview:
        """Take the client's frames."""
        if self._deaf:
            return data[:0]
        try:
            for kind, count, content in self._reader.feed(data):
                if self._take(kind, count, content):
                    break
        except frames.Broken as broken:
            self._deaf = True
            self._end(broken.code)
        return data[:0]

    def drained(self) -> None:  # noqa: B027 - a test that only receives has no more to send
        """More may be sent."""

    def ended(self) -> None:
        """Stop the clock."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _take(self, kind: int, count: int, content: bytes) -> bool:
        """Deal with one piece; true if it was the last."""
        if kind == frames.CLOSE:
            self._deaf = True
            self._end(frames.NORMAL)
            return True
        if kind == frames.PING:
            self._pong(content)
        if kind == frames.BINARY:
            self._load(count)
        return False

    @abstractmethod
    def _load(self, count: int) -> None:
        """Take note of a piece of a message of data that came."""

    @abstractmethod
    def _moved(self) -> int:
        """Octets of payload moved so far."""

    def _pong(self, content: bytes) -> None:
        if self._channel.waiting < MOST_UNREAD:
            self._channel.send(frames.frame(frames.PONG, content))

    def _wait(self) -> None:
        left = self._lasts - self._elapsed()
        self._timer = asyncio.get_running_loop().call_later(min(MEASURE_S, left), self._tick)

    def _elapsed(self) -> float:
        return time.perf_counter() - self._began

    def _tick(self) -> None:
        """Every quarter of a second: measure, or end."""
        self._timer = None
        if self._elapsed() >= self._lasts - TICK_S:
            self._finish()
        else:
            self._measured()
            self._wait()

    def _measured(self) -> None:
        self._channel.send(self._measurement())

    def _finish(self) -> None:
        self._channel.send(self._measurement())
        self._close(frames.NORMAL)

    def _end(self, code: int) -> None:
        """Close, and hang up."""
        self._close(code)
        self._connection.done(keep=False)

    def _close(self, code: int) -> None:
        if not self._closing:
            self._closing = True
            self._channel.send(frames.frame(frames.CLOSE, code.to_bytes(2)))

    def _measurement(self) -> bytes:
        elapsed = int(self._elapsed() * MICRO)
        client, server = (_named(*address) for address in self._channel.addresses)
        said: dict[str, object] = {
            "AppInfo": {"ElapsedTime": elapsed, "NumBytes": self._moved()},
            "ConnectionInfo": {"Client": client, "Server": server},
            "Origin": "server",
            "Test": self.name,
        }
        known = tcp_info(self._channel.socket)
        if known:
            said["TCPInfo"] = {**known, "ElapsedTime": elapsed}
        return frames.frame(frames.TEXT, json.dumps(said).encode("ascii"))


def _named(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class UploadTest(_Test):
    """The client sends; how much came is told four times a second."""

    name = "upload"
    listens = True

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._received = 0

    def _load(self, count: int) -> None:
        if self._closing:
            return
        self._received += count
        if not self._connection.house.spend(self._connection.client, count):
            self._close(frames.TRY_LATER)

    def _moved(self) -> int:
        return self._received


class DownloadTest(_Test):
    """The server sends messages that grow with the speed of the line."""

    name = "download"

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._size = FIRST_MESSAGE
        self._left = 0
        self._sent = 0
        self._between: list[Callable[[], None]] = []

    def start(self) -> None:
        """Begin to send."""
        super().start()
        self._pump()

    def drained(self) -> None:
        """Send on."""
        self._pump()

    def _load(self, count: int) -> None:  # noqa: ARG002 - any is too much
        raise frames.Broken(frames.NOT_ACCEPTED)

    def _moved(self) -> int:
        return max(0, self._sent - self._channel.waiting)

    def _pong(self, content: bytes) -> None:
        self._between.append(lambda: super(DownloadTest, self)._pong(content))

    def _measured(self) -> None:
        self._between.append(super()._measured)

    def _finish(self) -> None:
        self._between.append(super()._finish)

    def _end(self, code: int) -> None:
        if self._left and not self._closing:
            self._between.append(lambda: super(DownloadTest, self)._end(code))
        else:
            super()._end(code)

    def _pump(self) -> None:
        for _ in range(IN_ONE_GO):
            if not self._left:
                self._next_message()
            if self._closing or self._channel.blocked or self._channel.over:
                return
            piece = payload(self._sent, self._left)
            self._channel.send(piece)
            self._sent += len(piece)
            self._left -= len(piece)
        asyncio.get_running_loop().call_soon(self._pump)

    def _next_message(self) -> None:
        """Say what waited for the end of a message, and open the next if there is to be one."""
        waited, self._between = self._between, []
        for say in waited:
            say()
        connection = self._connection
        if self._closing or self._channel.over:
            return
        if self._size < LARGEST_MESSAGE and self._size < self._sent / SHARE:
            self._size *= 2
        if not connection.house.spend(connection.client, self._size):
            self._close(frames.TRY_LATER)
            return
        self._left = self._size
        self._channel.send(frames.frame_head(frames.BINARY, self._left))
