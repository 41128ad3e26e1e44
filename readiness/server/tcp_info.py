"""What Linux knows about a TCP connection, under the names of ndt7."""

from __future__ import annotations

import socket
import struct
import sys

SIZE = 232
"""``struct tcp_info`` of Linux 4.19, up to and with ``tcpi_bytes_retrans``, and a little more."""

PLACES: dict[str, tuple[int, str]] = {
    "RTT": (68, "=I"),
    "RTTVar": (72, "=I"),
    "BytesAcked": (120, "=Q"),
    "BytesReceived": (128, "=Q"),
    "MinRTT": (148, "=I"),
    "BusyTime": (168, "=Q"),
    "RWndLimited": (176, "=Q"),
    "SndBufLimited": (184, "=Q"),
    "BytesSent": (200, "=Q"),
    "BytesRetrans": (208, "=Q"),
}
"""Name in ndt7 -> offset and form in ``struct tcp_info``, include/uapi/linux/tcp.h: bytes, and
microseconds."""


if sys.platform == "linux":

    def tcp_info(sock: socket.socket | None) -> dict[str, int]:
        """The fields that this kernel gives; empty if the connection is over."""
        if sock is None:
            return {}
        try:
            raw = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, SIZE)
        except OSError:  # it has ended in this moment
            return {}
        return {
            name: int(struct.unpack_from(form, raw, place)[0])
            for name, (place, form) in PLACES.items()
            if place + struct.calcsize(form) <= len(raw)
        }

else:

    def tcp_info(sock: socket.socket | None) -> dict[str, int]:  # noqa: ARG001 - nothing to ask
        """Nothing is told elsewhere."""
        return {}
