"""A small STAMP reflector with a small HTTP side, for tests: it behaves, or it does not.

Written without the product's own codec: what the octets are stands in RFC 8762, section 4.
"""

from __future__ import annotations

import contextlib
import heapq
import http.server
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

NTP_OFFSET = 2_208_988_800
Delay = Callable[[int], float]
"""Sequence number -> seconds that an answer is held back."""


@dataclass(kw_only=True)
class Manners:
    """How the reflector treats packets; all by the sender's sequence number.

    Attributes:
        lose_up: These "did not arrive": no answer, no entry in the report.
        lose_down: These arrive, but their answers are lost.
        delay: Further seconds before an answer is sent.
        twice: Their answers come in two copies.
        silent: No packet is answered at all.
        until: Nothing from this number on is received.
        stateless: The sender's number is copied in place of an own one.
        clock: Seconds that the reflector's clock is wrong by, for each packet.
        keep: Seconds that it claims to have kept each packet, beyond the truth.
        strangers: Further answers to things that were never sent, for each packet.
        ptp: Times are said to be in PTP format.
        no_session: The session identifier is not copied.
        stamp_port: What ``hello`` says in place of the true port.
        protocol: What ``hello`` says.
        report: Changes the report; none for 404.
    """

    lose_up: frozenset[int] = frozenset()
    lose_down: frozenset[int] = frozenset()
    delay: Delay = lambda _sequence: 0.0
    twice: frozenset[int] = frozenset()
    silent: bool = False
    until: int = 1 << 31
    stateless: bool = False
    clock: Delay = lambda _sequence: 0.0
    keep: float = 0.0
    strangers: int = 0
    ptp: bool = False
    no_session: bool = False
    stamp_port: object = "own"
    protocol: int = 2
    report: Callable[[list[list[int]]], Any] = lambda received: {"received": received}


@dataclass
class Notes:
    """What the reflector really received: by token, in order of arrival."""

    packets: list[bytes] = field(default_factory=list)
    received: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


@contextlib.contextmanager
def reflector(manners: Manners | None = None) -> Iterator[tuple[str, str, Notes]]:
    """Yields the HTTP address, ``stamp://`` address and the notes."""
    one = _Reflector(manners or Manners())
    one.start()
    web = _Web(one)
    threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield (
            f"http://127.0.0.1:{web.server_address[1]}",
            f"stamp://127.0.0.1:{one.port}",
            one.notes,
        )
    finally:
        web.shutdown()
        web.server_close()
        one.end()


def ntp(moment_ns: int) -> tuple[int, int]:
    """Unix nanoseconds as NTP seconds and fraction."""
    seconds, rest = divmod(moment_ns, 1_000_000_000)
    return seconds + NTP_OFFSET, (rest << 32) // 1_000_000_000


class _Reflector(threading.Thread):
    def __init__(self, manners: Manners) -> None:
        super().__init__(daemon=True)
        self.manners = manners
        self.notes = Notes()
        self._sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._sock.bind(("127.0.0.1", 0))
        self.port: int = self._sock.getsockname()[1]
        self._over = threading.Event()
        self._numbers: dict[tuple[Any, int], int] = {}
        self._due: list[tuple[float, int, bytes, Any]] = []
        self._count = 0

    def run(self) -> None:
        """Receive, and send what is due."""
        while not self._over.is_set():
            now = time.perf_counter()
            while self._due and self._due[0][0] <= now:
                _, _, answer, address = heapq.heappop(self._due)
                with contextlib.suppress(OSError):
                    self._sock.sendto(answer, address)
            wait = min(0.05, max(0.0005, self._due[0][0] - now)) if self._due else 0.05
            self._sock.settimeout(wait)
            with contextlib.suppress(TimeoutError, OSError):
                self._take(*self._sock.recvfrom(2048))

    def end(self) -> None:
        """Stop and give the port back."""
        self._over.set()
        self.join(timeout=2)
        self._sock.close()

    def _take(self, data: bytes, address: Any) -> None:  # noqa: ANN401 - a socket address
        moment_ns = time.time_ns()
        self.notes.packets.append(data)
        manners = self.manners
        sequence, session = struct.unpack_from("!I", data)[0], struct.unpack_from("!H", data, 14)[0]
        if manners.silent or sequence in manners.lose_up or sequence >= manners.until:
            return
        token = data[48:64].hex()
        self.notes.received.setdefault(token, []).append((sequence, moment_ns))
        number = self._numbers.get((address, session), 0)
        self._numbers[address, session] = number + 1
        if sequence in manners.lose_down:
            return
        wrong_ns = int(manners.clock(sequence) * 1e9)
        received_ns = moment_ns + wrong_ns
        error = 0x4001 if manners.ptp else 0x0001
        due = time.perf_counter() + manners.delay(sequence)
        left_ns = time.time_ns() + wrong_ns + int(manners.keep * 1e9)
        answer = struct.pack(
            "!IIIHHII",
            sequence if manners.stateless else number,
            *ntp(left_ns),
            error,
            0 if manners.no_session else session,
            *ntp(received_ns),
        )
        answer += data[:14] + bytes(2) + b"\xff" + bytes(3) + data[44:]
        for _ in range(2 if sequence in manners.twice else 1):
            self._later(due, answer, address)
        for index in range(manners.strangers):
            wrong = bytearray(answer)
            struct.pack_into("!I", wrong, 24, (sequence + 500 + index) & 0xFFFFFFFF)
            self._later(due, bytes(wrong), address)
            self._later(due, b"\x00\x01 not a packet", address)

    def _later(self, due: float, answer: bytes, address: Any) -> None:  # noqa: ANN401 - a socket address
        self._count += 1
        heapq.heappush(self._due, (due, self._count, answer, address))


class _Web(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, one: _Reflector) -> None:
        super().__init__(("127.0.0.1", 0), _Requests)
        self.one = one


class _Requests(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Hello, ping and the report."""
        assert isinstance(self.server, _Web)
        one, parts = self.server.one, urlsplit(self.path)
        token = parse_qs(parts.query).get("token", [""])[0]
        answers: dict[str, Callable[[], bytes | None]] = {
            "/readiness/hello": lambda: _hello(one, token),
            "/readiness/ping": token.encode,
            "/readiness/call": lambda: _report(one, token),
        }
        body = answers.get(parts.path, lambda: None)()
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _hello(one: _Reflector, token: str) -> bytes:
    port = one.port if one.manners.stamp_port == "own" else one.manners.stamp_port
    said = {"service": "readiness-serve", "protocol": one.manners.protocol, "version": "0"}
    return json.dumps({**said, "token": token, "congestion": "", "stamp_port": port}).encode()


def _report(one: _Reflector, token: str) -> bytes | None:
    found = one.notes.received.get(token)
    if found is None:
        return None
    first = found[0][1]
    said = one.manners.report([[sequence, (at - first) // 1000] for sequence, at in found])
    if said is None:
        return None
    return said if isinstance(said, bytes) else json.dumps(said).encode()
