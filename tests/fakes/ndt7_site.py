"""An ndt7 server on loopback over the package ``websockets``, and a Locate service beside it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import threading
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve
from websockets.typing import Subprotocol

from tests.fakes.servers import PORTAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.http11 import Request, Response

SUBPROTOCOL = "net.measurementlab.ndt.v7"
REPORT_S = 0.1
RUNTIME_S = 10.0
AFTER_BYTES = 600_000
"""A fault in transfer comes after so many."""


class Ndt7Site:
    """One server.

    ``fault``: a status at the handshake (``403``), ``portal``, ``stranger`` (another
    subprotocol), ``stall``, ``reset``, ``flatter`` (counts tenfold), ``shrink`` (counts backwards),
    ``fast-clock``, ``slow-clock``, ``mute`` (no reports), ``babble`` (reports that are none),
    ``binary`` (sends data during an upload), ``early`` (closes after a while).
    """

    def __init__(self, fault: str, *, tcp_info: bool) -> None:
        self.fault = fault
        self.tcp_info = tcp_info
        self.received = 0
        self.messages = 0
        self.paths: list[str] = []
        self.over = threading.Event()
        self.address = ""

    def greet(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer the handshake, or refuse it."""
        self.paths.append(request.path)
        if self.fault.isdigit():
            return connection.respond(HTTPStatus(int(self.fault)), "no")
        if self.fault == "portal":
            page = connection.respond(HTTPStatus.OK, PORTAL.decode())
            del page.headers["Content-Type"]
            page.headers["Content-Type"] = "text/html"
            return page
        return None

    def talk(self, connection: ServerConnection) -> None:
        """Run the test that the path names."""
        path = connection.request.path if connection.request is not None else ""
        with contextlib.suppress(ConnectionClosed, OSError):
            if path.partition("?")[0].endswith("/download"):
                self._download(connection)
            else:
                self._upload(connection)

    def _download(self, connection: ServerConnection) -> None:
        begun, sent, size = time.monotonic(), 0, 1 << 13
        while time.monotonic() - begun < RUNTIME_S and not self.over.is_set():
            connection.send(os.urandom(size))
            sent += size
            size = min(1 << 20, size * 2) if size <= sent // 16 else size
            if sent > AFTER_BYTES:
                if self._breaks_off(connection):
                    return
                if self.fault == "early" and time.monotonic() - begun > 1.0:
                    return
                connection.send(json.dumps({"Origin": "server"}))

    def _upload(self, connection: ServerConnection) -> None:
        begun = said = time.monotonic()
        self.received = self.messages = 0
        while time.monotonic() - begun < RUNTIME_S and not self.over.is_set():
            with contextlib.suppress(TimeoutError):
                self.received += len(connection.recv(timeout=REPORT_S))
                self.messages += 1
            if self.received > AFTER_BYTES and self._breaks_off(connection):
                return
            if self.fault == "binary":
                connection.send(bytes(2048))
            if time.monotonic() - said > REPORT_S and self.fault != "mute":
                said = time.monotonic()
                connection.send(self._report(said - begun))
                connection.ping()

    def _report(self, elapsed: float) -> str:
        count = self.received
        if self.fault == "babble":
            return "[1, 2"
        factor = {"fast-clock": 4.0, "slow-clock": 0.01}.get(self.fault, 1.0)
        if self.fault == "flatter":
            count *= 10
        elif self.fault == "shrink":
            count = max(0, 1_000_000 - count)
        micros = int(elapsed * factor * 1e6)
        if self.tcp_info:
            # A masked head of a long message has 14 bytes; the request had some 400.
            body = {
                "TCPInfo": {
                    "ElapsedTime": micros,
                    "BytesReceived": count + 14 * self.messages + 400,
                }
            }
        else:
            body = {"AppInfo": {"ElapsedTime": micros, "NumBytes": count}}
        return json.dumps({"Origin": "server", "Test": "upload", **body})

    def _breaks_off(self, connection: ServerConnection) -> bool:
        if self.fault == "stall":
            self.over.wait(20)
            return True
        if self.fault == "reset":
            sock = connection.socket
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            with contextlib.suppress(OSError):  # the package's reader may have closed it
                sock.shutdown(socket.SHUT_RDWR)
            return True
        return False


@contextlib.contextmanager
def ndt7_site(fault: str = "", *, tcp_info: bool = False) -> Iterator[Ndt7Site]:
    """Run one; its address is ``ws://...``."""
    site = Ndt7Site(fault, tcp_info=tcp_info)

    def select(_connection: ServerConnection, _offered: object) -> Subprotocol | None:
        return None if fault == "stranger" else Subprotocol(SUBPROTOCOL)

    server: Server = serve(
        site.talk,
        "127.0.0.1",
        0,
        process_request=site.greet,
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        select_subprotocol=select,
        compression=None,
        max_size=1 << 24,
        close_timeout=0.5,
    )
    site.address = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        server.shutdown()
        thread.join(timeout=5)
