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


@dataclass(frozen=True, kw_only=True)
class Transits:
    """Seconds, with one unknown offset that is added to all ``up`` and taken from all ``down``.

    Attributes:
        up: Packet -> transit to the peer, drift taken out.
        down: Packet -> transit back.
        drift: Of the peer's clock against ours, seconds a second.
        consistent: Whether some offset exists with which no packet travels back in time.
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
    return Transits(up=up, down=down, drift=drift, consistent=fits and stays)


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
