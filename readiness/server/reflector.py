"""The STAMP reflector of the measuring server, RFC 8762 and RFC 8972, stateful, unauthenticated.

A thread of its own, because not every event loop can wait for datagrams. What arrives is stamped
by the kernel where it does that, so that a server under load does not spoil a measurement.
"""

from __future__ import annotations

import socket
import struct
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from readiness.server.house import MAX_CLIENTS, client_key
from readiness.server.shelf import Allowance, Shelf
from readiness.stamp import (
    BASE,
    Reflected,
    pack_reflected,
    padding_content,
    unpack_sent,
)

if TYPE_CHECKING:
    from readiness.server.calls import Calls
    from readiness.server.house import Limits

LONGEST = 1500
"""A packet that did not fit a frame of Ethernet is not answered."""

LARGEST = 65_536
POLL_S = 0.2
PAUSE_S = 0.01
SEQUENCES = 1 << 32
MAX_SESSIONS, MAX_SESSIONS_EACH = 16_384, 256
FORGET_S = 900.0
"""REFWAIT of RFC 5357, section 4.2: a session that was silent for so long begins anew."""

TOKEN = 16
ZERO = slice(16, BASE)
"""Must be zero in a sender's packet and is not in a reflector's."""

MULTIPLIER = 0xFF
EVERYBODY = ""

_SO_TIMESTAMPNS, _SO_RXQ_OVFL = 35, 40
_IP_RECVTTL, _IP_TTL = 12, 2
_IPV6_RECVHOPLIMIT, _IPV6_HOPLIMIT = 51, 52
_TTL = {(socket.IPPROTO_IP, _IP_TTL), (socket.IPPROTO_IPV6, _IPV6_HOPLIMIT)}
_TIMESPEC, _INT, _COUNT = struct.Struct("=qq"), struct.Struct("=i"), struct.Struct("=I")
_LONG = _TIMESPEC.size
_ROOM = 256
_NANO = 1_000_000_000
UNKNOWN_TTL = 255


@dataclass(frozen=True)
class Datagram:
    """What came in.

    ``ttl`` is 255 where the system does not tell; ``dropped`` is how many packets the system had
    thrown away before this one, because they had no room to wait (Linux alone tells).
    """

    data: bytes
    address: tuple[Any, ...]
    received_ns: int
    ttl: int
    dropped: int = 0


@dataclass
class Session:
    """One sender's stream: how many packets were answered, and when the last."""

    answered: int = 0
    seen: float = 0.0


class Reflector:
    """Answers every well-formed packet with one of equal length.

    Args:
        sock: Bound UDP socket; closed at the end.
        limits: How many packets, and for whom.
        calls: Where arrivals are remembered.
    """

    def __init__(self, sock: socket.socket, limits: Limits, calls: Calls) -> None:
        self._sock = sock
        self._calls = calls
        self._over = threading.Event()
        self._sessions = Shelf[Session](most=MAX_SESSIONS, most_each=MAX_SESSIONS_EACH)
        each, every = limits.packets_per_second, limits.packets_in_all_per_second
        self._each = Allowance(per_second=each, burst=each, clients=MAX_CLIENTS)
        self._every = Allowance(per_second=every, burst=every, clients=1)
        self._receive = _receive_stamped if _ask_kernel(sock) else _receive_plain
        self._thread = threading.Thread(target=self._run, name="stamp-reflector", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._sock.settimeout(POLL_S)
        self._thread.start()

    def stop(self) -> None:
        """Answer no more; waits for the thread."""
        self._over.set()
        self._thread.join()
        self._sock.close()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                found = self._receive(self._sock)
                if found is not None:
                    self._answer(found)
            except (TimeoutError, ConnectionResetError):
                # Nothing came; or, on Windows, somebody who was answered is gone.
                continue
            except OSError:  # no way to the sender, no room to send: others may fare better
                self._over.wait(PAUSE_S)

    def _answer(self, found: Datagram) -> None:
        """Note and answer one packet, if it is one and its sender may."""
        data, host, port = found.data, str(found.address[0]), int(found.address[1])
        sent = unpack_sent(data)
        if sent is None or len(data) > LONGEST or not sent.error & MULTIPLIER or any(data[ZERO]):
            return
        client = client_key(host)
        token = padding_content(data)[:TOKEN]
        self._calls.overflowed(found.dropped)
        if not self._each.take(client) or not self._every.take(EVERYBODY):
            if len(token) == TOKEN:
                self._calls.refuse(client, token, found.received_ns)
            return
        if len(token) == TOKEN:
            self._calls.note(client, token, sent.sequence, found.received_ns)
        session = self._session(client, (host, port, sent.session))
        packet = Reflected(
            sequence=session.answered,
            time_ns=time.time_ns(),
            received_ns=found.received_ns,
            sender=sent,
            sender_ttl=found.ttl,
        )
        session.answered = (session.answered + 1) % SEQUENCES
        self._sock.sendto(pack_reflected(packet, data), found.address)

    def _session(self, client: str, name: tuple[str, int, int]) -> Session:
        now = time.monotonic()
        session = self._sessions.find(client, name)
        if session is None:
            session = self._sessions.put(client, name, Session(seen=now))
        elif now - session.seen > FORGET_S:
            session.answered = 0
        session.seen = now
        return session


def _receive_plain(sock: socket.socket) -> Datagram | None:
    data, address = sock.recvfrom(LARGEST)
    return Datagram(data, address, time.time_ns(), UNKNOWN_TTL)


if sys.platform == "linux":

    def _ask_kernel(sock: socket.socket) -> bool:
        """Ask for times and hop limits; false if this kernel does not give them."""
        try:
            sock.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
            sock.setsockopt(socket.SOL_SOCKET, _SO_RXQ_OVFL, 1)
            sock.setsockopt(socket.IPPROTO_IP, _IP_RECVTTL, 1)
            if sock.family == socket.AF_INET6:
                sock.setsockopt(socket.IPPROTO_IPV6, _IPV6_RECVHOPLIMIT, 1)
        except OSError:
            return False
        return True

    def _receive_stamped(sock: socket.socket) -> Datagram | None:
        data, told, _, address = sock.recvmsg(LONGEST + 1, _ROOM)
        received_ns, ttl, dropped = 0, UNKNOWN_TTL, 0
        for level, kind, value in told:
            if (level, kind) == (socket.SOL_SOCKET, _SO_TIMESTAMPNS) and len(value) == _LONG:
                seconds, rest = _TIMESPEC.unpack(value)
                received_ns = seconds * _NANO + rest
            elif (level, kind) == (socket.SOL_SOCKET, _SO_RXQ_OVFL) and len(value) == _COUNT.size:
                (dropped,) = _COUNT.unpack(value)
            elif (level, kind) in _TTL and len(value) == _INT.size:
                ttl = _INT.unpack(value)[0] & 0xFF
        return Datagram(data, address, received_ns or time.time_ns(), ttl, dropped)

else:
    _receive_stamped = _receive_plain

    def _ask_kernel(sock: socket.socket) -> bool:  # noqa: ARG001 - nothing can be asked here
        return False
