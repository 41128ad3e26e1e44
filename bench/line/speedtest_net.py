"""A stand-in for speedtest.net at the server end, so that ``speedtest-cli`` runs unchanged.

It answers what the program asks for, with files of the public servers' sizes.
"""

from __future__ import annotations

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOSTS = ("www.speedtest.net", "c.speedtest.net")
SITE = (sys.executable, "-m", "bench.line.speedtest_net")
CONFIG = b"""<?xml version="1.0" encoding="UTF-8"?>
<settings><client ip="10.77.0.1" lat="52.5" lon="13.4" isp="Example" isprating="3.7"/>
<server-config threadcount="4" ignoreids=""/>
<download testlength="10" threadsperurl="4"/>
<upload testlength="10" ratio="5" threads="2" maxchunkcount="50"/></settings>"""
SERVERS = b"""<?xml version="1.0" encoding="UTF-8"?>
<settings><servers><server url="http://c.speedtest.net:8080/speedtest/upload.php" lat="52.6"
lon="13.5" name="Example" country="Example" cc="EX" sponsor="Example" id="1"
host="c.speedtest.net:8080"/></servers></settings>"""
SIZES = {
    350: 245_388,
    500: 505_544,
    750: 1_118_012,
    1000: 1_986_284,
    1500: 4_468_241,
    2000: 7_907_740,
    2500: 12_407_926,
    3000: 17_816_816,
    3500: 24_262_167,
    4000: 31_625_365,
}
PIECE = bytes(65536)


class Handler(BaseHTTPRequestHandler):
    """Configuration, servers, latency file, pictures, uploads."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Answer with a page or a picture of the size that its name asks for."""
        path = urlsplit(self.path).path
        if path.startswith("/speedtest-config"):
            self._say(CONFIG)
        elif path.startswith("/speedtest-servers"):
            self._say(SERVERS)
        elif path.endswith("latency.txt"):
            self._say(b"test=test\n")
        else:
            self._send(SIZES[int(path.rpartition("random")[2].partition("x")[0])])

    def do_POST(self) -> None:
        """Take an upload and say how much came."""
        left = size = int(self.headers["Content-Length"])
        while left and (piece := self.rfile.read(min(left, len(PIECE)))):
            left -= len(piece)
        self._say(f"size={size}".encode())

    def _say(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send(self, size: int) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(size))
        self.end_headers()
        while size:
            self.wfile.write(PIECE[: min(size, len(PIECE))])
            size -= min(size, len(PIECE))


class Site(ThreadingHTTPServer):
    """One port."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up when their time is over: no fault."""


def main() -> None:
    """Serve until killed."""
    for port in (80, 8080):
        site = Site(("", port), Handler)
        threading.Thread(target=site.serve_forever).start()
    print("ready", flush=True)


if __name__ == "__main__":
    main()
