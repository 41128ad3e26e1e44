"""Sorting and filtering rows: plain functions, the same for the terminal and any other view.

A row has cells by name: ``file``, ``made``, ``system``, ``profile``, ``verdict``, ``unchanged``,
``answers``, ``seen``, ``missing``, ``open``, ``odd``, and where it is in an archive ``decision``,
``note``, ``who``; anything else is a chosen metric.
"""

from __future__ import annotations

import operator
import re
from array import array
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from readiness.desk_archive.remarks import Decision
from readiness.model.errors import InputError
from readiness.model.finding import Overall
from readiness.model.text import N_
from readiness.review.pieces import parted
from readiness.trust.answering import Answers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from readiness.model.measurement import Value
    from readiness.review.rows import ReviewRow

    Cell: TypeAlias = "Value | datetime | tuple[str, ...] | None"
    _Places: TypeAlias = "tuple[Sequence[int], Sequence[int], Sequence[int]]"
    _Parts: TypeAlias = "tuple[list[Any], tuple[list[list[int]], list[list[int]]], Sequence[int]]"

NO_VERDICT = "none"
"""Stands for the verdict of a report that was not judged."""

SAME_COMPUTER = "same-computer"
"""Among what is odd: other reports seem to come from the same computer."""

CELLS: dict[str, Callable[[ReviewRow], Cell]] = {
    "file": lambda row: row.file,
    "made": lambda row: row.made,
    "system": lambda row: row.system or None,
    "profile": lambda row: row.profile or None,
    "verdict": lambda row: row.overall.value if row.overall is not None else NO_VERDICT,
    "unchanged": lambda row: row.unchanged,
    "answers": lambda row: row.answers.value,
    "seen": lambda row: row.seen,
    "missing": lambda row: row.missing if row.overall is not None else None,
    "open": lambda row: row.open if row.overall is not None else None,
    "odd": lambda row: (*row.odd, *row.disagree, *((SAME_COMPUTER,) if row.alike else ())),
    "decision": lambda row: _remark(row, "decision"),
    "note": lambda row: _remark(row, "note"),
    "who": lambda row: _remark(row, "who"),
}

_ORDERS: dict[str, dict[str, int]] = {
    key: {word: rank for rank, word in enumerate(words)}
    for key, words in {
        "verdict": (Overall.READY, Overall.OPEN, Overall.NOT_READY, NO_VERDICT),
        "answers": (Answers.YES, Answers.NOT_ASKED, Answers.EXPIRED, Answers.USED, Answers.NO),
        "decision": (Decision.INVITE, Decision.ASK_AGAIN, Decision.NONE, Decision.REJECT),
    }.items()
}
"""Words that are sorted by what they mean, best first."""

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_WHERE = re.compile(r"\s*([a-z][A-Za-z0-9._-]*)\s*(<=|>=|!=|<|>|=|~)\s*(.*?)\s*", re.DOTALL)
TEXTS = ("file", "made", "system", "profile", "note", "who")
"""Cells that are compared by their letters: ``made>=2026-11-20``."""

_WORDS = {"yes": True, "no": False}


@dataclass(frozen=True, kw_only=True)
class Where:
    """One condition. ``how``: ``=``, ``!=``, ``<``, ``<=``, ``>``, ``>=``, or ``~``: holds it."""

    key: str
    how: str
    value: str

    def test(self) -> Callable[[ReviewRow], bool]:
        """Whether a row meets it; what is not known meets only ``!=``."""
        get, holds = getter(self.key), self.holds()
        return lambda row: holds(get(row))

    @property
    def compare(self) -> Callable[[Any, Any], bool] | None:
        """Compares a cell with ``limit``, or a text with ``value``; none: equal, or letters."""
        return _OPERATORS.get(self.how)

    @property
    def limit(self) -> float | None:
        """The number that is asked for; none if it is none."""
        return _parsed(self.value.casefold())

    def holds(self) -> Callable[[Cell], bool]:
        """The condition for a cell, with all that is the same for every row done beforehand."""
        value = self.value.casefold()
        if self.how == "~":
            return lambda found: value in written(found).casefold()
        if self.how in ("=", "!="):
            number, wanted = _parsed(value), self.how == "="
            return lambda found: _same(found, value, number) is wanted
        compare = _OPERATORS[self.how]
        if self.key in TEXTS:
            return lambda found: found is not None and compare(written(found), self.value)
        limit = _parsed(value)

        def within(found: Cell) -> bool:
            size = found if type(found) is float else number_in(found)
            return size is not None and limit is not None and compare(size, limit)

        return within


def _remark(row: ReviewRow, part: str) -> str | None:
    """What recruiters wrote; none where the report is in no archive, or nothing stands there."""
    return None if row.remark is None else str(getattr(row.remark.written, part)) or None


def getter(key: str) -> Callable[[ReviewRow], Cell]:
    """How a cell is taken out of a row: by its name, or it is a chosen metric."""
    return CELLS[key] if key in CELLS else lambda row: row.value(key)


def cells_of(rows: Sequence[ReviewRow], key: str) -> list[Cell]:
    """One column of them; the same as :func:`getter` row by row."""
    if key in CELLS:
        return list(map(CELLS[key], rows))
    usual = next((row.metrics for row in rows if row.metrics), ())
    if key not in usual:
        return [row.value(key) for row in rows]
    place = usual.index(key)
    return [row.values[place] if row.metrics is usual else row.value(key) for row in rows]


