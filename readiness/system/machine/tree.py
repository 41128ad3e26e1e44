"""Reads the small text files of /proc and /sys; what is absent or refused is simply not told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 1024 * 1024


def read_bytes(path: Path) -> bytes | None:
    """The file's first MiB; none if it is absent, refused, or its driver returns an error."""
    try:
        with path.open("rb") as stream:
            return stream.read(LIMIT)
    except OSError:
        return None


def read_text(path: Path) -> str | None:
    """The file's text without the blank space around it; none where it cannot be read."""
    content = read_bytes(path)
    return None if content is None else content.decode("utf-8", errors="replace").strip()


def read_number(path: Path) -> int | None:
    """The whole number in the file; none where there is none."""
    text = read_text(path) or ""
    return int(text) if text.lstrip("-").isdigit() and text.isascii() else None
