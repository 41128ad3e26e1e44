"""STAMP packets, octet for octet as Scapy's codec of RFC 8762 makes them."""

from __future__ import annotations

import pytest
from scapy.contrib.stamp import (
    STAMPSessionReflectorTestUnauthenticated,
    STAMPSessionSenderTestUnauthenticated,
)

from readiness import stamp
from readiness.stamp import Reflected, Sent

NOON_NS = 1_769_860_800_123_456_789
NTP_SECONDS = 1_769_860_800 + 2_208_988_800


def _scapy_time(time_ns: int) -> float:
    seconds, fraction = stamp.ntp(time_ns)
    return seconds + fraction / 2**32


def test_a_sender_packet_is_scapys() -> None:
    ours = stamp.pack_sent(Sent(sequence=77, time_ns=NOON_NS, session=0xBEEF))
    theirs = STAMPSessionSenderTestUnauthenticated(ours)

    assert (theirs.seq, theirs.ssid) == (77, 0xBEEF)
    assert theirs.ts == pytest.approx(_scapy_time(NOON_NS), abs=1e-6)
    assert bytes(STAMPSessionSenderTestUnauthenticated(bytes(theirs))) == ours


def test_a_reflector_packet_is_scapys() -> None:
    original = stamp.pack_sent(Sent(sequence=5, time_ns=NOON_NS, session=7))
    sender = stamp.unpack_sent(original)
    assert sender is not None
    ours = stamp.pack_reflected(
        Reflected(sequence=3, time_ns=NOON_NS + 2000, received_ns=NOON_NS + 1000, sender=sender),
        original,
    )
    theirs = STAMPSessionReflectorTestUnauthenticated(ours)

    assert (theirs.seq, theirs.seq_sender, theirs.ssid, theirs.ttl_sender) == (3, 5, 7, 255)
    assert bytes(theirs) == ours


def test_noon_is_known_to_ntp() -> None:
    seconds, fraction = stamp.ntp(NOON_NS)

    assert NTP_SECONDS == seconds
    assert fraction / 2**32 == pytest.approx(0.123456789, abs=1e-9)
    assert stamp.unix_ns(seconds, fraction) == NOON_NS


def test_padding_makes_a_packet_as_long_as_rtp_and_comes_back() -> None:
    packet = stamp.pack_sent(Sent(sequence=1, time_ns=0), stamp.padding(172 - stamp.BASE, b"token"))
    sender = stamp.unpack_sent(packet)
    assert sender is not None
    answer = stamp.pack_reflected(
        Reflected(sequence=0, time_ns=0, received_ns=0, sender=sender), packet
    )

    assert len(packet) == len(answer) == 172
    assert stamp.padding_content(answer).startswith(b"token")
    assert answer[stamp.BASE] & stamp.UNRECOGNIZED == 0


@pytest.mark.parametrize("size", [0, 1, 43])
def test_what_is_too_short_is_no_packet(size: int) -> None:
    assert stamp.unpack_sent(bytes(size)) is None
    assert stamp.unpack_reflected(bytes(size)) is None
