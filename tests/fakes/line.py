"""The far end of a line, for tests: the real measuring server, a paced relay, faults in between."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readiness.model.errors import CannotMeasure
from readiness.server import Limits, serve

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from readiness.model.call import CallStream
    from readiness.model.invited import Receipt
    from readiness.model.measurement import Scalar, Trace


@contextlib.contextmanager
def measuring_server(
    limits: Limits | None = None,
    *,
    host: str = "127.0.0.1",
    certificate: Path | None = None,
    receipt_key: Ed25519PrivateKey | None = None,
) -> Iterator[str]:
    """The product's own server in a thread; yields its address."""
    stop = threading.Event()
    ready: queue.SimpleQueue[str] = queue.SimpleQueue()
    thread = threading.Thread(
        target=serve,
        args=(host, 0),
        kwargs={
            "ready": ready.put,
            "stop": stop,
            "limits": limits,
            "certificate": certificate,
            "receipt_key": receipt_key,
        },
        daemon=True,
    )
    thread.start()
    try:
        yield ready.get(timeout=5)
    finally:
        stop.set()
        thread.join(timeout=5)


class Pace:
    """A bucket that lets so many bytes a second through, for all streams of one direction."""

    def __init__(self, mbit: float) -> None:
        self._rate = mbit * 1e6 / 8
        self._free = time.monotonic()
        self._lock = threading.Lock()

    def wait(self, count: int) -> None:
        """Wait until ``count`` bytes may pass."""
        with self._lock:
            now = time.monotonic()
            self._free = max(now - 0.02, self._free) + count / self._rate
            until = self._free
        time.sleep(max(0.0, until - now))


Meddle = Callable[[bytes, int], bytes | None]
"""Receives a piece from the server and how many bytes this stream had before; none cuts it."""


@contextlib.contextmanager
def relay(
    server: str, *, down: float = 40.0, up: float = 20.0, meddle: Meddle | None = None
) -> Iterator[str]:
    """A line to ``server`` with the given Mbit/s in each direction; yields its address."""
    line = _Relay(server, down, up, meddle)
    line.start()
    try:
        yield line.address
    finally:
        line.end()


class _Relay(threading.Thread):
    """Takes connections and passes bytes on at the pace of the line."""

    def __init__(self, server: str, down: float, up: float, meddle: Meddle | None) -> None:
        super().__init__(daemon=True)
        parts = urlsplit(server)
        self._target = (parts.hostname or "", parts.port or 80)
        self._down, self._up = Pace(down), Pace(up)
        self._meddle = meddle
        self._over = threading.Event()
        self._sockets: list[socket.socket] = []
        self._pumps: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def run(self) -> None:
        """Accept until the end."""
        while not self._over.is_set():
            try:
                near, _ = self._listener.accept()
            except TimeoutError:
                continue
            try:
                far = socket.create_connection(self._target)
            except OSError:  # the server has gone; the client sees a cut connection
                near.close()
                continue
            for sock in (near, far):
                # Small, so that what was sent is not long what has arrived.
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32768)
            self._sockets += [near, far]
            self._pump(near, far, self._up, None)
            self._pump(far, near, self._down, self._meddle)

    def _pump(
        self, source: socket.socket, sink: socket.socket, pace: Pace, meddle: Meddle | None
    ) -> None:
        thread = threading.Thread(target=_pass_on, args=(source, sink, pace, meddle), daemon=True)
        self._pumps.append(thread)
        thread.start()

    def end(self) -> None:
        """Cut everything and wait."""
        self._over.set()
        self.join(timeout=2)
        self._listener.close()
        for sock in self._sockets:
            _cut(sock)
        for pump in self._pumps:
            pump.join(timeout=2)
        for sock in self._sockets:
            sock.close()


def _pass_on(source: socket.socket, sink: socket.socket, pace: Pace, meddle: Meddle | None) -> None:
    passed = 0
    with contextlib.suppress(OSError):
        while piece := source.recv(8192):
            pace.wait(len(piece))
            changed = piece if meddle is None else meddle(piece, passed)
            if changed is None:
                break
            passed += len(piece)
            sink.sendall(changed)
    _cut(source)
    _cut(sink)


def _cut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may be cut already
        sock.shutdown(socket.SHUT_RDWR)


@dataclass
class FakeReading:
    """A throughput figure as a backend gives it."""

    rate: float
    half_width: float | None = 0.5
    samples: int = 24
    trace: Trace | None = None
    summary: dict[str, Scalar] = field(default_factory=dict)
    loaded: CallStream | None = None
    receipt: Receipt | None = None


@dataclass
class FakeLine:
    """A line that gives what it is told to give; a ``CannotMeasure`` is raised."""

    down: FakeReading | CannotMeasure
    up: FakeReading | CannotMeasure
    stream: CallStream | CannotMeasure
    method: str = "serve"

    def download(self, progress: Callable[[float, float | None], None]) -> FakeReading:
        """Say something on the way, then give the figure."""
        progress(0.5, 12.0)
        return _given(self.down)

    def upload(self, progress: Callable[[float, float | None], None]) -> FakeReading:
        """Like the download."""
        progress(0.5, 3.0)
        return _given(self.up)

    def call(self, progress: Callable[[float, float | None], None]) -> CallStream:
        """Give the stream."""
        progress(0.5, 24.0)
        if isinstance(self.stream, CannotMeasure):
            raise self.stream
        return self.stream


def _given(figure: FakeReading | CannotMeasure) -> FakeReading:
    if isinstance(figure, CannotMeasure):
        raise figure
    return figure
