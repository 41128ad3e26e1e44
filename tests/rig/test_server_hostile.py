"""The measuring server among hostile clients: dropped in time, and nobody else is disturbed."""

from __future__ import annotations

import contextlib
import http.client
import random
import socket
import ssl
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import pytest

from readiness.model.errors import InputError
from readiness.server import Limits, serve
from tests.fakes.line import measuring_server
from tests.fakes.tls import certificate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.rig

TOKEN = "abcdef0123456789"
PING = f"GET /readiness/ping?token={TOKEN} HTTP/1.1\r\n\r\n".encode()
MANY = 200
SERVER = """
import sys, threading
from readiness.server import Limits, serve
limits = Limits(connections_per_client=1000, connections_per_minute=10**6,
    requests_per_minute=10**6, bytes_per_client=10**12)
serve("127.0.0.1", 0, ready=lambda a: print(a, flush=True), stop=threading.Event(), limits=limits)
"""


def _target(address: str) -> tuple[str, int]:
    parts = urlsplit(address)
    return parts.hostname or "", parts.port or 0


def _pings(address: str, context: ssl.SSLContext | None = None) -> bool:
    host, port = _target(address)
    link = (
        http.client.HTTPSConnection(host, port, timeout=20, context=context)
        if context
        else http.client.HTTPConnection(host, port, timeout=20)
    )
    with contextlib.closing(link):
        link.request("GET", f"/readiness/ping?token={TOKEN}")
        return link.getresponse().read() == TOKEN.encode()


def _end(sock: socket.socket) -> bytes:
    """Everything that comes until the server hangs up."""
    found = b""
    sock.settimeout(20)
    with contextlib.suppress(ConnectionError):
        while piece := sock.recv(1 << 20):
            found += piece
    return found


def _is_dropped(sock: socket.socket, piece: bytes) -> bool:
    """Send ``piece`` again and again; true if the server hangs up in the course of it."""
    try:
        for _ in range(1000):
            sock.sendall(piece)
            time.sleep(0.02)
    except ConnectionError:
        return True
    return False


# --- the slow ---


def test_many_slow_lorises_are_dropped_and_others_are_served_meanwhile() -> None:
    """Each sends an octet of a head now and then, and never ends it."""
    limits = Limits(connections_per_client=MANY + 5, head_seconds=2)
    with measuring_server(limits) as address, contextlib.ExitStack() as ended:
        lorises = [
            ended.enter_context(socket.create_connection(_target(address))) for _ in range(MANY)
        ]
        for octet in b"GET /readiness/":
            for loris in lorises:
                with contextlib.suppress(ConnectionError):  # dropped already: that is the aim
                    loris.send(bytes([octet]))
            assert _pings(address)
        assert [_end(loris) for loris in lorises] == [b""] * MANY
        assert _pings(address)


def test_a_client_that_says_nothing_at_all_is_dropped() -> None:
    with (
        measuring_server(Limits(head_seconds=0.3)) as address,
        socket.create_connection(_target(address)) as sock,
    ):
        assert _end(sock) == b""


def test_a_client_between_two_requests_may_wait_longer_than_one_within_a_head() -> None:
    with (
        measuring_server(Limits(head_seconds=1, idle_seconds=60)) as address,
        socket.create_connection(_target(address), timeout=20) as sock,
    ):
        for _ in range(2):
            sock.sendall(PING)
            assert TOKEN.encode() in sock.recv(1000)
            time.sleep(2.5)


def test_a_connection_without_a_further_request_ends_at_last() -> None:
    with (
        measuring_server(Limits(idle_seconds=0.3)) as address,
        socket.create_connection(_target(address)) as sock,
    ):
        sock.sendall(PING)
        assert _end(sock).endswith(TOKEN.encode())


def test_a_client_that_reads_nothing_is_dropped() -> None:
    with (
        measuring_server(Limits(stall_seconds=0.5)) as address,
        socket.create_connection(_target(address)) as sock,
    ):
        sock.sendall(b"GET /readiness/down?bytes=200000000 HTTP/1.1\r\n\r\n")
        time.sleep(2)

        assert len(_end(sock)) < 200_000_000


