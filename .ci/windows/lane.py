"""The Windows lane: a room with Wine, Windows' Python in it, and all that is tried there."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from given import ROOT, say
from suite import HOME, run_ours, run_suite
from surroundings import begin_network, begin_sound
from wine_crt import complete
from wine_python import make_python
from wine_room import Room, begin_windows, make_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PRODUCT = ("readiness", "ui", "resources", "tests", "docs", "bench", ".ci", ".github")
UNWANTED = shutil.ignore_patterns("__pycache__", "*.pyc", ".hypothesis")


def furnish(place: Path) -> None:
    """Make the tree and Windows' Python, both at once; nothing of an earlier lane is used.

    Raises:
        Stop: One cannot be made.
    """
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    with ThreadPoolExecutor() as pool:
        made = [pool.submit(make_tree, place / "tree"), pool.submit(make_python, place)]
        for one in made:
            one.result()


def move_in(room: Room, place: Path) -> None:
    """Start Windows and what is around it; put Python and the product there.

    Raises:
        Stop: It fails.
    """
    begin_network(room)
    begin_sound(room)
    say(begin_windows(room))
    complete(room)
    (place / "python").rename(room.drive / "Python312")
    home = room.drive / HOME
    (home / "Temp").mkdir(parents=True)
    for name in PRODUCT:
        shutil.copytree(ROOT / name, home / "Readiness" / name, ignore=UNWANTED)
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, home / "Readiness")


IN_THE_ROOM: tuple[tuple[str, Callable[[Room], None]], ...] = (
    ("the suite", run_suite),
    ("what is about Windows", run_ours),
)
"""What is tried there, in this order."""


def run_lane(place: Path) -> None:
    """Run everything; say after each step how long the lane has lasted.

    Raises:
        Stop: A step fails.
    """
    begin = time.monotonic()

    def lap(name: str) -> None:
        say(f"[{time.monotonic() - begin:4.0f} s] {name}")

    furnish(place)
    lap("Wine and Windows' Python")
    with Room(place / "tree", place / "state") as room:
        move_in(room, place)
        lap("moved in")
        for name, step in IN_THE_ROOM:
            step(room)
            lap(name)
    shutil.rmtree(place)
