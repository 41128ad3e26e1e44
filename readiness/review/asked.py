"""One column of the table made ready for conditions: which rows meet one is found out at once.

The answer is a byte for each row, 1 where it meets the condition: such answers are put together in
no time, whatever the number of rows.
"""

from __future__ import annotations

import operator
from array import array
from collections import Counter
from copy import copy
from datetime import datetime
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from readiness.review.pieces import pieces
from readiness.review.sorting import TEXTS, cells_of, getter, number_in, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from readiness.review.rows import ReviewRow
    from readiness.review.sorting import Cell, Where

T = TypeVar("T")
Mask: TypeAlias = bytes
"""A byte for each row, in the order in which they came: 1 or 0."""

FEW = 256
"""So many different values are told apart by one byte."""

RARE = 8
"""Where so many rows share a value on average, each value is compared once."""

EQUAL: dict[str, Callable[[Any, Any], bool]] = {"=": operator.eq, "!=": operator.ne}
"""How columns that hold numbers alone are compared; what is not there is different from all."""

_NONE = type(None)
_EQUAL_ACROSS = {bool, int, float}
"""True, 1 and 1.0 are the same to a dictionary."""
_NOTHING = float("nan")
"""Stands where there is no number: no comparison with it holds."""


class Asked:
    """The cells of one column.

    Args:
        rows: As they came.
        key: Of the column.
        cells: The same as :func:`cells_of` gives, where they lie at hand.
    """

    def __init__(
        self, rows: Sequence[ReviewRow], key: str, cells: Sequence[Cell] | None = None
    ) -> None:
        self._rows, self._key = rows, key
        if cells is None:
            cells = cells_of(rows, key)
        kinds = set(map(type, cells))
        self._plain = kinds <= {float, int, _NONE}
        self._few, self._codes = b"", array("L")
        self._numbers: Sequence[float] = ()
        self._texts: tuple[str, ...] = ()
        self._known: list[Cell] = []
        if kinds <= {float, _NONE} or (key in TEXTS and _differ(cells, kinds)):
            self._lay_out(cells)  # hardly two are equal
            return
        known, codes = _coded(cells, kinds)
        if len(known) <= FEW:
            self._few, self._known = bytes(codes.tolist()), known
        elif not self._plain and len(known) * RARE <= len(cells):
            self._codes, self._known = codes, known
        else:
            self._lay_out(cells)

    def _lay_out(self, cells: Sequence[Cell]) -> None:
        """Each cell as it is compared."""
        if self._key in TEXTS:
            self._texts = tuple([written(cell) for cell in cells])
        else:
            numbers: Iterable[Any] = cells if self._plain else map(number_in, cells)
            found = [_NOTHING if one is None else one for one in numbers]
            # No garbage is looked for in an array; but it holds no whole number of any size.
            self._numbers = tuple(found) if int in map(type, found) else array("d", found)

    def over(self, rows: Sequence[ReviewRow]) -> Asked:
        """The same for other rows with the very same cells."""
        other = copy(self)
        other._rows = rows  # noqa: SLF001 - its own kind
        return other

    def counts(self) -> Mapping[Cell, int]:
        """How often each value stands there."""
        if self._few:
            return {cell: self._few.count(place) for place, cell in enumerate(self._known)}
        return Counter(cells_of(self._rows, self._key))

    def meeting(self, condition: Where) -> Mask:
        """Which rows meet a condition for this column; what is not known meets only ``!=``."""
        if self._few:
            return self._few.translate(bytes(map(condition.holds(), self._known)).ljust(FEW))
        if self._codes:
            flags = bytes(map(condition.holds(), self._known))
            return bytes(map(flags.__getitem__, self._codes))
        compare, limit, value = condition.compare, condition.limit, condition.value
        if compare is not None and self._texts:
            return bytes([text != "" and compare(text, value) for text in self._texts])
        if condition.how == "~" and self._texts:
            letters = value.casefold()
            return bytes([letters in text.casefold() for text in self._texts])
        if compare is None and self._plain:
            compare = EQUAL.get(condition.how)
        if compare is None or not self._numbers:
            holds, get = condition.holds(), getter(self._key)
            return bytes([holds(get(row)) for row in self._rows])
        return bytes(map(compare, self._numbers, repeat(_NOTHING if limit is None else limit)))


def _coded(cells: Sequence[Cell], kinds: set[type]) -> tuple[list[Cell], array[int]]:
    """The different cells as they came, and for each cell which of them it is."""
    if len(kinds & _EQUAL_ACROSS) > 1:
        pairs = [(type(cell), cell) for cell in cells]
        known, codes = _coded_alone(pairs)
        return [cell for _, cell in known], codes
    return _coded_alone(cells)


def _coded_alone(cells: Sequence[T]) -> tuple[list[T], array[int]]:
    """The same for cells that are equal only if they are the same.

    Nothing is made for a cell: whatever is made by the hundred thousand sets the search for garbage
    going again and again, in which no other thread has its turn.
    """
    places: dict[T, int] = {}
    codes = array("L")
    for part in pieces(cells):
        for cell in part:
            places.setdefault(cell, len(places))
        codes.extend(map(places.__getitem__, part))
    return list(places), codes


def _differ(cells: Sequence[Cell], kinds: set[type]) -> bool:
    """Whether they are times, or names of which hardly two are equal."""
    if kinds <= {datetime, _NONE}:
        return True
    if kinds != {str}:
        return False
    different: set[Cell] = set()
    for part in pieces(cells):
        different.update(part)
        if len(different) > max(FEW, len(cells) // RARE):
            return True
    return False


def both(one: Mask, other: Mask) -> Mask:
    """The rows that both hold, of the same rows."""
    bits = int.from_bytes(one, "little") & int.from_bytes(other, "little")
    return bits.to_bytes(len(one), "little")


def marked(numbers: Iterable[int], size: int) -> Mask:
    """Just these of so many rows."""
    mask = bytearray(size)
    for number in numbers:
        mask[number] = 1
    return bytes(mask)
