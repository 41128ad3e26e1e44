"""A UDP socket to one peer that says when each packet arrived, by the system where it can."""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
import time
from typing import Any

from readiness.system.line.peer import translate

LARGEST = 2048
POLL_S = 0.05
TIMESTAMPNS = 35
"""``SO_TIMESTAMPNS`` and the kind of message it makes; Python's ``socket`` does not name it."""

_TIMESPEC = struct.Struct("@ll")
LONGEST_LAG_S = 1.0
"""A packet that seems to have waited longer was stamped by a clock that was set meanwhile."""


class Datagrams:
    """Sends to and receives from one address; anything from elsewhere never shows.

    Args:
        family: Address family.
        address: The peer's socket address.

    Raises:
        CannotMeasure: There is no way to it.
    """

    def __init__(self, family: int, address: tuple[Any, ...]) -> None:
        self.by_kernel = False
        self._sock = socket.socket(family, socket.SOCK_DGRAM)
        try:
            self._sock.connect(address)
        except OSError as error:
            self._sock.close()
            raise translate(error) from error
        self._sock.settimeout(POLL_S)
        if sys.platform == "linux":
            with contextlib.suppress(OSError):  # without it the time is taken here
                self._sock.setsockopt(socket.SOL_SOCKET, TIMESTAMPNS, 1)
                self.by_kernel = True

    def send(self, data: bytes) -> bool:
        """Send; false if the system would not: to a call that packet is lost."""
        try:
            self._sock.send(data)
        except OSError:
            return False
        return True

    def receive(self) -> tuple[bytes, float] | None:
        """The next packet and when it arrived, on ``time.perf_counter``; none if none came soon.

        An answer such as "no such port" is none too: it comes instead of a packet.
        """
        try:
            if sys.platform == "linux":
                data, notes, _, _ = self._sock.recvmsg(LARGEST, socket.CMSG_SPACE(_TIMESPEC.size))
                return data, time.perf_counter() - _lag(notes)
            else:  # noqa: RET505 - so that each system's part is checked by itself
                return self._sock.recv(LARGEST), time.perf_counter()
        except TimeoutError:
            return None
        except OSError:
            time.sleep(POLL_S / 10)  # a socket that fails at once must not make this a busy loop
            return None

    def close(self) -> None:
        """Give the socket back."""
        self._sock.close()


def _lag(notes: list[tuple[int, int, bytes]]) -> float:
    """Seconds since the kernel received the packet, by the clock that it stamped it with."""
    now = time.time_ns()
    for level, kind, data in notes:
        if (level, kind) == (socket.SOL_SOCKET, TIMESTAMPNS) and len(data) == _TIMESPEC.size:
            seconds, rest = _TIMESPEC.unpack(data)
            lag = (now - seconds * 1_000_000_000 - rest) / 1e9  # ns => s
            return float(lag) if 0 <= lag <= LONGEST_LAG_S else 0.0
    return 0.0
