"""One direction of a call stream: what was carried, what arrived, in which order, how late."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readiness.dsp.transit import Transits
    from readiness.model.call import CallStream


@dataclass(frozen=True, kw_only=True)
class Direction:
    """Packets by their sequence number.

    Attributes:
        complete: Whether ``carried``, ``arrived`` and ``order`` are known in full.
        carried: What went into this direction, in order of sending.
        order: What came out, each packet once, in order of arrival.
        arrived: The same as a set.
        transit: Seconds with an unknown offset; empty where times are not to be trusted.
    """

    complete: bool
    carried: tuple[int, ...]
    order: tuple[int, ...]
    arrived: frozenset[int]
    transit: dict[int, float]

    def steps(self) -> list[tuple[int, float]]:
        """|D| of RFC 3550, ms, with the packet that it ends at, in order of arrival."""
        known = [index for index in self.order if index in self.transit]
        return [
            (after, abs(self.transit[after] - self.transit[before]) * 1000)  # s => ms
            for before, after in pairwise(known)
        ]

    def reordered(self) -> int:
        """Packets that come after one sent later, RFC 4737 (type-P-reordered)."""
        place = {index: rank for rank, index in enumerate(self.carried)}
        highest, found = -1, 0
        for index in self.order:
            found += place[index] < highest
            highest = max(highest, place[index])
        return found


def up(stream: CallStream, times: Transits | None) -> Direction:
    """From here to the peer."""
    known, complete = _trusted(times), _complete(stream)
    order = once(stream.order_there) if complete else ()
    return Direction(
        complete=complete,
        carried=tuple(range(len(stream.sent))),
        order=order or _answered(stream),
        arrived=frozenset(order),
        transit=known.up if known else {},
    )


def down(stream: CallStream, times: Transits | None) -> Direction:
    """From the peer to here: it sends what has reached it, in the order in which it did."""
    known, complete = _trusted(times), _complete(stream)
    order = once(stream.order_back)
    return Direction(
        complete=complete,
        carried=once(stream.order_there) if complete else (),
        order=order,
        arrived=frozenset(order),
        transit=known.down if known else {},
    )


def _complete(stream: CallStream) -> bool:
    """Whether the peer said what it received, and said nothing that cannot be."""
    there = set(stream.order_there)
    possible = there <= set(range(len(stream.sent))) and set(stream.order_back) <= there
    return stream.per_direction and possible


def _answered(stream: CallStream) -> tuple[int, ...]:
    """What surely arrived there, in order of the peer's times."""
    times = stream.arrived_there
    there = [index for index, at in enumerate(times) if at is not None]
    return tuple(sorted(there, key=lambda index: times[index] or 0.0))


def _trusted(times: Transits | None) -> Transits | None:
    return times if times is not None and times.consistent else None


def once(order: Iterable[int]) -> tuple[int, ...]:
    """Each number where it stands first."""
    return tuple(dict.fromkeys(order))
