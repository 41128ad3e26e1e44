"""Handing a file to the person's desktop: show it in the file manager, open it with its program.

What is started belongs to the person from then on: it is neither waited for nor ended.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from readiness.cancel import Token
from readiness.model.errors import CannotMeasure
from readiness.model.handed import Shown
from readiness.system.tool import run_tool, tool_path, without_own_libraries

FILE_MANAGER = "org.freedesktop.FileManager1"
"""The file manager on the session bus of Linux desktops: GNOME's, KDE's, Xfce's and others answer.
https://www.freedesktop.org/wiki/Specifications/file-manager-interface/"""
PLACE = "/org/freedesktop/FileManager1"
BUS_S = 5.0
"""A file manager that has to be started first takes its time on an old computer."""
REFUSED_S = 2.0
"""Whoever cannot open something says so soon; what runs on has taken it."""
LETTER = "message/rfc822"
MAILTO = "x-scheme-handler/mailto"

_left_running: list[subprocess.Popen[bytes]] = []
"""What was started and runs on: looked at again with the next one, so that no zombie stays."""


class SystemDesktop:
    """The desktop of this computer."""

    def show(self, path: Path) -> Shown:
        """Show a file in its folder, chosen; where that is not possible the folder."""
        if sys.platform == "win32":
            chosen = _explore(path)
        elif sys.platform == "darwin":
            chosen = _launched("open", "-R", str(path))
        else:
            chosen = _shown_by_bus(path)
            if not chosen and _launched("xdg-open", str(path.parent)):
                return Shown.FOLDER
        return Shown.FILE if chosen else Shown.NOTHING

    def open_letter(self, path: Path) -> bool:
        """Open an ``.eml`` file with the mail program; false if there is none for it."""
        return _opened(str(path), LETTER)

    def open_address(self, address: str) -> bool:
        """Open a ``mailto:`` address with the mail program; false if there is none."""
        return _opened(address, MAILTO)


def explorer_line(explorer: Path, path: Path) -> str:
    """Explorer's command line that shows a file chosen.

    It reads its line itself: quotes belong around the path alone, not around the whole argument, as
    they would be put where it has spaces. A path cannot hold a quote on Windows.
    """
    return f'"{explorer}" /select,"{path}"'


def _explore(path: Path) -> bool:
    """Start the Explorer; its exit status says nothing: it is 1 when all went well."""
    explorer = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "explorer.exe"
    try:
        _leave(subprocess.Popen(explorer_line(explorer, path)))
    except OSError:
        return False
    return True


def _shown_by_bus(path: Path) -> bool:
    """Ask the file manager over the session bus, with whichever tool is there."""
    uri = path.absolute().as_uri()
    there = ("--dest", FILE_MANAGER, "--object-path", PLACE)
    calls = {
        "busctl": ["--user", "call", FILE_MANAGER, PLACE, FILE_MANAGER, "ShowItems", "ass"],
        "gdbus": ["call", "--session", *there, "--method", f"{FILE_MANAGER}.ShowItems"],
    }
    calls["busctl"] += ["1", uri, ""]
    calls["gdbus"] += [f"['{uri}']", ""]
    for name, arguments in calls.items():
        try:
            run_tool(Token(), name, *arguments, timeout=BUS_S)
        except CannotMeasure:  # no such tool, no bus, no file manager on it
            continue
        return True
    return False


def _opened(what: str, kind: str) -> bool:
    """Open a file or an address with the program for its kind."""
    if sys.platform == "win32":
        opened = True
        try:
            os.startfile(what)  # noqa: S606 - a file of our own making, or mailto:
        except OSError:
            opened = False
    elif sys.platform == "darwin":
        opened = _launched("open", what)
    else:
        opened = _has_program(kind) and _launched("xdg-open", what)
    return opened


def _has_program(kind: str) -> bool:
    """Whether a program is set for this content type: else a letter would open in a browser."""
    try:
        return bool(run_tool(Token(), "xdg-mime", "query", "default", kind).strip())
    except CannotMeasure:
        return False


def _launched(name: str, *arguments: str) -> bool:
    """Start a system tool and let it run on; false if there is none or it refuses soon."""
    try:
        path = tool_path(name)
        started = subprocess.Popen(
            [str(path), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=without_own_libraries(dict(os.environ)),
            start_new_session=True,
        )
    except (CannotMeasure, OSError):
        return False
    try:
        return started.wait(REFUSED_S) == 0
    except subprocess.TimeoutExpired:
        _leave(started)
        return True


def _leave(started: subprocess.Popen[bytes]) -> None:
    _left_running[:] = [one for one in (*_left_running, started) if one.poll() is None]
