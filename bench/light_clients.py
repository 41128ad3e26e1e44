"""Many measuring clients in one thread, for ``bench.serve_load``.

Their sockets may lie in network namespaces of their own; requests and evaluation are those of the
product's client.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import secrets
import selectors
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.system.line.bins import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STREAMS = 6
BODY = 32 * 1024 * 1024
WARM_UP_S, STEP_S = 2.0, 0.25
PAUSE_S = 0.004
"""Between two rounds over the sockets, so that one round takes more than one packet of each."""

PIECE = memoryview(os.urandom(64 * 1024))
CLONE_NEWNET = 0x40000000

_LIBC = ctypes.CDLL(None, use_errno=True)


@contextlib.contextmanager
def inside(space: str) -> Iterator[None]:
    """Sockets made here belong to the network namespace ``space``, for good; Linux, root."""
    with open("/proc/self/ns/net", "rb") as home, open(f"/run/netns/{space}", "rb") as there:  # noqa: PTH123 - descriptors are what is needed
        _enter(there.fileno())
        try:
            yield
        finally:
            _enter(home.fileno())


def _enter(descriptor: int) -> None:
    if _LIBC.setns(descriptor, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


@dataclass
class Client:
    """One client: what it has counted."""

    space: str
    address: tuple[str, int]
    name: str = field(default_factory=lambda: secrets.token_hex(16))
    total: int = 0
    counted: list[tuple[float, int]] = field(default_factory=list)
    rest: bytes = b""

    def rate(self) -> float:
        """The figure, Mbit/s, evaluated like the product's."""
        return reading(self.counted, warm_up=WARM_UP_S, step=STEP_S, summary={}).rate

    def connect(self, count: int) -> list[socket.socket]:
        """Connections from the client's namespace. Entering one takes 10 ms, so it is done once."""
        with inside(self.space):
            socks = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(count)]
        for sock in socks:
            sock.settimeout(10)
            sock.connect(self.address)
        return socks


def _head(line: str, length: int | None = None) -> bytes:
    body = "" if length is None else f"Content-Length: {length}\r\n"
    return f"{line} HTTP/1.1\r\nHost: bench\r\n{body}\r\n".encode()


def _connected(clients: list[Client]) -> list[tuple[Client, socket.socket]]:
    """Streams of all clients; all stand before the first is used and its load is in the way.

    The server gives each 10 s until its request must be whole.
    """
    return [(client, sock) for client in clients for sock in client.connect(STREAMS)]


def download(clients: list[Client], seconds: float) -> None:
    """All clients download at once, for ``seconds``. The answer's head, 130 bytes, counts too."""
    with contextlib.closing(selectors.DefaultSelector()) as chooser:
        streams = _connected(clients)
        for client, sock in streams:
            chooser.register(sock, selectors.EVENT_READ, client)
            sock.sendall(_head(f"GET /readiness/down?bytes={BODY}"))
        buffer = bytearray(256 * 1024)

        def count(sock: socket.socket, client: Client) -> None:
            client.total += sock.recv_into(buffer)

        _turn(chooser, seconds, count, lambda: _note(clients))


def _note(clients: list[Client]) -> None:
    now = time.monotonic()
    for client in clients:
        if client.total:
            client.counted.append((now, client.total))


def upload(clients: list[Client], seconds: float) -> None:
    """All clients upload at once, for ``seconds``; the server says what has arrived."""
    with contextlib.closing(selectors.DefaultSelector()) as chooser:
        streams = _connected(clients)
        for client in clients:
            (reports,) = client.connect(1)
            longest = int(seconds) + 20
            reports.sendall(_head(f"GET /readiness/received?id={client.name}&seconds={longest}"))
            chooser.register(reports, selectors.EVENT_READ, client)
        for client, sock in streams:
            sock.sendall(_head(f"POST /readiness/up?id={client.name}", BODY))
            chooser.register(sock, selectors.EVENT_WRITE, client)

        def move(sock: socket.socket, client: Client) -> None:
            if chooser.get_key(sock).events & selectors.EVENT_WRITE:
                sock.send(PIECE)
            else:
                _listen(client, sock.recv(64 * 1024))

        _turn(chooser, seconds, move, lambda: None)


def _listen(client: Client, data: bytes) -> None:
    *lines, client.rest = (client.rest + data).split(b"\n")
    for line in lines:
        if line.startswith(b"{"):
            said = json.loads(line)
            if said["bytes"]:
                client.counted.append((said["t"], said["bytes"]))


def _turn(
    chooser: selectors.BaseSelector,
    seconds: float,
    move: Callable[[socket.socket, Client], None],
    after: Callable[[], None],
) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for key, _ in chooser.select(timeout=0.1):
            sock = key.fileobj
            assert isinstance(sock, socket.socket)
            sock.settimeout(0)
            with contextlib.suppress(BlockingIOError):
                move(sock, key.data)
        after()
        time.sleep(PAUSE_S)
    for key in tuple(chooser.get_map().values()):
        sock = key.fileobj
        assert isinstance(sock, socket.socket)
        sock.close()
