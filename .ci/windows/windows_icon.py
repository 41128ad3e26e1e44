"""The icon: the product's picture in all sizes that Windows asks for, in one file."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from given import RELEASE, ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
PICTURE = ROOT / "resources" / "icons" / "readiness.svg"


def draw_icon(path: Path, python: Path) -> Path:
    """Draw it; returns its file.

    Args:
        path: The file.
        python: A Python that has Qt.

    Raises:
        Stop: It cannot be drawn.
    """
    pictures = {}
    for size in SIZES:
        drawn = path.with_name(f"{path.stem}-{size}.png")
        run([python, RELEASE / "draw.py", PICTURE, str(size), drawn])
        pictures[size] = drawn.read_bytes()
    path.write_bytes(together(pictures))
    return path


def together(pictures: dict[int, bytes]) -> bytes:
    """An icon file (ICO) of square PNG pictures, by their width."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    entries = b""
    for size, data in pictures.items():
        # 256 is written as 0: one byte holds no more.
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), at)
        at += len(data)
    return head + entries + b"".join(pictures.values())
