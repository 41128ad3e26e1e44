"""The far end of a line, for tests: the real measuring server, a paced relay, faults in between."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from readiness.model.errors import CannotMeasure
from readiness.model.measurement import Scalar, Trace
from readiness.server import Limits, serve


@contextlib.contextmanager
def measuring_server(limits: Limits | None = None) -> Iterator[str]:
    """The product's own server in a thread; yields its address."""
    stop = threading.Event()
    ready: queue.SimpleQueue[str] = queue.SimpleQueue()
    thread = threading.Thread(
        target=serve,
        args=("127.0.0.1", 0),
        kwargs={"ready": ready.put, "stop": stop, "limits": limits},
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
    target = (urlsplit(server).hostname, urlsplit(server).port)
    paces = {"down": Pace(down), "up": Pace(up)}
    threads: list[threading.Thread] = []
    sockets: list[socket.socket] = []
    over = threading.Event()

    def pump(source: socket.socket, sink: socket.socket, way: str) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while piece := source.recv(8192):
                paces[way].wait(len(piece))
                if meddle is not None and way == "down":
                    changed = meddle(piece, passed)
                    if changed is None:
                        break
                    passed += len(piece)
                    piece = changed
                sink.sendall(piece)
        for sock in (source, sink):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def accept(listener: socket.socket) -> None:
        while not over.is_set():
            try:
                near, _ = listener.accept()
            except TimeoutError:
                continue
            far = socket.create_connection(target)  # type: ignore[arg-type]  # ours: it has both
            # Small buffers, so that what was sent is not long what has arrived.
            far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32768)
            near.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32768)
            sockets.extend((near, far))
            for args in ((near, far, "up"), (far, near, "down")):
                threads.append(threading.Thread(target=pump, args=args, daemon=True))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        doorman = threading.Thread(target=accept, args=(listener,), daemon=True)
        doorman.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            over.set()
            doorman.join(timeout=2)
            for sock in sockets:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join(timeout=2)
            for sock in sockets:
                sock.close()


@dataclass
class FakeReading:
    """A throughput figure as a backend gives it."""

    rate: float
    half_width: float | None = 0.5
    samples: int = 24
    trace: Trace | None = None
    summary: dict[str, Scalar] = field(default_factory=dict)


@dataclass
class FakeTrips:
    """Round trips as a backend gives them."""

    milliseconds: tuple[float, ...]
    summary: dict[str, Scalar] = field(default_factory=dict)


@dataclass
class FakeLine:
    """A line that gives what it is told to give; a ``CannotMeasure`` is raised."""

    down: FakeReading | CannotMeasure
    up: FakeReading | CannotMeasure
    trips: FakeTrips | CannotMeasure
    method: str = "serve"

    def download(self, progress: Callable[[float, float | None], None]) -> FakeReading:
        """Say something on the way, then give the figure."""
        progress(0.5, 12.0)
        return _given(self.down)

    def upload(self, progress: Callable[[float, float | None], None]) -> FakeReading:
        """Like the download."""
        progress(0.5, 3.0)
        return _given(self.up)

    def round_trips(self, progress: Callable[[float, float | None], None]) -> FakeTrips:
        """Give the round trips."""
        progress(0.5, None)
        if isinstance(self.trips, CannotMeasure):
            raise self.trips
        return self.trips


def _given(figure: FakeReading | CannotMeasure) -> FakeReading:
    if isinstance(figure, CannotMeasure):
        raise figure
    return figure
