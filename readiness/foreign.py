"""Making text that came from elsewhere (a report, a profile, a device's name) fit to be shown."""

from __future__ import annotations

import unicodedata

SHOWN_AT_MOST = 500
_JOINERS = "\u200c\u200d"
"""Zero-width joiners are invisible, but Persian and the Indic scripts are wrong without them."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A cell that begins so is a formula for spreadsheet programs (CWE-1236), also in wide signs."""


def clean(text: str) -> str:
    """One line without control characters, bidi overrides or other invisible marks.

    Overrides and isolates could turn the text around them; NUL ends strings early in some viewers;
    lone surrogates and unassigned code points cannot be written at all.
    """
    short = text[:SHOWN_AT_MOST]
    if not short.isprintable():  # nearly all text is, and needs no look at every sign of it
        short = "".join(_shown(char) for char in short)
    return " ".join(short.split())


def _shown(char: str) -> str:
    if char in _JOINERS:
        return char
    category = unicodedata.category(char)
    if category in ("Zl", "Zp") or char in "\t\n\r":
        return " "
    return "" if category.startswith("C") else char


def cell(text: str) -> str:
    """Text for a cell of a table that spreadsheet programs open: never a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def clean_lines(text: str) -> str:
    """Several lines without control characters, bidi overrides or other invisible marks.

    Nothing is cut: for texts whose length is looked at elsewhere.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n").split("\n")
    return "\n".join(map(_whole_line, lines)).strip()


def _whole_line(line: str) -> str:
    return (line if line.isprintable() else "".join(map(_shown, line))).rstrip()
