"""``python .ci/windows package``: builds the program for Windows, and tries it in a room."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from given import say
from windows_build import build_for_trial
from windows_trial import try_setup
from wine_crt import complete
from wine_room import Room, begin_windows, make_tree

if TYPE_CHECKING:
    from collections.abc import Callable


def build_package(place: Path) -> Callable[[Room], None]:
    """Build the program; returns what tries it in a room with Wine.

    Raises:
        Stop: A step fails.
    """
    python = Path(sys.executable)
    setup, icon = build_for_trial(place / "package", python)
    return lambda room: try_setup(room, setup, icon, python)


def run_package(place: Path) -> None:
    """Do both, with nothing else.

    Raises:
        Stop: A step fails.
    """
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try_package = build_package(place)
    say("Wine …")
    make_tree(place / "tree")
    with Room(place / "tree", place / "state") as room:
        begin_windows(room)
        complete(room)
        try_package(room)
    shutil.rmtree(place)
