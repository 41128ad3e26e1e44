"""Just enough of STUN to ask for an echo: binding requests of RFC 8489."""

from __future__ import annotations

import struct

HEADER = struct.Struct("!HHI12s")
ATTRIBUTE = struct.Struct("!HH")
COOKIE = 0x2112A442
REQUEST, SUCCESS, REFUSAL = 0x0001, 0x0101, 0x0111
ADDRESS, ADDRESS_XORED = 0x0001, 0x0020
ID_OCTETS = 12


def request(transaction: bytes) -> bytes:
    """A binding request without attributes, 20 octets; ``transaction`` has 12."""
    return HEADER.pack(REQUEST, 0, COOKIE, transaction)


def answer(data: bytes) -> tuple[int, bytes] | None:
    """Type and transaction id of an answer; none if it is not a whole STUN message.

    A success must hold the address that the server saw, or it was no binding.
    """
    if len(data) < HEADER.size:
        return None
    kind, length, cookie, transaction = HEADER.unpack_from(data)
    if cookie != COOKIE or length % 4 or len(data) != HEADER.size + length:
        return None
    found = _attributes(data[HEADER.size :])
    if found is None or kind not in (SUCCESS, REFUSAL):
        return None
    if kind == SUCCESS and not found & {ADDRESS, ADDRESS_XORED}:
        return None
    return kind, transaction


def _attributes(rest: bytes) -> set[int] | None:
    """Types of the attributes; none where one runs over the end."""
    found = set()
    while rest:
        if len(rest) < ATTRIBUTE.size:
            return None
        kind, length = ATTRIBUTE.unpack_from(rest)
        whole = ATTRIBUTE.size + (length + 3) // 4 * 4
        if whole > len(rest):
            return None
        found.add(kind)
        rest = rest[whole:]
    return found
