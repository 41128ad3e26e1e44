"""The Windows lane: a room with Wine, Windows' Python in it, and all that is tried there."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from given import ROOT, Stop, install, say
from suite import HOME, run_ours, run_suite
from surroundings import begin_network, begin_sound
from windows_packaged import build_package
from wine_crt import complete
from wine_python import make_python
from wine_room import Room, begin_windows, make_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Step = Callable[[Room], None]

PRODUCT = ("readiness", "ui", "resources", "tests", "docs", "bench", ".ci", ".github")
UNWANTED = shutil.ignore_patterns("__pycache__", "*.pyc", ".hypothesis")


PROGRAMS = {
    "mmdebstrap": "mmdebstrap",
    "makensis": "nsis",
    "node": "nodejs",
    "npm": "npm",
    "osslsigncode": "osslsigncode",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "x86_64-w64-mingw32-objdump": "binutils-mingw-w64-x86-64",
}
"""What the lane runs on this system -> its package of Debian."""


def furnish(place: Path) -> Step:
    """Make the tree, Windows' Python and the installer, at once and from nothing.

    Returns:
        What tries the installer in the room.

    Raises:
        Stop: One cannot be made.
    """
    install(PROGRAMS)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    with ThreadPoolExecutor() as pool:
        made = [pool.submit(make_tree, place / "tree"), pool.submit(make_python, place)]
        package = pool.submit(build_package, place)
        for one in made:
            one.result()
        return package.result()


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
    # Files that tests are sure of are on the disk: in memory that takes no time.
    inside = f"/w/prefix/drive_c/{HOME}/Temp"
    room.run(["mount", "-t", "tmpfs", "own", inside], limit_s=10)
    for name in PRODUCT:
        shutil.copytree(ROOT / name, home / "Readiness" / name, ignore=UNWANTED)
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, home / "Readiness")


def try_apart(place: Path, try_package: Step) -> None:
    """Try the installer in a room of its own, with a Windows of its own.

    Raises:
        Stop: It fails.
    """
    with Room(place / "tree", place / "apart") as room:
        begin_windows(room)
        complete(room)
        try_package(room)


def run_lane(place: Path) -> None:
    """Run everything; say after each step how long the lane has lasted.

    The installer is tried while the suite runs, for either waits for Wine half of its time. What is
    about Windows comes last and alone: some of it listens.

    Raises:
        Stop: A step fails.
    """
    begin = time.monotonic()
    failed = []

    def lap(name: str) -> None:
        say(f"[{time.monotonic() - begin:4.0f} s] {name}")

    def do(name: str, step: Callable[[], None]) -> None:
        try:
            step()
        except Stop as stop:  # what comes after it is told all the same
            say(str(stop))
            failed.append(name)
        lap(name)

    try_package = furnish(place)
    lap("Wine, Windows' Python, the installer")
    with Room(place / "tree", place / "state") as room:
        move_in(room, place)
        lap("moved in")
        with ThreadPoolExecutor() as pool:
            beside = pool.submit(do, "the installer", lambda: try_apart(place, try_package))
            do("the suite", lambda: run_suite(room))
            beside.result()
        do("what is about Windows", lambda: run_ours(room))
    if failed:
        raise Stop(f"failed: {', '.join(failed)}")
    shutil.rmtree(place)
