"""A proxy that stores what it should not, for tests: answers come again from its memory at once."""

from __future__ import annotations

import contextlib
import http.client
import http.server
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

Key = Callable[[str], str | None]
"""Request target -> what it is remembered by; none if it is not."""

PIECE = 4096


def by_target(target: str) -> str | None:
    """As a store does that only ignores ``no-store``."""
    return target


def by_path(target: str) -> str | None:
    """As a store does that drops the query."""
    return urlsplit(target).path


def downloads_by_size(target: str) -> str | None:
    """As a store does that keeps large bodies by the size that was asked for."""
    return target.partition("&")[0] if "/down" in target else None


Stored = tuple[list[tuple[str, str]], bytes]


@contextlib.contextmanager
def caching_proxy(server: str, key: Key) -> Iterator[str]:
    """Stands before ``server``; yields its own address."""
    proxy = _Proxy(urlsplit(server).netloc, key)
    threading.Thread(target=proxy.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{proxy.server_address[1]}"
    finally:
        proxy.shutdown()
        proxy.server_close()


class _Proxy(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, server: str, key: Key) -> None:
        super().__init__(("127.0.0.1", 0), _Requests)
        self.far, self.key = server, key
        self.memory: dict[str, Stored] = {}

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up when they have seen enough."""


class _Requests(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _far(self) -> http.client.HTTPConnection:
        assert isinstance(self.server, _Proxy)
        return http.client.HTTPConnection(self.server.far, timeout=30)

    def do_GET(self) -> None:
        """Out of memory where it is there."""
        assert isinstance(self.server, _Proxy)
        name, memory = self.server.key(self.path), self.server.memory
        if name is not None and name in memory:
            self._give(*memory[name])
            return
        with contextlib.closing(self._far()) as far:
            far.request("GET", self.path)
            answer = far.getresponse()
            if answer.length is None:
                self._pass_on(answer)
                return
            fields, body = answer.getheaders(), answer.read()
            if name is not None and answer.status == http.HTTPStatus.OK:
                memory[name] = (fields, body)
            self._give(fields, body, answer.status)

    def do_POST(self) -> None:
        """Bodies are passed on as they come."""
        left = int(self.headers["Content-Length"])
        with contextlib.closing(self._far()) as far:
            far.putrequest("POST", self.path)
            far.putheader("Content-Length", str(left))
            far.endheaders()
            while left and (piece := self.rfile.read(min(left, PIECE))):
                left -= len(piece)
                far.send(piece)
            if not left:
                answer = far.getresponse()
                self._give(answer.getheaders(), answer.read(), answer.status)

    def _give(self, fields: list[tuple[str, str]], body: bytes, status: int = 200) -> None:
        self.send_response_only(status)
        for name, value in fields:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _pass_on(self, answer: http.client.HTTPResponse) -> None:
        """An answer without an announced length lasts as long as its connection."""
        self.send_response_only(answer.status)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        with answer:
            while piece := answer.read1(PIECE):
                self.wfile.write(piece)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
