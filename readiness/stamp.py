"""The packets of STAMP, the Simple Two-way Active Measurement Protocol, unauthenticated mode.

After RFC 8762, section 4, with the session identifier of RFC 8972, section 3. Both sides use this:
the sender of the line probes and the reflector of the measuring server. Pure: bytes and numbers.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

SENDER = struct.Struct("!IIIHH28x")
"""Sequence number, timestamp (seconds, fraction), error estimate, session id, 28 octets of zero."""

REFLECTOR = struct.Struct("!IIIHHIIIIIHHB3x")
"""Sequence number, timestamp, error estimate, session id, receive timestamp, and of the sender's
packet: sequence number, timestamp, error estimate, (zero), TTL, (zero)."""

BASE = SENDER.size
"""Octets of the shortest packet, 44."""

EXTRA_PADDING = 1
"""Type of the Extra Padding TLV, RFC 8972, section 4.1."""

TLV = struct.Struct("!BBH")
"""Flags, type, length, RFC 8972, section 4."""

UNRECOGNIZED = 0x80
"""Flag U, which a sender sets and a reflector that knows the TLV clears."""

NTP_OFFSET = 2_208_988_800
"""Seconds from 1900 (NTP) to 1970 (Unix)."""

ERROR_NOT_SYNCHRONIZED = 0x0001
"""S = 0, Z = 0 (NTP format), scale 0, multiplier 1: RFC 8762 refers to RFC 4656, section 4.1.2;
the multiplier must not be 0."""

_FRACTION = 1 << 32
_NANO = 1_000_000_000


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A Session-Sender packet. ``time_ns`` is Unix time in nanoseconds."""

    sequence: int
    time_ns: int
    session: int = 0
    error: int = ERROR_NOT_SYNCHRONIZED


@dataclass(frozen=True, kw_only=True)
class Reflected:
    """A Session-Reflector packet: what the reflector adds, and what it copies of the sender's."""

    sequence: int
    time_ns: int
    received_ns: int
    sender: Sent
    sender_ttl: int = 255
    error: int = ERROR_NOT_SYNCHRONIZED


def ntp(time_ns: int) -> tuple[int, int]:
    """Unix nanoseconds -> NTP seconds and fraction (32 bits each), rounded to the nearest."""
    seconds, rest = divmod(time_ns, _NANO)
    fraction = (rest * _FRACTION + _NANO // 2) // _NANO
    if fraction == _FRACTION:
        seconds, fraction = seconds + 1, 0
    return (seconds + NTP_OFFSET) & 0xFFFFFFFF, fraction


def unix_ns(seconds: int, fraction: int) -> int:
    """NTP seconds and fraction -> Unix nanoseconds, rounded to the nearest."""
    return (seconds - NTP_OFFSET) * _NANO + (fraction * _NANO + _FRACTION // 2) // _FRACTION


def padding(octets: int, content: bytes = b"") -> bytes:
    """An Extra Padding TLV of ``octets`` in all, beginning with ``content``; empty for 0.

    Raises:
        ValueError: It does not fit.
    """
    if octets == 0 and not content:
        return b""
    room = octets - TLV.size
    if room < len(content):
        raise ValueError("the padding is too short for its content")
    return TLV.pack(UNRECOGNIZED, EXTRA_PADDING, room) + content + bytes(room - len(content))


def padding_content(packet: bytes) -> bytes:
    """The content of the Extra Padding TLV that follows the base packet; empty if there is none."""
    if len(packet) < BASE + TLV.size:
        return b""
    _, kind, length = TLV.unpack_from(packet, BASE)
    return packet[BASE + TLV.size : BASE + TLV.size + length] if kind == EXTRA_PADDING else b""


def pack_sent(packet: Sent, tail: bytes = b"") -> bytes:
    """The octets of a sender's packet, followed by its TLVs."""
    seconds, fraction = ntp(packet.time_ns)
    return SENDER.pack(packet.sequence, seconds, fraction, packet.error, packet.session) + tail


def unpack_sent(data: bytes) -> Sent | None:
    """Read a sender's packet; none if it is too short to be one."""
    if len(data) < BASE:
        return None
    sequence, seconds, fraction, error, session = SENDER.unpack_from(data)
    return Sent(sequence=sequence, time_ns=unix_ns(seconds, fraction), session=session, error=error)


def pack_reflected(packet: Reflected, original: bytes) -> bytes:
    """The octets of a reflector's packet, as long as ``original``, whose TLVs it carries back.

    The flag U of an Extra Padding TLV is cleared: it was recognised.
    """
    _, sent_seconds, sent_fraction, sender_error, session = SENDER.unpack_from(original)
    head = REFLECTOR.pack(
        packet.sequence,
        *ntp(packet.time_ns),
        packet.error,
        session,
        *ntp(packet.received_ns),
        packet.sender.sequence,
        sent_seconds,
        sent_fraction,
        sender_error,
        0,
        packet.sender_ttl,
    )
    tail = bytearray(original[BASE:])
    if len(tail) >= TLV.size and tail[1] == EXTRA_PADDING:
        tail[0] &= ~UNRECOGNIZED & 0xFF
    return head + bytes(tail)


def unpack_reflected(data: bytes) -> Reflected | None:
    """Read a reflector's packet; none if it is too short to be one."""
    if len(data) < BASE:
        return None
    (
        sequence,
        seconds,
        fraction,
        error,
        session,
        received_seconds,
        received_fraction,
        sender_sequence,
        sender_seconds,
        sender_fraction,
        sender_error,
        _,
        ttl,
    ) = REFLECTOR.unpack_from(data)
    return Reflected(
        sequence=sequence,
        time_ns=unix_ns(seconds, fraction),
        received_ns=unix_ns(received_seconds, received_fraction),
        sender=Sent(
            sequence=sender_sequence,
            time_ns=unix_ns(sender_seconds, sender_fraction),
            session=session,
            error=sender_error,
        ),
        sender_ttl=ttl,
        error=error,
    )
