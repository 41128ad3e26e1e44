"""The door: without arguments, or with files, the window; with commands the terminal."""

from __future__ import annotations

import os
import sys


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
    files = sys.argv[1:] if _names_files(sys.argv[1:]) else []
    if len(sys.argv) > 1 and not files:
        from readiness.cli import main as terminal

        return terminal(sys.argv[1:])
    from readiness.screen import has_screen

    if not has_screen():
        from readiness.cli.root import no_screen

        return no_screen()
    from ui.app import main as window

    return window(files)


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
