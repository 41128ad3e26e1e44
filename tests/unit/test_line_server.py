"""The measuring server on an open network: noise, sloth and greed do it no harm."""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import socket
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from readiness.model.errors import InputError
from readiness.server import Limits, serve
from readiness.server.house import client_key
from readiness.server.requests import BadRequest, parse
from tests.fakes.line import measuring_server

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "abcdef0123456789"
UPLOAD = b"0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with measuring_server() as address:
        yield address


def _ask(address: str, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
    link = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
    try:
        link.request(method, path, body=body)
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


def _raw(address: str, data: bytes) -> bytes:
    """Send ``data``, say no more, and read to the end."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as sock:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        found = b""
        try:
            while piece := sock.recv(65536):
                found += piece
        except ConnectionError:
            return found
        return found


def test_the_last_bytes_are_reported_when_they_came(server: str) -> None:
    """Not with the next tick: the client would take the time until then for a slow line."""
    parts = urlsplit(server)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as follower:
        follower.sendall(b"GET /readiness/received?id=%s&seconds=5 HTTP/1.1\r\n\r\n" % UPLOAD)
        told = b""
        while b'"bytes": 0' not in told:
            told += follower.recv(4096)
        status, _ = _ask(server, "POST", f"/readiness/up?id={UPLOAD.decode()}", bytes(1000))
        follower.settimeout(0)
        told = b""
        with contextlib.suppress(BlockingIOError):
            while b"1000" not in told:
                told += follower.recv(4096)

    assert status == 200
    assert b'"bytes": 1000}' in told


def test_hello_says_the_token_back(server: str) -> None:
    status, body = _ask(server, "GET", f"/readiness/hello?token={TOKEN}")

    assert status == 200
    said = json.loads(body)
    assert (said["service"], said["protocol"], said["token"]) == ("readiness-serve", 2, TOKEN)


def test_down_gives_exactly_what_was_asked(server: str) -> None:
    status, body = _ask(server, "GET", "/readiness/down?bytes=1000001")

    assert (status, len(body)) == (200, 1_000_001)


def test_up_confirms_and_counts_what_came(server: str) -> None:
    status, body = _ask(server, "POST", f"/readiness/up?id={TOKEN}", bytes(70_000))

    assert (status, json.loads(body)) == (200, {"received": 70_000})
    reports = _ask(server, "GET", f"/readiness/received?id={TOKEN}&seconds=1")[1]
    assert json.loads(reports.splitlines()[0])["bytes"] == 70_000


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/readiness/../../etc/passwd", 404),
        ("GET", "/etc/passwd", 404),
        ("POST", f"/readiness/hello?token={TOKEN}", 405),
        ("GET", "/readiness/hello", 400),
        ("GET", "/readiness/hello?token=%3Cscript%3E", 400),
        ("GET", "/readiness/down", 413),
        ("GET", "/readiness/down?bytes=-1", 400),
        ("GET", "/readiness/down?bytes=999999999999", 413),
        ("GET", "/readiness/up?id=" + TOKEN, 405),
    ],
)
def test_what_it_does_not_serve_it_refuses(
    server: str, method: str, path: str, status: int
) -> None:
    assert _ask(server, method, path)[0] == status


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01", b"400"),
        (b"DELETE / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nno colon here\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 9000, b"431"),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 100 + b"\r\n", b"431"),
        (b"POST /readiness/up?id=abcdefgh HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"501"),
        (b"POST /readiness/up?id=abcdefgh HTTP/1.1\r\n\r\n", b"411"),
        (b"POST /x HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", b"400"),
    ],
)
def test_malformed_requests_are_refused(server: str, data: bytes, status: bytes) -> None:
    assert _raw(server, data).split(b" ")[1] == status


def test_random_noise_leaves_it_standing(server: str) -> None:
    noise = random.Random(1)  # noqa: S311 - noise, not a secret
    for _ in range(100):
        _raw(server, noise.randbytes(noise.randrange(1, 3000)))
        _raw(server, b"GET /readiness/" + noise.randbytes(50) + b"\r\n\r\n")

    assert _ask(server, "GET", f"/readiness/ping?token={TOKEN}") == (200, TOKEN.encode())


def test_requests_in_one_piece_are_answered_one_after_another(server: str) -> None:
    two = f"GET /readiness/ping?token={TOKEN} HTTP/1.1\r\n\r\n".encode() * 2

    assert _raw(server, two).count(TOKEN.encode()) == 2


def test_a_client_that_dawdles_over_its_request_is_hung_up_on() -> None:
    with measuring_server(Limits(head_seconds=0.3)) as address:
        parts = urlsplit(address)
        with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as sock:
            sock.sendall(b"GET /readiness/hello")

            assert sock.recv(100) == b""


def test_an_upload_that_stops_is_hung_up_on() -> None:
    with measuring_server(Limits(stall_seconds=0.3)) as address:
        parts = urlsplit(address)
        with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5) as sock:
            head = f"POST /readiness/up?id={TOKEN} HTTP/1.1\r\nContent-Length: 1000\r\n\r\n"
            sock.sendall(head.encode() + b"x")

            assert sock.recv(100) == b""


def test_one_client_gets_only_so_many_connections() -> None:
    with measuring_server(Limits(connections_per_client=2)) as address:
        parts = urlsplit(address)
        target = (parts.hostname or "", parts.port or 0)
        with socket.create_connection(target), socket.create_connection(target):
            assert _raw(address, b"").startswith(b"HTTP/1.1 429")


def test_one_client_gets_only_so_many_bytes() -> None:
    with measuring_server(Limits(bytes_per_client=50_000)) as address:
        assert _ask(address, "GET", "/readiness/down?bytes=60000")[0] == 200
        assert _ask(address, "GET", "/readiness/down?bytes=60000")[0] == 429


def test_what_was_announced_and_did_not_come_is_not_charged() -> None:
    """A measurement announces more than it can send and hangs up when its time is over."""
    with measuring_server(Limits(bytes_per_client=50_000)) as address:
        head = f"POST /readiness/up?id={UPLOAD.decode()} HTTP/1.1\r\nContent-Length: 60000\r\n\r\n"
        for _ in range(3):
            _raw(address, head.encode() + bytes(1000))

        assert _ask(address, "GET", "/readiness/down?bytes=40000")[0] == 200


def test_what_came_is_charged_though_more_was_announced() -> None:
    with measuring_server(Limits(bytes_per_client=50_000)) as address:
        head = f"POST /readiness/up?id={UPLOAD.decode()} HTTP/1.1\r\nContent-Length: 60000\r\n\r\n"
        _raw(address, head.encode() + bytes(55_000))

        assert _ask(address, "GET", "/readiness/down?bytes=40000")[0] == 429


def test_stopping_ends_open_connections() -> None:
    with measuring_server() as address:
        parts = urlsplit(address)
        sock = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=5)
        sock.sendall(f"GET /readiness/ping?token={TOKEN} HTTP/1.1\r\n\r\n".encode())
        sock.recv(1000)
    with sock:
        assert sock.recv(100) == b""


@pytest.mark.parametrize(("host", "port"), [("203.0.113.1", 0), ("127.0.0.1", 99999)])
def test_an_address_that_cannot_be_listened_on_is_bad_input(host: str, port: int) -> None:
    with pytest.raises(InputError, match="serve-cannot-listen"):
        serve(host, port, ready=lambda _address: None, stop=threading.Event())


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_a_client_is_its_address_or_its_network(host: str, key: str) -> None:
    assert client_key(host) == key


def test_a_request_line_with_spaces_in_it_is_refused() -> None:
    with pytest.raises(BadRequest):
        parse(b"GET /readiness/hello ?token=x HTTP/1.1")