def parse_where(text: str, is_metric: Callable[[str], bool]) -> Where:
    """A condition such as ``verdict=ready``, ``line.upload<5`` or ``missing=upload``.

    Args:
        text: As somebody typed it.
        is_metric: Whether there is a metric of that name.

    Raises:
        InputError: ``where-invalid`` or ``no-such-column``.
    """
    match = _WHERE.fullmatch(text)
    if match is None or not _comparable(match[1], match[2], match[3]):
        raise InputError(
            "where-invalid",
            N_("This is no condition: {text}"),
            where="--where",
            hint=N_("Write it like verdict=ready, line.upload<5 or missing=upload."),
            text=text,
        )
    return Where(key=known_key(match[1], is_metric, "--where"), how=match[2], value=match[3])


def where_in(text: str, is_metric: Callable[[str], bool]) -> Where | None:
    """The condition that a search holds; none if it is just letters."""
    match = _WHERE.fullmatch(text)
    if match is None or not match[3] or not _comparable(match[1], match[2], match[3]):
        return None
    if match[1] not in CELLS and not is_metric(match[1]):
        return None
    return Where(key=match[1], how=match[2], value=match[3])


def known_key(key: str, is_metric: Callable[[str], bool], where: str) -> str:
    """The name of a cell, if there is such a one. Raises ``InputError``: ``no-such-column``."""
    if key in CELLS or is_metric(key):
        return key
    raise InputError(
        "no-such-column",
        N_("There is no column named {name}."),
        where=where,
        hint=N_("These are columns: {names}; and every metric, as readiness probes lists them."),
        name=key,
        names=", ".join(CELLS),
    )


def filtered(rows: Iterable[ReviewRow], conditions: Sequence[Where]) -> list[ReviewRow]:
    """The rows that meet all conditions."""
    found = list(rows)
    for condition in conditions:
        found = list(filter(condition.test(), found))
    return found


def ordered(rows: Iterable[ReviewRow], key: str, *, falling: bool = False) -> list[ReviewRow]:
    """Sorted by a cell; equal ones stay as they are; those without a value come last, always.

    Numbers stand before words, also where the order is turned round.
    """
    found = list(rows)
    parts = _parted(cells_of(found, key), key)
    return [found[place] for place in _joined(parts, falling=falling)]


def both_ways(cells: Sequence[Cell], key: str) -> tuple[array[int], array[int]]:
    """The places of a column's cells in the order of :func:`ordered`, and in the falling one."""
    found = _parted(cells, key)
    return _joined(found, falling=False), _joined(found, falling=True)


def _parted(cells: Sequence[Cell], key: str) -> _Parts:
    """What is compared, by place; parts of numbers and of words; the places of no value."""
    compared, (numbers, words, lacking) = _compared(cells, key)
    return compared, (parted(numbers, compared), parted(words, compared)), lacking


def _compared(cells: Sequence[Cell], key: str) -> tuple[list[Any], _Places]:
    """What is compared, for each row; and the places of numbers, of words, of no value."""
    order = _ORDERS.get(key)
    compared: list[Any] = list(cells)
    everything = range(len(compared))
    kinds = set(map(type, compared))
    if kinds == {str}:
        if order is not None:
            return [order[found] for found in compared], (everything, (), ())
        # No map: that is one step to Python, in which no other thread has its turn.
        return [found.casefold() for found in compared], ((), everything, ())
    if kinds == {float}:
        return compared, (everything, (), ())
    numbers: list[int] = []
    words: list[int] = []
    lacking: list[int] = []
    for place, found in enumerate(compared):
        if type(found) is float:
            numbers.append(place)
        elif found is None:
            lacking.append(place)
        elif order is not None:
            compared[place] = order[str(found)]
            numbers.append(place)
        elif isinstance(found, str):
            compared[place] = found.casefold()
            words.append(place)
        else:
            compared[place] = number_in(found)
            numbers.append(place)
    return compared, (numbers, words, lacking)


def _joined(found: _Parts, *, falling: bool) -> array[int]:
    """All places in order. An array: that holds nothing through which garbage is looked for."""
    compared, (numbers, words), lacking = found
    joined = array("I")
    for parts in (numbers, words):  # equal ones keep their order, in whichever order they were
        for part in reversed(parts) if falling else parts:
            part.sort(key=compared.__getitem__, reverse=falling)
            joined.extend(part)
    joined.extend(lacking)
    return joined


def number_in(found: Cell) -> float | None:
    """A cell as a number; of a list how many it holds."""
    if isinstance(found, tuple):
        return float(len(found))
    if isinstance(found, datetime):
        return found.timestamp()
    return float(found) if isinstance(found, bool | int | float) else None


def written(found: Cell) -> str:
    """A cell as it is compared by its letters; empty if there is nothing."""
    if found is None:
        return ""
    if isinstance(found, bool):
        return "yes" if found else "no"
    if isinstance(found, datetime):
        return found.astimezone().isoformat(timespec="minutes")
    return " ".join(found) if isinstance(found, tuple) else str(found)


def _same(found: Cell, text: str, number: float | None) -> bool:
    """Whether a cell is what somebody typed: as small letters, and as a number if it is one."""
    if isinstance(found, str):
        return found.casefold() == text
    if isinstance(found, tuple):
        return any(one.casefold() == text for one in found)
    if isinstance(found, bool):
        return _WORDS.get(text) is found
    if isinstance(found, int | float):
        return number == found
    return found is not None and written(found).casefold() == text


def _comparable(key: str, how: str, value: str) -> bool:
    """Whether greater and less make sense."""
    return how not in _OPERATORS or key in TEXTS or _parsed(value) is not None


def _parsed(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
