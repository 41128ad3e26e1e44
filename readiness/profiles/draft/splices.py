"""Changes of a profile's text that touch nothing but what is changed: set, remove, add, reorder.

Each takes a layout and gives the new text. Comments stay, except on the line of what is removed.
A comment directly above a header, without an empty line between, belongs to it and goes with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readiness.profiles.draft.layout import Form, Place, line_begin, line_end
from readiness.profiles.draft.written import (
    INDENT,
    dotted,
    lines_of,
    rank,
    row,
    rows,
    written,
    written_key,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readiness.profiles.draft.layout import Layout, Section, Spot

_AFTER_ENTRY = re.compile(r"[ \t]*,?[ \t]*(?:#[^\n]*)?(?:\r?\n|$)")
_EMPTY_LINE = re.compile(r"[ \t]*\r?\n")
_COMMENT_LINE = re.compile(r"[ \t]*#")


class NoPlaceError(LookupError):
    """The text has no place of that name, or is written in a way that cannot be changed here."""


def put(layout: Layout, place: Place, value: object) -> str:
    """Set a value, or add a key to a table that is there.

    Raises:
        NoPlaceError: There is no such table.
    """
    *above, name = place
    home = tuple(above)
    spot, around, section = layout.spots.get(place), layout.spots.get(home), layout.section(home)
    if spot is not None:
        line = layout.newline if spot.row else ""
        return _spliced(layout.text, spot.start, spot.end, written(value, line))
    if isinstance(name, int) or layout.sections_below(place) or layout.rows_of(place):
        raise NoPlaceError(place)
    if around is not None:
        return _into_table(layout, around, name, value)
    if section is not None:
        return _into_section(layout, section, name, value)
    if layout.rows_of(home):
        return _beside(layout, layout.rows_of(home), name, value, depth=len(home))
    if layout.sections_below(home) and isinstance(value, dict):
        header = f"[{dotted(place)}]{layout.newline}"
        last = layout.sections_below(home)[-1]
        return _with_block(layout, last.end, header + rows(value, layout.newline))
    raise NoPlaceError(place)


def drop(layout: Layout, place: Place) -> str:
    """Remove a value, a table, or an entry of a list.

    Raises:
        NoPlaceError: There is none.
    """
    spot = layout.spots.get(place)
    if spot is not None and not spot.row:
        return _out_of_brackets(layout, spot)
    text, sections = layout.text, layout.sections_below(place)
    gone = [_with_gap(text, *_block(layout, run)) for run in _runs(layout, sections)]
    gone += [
        (line_begin(text, one.begin), line_end(text, one.end)) for one in layout.rows_of(place)
    ]
    if not gone or not place:
        raise NoPlaceError(place)
    for begin, end in sorted(gone, reverse=True):
        text = text[:begin] + text[end:]
    return text


def add(layout: Layout, place: Place, entry: Mapping[str, object], at: int) -> str:
    """Put an entry into the list of tables at ``place``, before the one that is ``at`` now.

    Raises:
        NoPlaceError: There is no such list.
    """
    spot = layout.spots.get(place)
    if spot is not None and spot.form is Form.LIST:
        return _into_list(layout, spot, written(dict(entry)), at)
    entries = _entries(layout, place)
    if not entries and len(place) > 1:
        raise NoPlaceError(place)
    block = f"[[{dotted(place)}]]{layout.newline}{rows(entry, layout.newline)}"
    if not entries:
        return _with_block(layout, len(layout.text), block)
    if at > 0:
        return _with_block(layout, entries[at - 1][-1].end, block)
    begin, _ = _block(layout, entries[0])
    return layout.text[:begin] + block + layout.newline + layout.text[begin:]


def reorder(layout: Layout, place: Place, order: Sequence[int]) -> str:
    """Write the entries of the list at ``place`` in another order.

    Args:
        layout: The text.
        place: The list.
        order: For each entry of the new list, its number in the old one.

    Raises:
        NoPlaceError: There is no such list, or other sections stand between those of one entry.
    """
    text = layout.text
    if place in layout.spots:
        slots = [(spot.begin, spot.end) for spot in layout.inside(place)]
    else:
        if not text.endswith("\n"):
            text += layout.newline
        slots = [_whole(layout, entry) for entry in _entries(layout, place)]
        slots = [(begin, line_end(text, end - 1)) for begin, end in slots]
    if not slots:
        raise NoPlaceError(place)
    parts = [text[begin:end] for begin, end in slots]
    for (begin, end), number in sorted(zip(slots, order, strict=True), reverse=True):
        text = _spliced(text, begin, end, parts[number])
    return text


# --- into ---------------------------------------------------------------------------------------


def _into_table(layout: Layout, around: Spot, name: str, value: object) -> str:
    entry = f"{written_key(name)} = {written(value)}"
    entries = layout.inside(around.place)
    if around.form is not Form.TABLE:
        raise NoPlaceError((*around.place, name))
    if not entries:
        return _spliced(layout.text, around.start, around.end, f"{{ {entry} }}")
    before = _before(entries, name, len(around.place))
    if before is None:
        return _spliced(layout.text, entries[0].begin, entries[0].begin, f"{entry}, ")
    return _spliced(layout.text, before.end, before.end, f", {entry}")


def _into_section(layout: Layout, section: Section, name: str, value: object) -> str:
    line = row((name,), value, layout.newline)
    before = _before(section.rows, name, len(section.place))
    if before is not None:
        return _with_line(layout, before, line)
    at = line_begin(layout.text, section.rows[0].begin) if section.rows else section.head
    return _inserted(layout, at, line)


def _beside(
    layout: Layout, entries: Sequence[Spot], name: str, value: object, *, depth: int
) -> str:
    """Beside ``summary.en = "..."`` the line ``summary.de = "..."``."""
    before = _before(entries, name, depth) or entries[-1]
    keys = (*before.place[len(before.home) : depth], name)
    return _with_line(layout, before, row(keys, value, layout.newline))


def _into_list(layout: Layout, spot: Spot, entry: str, at: int) -> str:
    text, entries = layout.text, layout.inside(spot.place)
    if entries and all(_own_line(text, one, spot) for one in entries):
        return _as_own_line(layout, entries, spot, entry, at)
    if "\n" not in text[spot.start : spot.end]:
        parts = [text[one.begin : one.end] for one in entries]
        parts.insert(at, entry)
        margin = _margin(text, spot.begin)
        many = lines_of(parts, layout.newline, margin)
        return _spliced(text, spot.start, spot.end, many if len(parts) > 1 else f"[{entry}]")
    if at > 0:
        return _spliced(text, entries[at - 1].end, entries[at - 1].end, f", {entry}")
    return _spliced(text, spot.start + 1, spot.start + 1, f"{entry}, " if entries else entry)


def _as_own_line(layout: Layout, entries: Sequence[Spot], spot: Spot, entry: str, at: int) -> str:
    text = layout.text
    line = f"{_margin(text, entries[0].begin) or INDENT}{entry},{layout.newline}"
    if at == 0:
        return _inserted(layout, line_end(text, spot.start), line)
    last = entries[at - 1]
    after = line_end(text, last.end)
    text = text[:after] + line + text[after:]
    comma = text[last.end :].lstrip(" \t").startswith(",")
    return text if comma else _spliced(text, last.end, last.end, ",")


# --- out of -------------------------------------------------------------------------------------


def _out_of_brackets(layout: Layout, spot: Spot) -> str:
    text, entries = layout.text, layout.inside(spot.home)
    around = layout.spots[spot.home]
    number = entries.index(spot)
    if _own_line(text, spot, around):
        return text[: line_begin(text, spot.begin)] + text[line_end(text, spot.end) :]
    if len(entries) == 1:
        empty = "[]" if around.form is Form.LIST else "{}"
        return _spliced(text, around.start, around.end, empty)
    if number + 1 < len(entries):
        return text[: spot.begin] + text[entries[number + 1].begin :]
    return text[: entries[number - 1].end] + text[spot.end :]


def _block(layout: Layout, run: Sequence[Section]) -> tuple[int, int]:
    """Sections that follow each other, from the comment directly above the first header."""
    begin = run[0].begin
    while begin > 0:
        above = line_begin(layout.text, begin - 1)
        if not _COMMENT_LINE.match(layout.text, above):
            break
        begin = above
    return begin, run[-1].end


def _with_gap(text: str, begin: int, end: int) -> tuple[int, int]:
    """A block with one of the empty lines around it."""
    gap = _EMPTY_LINE.match(text, end)
    if gap is not None:
        return begin, gap.end()
    above = line_begin(text, begin - 1) if begin else begin
    last = end == len(text) and not text[above:begin].strip()
    return (above if last else begin), end


def _runs(layout: Layout, sections: Sequence[Section]) -> list[list[Section]]:
    """The sections, those together that follow each other in the text."""
    after = dict(zip(map(id, layout.sections[1:]), layout.sections, strict=False))
    found: list[list[Section]] = []
    for section in sections:
        if found and after.get(id(section)) is found[-1][-1]:
            found[-1].append(section)
        else:
            found.append([section])
    return found


def _whole(layout: Layout, sections: Sequence[Section]) -> tuple[int, int]:
    """The sections of one entry as one piece of the text."""
    if len(_runs(layout, sections)) > 1:
        raise NoPlaceError(sections[0].place)
    return _block(layout, sections)


# --- reading a layout ---------------------------------------------------------------------------


def _entries(layout: Layout, place: Place) -> list[list[Section]]:
    """The sections of each entry of a list that is written as ``[[...]]``."""
    found: dict[int, list[Section]] = {}
    for section in layout.sections_below(place):
        number = section.place[len(place)] if len(section.place) > len(place) else None
        if isinstance(number, int):
            found.setdefault(number, []).append(section)
    return [found[number] for number in sorted(found)]


def _before(entries: Sequence[Spot], name: str, depth: int) -> Spot | None:
    """The last entry that stands before a key of that name in the usual order."""
    earlier = [one for one in entries if rank(str(one.place[depth])) <= rank(name)]
    return earlier[-1] if earlier else None


def _own_line(text: str, spot: Spot, around: Spot) -> bool:
    """Whether an entry has its lines for itself: nothing before it, at most a comment after it."""
    begin = line_begin(text, spot.begin)
    alone = begin > around.start and not text[begin : spot.begin].strip()
    return alone and _AFTER_ENTRY.match(text, spot.end) is not None


def _margin(text: str, at: int) -> str:
    """The white space at the beginning of the line around ``at``."""
    begin = line_begin(text, at)
    found = re.compile(r"[ \t]*").match(text, begin)
    return found[0] if found else ""


def _with_line(layout: Layout, before: Spot, line: str) -> str:
    margin = _margin(layout.text, before.begin)
    return _inserted(layout, line_end(layout.text, before.end), margin + line)


def _with_block(layout: Layout, at: int, block: str) -> str:
    """With a section after ``at``, an empty line between."""
    return _inserted(layout, at, layout.newline + block)


def _inserted(layout: Layout, at: int, lines: str) -> str:
    """With whole lines at ``at``; the line before is ended first if it is the last of the file."""
    text = layout.text
    ended = at == 0 or text[at - 1] == "\n"
    return _spliced(text, at, at, lines if ended else layout.newline + lines)


def _spliced(text: str, begin: int, end: int, new: str) -> str:
    return text[:begin] + new + text[end:]
