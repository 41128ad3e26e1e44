"""One HTTP connection to a measuring server, and every way in which it can go wrong."""

from __future__ import annotations

import contextlib
import errno
import re
import select
import socket
import ssl
import struct
import sys
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_HEAD = 16 * 1024
NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
REFUSALS = {401, 402, 403, 407, 451}
BUSY = {429, 503}
NETWORK_LOGIN = 511

GATHERED_MOST = 1 << 20
"""Octets: more than gathers between two reads on any line that is measured well."""

_USUAL_PORT = {False: 80, True: 443}
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: [^\r\n]*)?")


@dataclass(frozen=True, kw_only=True)
class Peer:
    """Where a measuring server is. ``address`` is set once it has been looked up."""

    host: str
    port: int
    tls: bool
    base: str = ""
    address: tuple[Any, ...] = ()  # a socket address: its form depends on the family
    family: int = 0


def parse_address(text: str) -> Peer:
    """Read ``http://HOST:PORT``, ``https://...`` or ``HOST:PORT``.

    Raises:
        CannotMeasure: ``bad-address``.
    """
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        tls = {"http": False, "https": True}[parts.scheme]
        # As it goes onto the wire: a name in any script has one in ASCII.
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except (ValueError, KeyError) as error:
        raise CannotMeasure(FailureCode.UNREACHABLE, "bad-address") from error
    if (
        not re.fullmatch(r"[!-~]+", host)
        or port == 0
        or parts.username
        or not re.fullmatch(r"[!-~]*", parts.path)
    ):
        raise CannotMeasure(FailureCode.UNREACHABLE, "bad-address")
    base = parts.path.rstrip("/")
    return Peer(host=host, port=port or _USUAL_PORT[tls], tls=tls, base=base)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The head of an HTTP answer."""

    status: int
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def length(self) -> int | None:
        """Announced bytes of body; none if not announced."""
        text = self.fields.get("content-length", "")
        return int(text) if re.fullmatch(r"[0-9]{1,15}", text, re.ASCII) else None


class Link:
    """One connection.

    Args:
        peer: The server; :func:`look_up` fills in its address.
        connect_s: How long connecting and the TLS handshake may take together, about.
        patience: How long a single read or write may block afterwards, and how long the head of
            an answer or a short body may take as a whole, seconds.

    Attributes:
        trip_s: How long the TCP handshake took: one round trip and what this computer added.

    Raises:
        CannotMeasure: In the constructor and in every method; see ``translate``.
    """

    def __init__(self, peer: Peer, *, connect_s: float, patience: float) -> None:
        self.peer = peer
        self._patience = patience
        self._rest = b""
        self.sock: socket.socket
        try:
            raw = socket.socket(peer.family, socket.SOCK_STREAM)
        except OSError as error:
            raise translate(error) from error
        try:
            raw.settimeout(connect_s)
            begin = time.perf_counter()
            raw.connect(peer.address)
            self.trip_s = time.perf_counter() - begin
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.sock = _secured(raw, peer.host) if peer.tls else raw
            self.sock.settimeout(patience)
        except OSError as error:
            raw.close()
            raise translate(error) from error

    def request(self, method: str, target: str, *, length: int | None = None) -> None:
        """Send a request head for ``target`` under the server's base path."""
        self.ask(method, f"{self.peer.base}/readiness/{target}", length=length)

    def ask(
        self, method: str, path: str, *, length: int | None = None, fields: Sequence[str] = ()
    ) -> None:
        """Send a request head for ``path``, base and query included.

        Args:
            method: ``GET`` or ``POST``.
            path: As it goes onto the wire.
            length: Bytes of the body that follows; none if none does.
            fields: Further lines such as ``Accept: */*``.
        """
        name = f"[{self.peer.host}]" if ":" in self.peer.host else self.peer.host
        if self.peer.port != _USUAL_PORT[self.peer.tls]:
            name = f"{name}:{self.peer.port}"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {name}", "User-Agent: readiness"]
        lines += fields or ["Accept: */*"]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        head = "\r\n".join(lines) + "\r\n\r\n"
        try:
            self.sock.sendall(head.encode("ascii"))
        except OSError as error:
            raise translate(error) from error

    def answer(self) -> Answer:
        """Read the head of the answer; what came of the body is kept for :meth:`take`."""
        end = time.monotonic() + self._patience
        while b"\r\n\r\n" not in self._rest:
            _in_time(end)
            if len(self._rest) > MAX_HEAD or not _may_be_http(self._rest):
                raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
            piece = self.receive(8192)
            if not piece:
                detail = "truncated" if self._rest else "connection-reset"
                raise CannotMeasure(FailureCode.UNREACHABLE, detail)
            self._rest += piece
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        match = _STATUS.fullmatch(lines[0])
        if match is None:
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
        pairs = (line.decode("latin-1").partition(":") for line in lines[1:])
        fields = {name.strip().lower(): value.strip() for name, _, value in pairs}
        return Answer(status=int(match[1]), fields=fields)

    def take(self) -> bytes:
        """What has arrived after the head already; empties it."""
        rest, self._rest = self._rest, b""
        return rest

    def give_back(self, rest: bytes) -> None:
        """Keep bytes that belong to the next answer."""
        self._rest = rest

    def receive(self, most: int) -> bytes:
        """Up to ``most`` bytes; empty at the end."""
        try:
            return self.sock.recv(most)
        except OSError as error:
            raise translate(error) from error

    @contextlib.contextmanager
    def gathering(self) -> Iterator[bool]:
        """For reading now and then what has gathered (:meth:`poll`).

        A system that sees its program read late also acknowledges late, and then the sender comes
        back late from every lost packet: 15 % less at 1 % loss, were it read every 25 ms. Linux
        acknowledges as ever while less has come than a program says that it waits for.

        Yields:
            Whether the system can be told so.
        """
        told = sys.platform == "linux"
        patience = self.sock.gettimeout()
        if told:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, GATHERED_MOST)
        self.sock.settimeout(0)
        try:
            yield told
        finally:
            with contextlib.suppress(OSError):  # it was closed meanwhile
                self.sock.settimeout(patience)
                if told:
                    self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)

    def poll(self, buffer: memoryview) -> int | None:
        """Take what is there, up to the length of ``buffer``; 0 at the end, none if nothing is.

        An encrypted connection gives a record (16 KiB) at a time, so it is read until it has no
        more. Only inside :meth:`gathering`.
        """
        got = 0
        try:
            while got < len(buffer):
                more = self.sock.recv_into(buffer[got:])
                if not more or not isinstance(self.sock, ssl.SSLSocket):
                    return got + more
                got += more
        except (ssl.SSLWantReadError, BlockingIOError):
            return got or None
        except OSError as error:
            raise translate(error) from error
        return got

    def receive_into(self, buffer: memoryview) -> int:
        """Fill a part of ``buffer``; how many bytes, 0 at the end."""
        try:
            return self.sock.recv_into(buffer)
        except OSError as error:
            raise translate(error) from error

    def send(self, data: bytes | memoryview) -> None:
        """Hand everything over to the system."""
        try:
            self.sock.sendall(data)
        except OSError as error:
            raise translate(error) from error

    def send_some(self, data: bytes | memoryview, wait_s: float) -> int:
        """Hand over what there is room for within ``wait_s`` seconds; how many bytes it was."""
        patience = self.sock.gettimeout()
        try:
            if not select.select([], [self.sock], [], wait_s)[1]:
                return 0
            self.sock.settimeout(0)
            return self.sock.send(data)
        except (ssl.SSLWantWriteError, ssl.SSLWantReadError, BlockingIOError):
            return 0
        except ValueError as error:  # it was closed meanwhile
            raise CannotMeasure(FailureCode.UNREACHABLE, "connection-reset") from error
        except OSError as error:
            raise translate(error) from error
        finally:
            if self.sock.fileno() >= 0:
                self.sock.settimeout(patience)

    def unacknowledged(self) -> int | None:
        """Bytes handed over that the other end's system has not acknowledged; none if untold."""
        told: int | None = None
        if sys.platform == "linux":
            import fcntl
            import termios

            try:
                raw = fcntl.ioctl(self.sock.fileno(), termios.TIOCOUTQ, bytes(4))
            except OSError as error:
                raise translate(error) from error
            told = int.from_bytes(raw, sys.byteorder)
        return told

    def readable(self) -> bool:
        """Whether something waits to be read, TLS housekeeping included."""
        pending = self.sock.pending() if isinstance(self.sock, ssl.SSLSocket) else 0
        try:
            return bool(pending or select.select([self.sock], [], [], 0)[0])
        except (OSError, ValueError) as error:  # ValueError: closed meanwhile
            raise CannotMeasure(FailureCode.UNREACHABLE, "connection-reset") from error

    def has_text(self) -> bool:
        """Whether there is more than TLS housekeeping to read; it is kept for :meth:`answer`."""
        if self._rest:
            return True
        if not self.readable():
            return False
        patience = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            self._rest = self.sock.recv(4096)
        except (ssl.SSLWantReadError, BlockingIOError):
            return False
        except OSError as error:
            raise translate(error) from error
        finally:
            self.sock.settimeout(patience)
        return True

    def body(self, answer: Answer, *, most: int) -> bytes:
        """The whole of a short body."""
        length = answer.length
        if length is None or length > most:
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
        end = time.monotonic() + self._patience
        found = self.take()
        while len(found) < length:
            _in_time(end)
            piece = self.receive(length - len(found))
            if not piece:
                raise CannotMeasure(FailureCode.UNREACHABLE, "truncated")
            found += piece
        self.give_back(found[length:])
        return found[:length]

    def abort(self) -> None:
        """End at once, also for threads blocked in it; what was not sent is dropped."""
        self.drop_at_end()
        with contextlib.suppress(OSError):  # it may have ended by itself
            # Not the SSL socket's own method: that takes the session from under reading threads.
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def drop_at_end(self) -> None:
        """Whatever ends it, also a killed process: nothing that waits is sent any more."""
        with contextlib.suppress(OSError):  # it may have ended by itself
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_ZERO)

    def close(self) -> None:
        """Give the socket back."""
        self.sock.close()


