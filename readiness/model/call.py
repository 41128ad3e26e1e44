"""One stream of small packets there and back, as it was seen: what call-shape figures rest on.

Nothing is judged here. How the figures come about: ``docs/methods/call-shape.md``.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from readiness.model.measurement import Scalar  # noqa: TC001 - read at run time


class Transport(StrEnum):
    """How the packets travelled, and so what they can tell.

    ``stamp``: UDP to a reflector after RFC 8762, per direction. ``stun``: UDP binding requests
    after RFC 8489, round trip only. ``http`` and ``tcp``: answers or handshakes over TCP, which
    turns loss into delay: round trip only, never loss or jitter.
    """

    STAMP = "stamp"
    STUN = "stun"
    HTTP = "http"
    TCP = "tcp"


class CallStream(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Packet ``i`` of the stream is at place ``i`` of every sequence of that length.

    Attributes:
        transport: How the packets travelled.
        begin: Start of the stream on this computer's steady clock, seconds; comparable between
            processes of one computer.
        interval_s: Planned distance of two packets, seconds.
        payload: Octets of UDP payload, or of what came back over TCP.
        sent: When packet ``i`` left, seconds after ``begin``.
        returned: When its answer came, seconds after ``begin``; none if it never did. Of copies
            the first counts.
        arrived_there: When it reached the peer, by the peer's clock, seconds with an unknown
            offset; none if it did not, or if the peer does not tell.
        left_there: When the peer sent its answer, by the same clock.
        order_back: Sequence numbers in the order in which answers came, copies included.
        order_there: Sequence numbers in the order in which the peer says it received them, copies
            included; empty if it does not say.
        per_direction: Whether ``arrived_there`` and ``order_there`` are complete, so that each
            direction can be told.
        summary: Further short facts for the evidence, never an address.
    """

    transport: Transport
    begin: float
    interval_s: float
    payload: int
    sent: tuple[float, ...]
    returned: tuple[float | None, ...]
    arrived_there: tuple[float | None, ...] = ()
    left_there: tuple[float | None, ...] = ()
    order_back: tuple[int, ...] = ()
    order_there: tuple[int, ...] = ()
    per_direction: bool = False
    summary: dict[str, Scalar] = {}

    def within(self, begin: float, end: float) -> CallStream:
        """The part that was sent between two moments of this computer's steady clock.

        Packets are numbered anew; what an order says of packets outside is left out.
        """
        low, high = begin - self.begin, end - self.begin
        inside = [index for index, moment in enumerate(self.sent) if low <= moment < high]
        first = inside[0] if inside else 0
        last = inside[-1] + 1 if inside else 0

        def renumbered(order: tuple[int, ...]) -> tuple[int, ...]:
            return tuple(number - first for number in order if first <= number < last)

        return msgspec.structs.replace(
            self,
            sent=self.sent[first:last],
            returned=self.returned[first:last],
            arrived_there=self.arrived_there[first:last],
            left_there=self.left_there[first:last],
            order_back=renumbered(self.order_back),
            order_there=renumbered(self.order_there),
        )

    def round_trips(self) -> tuple[float, ...]:
        """Milliseconds of each answered packet, without the time that it lay at the peer."""
        found = []
        for index, (out, back) in enumerate(zip(self.sent, self.returned, strict=True)):
            if back is None:
                continue
            there = self.arrived_there[index] if index < len(self.arrived_there) else None
            left = self.left_there[index] if index < len(self.left_there) else None
            lay = left - there if there is not None and left is not None else 0.0
            found.append((back - out - lay) * 1000)  # s => ms
        return tuple(found)
