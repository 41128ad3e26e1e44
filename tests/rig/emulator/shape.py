"""The settings of one direction of the emulated link, and what really happened in it."""

from __future__ import annotations

from dataclasses import dataclass, field

CLIENT, SERVER = "10.77.0.1", "10.77.0.2"


@dataclass
class Shape:
    """One direction of the link.

    Attributes:
        mbit: Rate of IP packets, Mbit/s; 0 for no limit.
        delay_ms: One way, after the queue.
        jitter_ms: Uniform -j..+j on top of the delay; may reorder.
        loss: Share of packets dropped at random, 0 to 1.
        burst: Mean length of a loss run; above 1 a two-state Gilbert process drops packets.
        buffer_ms: Size of the drop-tail queue as time at ``mbit``.
        udp: Whether UDP passes.
        cut: Nothing passes at all.
        seed: Of the random generator.
    """

    mbit: float = 0.0
    delay_ms: float = 0.0
    jitter_ms: float = 0.0
    loss: float = 0.0
    burst: float = 1.0
    buffer_ms: float = 100.0
    udp: bool = True
    cut: bool = False
    seed: int = 1


@dataclass
class Truth:
    """What really happened in one direction.

    Attributes:
        packets: Offered, of all kinds.
        octets: Delivered.
        lost: Dropped by chance.
        overflowed: Dropped by the full queue.
        udp_fate: For each UDP packet longer than 100 octets in order of arrival: "1" passed,
            "0" dropped. So loss runs are known exactly.
        udp_held_ms: Of each of these that passed, how long the emulator really had it, in order of
            leaving: what was asked, and how late the scheduler woke it.
        bins: Octets that left the queue in each 0.1 s, from ``bins_begin`` on (steady clock).
        queue_ms: Mean queueing delay of packets in each 0.1 s; -1 where there was none.
    """

    packets: int = 0
    octets: int = 0
    lost: int = 0
    overflowed: int = 0
    udp_fate: str = ""
    udp_held_ms: list[float] = field(default_factory=list)
    bins_begin: float = 0.0
    bins: list[int] = field(default_factory=list)
    queue_ms: list[float] = field(default_factory=list)
