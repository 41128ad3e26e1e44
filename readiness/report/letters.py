"""Which letters the bundled fonts can draw, read from the fonts' own character maps.

PDF/A and PDF/UA forbid letters without a shape, so a letter that no bundled font has is replaced
before the document is made. OpenType, table ``cmap``, formats 4 and 12:
https://learn.microsoft.com/typography/opentype/spec/cmap
"""

from __future__ import annotations

import struct
from functools import cache

from readiness.locale import RESOURCES

FONTS = RESOURCES / "fonts"
FILES = ("Inter-Regular.otf", "Inter-SemiBold.otf", "Inter-Italic.otf", "DejaVuSans.ttf")
MISSING = "□"
INVISIBLE = frozenset("\u200c\u200d\u2068\u2069\n ")
"""Joiners and isolates steer the layout and are never drawn."""

_TABLE_RECORD = struct.Struct(">4sLLL")
_ENCODING_RECORD = struct.Struct(">HHL")
_GROUP = struct.Struct(">LLL")


def drawable(text: str) -> str:
    """``text`` with every letter that the bundled fonts lack replaced by ``□``."""
    known = _known()
    return "".join(c if ord(c) in known or c in INVISIBLE else MISSING for c in text)


@cache
def _known() -> frozenset[int]:
    """What the upright regular fonts have; the other weights of Inter have the same letters."""
    found: set[int] = set()
    for name in ("Inter-Regular.otf", "DejaVuSans.ttf"):
        found |= _characters((FONTS / name).read_bytes())
    return frozenset(found)


def _characters(font: bytes) -> set[int]:
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", cmap, 2)
    found: set[int] = set()
    for index in range(count):
        _, _, offset = _ENCODING_RECORD.unpack_from(cmap, 4 + 8 * index)
        (kind,) = struct.unpack_from(">H", cmap, offset)
        if kind == 4:  # noqa: PLR2004 - segments of the basic plane
            found |= _segments(cmap, offset)
        elif kind == 12:  # noqa: PLR2004 - groups of all planes
            found |= _groups(cmap, offset)
    return found


def _table(font: bytes, wanted: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        tag, _, offset, length = _TABLE_RECORD.unpack_from(font, 12 + 16 * index)
        if tag == wanted:
            return font[offset : offset + length]
    raise ValueError("a bundled font has no character map")


def _segments(cmap: bytes, offset: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", cmap, offset + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", cmap, offset + 14)
    starts = struct.unpack_from(f">{count}H", cmap, offset + 16 + doubled)
    pairs = zip(starts, ends, strict=True)
    return {code for start, end in pairs for code in range(start, min(end, 0xFFFE) + 1)}


def _groups(cmap: bytes, offset: int) -> set[int]:
    (count,) = struct.unpack_from(">L", cmap, offset + 12)
    found: set[int] = set()
    for index in range(count):
        start, end, _ = _GROUP.unpack_from(cmap, offset + 16 + 12 * index)
        found.update(range(start, end + 1))
    return found
