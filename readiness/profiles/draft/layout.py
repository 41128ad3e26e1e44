"""Where everything stands in the text of a profile: the characters of each key and value.

For changing one value without touching any other character. Reads only text that the TOML parser
has accepted, so it has nothing to say about what is wrong with a text. TOML 1.0: https://toml.io
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Place: TypeAlias = tuple[str | int, ...]
"""Keys and numbers of entries from the top: ``("requirement", 2, "any_of", 0, "unit")``."""

_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_NAME = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_VALUE = re.compile(
    r'''"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'''
    r"""|'''(?:[^']|'{1,2}(?!'))*'{3,5}"""
    r'''|"(?:[^"\\\n]|\\.)*"'''
    r"""|'[^'\n]*'"""
    r"""|\d{4}-\d\d-\d\d[ ]\d\d:[^\s,\]}#]+"""
    r"""|[^\s,\]}#]+""",
    re.DOTALL,
)


class Form(StrEnum):
    """How a value is written."""

    PLAIN = "plain"
    LIST = "list"
    TABLE = "table"


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One value and where it stands.

    Attributes:
        place: What it is.
        home: The place of the brackets or of the section that it stands in.
        row: Whether it stands in a section, as ``key = value``; else it stands in brackets.
        begin: Where its key begins; of an entry of a list, where the value does.
        start: Where the value begins.
        end: Where the value has ended.
        form: How it is written.
    """

    place: Place
    home: Place
    row: bool
    begin: int
    start: int
    end: int
    form: Form


@dataclass(frozen=True, kw_only=True)
class Section:
    """A header such as ``[[requirement]]`` with the rows below it; the first one has no header.

    Attributes:
        place: What it is; empty for the top of the file.
        begin: Where the line of the header begins.
        head: Where that line has ended.
        end: Where the line of the last row has ended.
        rows: Its rows, in order.
    """

    place: Place
    begin: int
    head: int
    end: int
    rows: tuple[Spot, ...]


@dataclass(frozen=True)
class Layout:
    """A text, its sections in order, and where each value stands."""

    text: str
    sections: tuple[Section, ...]
    spots: Mapping[Place, Spot]

    @property
    def newline(self) -> str:
        """How its lines end."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def inside(self, place: Place) -> list[Spot]:
        """What stands directly in the brackets at ``place``, in order."""
        found = [spot for spot in self.spots.values() if not spot.row and spot.home == place]
        return sorted(found, key=lambda spot: spot.begin)

    def rows_of(self, place: Place) -> list[Spot]:
        """The rows of a section above that are ``place`` or in it: ``place.key = value``."""
        rows = (row for section in self.sections for row in section.rows)
        depth = len(place)
        return [row for row in rows if row.place[:depth] == place and len(row.home) < depth]

    def section(self, place: Place) -> Section | None:
        """The section that is ``place``, if it has one."""
        return next((one for one in self.sections if one.place == place), None)

    def sections_below(self, place: Place) -> list[Section]:
        """The sections that belong to ``place``, its own first."""
        return [one for one in self.sections if one.place[: len(place)] == place]


def read_layout(text: str) -> Layout:
    """Find where everything stands in ``text``, which is valid TOML."""
    reader = _Reader(text)
    reader.read()
    return Layout(text, tuple(reader.sections), reader.spots)


def line_begin(text: str, at: int) -> int:
    """Where the line around ``at`` begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where the line around ``at`` has ended, its line break included."""
    return text.find("\n", at) + 1 or len(text)


class _Reader:
    """Goes through a text once, from value to value."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.sections: list[Section] = []
        self.spots: dict[Place, Spot] = {}
        self._entries: dict[Place, int] = {}
        """Lists that are written as ``[[...]]`` -> how many entries they have so far."""

    def read(self) -> None:
        place: Place = ()
        begin = head = 0
        rows: list[Spot] = []
        while True:
            self._take(_GAP)
            ended = self.at == len(self.text)
            if not ended and self.text[self.at] != "[":
                rows.append(self._entry(place, row=True))
                continue
            end = line_end(self.text, rows[-1].end) if rows else head
            self.sections.append(
                Section(place=place, begin=begin, head=head, end=end, rows=tuple(rows))
            )
            if ended:
                return
            begin = line_begin(self.text, self.at)
            place, rows = self._header(), []
            head = line_end(self.text, self.at)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise ValueError(f"no TOML at character {self.at}")
        self.at = found.end()
        return found[0]

    def _header(self) -> Place:
        marks = 2 if self.text.startswith("[[", self.at) else 1
        self.at += marks
        *above, last = self._names()
        self.at += marks
        place = (*self._newest(above), last)
        if marks == 1:
            return place
        number = self._entries.get(place, 0)
        self._entries[place] = number + 1
        return (*place, number)

    def _newest(self, names: list[str]) -> Place:
        """The place that a header means: of a list always the entry that was written last."""
        place: Place = ()
        for name in names:
            place = (*place, name)
            if place in self._entries:
                place = (*place, self._entries[place] - 1)
        return place

    def _names(self) -> list[str]:
        """A key, which may have several parts: ``summary.en``."""
        names = []
        while True:
            self._take(_BLANK)
            names.append(_unquoted(self._take(_NAME)))
            self._take(_BLANK)
            if self.text[self.at] != ".":
                return names
            self.at += 1

    def _entry(self, home: Place, *, row: bool) -> Spot:
        begin = self.at
        place = (*home, *self._names())
        self.at += len("=")
        self._take(_BLANK)
        return self._value(place, home, begin, row=row)

    def _value(self, place: Place, home: Place, begin: int, *, row: bool) -> Spot:
        start = self.at
        form = {"[": Form.LIST, "{": Form.TABLE}.get(self.text[start], Form.PLAIN)
        if form is Form.PLAIN:
            self._take(_VALUE)
        else:
            self._brackets(place, form)
        spot = Spot(
            place=place, home=home, row=row, begin=begin, start=start, end=self.at, form=form
        )
        self.spots[place] = spot
        return spot

    def _brackets(self, place: Place, form: Form) -> None:
        self.at += 1
        number = 0
        while True:
            self._take(_GAP)
            if self.text[self.at] in "]}":
                break
            if form is Form.TABLE:
                self._entry(place, row=False)
            else:
                self._value((*place, number), place, self.at, row=False)
            number += 1
            self._take(_GAP)
            if self.text[self.at] == ",":
                self.at += 1
        self.at += 1


def _unquoted(name: str) -> str:
    if name.startswith('"'):
        return str(tomllib.loads(f"name = {name}")["name"])
    return name.strip("'")
