"""Servers of LibreSpeed's and Cloudflare's shape on loopback, which can fail in one chosen way."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.fakes.line import Pace
from tests.fakes.servers import PORTAL

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 8192
MEBIBYTE = 1 << 20
LIBRESPEED_PHP = ("/garbage.php", "/empty.php")
LIBRESPEED_GO = ("/backend/garbage", "/backend/empty")
CLOUDFLARE = ("/__down", "/__up")
CLOUDFLARE_MOST = 100_000_000


class Site(ThreadingHTTPServer):
    """One server.

    ``fault`` is what goes wrong: a status for every transfer (``403``), ``portal``, ``cached``,
    ``reset``, ``stall``, ``truncated``, ``short`` (less than asked, and announced so), ``early``
    (uploads are confirmed unread), ``packed``, ``mute-upload``; empty for nothing.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(
        self, paths: tuple[str, str], *, fault: str, chunked: bool, close: bool, mbit: float
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.paths = paths
        self.fault = fault
        self.chunked = chunked
        self.close = close
        self.pace = Pace(mbit)
        self.asked: list[str] = []
        self.received = 0
        self.largest = 0
        self.over = threading.Event()
        self.base = f"http://127.0.0.1:{self.server_address[1]}"

    def get_request(self) -> tuple[socket.socket, object]:
        """Small buffers, so that what was sent is not long what has arrived."""
        sock, peer = super().get_request()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32768)
        return sock, peer

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up when their time is over: no fault."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Site

    def log_message(self, *args: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        down, up = self.server.paths
        self.server.asked.append(self.path)
        query = parse_qs(parts.query)
        size = int(query.get("bytes", ["0"])[0]) + MEBIBYTE * int(query.get("ckSize", ["0"])[0])
        self.server.largest = max(self.server.largest, size)
        if parts.path == up or (parts.path == down and size == 0):
            self._say(200, b"")
        elif parts.path != down:
            self._say(404, b"no")
        elif down == CLOUDFLARE[0] and size >= CLOUDFLARE_MOST:
            self._say(403, b"")
        elif not self._spoiled():
            self._send(size)

    def do_POST(self) -> None:
        fault = self.server.fault
        left = int(self.headers["Content-Length"])
        if fault == "early":
            self._say(200, b"ok")
        elif fault.isdigit() and left > 40_000:
            self._say(int(fault), b"")
            self.close_connection = True
            return
        elif fault == "mute-upload":
            self.server.over.wait(20)
            return
        while left and (piece := self.rfile.read(min(left, PIECE))):
            self.server.pace.wait(len(piece))
            self.server.received += len(piece)
            left -= len(piece)
            if fault == "reset" and self.server.received > 200_000:
                self._reset()
                return
            if fault == "stall" and self.server.received > 200_000:
                self.server.over.wait(20)
                return
        if fault != "early" and not self._spoiled():
            self._say(200, b"ok")

    def _spoiled(self) -> bool:
        """Whether the chosen fault was the answer."""
        fault = self.server.fault
        if fault.isdigit():
            self._say(int(fault), b"", Location="http://login.example/")
        elif fault == "portal":
            self._say(200, PORTAL, Content_Type="text/html; charset=utf-8")
        elif fault == "cached":
            self._say(200, b"", Age="17")
        elif fault == "hit":
            self._say(200, b"", X_Cache="HIT from proxy.example")
        elif fault == "packed":
            self._say(200, b"", Content_Encoding="gzip")
        elif fault == "short":
            self._say(200, bytes(1000))
        else:
            return False
        return True

    def _say(self, status: int, body: bytes, **fields: str) -> None:
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        if self.server.close:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def _send(self, size: int) -> None:
        self.send_response(200)
        if self.server.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.send_header("Content-Length", str(size))
        if self.server.close:
            self.send_header("Connection", "close")
        self.end_headers()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32768)
        sent = 0
        while sent < size:
            piece = bytes(min(PIECE, size - sent))
            self.server.pace.wait(len(piece))
            frame = b"%x\r\n%b\r\n" % (len(piece), piece) if self.server.chunked else piece
            self.wfile.write(frame)
            sent += len(piece)
            if sent > 100_000 and self.server.fault in ("reset", "stall", "truncated"):
                self._break_off()
                return
        if self.server.chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _break_off(self) -> None:
        if self.server.fault == "stall":
            self.server.over.wait(20)
        elif self.server.fault == "reset":
            self._reset()
        self.close_connection = True

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


@contextlib.contextmanager
def http_site(
    paths: tuple[str, str],
    *,
    fault: str = "",
    chunked: bool = False,
    close: bool = False,
    mbit: float = 40.0,
) -> Iterator[Site]:
    """Run one; its address is ``base``."""
    with Site(paths, fault=fault, chunked=chunked, close=close, mbit=mbit) as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.over.set()
            site.shutdown()
            thread.join(timeout=2)
