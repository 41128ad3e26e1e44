"""Long work in pieces, between which other threads have their turn.

What is one step to Python, such as sorting a list, ends before any other thread goes on: while a
hundred thousand cells are sorted at once, the window stands still.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Thing = TypeVar("Thing")

PIECE = 4096
"""So many things are taken at once: a millisecond's work or two."""

LOOKED_AT = 16
"""So many of each piece are looked at to find where pieces may begin."""


def pieces(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    """All of them, in their order, so many at once."""
    return (things[begin : begin + PIECE] for begin in range(0, len(things), PIECE))


def parted(places: Sequence[int], compared: Sequence[Any]) -> list[list[int]]:
    """Parts of which each holds less than the next one, none of them sorted yet.

    What is equal is in one part, in the order in which it came.

    Args:
        places: Of what is to be sorted.
        compared: What is compared, by place.
    """
    if len(places) <= PIECE:
        return [list(places)]
    bounds = _bounds(places, compared)
    between: list[list[int]] = [[] for _ in range(len(bounds) + 1)]
    equal: list[list[int]] = [[] for _ in range(len(bounds) + 1)]
    for place in places:
        value = compared[place]
        after = bisect_left(bounds, value)
        same = after < len(bounds) and bounds[after] == value
        (equal if same else between)[after].append(place)
    return [part for pair in zip(between, equal, strict=True) for part in pair if part]


def _bounds(places: Sequence[int], compared: Sequence[Any]) -> list[Any]:
    """Different values, in order, between which there are hardly more things than in a piece."""
    seen = sorted(compared[place] for place in places[:: PIECE // LOOKED_AT])
    return list(dict.fromkeys(seen[LOOKED_AT::LOOKED_AT]))