def test_a_client_that_leaves_within_a_body_frees_its_place_at_once() -> None:
    """Long before the stall would be noticed."""
    limits = Limits(connections_per_client=1, stall_seconds=500, seconds_per_request=500)
    with measuring_server(limits) as address:
        with socket.create_connection(_target(address)) as sock:
            head = f"POST /readiness/up?id={TOKEN} HTTP/1.1\r\nContent-Length: 100000\r\n\r\n"
            sock.sendall(head.encode() + bytes(1000))
            sock.shutdown(socket.SHUT_WR)
            assert _end(sock) == b""

        assert _pings(address)


def test_a_request_that_takes_too_long_is_cut() -> None:
    with (
        measuring_server(Limits(seconds_per_request=0.5)) as address,
        socket.create_connection(_target(address)) as sock,
    ):
        head = f"POST /readiness/up?id={TOKEN} HTTP/1.1\r\nContent-Length: 100000\r\n\r\n"
        sock.sendall(head.encode())
        assert _is_dropped(sock, b"x")


def test_reports_go_on_longer_than_a_stall() -> None:
    """Nothing comes in while a client only listens; that is no stall."""
    with (
        measuring_server(Limits(stall_seconds=0.3)) as address,
        socket.create_connection(_target(address)) as sock,
    ):
        sock.sendall(f"GET /readiness/received?id={TOKEN}&seconds=2 HTTP/1.1\r\n\r\n".encode())
        last = _end(sock).splitlines()[-1]

        assert float(last.split(b":")[1].split(b",")[0]) > 1.5


# --- the greedy and the loud ---


def test_who_talks_on_while_being_answered_is_dropped() -> None:
    with (
        measuring_server() as address,
        socket.create_connection(_target(address)) as sock,
    ):
        sock.sendall(b"GET /readiness/received?id=abcdefgh&seconds=50 HTTP/1.1\r\n\r\n")
        assert _is_dropped(sock, PING * 20)


def test_one_client_gets_only_so_many_requests() -> None:
    with (
        measuring_server(Limits(requests_per_minute=10)) as address,
        socket.create_connection(_target(address)) as sock,
    ):
        sock.sendall(PING * 20)
        answers = _end(sock)

        assert answers.count(b" 200 OK") == 10
        assert answers.count(b" 429 ") == 1


def test_one_client_gets_only_so_many_new_connections_in_a_minute() -> None:
    with measuring_server(Limits(connections_per_minute=5)) as address:
        found = []
        for _ in range(7):
            with socket.create_connection(_target(address)) as sock:
                sock.sendall(PING)
                sock.shutdown(socket.SHUT_WR)
                found.append(_end(sock)[9:12])

    assert found == [b"200"] * 5 + [b"429"] * 2


def test_another_client_is_not_concerned_by_the_limits_of_the_first() -> None:
    with (
        measuring_server(Limits(connections_per_client=1)) as address,
        socket.create_connection(_target(address)),
        socket.create_connection(_target(address), source_address=("127.0.0.2", 0)) as other,
    ):
        other.sendall(PING)
        other.shutdown(socket.SHUT_WR)

        assert _end(other).endswith(TOKEN.encode())


def test_a_refusal_reaches_a_client_that_is_still_sending() -> None:
    """It is in the middle of a body; hanging up at once would destroy the answer on its way."""
    with (
        measuring_server(Limits(bytes_per_request=1000)) as address,
        socket.create_connection(_target(address), timeout=20) as sock,
    ):
        head = f"POST /readiness/up?id={TOKEN} HTTP/1.1\r\nContent-Length: 3000000\r\n\r\n"
        sock.sendall(head.encode())
        sock.sendall(bytes(3_000_000))

        assert sock.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_a_head_without_end_is_refused_and_not_kept() -> None:
    with measuring_server() as address, socket.create_connection(_target(address)) as sock:
        answer = b""
        with contextlib.suppress(ConnectionError):
            sock.sendall(b"GET /" + b"a" * 50_000_000)
        with contextlib.suppress(ConnectionError):
            answer = sock.recv(1000)

        assert answer[:12] in (b"HTTP/1.1 431", b"")
        assert _pings(address)


