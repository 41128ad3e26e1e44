"""The door: without arguments, or with files, the window; with commands the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from readiness.packages import Piece

SELF_TEST = "--self-test"


def main() -> int:
    """Start the window or the command line; returns the exit status."""
    _give_streams()
    if getattr(sys, "frozen", False):
        # Reading a PDF report starts this very program again as a child; see multiprocessing.
        import multiprocessing

        multiprocessing.freeze_support()
    if sys.argv[1:] == ["line-child"]:
        # A frozen program measures the line in a child that is itself; see system/line/process.py.
        from readiness.system.line.child import main as child

        child()
    if sys.argv[1:2] == [SELF_TEST]:
        from readiness.cli.self_test import main as self_test

        return self_test(sys.argv[2:], _show_window)
    files = sys.argv[1:] if _names_files(sys.argv[1:]) else []
    if len(sys.argv) > 1 and not files:
        from readiness.cli import main as terminal

        return terminal(sys.argv[1:])
    from readiness.screen import has_screen

    if not has_screen():
        from readiness.cli.root import no_screen

        return no_screen()
    lacking = _missing_libraries()
    if lacking:
        from readiness.cli.root import no_libraries

        return no_libraries(lacking)
    from ui.app import main as window

    return window(files)


def _missing_libraries() -> Sequence[Piece]:
    """What the window needs of Linux and a packaged program found missing: Qt would just abort."""
    if not getattr(sys, "frozen", False):
        return ()
    from readiness.packages import For, missing

    return missing(For.WINDOW)


def _show_window(home: Path, *, on_screen: bool) -> dict[str, bool | int | float | str | list[str]]:
    """The window of the self-test; imported late, for that may fail and is then a finding."""
    from readiness.screen import has_screen
    from ui.self_test import show_window

    if on_screen and not has_screen():
        raise RuntimeError("there is no screen here")
    return show_window(home, on_screen=on_screen)


def _names_files(arguments: list[str]) -> bool:
    """Whether files are to be opened, as after a double click, and no command is named."""
    if not arguments:
        return False
    from readiness.handed_file import looks_like_file

    return all(map(looks_like_file, arguments))


def _give_streams() -> None:
    """A windowed start on Windows has no standard streams; third parties expect them."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for good
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for good


if __name__ == "__main__":
    sys.exit(main())
