"""Bytes in, TOML tree out: everything that is refused before a profile is looked at."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from readiness.model.text import N_

if TYPE_CHECKING:
    from readiness.profiles.faults import Faults

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
NEWLINE = b"\n"
MAX_DOTS = 100
"""In one line: the parser's time grows with the square of the parts of a dotted key."""

_LINE = re.compile(r"at line (\d+)")
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_tree(data: bytes, faults: Faults) -> dict[str, Any] | None:
    """Parse TOML; none, with the reason noted, if that cannot be done."""
    text = _text(data, faults)
    if text is None or not _shallow_lines(text, faults):
        return None
    try:
        tree = tomllib.loads(text)
    except RecursionError:
        _too_deep(faults, "")
        return None
    except ValueError as error:  # also of numbers with thousands of digits
        _syntax(str(error), faults)
        return None
    return tree if _shallow_tree(tree, faults) else None


def _text(data: bytes, faults: Faults) -> str | None:
    if len(data) > MAX_BYTES:
        faults.add(
            "profile-too-large",
            N_("The file is larger than {limit} KiB."),
            "",
            N_("Check that it is the right file; a profile has a few kilobytes."),
            limit=MAX_BYTES // 1024,
        )
    elif data.startswith(_UTF8_MARK):
        faults.add(
            "profile-byte-order-mark",
            N_("The file begins with a byte order mark."),
            "line 1",
            N_("Save it again as UTF-8 without BOM."),
        )
    elif data.startswith(_UTF16_MARKS) or b"\0" in data:
        faults.add(
            "profile-utf-16",
            N_("The file is UTF-16 or not text at all."),
            "line 1",
            N_("Save it again as UTF-8."),
        )
    else:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            faults.add(
                "profile-encoding",
                N_("The file is not UTF-8 text."),
                f"line {data.count(NEWLINE, 0, error.start) + 1}",
                N_("Save it again as UTF-8."),
            )
    return None


def _shallow_lines(text: str, faults: Faults) -> bool:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MAX_DOTS:
            _too_deep(faults, f"line {number}")
            return False
    return True


def _shallow_tree(tree: dict[str, Any], faults: Faults) -> bool:
    level: list[Any] = [tree]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node)
            if isinstance(child, dict | list)
        ]
        if not level:
            return True
    _too_deep(faults, "")
    return False


def _too_deep(faults: Faults, path: str) -> None:
    faults.add(
        "profile-too-deep",
        N_("The file is nested too deeply."),
        path,
        N_("A profile has tables in tables, at most {limit} deep."),
        limit=MAX_DEPTH,
    )


def _syntax(reason: str, faults: Faults) -> None:
    line = _LINE.search(reason)
    faults.add(
        "profile-syntax",
        N_("This is not valid TOML: {reason}"),
        f"line {line[1]}" if line else "",
        N_('Write lines such as level = "must", texts in quotation marks.'),
        reason=reason,
    )