# --- inside TLS ---


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def trust(pem: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(pem))


@pytest.fixture(scope="module")
def safe(pem: Path) -> Iterator[str]:
    with measuring_server(Limits(head_seconds=3), certificate=pem) as address:
        yield address


def test_with_a_certificate_the_address_is_https_and_answers(
    safe: str, trust: ssl.SSLContext
) -> None:
    assert safe.startswith("https://")
    assert _pings(safe, trust)


def test_bodies_pass_through_tls_unchanged(safe: str, trust: ssl.SSLContext) -> None:
    link = http.client.HTTPSConnection(*_target(safe), timeout=20, context=trust)
    with contextlib.closing(link):
        link.request("POST", f"/readiness/up?id={TOKEN}", body=bytes(3_000_001))
        assert link.getresponse().read() == b'{"received": 3000001}'
        link.request("GET", "/readiness/down?bytes=3000001")
        assert len(link.getresponse().read()) == 3_000_001


@pytest.mark.parametrize(
    "noise", [b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x40\x00" + b"\x01" * 20_000, b"\x00" * 99]
)
def test_noise_in_place_of_a_handshake_is_dropped(
    safe: str, trust: ssl.SSLContext, noise: bytes
) -> None:
    with socket.create_connection(_target(safe)) as sock:
        sock.sendall(noise)
        answer = _end(sock)

    assert answer == b"" or answer[0] == 0x15  # an alert
    assert _pings(safe, trust)


def test_a_handshake_that_is_never_finished_is_dropped(safe: str) -> None:
    with socket.create_connection(_target(safe)) as sock:
        sock.sendall(b"\x16\x03\x01\x02\x00\x01")

        assert _end(sock) == b""


def test_old_versions_of_tls_are_refused(safe: str, pem: Path) -> None:
    context = ssl.create_default_context(cafile=str(pem))
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="deprecated"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="deprecated"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with (
        socket.create_connection(_target(safe), timeout=20) as sock,
        pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        context.wrap_socket(sock, server_hostname="127.0.0.1")


@pytest.mark.parametrize("content", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nx"])
def test_a_certificate_that_is_none_is_bad_input(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "server.pem"
    file.write_bytes(content)
    with pytest.raises(InputError, match="serve-certificate"):
        serve("127.0.0.1", 0, ready=print, stop=threading.Event(), certificate=file)


# --- for long ---


def test_memory_stays_flat_over_many_clients_of_every_kind() -> None:
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().strip()
            process = psutil.Process(server.pid)
            _wave(address, 1)
            before = process.memory_info().rss
            for seed in range(2, 8):
                _wave(address, seed)
            grown = process.memory_info().rss - before
            assert _pings(address)
        finally:
            server.kill()

    assert grown < 8_000_000


def _wave(address: str, seed: int) -> None:
    """Three hundred clients: some measure, some leave in the middle, some talk nonsense."""
    noise = random.Random(seed)  # noqa: S311 - noise, not a secret
    for index in range(300):
        name = f"{seed:08d}{index:08d}"
        upload = f"POST /readiness/up?id={name} HTTP/1.1\r\nContent-Length: 50000\r\n\r\n"
        requests = [
            (PING, True),
            (upload.encode() + bytes(50_000), True),
            (upload.encode() + bytes(10_000), False),
            (b"GET /readiness/down?bytes=500000 HTTP/1.1\r\n\r\n", True),
            (b"\0" + noise.randbytes(noise.randrange(1, 3000)), True),
        ]
        request, answered = requests[index % len(requests)]
        with (
            socket.create_connection(_target(address), timeout=20) as sock,
            contextlib.suppress(ConnectionError),
        ):
            sock.sendall(request)
            if answered:
                sock.recv(100)
