"""Where a packaged program begins. Alone in its folder: PyInstaller looks for modules beside it."""

from __future__ import annotations

import os
import sys
from typing import Any

from readiness.__main__ import main

OPEN_FILES = "/proc/self/fd"
"""Linux: a file that is open can be opened anew under this, also when its name leads elsewhere."""


def hold_open(archive: Any) -> None:  # noqa: ANN401 - PyInstaller ships no types
    """Read modules out of the program that was started, until it ends.

    PyInstaller opens the program by its name each time that a module is imported. An update puts
    another program there, in which the modules lie elsewhere, while a window may still be open.

    Args:
        archive: PyInstaller's reader of the modules.
    """
    if os.path.isdir(OPEN_FILES):  # noqa: PTH112 - pathlib takes time to import
        held = os.open(archive._filename, os.O_RDONLY)  # noqa: SLF001 - there is no other way to it
        archive._filename = f"{OPEN_FILES}/{held}"  # noqa: SLF001


if __name__ == "__main__":
    hold_open(sys.modules["pyimod02_importers"].pyz_archive)
    sys.exit(main())
