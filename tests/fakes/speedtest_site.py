"""A stand-in for the public speed test: configuration, server list, latency file, files, uploads.

Sizes of the files and form of the pages are those that ``speedtest-cli`` 2.1.3 expects; each
piece can be told to answer with another status.
"""

from __future__ import annotations

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.fakes.line import Pace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SECONDS = 3
CONFIG = """<?xml version="1.0" encoding="UTF-8"?>
<settings><client ip="192.0.2.10" lat="52.5" lon="13.4" isp="Example" isprating="3.7"/>
<server-config threadcount="1" ignoreids=""/>
<download testlength="{seconds}" threadsperurl="4"/>
<upload testlength="{seconds}" ratio="5" threads="2" maxchunkcount="50"/></settings>"""
SERVERS = """<?xml version="1.0" encoding="UTF-8"?>
<settings><servers><server url="{base}/speedtest/upload.php" lat="52.6" lon="13.5"
name="Example" country="Example" cc="EX" sponsor="Example" id="1" host="example"/>
</servers></settings>"""


class Site(ThreadingHTTPServer):
    """The stand-in itself.

    ``refuse`` maps a piece (config, servers, latency, download, upload, upload_at_once)
    to the status that it answers with; 200 means an HTML page in place of what was asked.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, refuse: Mapping[str, int], mbit: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.refuse = dict(refuse)
        self.pace = Pace(mbit)
        self.base = f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up when their time is over: no fault."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    server: Site

    def log_message(self, *args: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/speedtest-config.php":
            self._answer("config", CONFIG.format(seconds=SECONDS).encode())
        elif path.startswith("/speedtest-servers"):
            self._answer("servers", SERVERS.format(base=self.server.base).encode())
        elif path == "/speedtest/latency.txt":
            self._answer("latency", b"test=test\n")
        else:
            self._download()

    def do_POST(self) -> None:
        if "upload_at_once" in self.server.refuse:
            self._answer("upload_at_once", b"")
            return
        left = size = int(self.headers["Content-Length"])
        while left and (piece := self.rfile.read(min(left, 8192))):
            self.server.pace.wait(len(piece))
            left -= len(piece)
        self._answer("upload", f"size={size}".encode())

    def _answer(self, piece: str, body: bytes) -> None:
        status = self.server.refuse.get(piece, 200)
        if piece in self.server.refuse:
            body = b"<html>no</html>"
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"http://localhost:{self.server.server_address[1]}/login")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _download(self) -> None:
        if "download" in self.server.refuse or "random" not in self.path:
            self._answer("download", b"<html>login</html>")
            return
        size = 2_000_000
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.end_headers()
        for _ in range(size // 8000):
            self.server.pace.wait(8000)
            self.wfile.write(bytes(8000))


@contextlib.contextmanager
def speedtest_site(*, mbit: float = 20.0, **refuse: int) -> Iterator[str]:
    """Run the stand-in; yields its base address."""
    with Site(refuse, mbit) as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield site.base
        finally:
            site.shutdown()
            thread.join(timeout=2)