_LINGER_ZERO = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
"""``struct linger``: two shorts on Windows, two ints elsewhere."""


def _in_time(end: float) -> None:
    """Whoever sends a little at a time has no end."""
    if time.monotonic() > end:
        raise CannotMeasure(FailureCode.TIMED_OUT, "stalled")


def _may_be_http(start: bytes) -> bool:
    return start[:7] == b"HTTP/1."[: len(start[:7])]


def _secured(raw: socket.socket, host: str) -> socket.socket:
    return tls_context().wrap_socket(raw, server_hostname=host)


def tls_context() -> ssl.SSLContext:
    """Trust what the system trusts: its own verdict on Windows and macOS, its store on Linux.

    On Windows Python itself sees only those root certificates that some program has used before.
    """
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def look_up(peer: Peer) -> list[Peer]:
    """The peer with each of its addresses, in the system's order of preference."""
    try:
        found = socket.getaddrinfo(peer.host, peer.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CannotMeasure(FailureCode.UNREACHABLE, "dns-failure") from error
    return [replace(peer, address=tuple(entry[4]), family=entry[0]) for entry in found]


def translate(error: OSError) -> CannotMeasure:
    """The finding behind a socket's error."""
    for kind, detail in _KINDS.items():
        if isinstance(error, kind):
            code = FailureCode.TIMED_OUT if detail == "stalled" else FailureCode.UNREACHABLE
            return CannotMeasure(code, detail)
    if error.errno in NO_ROUTE:
        return CannotMeasure(FailureCode.UNREACHABLE, "no-network")
    return CannotMeasure(FailureCode.UNREACHABLE, "connection-failed", errno=error.errno or 0)


_KINDS: dict[type[OSError], str] = {
    TimeoutError: "stalled",
    ssl.SSLError: "tls-failure",
    ConnectionRefusedError: "connection-refused",
    socket.gaierror: "dns-failure",
    ConnectionError: "connection-reset",
}


def check_status(answer: Answer) -> None:
    """Go on with 200 alone; everything else is a finding."""
    status = answer.status
    if status == 200:  # noqa: PLR2004 - the one good answer
        return
    if 300 <= status < 400 or status == NETWORK_LOGIN:  # noqa: PLR2004 - a redirect
        detail = "captive-portal"
    elif status in REFUSALS:
        detail = "refused-by-server"
    elif status in BUSY:
        detail = "server-busy"
    else:
        detail = "garbage-answer"
    raise CannotMeasure(FailureCode.UNREACHABLE, detail, status=status)
