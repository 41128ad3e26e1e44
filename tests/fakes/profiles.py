"""The bytes of the shipped profiles, and what differs between two texts."""

from __future__ import annotations

import difflib

from readiness.profiles import FOLDER

BYTES = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.toml"))}
"""The shipped profiles by id, read once."""


def changed_lines(before: bytes, after: bytes) -> list[str]:
    """The lines that were taken away (``-...``) and put there (``+...``), as ``diff`` says it."""
    told = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    return [f"{line[0]}{line[2:]}" for line in told if line[0] in "+-"]
