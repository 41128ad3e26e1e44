"""Linux: asks the kernel over netlink, which needs no rights and no tool.

Messages after ``linux/netlink.h``, ``linux/rtnetlink.h`` and ``linux/genetlink.h``; all numbers
are in the computer's own byte order.
"""

from __future__ import annotations

import socket
import struct
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUTE, GENERIC = 0, 16
NLM_F_REQUEST, NLM_F_DUMP = 1, 0x300
NLMSG_ERROR, NLMSG_DONE, NLMSG_OVERRUN = 2, 3, 4
HEADER = struct.Struct("=IHHII")
ATTRIBUTE = struct.Struct("=HH")
ATTRIBUTE_TYPE = 0x3FFF
"""The two upper bits say "nested" and "network byte order"."""

RTM_NEWROUTE, RTM_GETROUTE = 24, 26
RTMSG = struct.Struct("=BBBBBBBBI")
RTA_DST, RTA_OIF = 1, 4

CTRL_FAMILY, CTRL_GETFAMILY = 16, 3
CTRL_ID, CTRL_NAME = 1, 2

REPLY_S = 1.0
LARGEST = 65536
MOST_MESSAGES = 4096


class NetlinkError(OSError):
    """The kernel refused, or did not answer as documented."""


def attribute(kind: int, value: bytes) -> bytes:
    """One attribute, padded to four octets."""
    return ATTRIBUTE.pack(ATTRIBUTE.size + len(value), kind) + value + bytes(-len(value) % 4)


def attributes(data: bytes) -> dict[int, bytes]:
    """Attributes by type; of several of one type the last. Stops where the data make no sense."""
    found: dict[int, bytes] = {}
    while len(data) >= ATTRIBUTE.size:
        length, kind = ATTRIBUTE.unpack_from(data)
        if not ATTRIBUTE.size <= length <= len(data):
            break
        found[kind & ATTRIBUTE_TYPE] = data[ATTRIBUTE.size : length]
        data = data[length + -length % 4 :]
    return found


def messages(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """What one datagram holds: (type, sequence number, payload)."""
    while len(data) >= HEADER.size:
        length, kind, _flags, sequence, _port = HEADER.unpack_from(data)
        if not HEADER.size <= length <= len(data):
            raise NetlinkError("a netlink message is longer than its datagram")
        yield kind, sequence, data[HEADER.size : length]
        data = data[length + -length % 4 :]


def ask(protocol: int, kind: int, payload: bytes, *, dump: bool = False) -> list[bytes]:
    """Send one request and return the payloads of its answers.

    Args:
        protocol: ``ROUTE`` or ``GENERIC``.
        kind: Type of the message, or a generic family's number.
        payload: What follows the message's header.
        dump: Whether all objects are asked for; else one answer ends it.

    Raises:
        NetlinkError: The kernel refused or answered nonsense.
        OSError: No netlink here, or no answer within a second.
    """
    flags = NLM_F_REQUEST | (NLM_F_DUMP if dump else 0)
    request = HEADER.pack(HEADER.size + len(payload), kind, flags, 1, 0) + payload
    found: list[bytes] = []
    if sys.platform == "linux":
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol) as kernel:
            kernel.settimeout(REPLY_S)
            kernel.bind((0, 0))
            kernel.sendto(request, (0, 0))
            while len(found) < MOST_MESSAGES:
                data, (sender, _groups) = kernel.recvfrom(LARGEST)
                # Any process may write to this socket; the kernel's number is 0.
                if sender == 0 and _take(data, found, dump=dump):
                    return found
    raise NetlinkError("no netlink here, or its answer does not end")


def _take(data: bytes, found: list[bytes], *, dump: bool) -> bool:
    """Add the datagram's answers; true when that was all."""
    for kind, _sequence, payload in messages(data):
        if kind == NLMSG_DONE:
            return True
        if kind == NLMSG_OVERRUN:
            raise NetlinkError("the kernel's answer was too long for the socket")
        if kind == NLMSG_ERROR:
            code = struct.unpack_from("=i", payload)[0] if len(payload) >= 4 else 0  # noqa: PLR2004 - an int32
            if code:
                raise NetlinkError(-code, "the kernel refused")
            return True
        found.append(payload)
        if not dump:
            return True
    return False


def route_index(target: str) -> int | None:
    """Number of the interface by which the kernel would send to ``target``; none: no route."""
    family = socket.AF_INET6 if ":" in target else socket.AF_INET
    address = socket.inet_pton(family, target)
    header = RTMSG.pack(family, len(address) * 8, 0, 0, 0, 0, 0, 0, 0)
    for answer in ask(ROUTE, RTM_GETROUTE, header + attribute(RTA_DST, address)):
        found = attributes(answer[RTMSG.size :]).get(RTA_OIF)
        if found is not None and len(found) == 4:  # noqa: PLR2004 - a uint32
            return int.from_bytes(found, sys.byteorder)
    return None


def family_number(name: str) -> int:
    """The number of the generic family ``name`` (``nl80211``).

    Raises:
        OSError: This kernel has no such family.
    """
    wanted = attribute(CTRL_NAME, name.encode("ascii") + b"\0")
    for answer in generic(CTRL_FAMILY, CTRL_GETFAMILY, wanted):
        found = answer.get(CTRL_ID)
        if found is not None and len(found) == 2:  # noqa: PLR2004 - a uint16
            return int.from_bytes(found, sys.byteorder)
    raise NetlinkError("the kernel named no number for the family")


def generic(
    family: int, command: int, payload: bytes, *, dump: bool = False
) -> list[dict[int, bytes]]:
    """Ask a generic family; the attributes of each answer. Raises ``OSError``."""
    header = struct.pack("=BBH", command, 1, 0)
    answers = ask(GENERIC, family, header + payload, dump=dump)
    return [attributes(answer[len(header) :]) for answer in answers]
