"""Connections that obey Stop: raced and encrypted, each within its time.

Everything is polled in slices of at most 50 ms, so that no thread stays in a blocked call and no
socket outlives Stop by more. Proxies are not used.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import time
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.peer import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from readiness.system.reach.places import Patience, Place

STAGGER_S = 0.25
"""Connection Attempt Delay of RFC 8305: after so long the next address is tried beside the last."""

PIECE = 16 * 1024


class Wire:
    """One open connection, plain or encrypted.

    Args:
        sock: Connected, not blocking.
        patience: For everything that follows.
    """

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        self._sock = sock
        self._patience = patience
        self._safe: Encryption | None = None

    def secure(self, safe: Encryption) -> None:
        """Shake hands; raises ``OSError``, of which ``ssl.SSLError`` is one."""
        self._safe = safe
        while True:
            try:
                safe.ends.do_handshake()
            except ssl.SSLWantReadError:
                self._flush()
                self._fill()
            except ssl.SSLError:
                with contextlib.suppress(OSError):  # the other end may not wait for the alert
                    self._flush()
                raise
            else:
                self._flush()
                return

    def send(self, data: bytes) -> None:
        """Send all of it; raises ``OSError``."""
        if self._safe is None:
            self._put(data)
        else:
            self._safe.ends.write(data)
            self._flush()

    def receive(self) -> bytes:
        """What comes next; empty at the end. Raises ``OSError``."""
        if self._safe is None:
            return self._get()
        while True:
            try:
                return self._safe.ends.read(PIECE)
            except ssl.SSLWantReadError:
                self._flush()
                self._fill()
            except ssl.SSLZeroReturnError:
                return b""

    def _flush(self) -> None:
        if self._safe is not None:
            self._put(self._safe.outgoing.read())

    def _fill(self) -> None:
        piece = self._get()
        if not piece:
            raise ConnectionResetError
        if self._safe is not None:
            self._safe.incoming.write(piece)

    def _put(self, data: bytes) -> None:
        while data:
            self._in_time()
            with contextlib.suppress(BlockingIOError):
                data = data[self._sock.send(data) :]
                continue
            self._wait(selectors.EVENT_WRITE)

    def _get(self) -> bytes:
        while True:
            self._in_time()
            with contextlib.suppress(BlockingIOError):
                return self._sock.recv(PIECE)
            self._wait(selectors.EVENT_READ)

    def _wait(self, event: int) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._sock, event)
            while not selector.select(self._patience.slice_s):
                self._in_time()

    def _in_time(self) -> None:
        """Also for an end that never stops talking."""
        if self._patience.over:
            raise TimeoutError


class Encryption:
    """One TLS session that has not begun; made beforehand, since loading trust takes time."""

    def __init__(self, context: ssl.SSLContext, host: str) -> None:
        self.incoming, self.outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.ends = context.wrap_bio(self.incoming, self.outgoing, server_hostname=host)


@contextlib.contextmanager
def connected(places: Iterable[Place], patience: Patience) -> Iterator[tuple[Wire, float]]:
    """The first address that takes a connection, and how long it took to do so, seconds.

    Raises:
        CannotMeasure: What was found if none does.
        Cancelled: On Stop.
    """
    sock, seconds = _race(list(places), patience)
    with sock:
        yield Wire(sock, patience), seconds


def _race(places: list[Place], patience: Patience) -> tuple[socket.socket, float]:
    """Happy eyeballs: the next address begins when one failed, or 250 ms after it began."""
    begun: dict[socket.socket, float] = {}
    failure = CannotMeasure(FailureCode.UNREACHABLE, "no-network")
    turn = 0.0
    patience.token.check()
    with contextlib.ExitStack() as open_ones, selectors.DefaultSelector() as selector:
        while places or begun:
            if places and (not begun or time.monotonic() >= turn):
                place, turn = places.pop(0), time.monotonic() + STAGGER_S
                try:
                    sock = open_ones.enter_context(socket.socket(place.family, socket.SOCK_STREAM))
                    begun[sock] = _begin(sock, place)
                except OSError as error:
                    failure = _telling(failure, translate(error))
                    continue
                selector.register(sock, selectors.EVENT_WRITE)
            for key, _ in selector.select(patience.slice_s):
                sock = next(one for one in begun if one is key.fileobj)
                seconds = time.perf_counter() - begun.pop(sock)
                selector.unregister(sock)
                code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                if not code:
                    return _kept(sock), seconds
                failure = _telling(failure, translate(OSError(code, "")))
                turn = 0.0
            if patience.over:
                raise CannotMeasure(FailureCode.TIMED_OUT, "stalled")
    raise failure


def _begin(sock: socket.socket, place: Place) -> float:
    sock.settimeout(0)
    start = time.perf_counter()
    with contextlib.suppress(BlockingIOError):
        sock.connect(place.address)
    return start


def _kept(sock: socket.socket) -> socket.socket:
    """The same connection under another object, so that the race closes all of its own."""
    return socket.socket(sock.family, sock.type, sock.proto, fileno=sock.detach())


def _telling(first: CannotMeasure, other: CannotMeasure) -> CannotMeasure:
    """The finding that tells more: a way that does not exist says little about one that does."""
    return first if other.detail == "no-network" else other
