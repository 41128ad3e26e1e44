"""The recruiter's desk in the window, opened from the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.cli.root import Exit, no_screen
from readiness.screen import has_screen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from readiness.review.having import Having


def open_desk(paths: Sequence[Path], having: Having, address: str | None) -> Exit:
    """Show what lies there in the window; returns when that is closed.

    Args:
        paths: What is read; without any, and with an address, what is kept there.
        having: What the reader has.
        address: Of the archive for notes; none: the reader's own, if they write one.
    """
    if not has_screen():
        return no_screen()
    from ui.app import main as window

    return Exit.READY if window([str(path) for path in paths], having, address) == 0 else Exit.FAULT
