"""Values as TOML, in the way in which the shipped profiles are written."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.profiles.draft.layout import Place

WIDEST = 120
"""Characters of a line with a list of tables in it; a longer list gets a line for each entry."""

INDENT = "    "

ORDER = (
    *("schema", "id", "usb", "host", "port", "protocol", "public", "name", "link"),
    *("kind", "level", "area", "cost", "text", "title", "summary", "address", "seen", "grade"),
    *("why", "applies_to", "metric"),
    *("at_least", "at_most", "between", "equals", "one_of", "covers", "hours_at_least"),
    *("unit", "tolerance", "within", "unclear", "when"),
    *("any_of", "question", "accept", "choices", "source"),
    *("advice", "systems", "picture", "pictures", "en", "de", "es"),
)
"""The order of keys in all tables of a profile, as ``docs/profile-format.md`` describes them."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def rank(key: str) -> int:
    """Where a key stands among others; those that are not known stand last."""
    return ORDER.index(key) if key in ORDER else len(ORDER)


def written(value: object, newline: str = "") -> str:
    """A value as TOML.

    Args:
        value: True or false, a number, a text, a day, a list or a table of such.
        newline: The line break that may be used between the tables of a list; empty: none.

    Raises:
        TypeError: Such a value has no form in TOML.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return _list([written(one) for one in value], newline)
    if isinstance(value, dict):
        inner = ", ".join(f"{written_key(key)} = {written(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    raise TypeError(f"{type(value).__name__} has no form in TOML")


def lines_of(entries: list[str], newline: str, margin: str = "") -> str:
    """A list with a line for each entry."""
    inner = "".join(f"{margin}{INDENT}{entry},{newline}" for entry in entries)
    return f"[{newline}{inner}{margin}]"


def written_key(name: str) -> str:
    """A key as it must be written: in quotation marks if it has unusual letters."""
    return name if _BARE.fullmatch(name) else _text(name)


def rows(table: Mapping[str, object], newline: str) -> str:
    """The keys of a section, one line each, in the usual order."""
    return "".join(row((key,), table[key], newline) for key in sorted(table, key=rank))


def row(keys: Place, value: object, newline: str) -> str:
    """One line ``key = value`` with its line break."""
    return f"{dotted(keys)} = {written(value, newline)}{newline}"


def dotted(keys: Place) -> str:
    """Several keys in one: ``summary.en``; numbers of entries are left out."""
    return ".".join(written_key(key) for key in keys if isinstance(key, str))


def _list(entries: list[str], newline: str) -> str:
    line = f"[{', '.join(entries)}]"
    tables = bool(entries) and entries[0].startswith("{")
    if newline and tables and (len(entries) > 1 or len(line) > WIDEST):
        return lines_of(entries, newline)
    return line


def _text(text: str) -> str:
    """TOML escapes what JSON escapes, and the delete character besides."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
