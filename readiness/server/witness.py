"""What the server sees of one client's transfer, so that it can sign it: bytes over time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from readiness.server.tcp_info import tcp_info
from readiness.trust.receipt import Seen, sign_receipt

if TYPE_CHECKING:
    import socket

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from readiness.model.invited import Receipt
    from readiness.trust.receipt import Direction

APART_S = 0.05
MOST_MOMENTS = 2048
"""A transfer of 60 s has 1,200; what comes later is counted without a moment of its own."""

WARM_UP_S, WARM_UP_SHARE = 2.0, 0.3
"""So much of the beginning is slow start and no rate; as the client leaves it out."""

SHORTEST_S = 0.5
MEGABITS = 8e-6
"""bytes => Mbit"""


@dataclass
class Witness:
    """One transfer over all its connections."""

    count: int = 0
    moments: list[tuple[float, int]] = field(default_factory=list)
    last: float = 0.0
    receipt: Receipt | None = None
    nonce: str = ""

    def add(self, count: int) -> None:
        """Bytes that arrived, or are known to have."""
        if not count or self.receipt is not None:
            return
        now = time.monotonic()
        self.count += count
        self.last = now
        if not self.moments:
            self.moments.append((now, 0))  # as in the client: the clock starts with the first byte
        elif now - self.moments[-1][0] >= APART_S and len(self.moments) < MOST_MOMENTS:
            self.moments.append((now, self.count))

    @property
    def seconds(self) -> float:
        """From the first byte to the last."""
        return self.last - self.moments[0][0] if self.moments else 0.0

    def rate(self) -> float | None:
        """Mbit/s after the warm-up; none where it was over too soon to tell."""
        if self.seconds < SHORTEST_S:
            return None
        begin = self.moments[0][0] + min(WARM_UP_S, WARM_UP_SHARE * self.seconds)
        start, before = next(
            ((moment, count) for moment, count in self.moments if moment >= begin), (None, 0)
        )
        if start is None or self.last - start < SHORTEST_S / 2:
            return None
        return (self.count - before) * MEGABITS / (self.last - start)

    def sign(
        self,
        nonce: str,
        direction: Direction,
        key: Ed25519PrivateKey,
        sock: socket.socket | None,
    ) -> Receipt | None:
        """The one receipt of this transfer; none if another nonce has it already."""
        if self.receipt is None:
            rate, trip = self.rate(), tcp_info(sock).get("MinRTT")
            seen = Seen(
                nonce=nonce,
                direction=direction,
                bytes=self.count,
                seconds=round(self.seconds, 3),
                rate=None if rate is None else round(rate, 3),
                round_trip_ms=None if trip is None else round(trip / 1000, 3),  # us => ms
                at=datetime.now(UTC).replace(microsecond=0),
            )
            self.nonce, self.receipt = nonce, sign_receipt(seen, key)
        return self.receipt if self.nonce == nonce else None


class Delivered:
    """Bytes of one download that have arrived: acknowledged where the system tells, else sent.

    Args:
        witness: Who counts them.
        sock: The connection; none once it is over.
    """

    def __init__(self, witness: Witness, sock: socket.socket | None) -> None:
        self._witness = witness
        self._begin = tcp_info(sock).get("BytesAcked")
        self._told = 0
        self._looked = 0.0

    def sent(self, total: int, sock: socket.socket | None, *, last: bool) -> None:
        """So many bytes were handed over in all; asks the system now and then, and at the end."""
        now = time.monotonic()
        if now - self._looked < APART_S and not last:
            return
        self._looked = now
        arrived = total
        if self._begin is not None:
            acknowledged = tcp_info(sock).get("BytesAcked")
            if acknowledged is None:  # it is over: what was told before stands
                return
            arrived = min(total, acknowledged - self._begin)
        if arrived > self._told:
            self._witness.add(arrived - self._told)
            self._told = arrived
