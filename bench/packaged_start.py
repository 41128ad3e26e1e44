"""Time from process start to the first paint on a screen: the packaged program against its source.

python bench/packaged_start.py FOLDER    the unpacked folder; warm, medians of nine, in turns.

Both are looked at from outside, in the same way: Xvfb keeps its screen in a file, which is read
until something is drawn where the window stands. The budget is 1.3 times the source.
"""

from __future__ import annotations

import mmap
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
RUNS = 9
BUDGET = 1.3
WIDTH, HEIGHT, BYTES = 1280, 800, 4
LOOKED_AT = (560, 300)
"""A point inside the window, which without a window manager stands in a corner of the screen."""

PATIENCE_S = 20.0


class Screen:
    """A virtual screen, looked at through the file in which Xvfb keeps it."""

    def __init__(self, name: str, memory: mmap.mmap) -> None:
        self.name = name
        self._memory = memory
        x, y = LOOKED_AT
        self._place = len(memory) - WIDTH * HEIGHT * BYTES + (y * WIDTH + x) * BYTES

    def drawn(self) -> bool:
        """Whether something is there; the empty screen is black."""
        return self._memory[self._place : self._place + 3] != b"\0\0\0"


@contextmanager
def screen() -> Iterator[Screen]:
    """A screen for the time of the block."""
    with tempfile.TemporaryDirectory() as folder:
        read, write = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-fbdir", folder, "-br"]
        server = subprocess.Popen([*command, "-noreset", "-nolisten", "tcp"], pass_fds=[write])
        os.close(write)
        try:
            with os.fdopen(read, "rb") as told:
                name = f":{told.readline().decode().strip()}"
            with Path(folder, "Xvfb_screen0").open("rb") as file:
                memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            yield Screen(name, memory)
        finally:
            server.terminate()
            server.wait()


def once(command: list[str], shown_on: Screen, folder: Path, home: str) -> float:
    """Milliseconds from starting the process until its window is seen."""
    kept = ("PATH", "LANG")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {
        "DISPLAY": shown_on.name,
        "QT_QPA_PLATFORM": "xcb",
        "HOME": home,
        "READINESS_HOME": f"{home}/data",
        "PYTHONPYCACHEPREFIX": f"{home}/compiled",
    }
    begin = time.monotonic()
    program = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not shown_on.drawn():
            if program.poll() is not None or time.monotonic() - begin > PATIENCE_S:
                raise SystemExit(f"no window: {command[0]}")
            time.sleep(0.001)
        return (time.monotonic() - begin) * 1000
    finally:
        program.terminate()
        program.wait()
        while shown_on.drawn():
            time.sleep(0.01)


def main(folder: Path) -> None:
    """Measure in turns and print both medians and their ratio."""
    programs = {
        "source": ([sys.executable, "-m", "readiness"], ROOT),
        "packaged": ([str(folder / "readiness")], folder),
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as home, screen() as shown_on:
        for command, place in programs.values():
            once(command, shown_on, place, home)
        for _ in range(RUNS):
            for name, (command, place) in programs.items():
                times[name].append(once(command, shown_on, place, home))
    medians = {name: statistics.median(found) for name, found in times.items()}
    for name, median in medians.items():
        print(f"{name}: {median:.0f} ms (median of {RUNS}, {min(times[name]):.0f} at best)")
    print(f"ratio: {medians['packaged'] / medians['source']:.2f} (budget {BUDGET})")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
