"""The tests, run by Windows' Python in the room: in batches, several at a time.

A batch is a run of pytest over some files. Wine itself goes down now and then: a batch that a
signal ended, of which Python says nothing, is run once more, and that is said.
"""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from given import ROOT, Stop, say
from left_out import WHOLE_FILES
from under_wine import BATCH, TOLD_AFTER_S
from wine_room import ENVIRONMENT, WINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wine_room import Room

PYTHON = r"C:\Python312\python.exe"
HOME = "Büro im Keller"
"""All of it lies in a folder whose name has spaces and an umlaut, what tests write too."""

SOURCE = rf"C:\{HOME}\Readiness"
FOLDERS = ("tests/unit", "tests/contract")
OURS = "tests/windows"
OF_CODE_PAGES = tuple(f"{OURS}/test_{name}.py" for name in ("code_pages", "files", "check"))
CODE_PAGES = {"932": "ja_JP.UTF-8", "1252": ENVIRONMENT["LANG"], "1254": "tr_TR.UTF-8"}
"""Windows' code page -> the locale from which Wine takes it."""

OF_THE_WINDOW = f"{OURS}/test_window.py"
SCALED = f"{OF_THE_WINDOW}::test_the_window_is_scaled_as_the_system_is"
PLAIN, LARGE = 96, 144
"""Dots to an inch at 100 % and at 150 %."""
AT_ONCE = 4
"""More than there are cores: Wine waits a lot."""
BATCHES = 4
"""Few: each begins anew and loads the same libraries."""
SHORT_S = 60.0
LIMIT_S = TOLD_AFTER_S + SHORT_S
QUICKER = "--capture=sys -p no:randomly -o timeout=0"
"""Whatever else the suite does on Linux, before and after each test, takes Wine longer than most
tests: to seek in files that catch what is said, to begin a thread that limits its time, to seed
what is by chance. A batch has its limit as a whole."""
NOTHING_FOUND = 5
"""pytest's status where all tests of a batch are left out."""

_COUNTS = re.compile(r"(\d+) (passed|failed|skipped|deselected|errors?|xfailed)")
_PYTHON_SAYS = ("Fatal Python error", "Windows fatal exception")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a run of pytest ended.

    Attributes:
        status: Its exit status; below zero: a signal ended it.
        said: All it said.
    """

    status: int
    said: str

    @property
    def good(self) -> bool:
        """Whether everything passed."""
        return self.status in (0, NOTHING_FOUND)

    @property
    def wine_went_down(self) -> bool:
        """Whether it was ended without a word of pytest or Python."""
        return self.status < 0 and not any(word in self.said for word in _PYTHON_SAYS)

    @property
    def counts(self) -> dict[str, int]:
        """What pytest's last line counts."""
        return {word.rstrip("s"): int(number) for number, word in _COUNTS.findall(self.last)}

    @property
    def last(self) -> str:
        """The last line of it, in which pytest counts."""
        return self.said.rstrip().rpartition("\n")[2]


def run_suite(room: Room) -> None:
    """Run what does not care which system it is on, what meets other code pages, the window.

    Raises:
        Stop: A test failed.
    """
    dealt = batches(sorted(files_in(*FOLDERS) - WHOLE_FILES))
    work: list[tuple[tuple[str, ...], dict[str, str]]]
    work = [(FOLDERS, {BATCH: " ".join(batch)}) for batch in dealt]
    work += [
        (OF_CODE_PAGES, {"READINESS_CODE_PAGE": page, "LC_ALL": locale})
        for page, locale in CODE_PAGES.items()
    ]
    work.append(((OF_THE_WINDOW,), {}))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        conclude(list(pool.map(lambda one: try_batch(room, one[0], **one[1]), work)))


def run_ours(room: Room) -> None:
    """Run the rest of what is about Windows alone, one after the other: some of it listens.

    Raises:
        Stop: A test failed.
    """
    names = sorted(files_in(OURS) - {*OF_CODE_PAGES, OF_THE_WINDOW})
    conclude([try_batch(room, [OURS], **{BATCH: " ".join(names)})])
    set_scale(room, LARGE)
    conclude([try_batch(room, [SCALED], READINESS_DOTS=str(LARGE))])
    set_scale(room, PLAIN)


def set_scale(room: Room, dots: int) -> None:
    """Set how large Windows shows things; it looks at that when it begins, so it begins anew."""
    key = ["reg", "add", r"HKCU\Control Panel\Desktop", "/v", "LogPixels"]
    room.wine([*key, "/t", "REG_DWORD", "/d", str(dots), "/f"], limit_s=SHORT_S)
    room.run(["wineserver", "-k"], limit_s=SHORT_S, statuses=(0, 1))
    room.run(["wineserver", "-w"], limit_s=SHORT_S)
    room.run(["wineserver", "-p"], limit_s=SHORT_S)


def files_in(*folders: str) -> set[str]:
    """The names of the test files in some folders."""
    found = (path for folder in folders for path in (ROOT / folder).glob("test_*.py"))
    return {path.relative_to(ROOT).as_posix() for path in found}


def batches(files: Sequence[str]) -> list[list[str]]:
    """Deal the files out, so that neighbours, which often take equally long, are apart."""
    dealt = [list(files[number::BATCHES]) for number in range(BATCHES)]
    return [batch for batch in dealt if batch]


def try_batch(room: Room, where: Sequence[str], **env: str) -> Outcome:
    """Run pytest, and once more if Wine went down.

    Args:
        room: Where.
        where: Files or folders.
        env: What differs in the environment, such as which files of the folders are wanted.
    """
    begin = time.monotonic()
    named = env.get(BATCH, " ".join(where))
    outcome = pytest_in(room, where, env)
    if outcome.wine_went_down:
        say(f"Wine went down ({outcome.status}) during {named}; once more")
        outcome = pytest_in(room, where, env)
    say(f"  {time.monotonic() - begin:3.0f} s: {outcome.last} ({named.split()[0]} …)")
    return outcome


def pytest_in(room: Room, where: Sequence[str], env: Mapping[str, str]) -> Outcome:
    """One run of pytest; one that lasts too long has failed."""
    options = "-X faulthandler -m pytest -p under_wine -q -p no:cacheprovider " + QUICKER
    kept = {
        "PYTHONPATH": rf"{SOURCE}\.ci\windows",
        "TEMP": rf"C:\{HOME}\Temp",
        "TMP": rf"C:\{HOME}\Temp",
    }
    try:
        status, said = room.tried(
            [WINE, PYTHON, *options.split(), *where],
            limit_s=LIMIT_S,
            cwd=f"/w/prefix/drive_c/{HOME}/Readiness",
            env={**kept, **env},
        )
    except Stop as stop:  # what the other batches say is told all the same
        return Outcome(status=1, said=str(stop))
    return Outcome(status=status, said=said)


def conclude(outcomes: Iterable[Outcome]) -> None:
    """Say how many tests passed.

    Raises:
        Stop: One failed; with what was said about it.
    """
    total: dict[str, int] = {}
    bad = []
    for outcome in outcomes:
        for word, number in outcome.counts.items():
            total[word] = total.get(word, 0) + number
        if not outcome.good:
            bad.append(f"pytest: {outcome.status}\n{outcome.said}")
    say(", ".join(f"{number} {word}" for word, number in total.items()) or "no tests")
    if bad:
        raise Stop("\n".join(bad))
