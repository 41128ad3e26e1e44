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
    from concurrent.futures import Future
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


def begin(place: Path, pool: ThreadPoolExecutor) -> Future[Step]:
    """Make the tree and Windows' Python, from nothing, and begin the installer.

    Returns:
        What tries the installer in a room, once it is built.

    Raises:
        Stop: One cannot be made.
    """
    install(PROGRAMS)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    package = pool.submit(build_package, place)
    made = [pool.submit(make_tree, place / "tree"), pool.submit(make_python, place)]
    for one in made:
        one.result()
    return package


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


def try_apart(place: Path, package: Future[Step]) -> None:
    """Try the installer in a room of its own, with a Windows of its own.

    Raises:
        Stop: It fails, or the installer could not be built.
    """
    try_package = package.result()
    with Room(place / "tree", place / "apart") as room:
        begin_windows(room)
        complete(room)
        try_package(room)
    shutil.rmtree(place / "apart")


def run_lane(place: Path) -> None:
    """Run everything; say after each step how long the lane has lasted.

    The installer is built and tried while the suite runs, for either waits for Wine a good part of
    its time. What is about Windows comes last and alone: some of it listens.

    Raises:
        Stop: A step fails.
    """
    started = time.monotonic()
    failed = []

    def lap(name: str) -> None:
        say(f"[{time.monotonic() - started:4.0f} s] {name}")

    def do(name: str, step: Callable[[], None]) -> None:
        try:
            step()
        except Stop as stop:  # what comes after it is told all the same
            say(str(stop))
            failed.append(name)
        lap(name)

    with ThreadPoolExecutor() as pool:
        package = begin(place, pool)
        lap("Wine and Windows' Python")
        with Room(place / "tree", place / "state") as room:
            move_in(room, place)
            lap("moved in")
            beside = pool.submit(do, "the installer", lambda: try_apart(place, package))
            do("the suite", lambda: run_suite(room))
            beside.result()
            do("what is about Windows", lambda: run_ours(room))
    if failed:
        raise Stop(f"failed: {', '.join(failed)}")
    shutil.rmtree(place)
    lap("cleared up")
