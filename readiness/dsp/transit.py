"""One-way transits between two clocks that do not agree: offset cancels, drift is taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from readiness.model.call import CallStream

FASTEST_DRIFT = 1e-3
"""Seconds a second: no clock of a working computer goes further wrong than that."""

TOLERANCE_S = 1e-3
"""How far times may contradict each other: reading them takes that long on a busy computer."""

FEWEST = 8

STEP_S, STEP_TOLERANCE_S, AROUND = 0.02, 2e-3, 50
"""A clock that is set by less harms no figure. The shortest of so many transits on either side
are compared: with fewer, chance could look like a step."""


@dataclass(frozen=True, kw_only=True)
class Transits:
    """Seconds, with one unknown offset that is added to all ``up`` and taken from all ``down``.

    Attributes:
        up: Packet -> transit to the peer, drift taken out.
        down: Packet -> transit back.
        drift: Of the peer's clock against ours, seconds a second.
        consistent: Whether some offset exists with which no packet travels back in time, one and
            the same for all packets.
    """

    up: dict[int, float]
    down: dict[int, float]
    drift: float
    consistent: bool


def transits(stream: CallStream) -> Transits | None:
    """The transits of all packets whose times are known; none if the peer tells no times."""
    up, down = {}, {}
    for index, (there, out) in enumerate(zip(stream.arrived_there, stream.sent, strict=False)):
        if there is not None:
            up[index] = there - out
    for index, (left, back) in enumerate(zip(stream.left_there, stream.returned, strict=False)):
        if left is not None and back is not None:
            down[index] = back - left
    if not up and not down:
        return None
    drift = _drift(stream, up, down)
    up = {index: transit - drift * stream.sent[index] for index, transit in up.items()}
    down = {index: transit + drift * stream.sent[index] for index, transit in down.items()}
    # With the right offset both are at least 0, so their smallest sum is; the offset cancels in it.
    fits = not up or not down or min(up.values()) + min(down.values()) >= -TOLERANCE_S
    stays = all(
        left >= there - TOLERANCE_S
        for there, left in zip(stream.arrived_there, stream.left_there, strict=False)
        if there is not None and left is not None
    )
    steady = not _stepped(up, down)
    return Transits(up=up, down=down, drift=drift, consistent=fits and stays and steady)


def _stepped(up: dict[int, float], down: dict[int, float]) -> bool:
    """Whether the peer's clock was set meanwhile.

    From one packet to the next one direction becomes shorter by what the other becomes longer,
    and it stays so: no queue and no other route does that.
    """
    both = sorted(up.keys() & down.keys())
    there, back = [up[index] for index in both], [down[index] for index in both]
    for k in range(AROUND, len(both) - AROUND + 1):
        # A step shows at its very packet, so the windows are looked at only where one could be.
        if abs(there[k] - there[k - 1]) < STEP_S / 2:
            continue
        rise, fall = (min(way[k : k + AROUND]) - min(way[k - AROUND : k]) for way in (there, back))
        if abs(rise) >= STEP_S and abs(rise + fall) <= max(STEP_TOLERANCE_S, abs(rise) / 10):
            return True
    return False


def _drift(stream: CallStream, up: dict[int, float], down: dict[int, float]) -> float:
    """Only what makes one direction seem longer and the other shorter is the clock's doing.

    A queue that fills makes one direction longer and leaves the other as it is.
    """
    slopes = [_slope(stream.sent.__getitem__, way) for way in (up, down)]
    if slopes[0] * slopes[1] >= 0:
        return 0.0
    size = min(map(abs, slopes))
    if size > FASTEST_DRIFT:
        return 0.0
    return size if slopes[0] > 0 else -size


def _slope(moment: Callable[[int], float], way: dict[int, float]) -> float:
    """How the shortest transits change over time: the first quarter against the last."""
    order = sorted(way)
    quarter = len(order) // 4
    if quarter < FEWEST:
        return 0.0
    ends: list[Sequence[int]] = [order[:quarter], order[-quarter:]]
    shortest = [min(part, key=way.__getitem__) for part in ends]
    passed = moment(shortest[1]) - moment(shortest[0])
    return (way[shortest[1]] - way[shortest[0]]) / passed if passed > 0 else 0.0
