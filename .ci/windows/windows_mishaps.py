"""The installer where something is in the way: nothing of the person's is lost, and again works.

Under Wine 10: over a running copy, over an older and a newer one, where nothing may be written, on
a full disk and on one that fills meanwhile, broken off half way, two at once, in a Japanese
profile.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from given import NAME, Stop, say
from windows_desk import (
    DRIVE,
    LIMIT_S,
    OVERRIDES,
    close_window,
    host,
    install,
    open_window,
    raw,
    running,
    setup,
    uninstall,
)
from windows_installer import build_setup
from windows_parts import PYTHON
from wine_room import WINE

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from wine_room import Room

STILL_OPEN, NOT_WRITABLE, NO_ROOM, TWICE = 3, 4, 5, 6
"""Exit statuses of ``setup.nsi``."""

OLDER, NEWER = "0.0.1", "999.0"
"""Of no release."""

PLACE = r"C:\Prüf Büro ñ\Readiness 2"
DISK = r"C:\Disk"
ON_DISK = f"{DISK}\\Readiness"
TRIES = 5
SMALL, TIGHT = "20m", "330m"
"""Less than is needed; and a little more, until somebody else takes it."""

OF_THE_PERSON = r"C:\users\root\AppData\Local\Readiness\earlier-check"
MARK = "of another version.txt"
JAPANESE = r"C:\users\山田 太郎"
FOLDERS = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
ENVIRONMENT = r"HKEY_CURRENT_USER\Environment"


def try_mishaps(room: Room, name: str, icon: Path) -> None:
    """Install again and again, each time where something is in the way.

    Args:
        room: In which Windows has begun.
        name: The installer, in the room's folder.
        icon: For the installers of other versions.

    Raises:
        Stop: An attempt does not end as it should.
    """
    kept = host(room, OF_THE_PERSON)
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(OF_THE_PERSON, encoding="utf-8")
    install(room, name, PLACE)
    whole = _sizes(room)
    older, newer = (_other(room, icon, number) for number in (OLDER, NEWER))

    def again() -> None:
        setup(room, name, PLACE)
        if _sizes(room) != whole:
            raise Stop(f"not as installed at first: {_differing(_sizes(room), whole)}")

    _over_others(room, older, newer, again)
    _over_running(room, name, whole)
    _broken_off(room, name, whole)
    again()
    _twice(room, name)
    if _sizes(room) != whole:
        raise Stop(f"two at once leave: {_differing(_sizes(room), whole)}")
    _bad_disks(room, name, older)
    uninstall(room, PLACE)
    _japanese(room, name)
    if kept.read_text(encoding="utf-8") != OF_THE_PERSON:
        raise Stop("a file of the person's was changed")
    kept.unlink()


def _sizes(room: Room) -> dict[str, int]:
    place = host(room, PLACE)
    found = (path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.stat().st_size for path in found}


def _differing(one: dict[str, int], other: dict[str, int]) -> list[str]:
    return sorted({name for name, _ in one.items() ^ other.items()})[:20]


def _other(room: Room, icon: Path, number: str) -> str:
    """A small installer of another version, whose program holds one file of its own."""
    folder = room.state / f"version {number}"
    shutil.rmtree(folder, ignore_errors=True)
    for place in (
        *(f"program/lib/{one}.libs/{one}.dll" for one in ("numpy", "scipy")),
        *(f"program/{MARK}", f"program/{PYTHON}.dll", "licences/NOTICE.txt"),
        *(f"{NAME}.exe", f"{NAME}-cli.exe"),
    ):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(number, encoding="utf-8")
    return build_setup(folder, room.state, icon, fast=True, number=number).name


def _over_others(room: Room, older: str, newer: str, again: Callable[[], None]) -> None:
    for what, other in (("an older", older), ("a newer", newer)):
        say(f"Install over {what} one …")
        setup(room, other, PLACE)
        if not host(room, f"{PLACE}\\program\\{MARK}").is_file():
            raise Stop(f"{other} does not take the place of what was there")
        again()


def _over_running(room: Room, name: str, whole: dict[str, int]) -> None:
    """While the window is open: refused, nothing changed, the window goes on; removing likewise."""
    say("Install over a running copy …")
    open_window(room, f"{PLACE}\\{NAME}.exe")
    setup(room, name, PLACE, status=STILL_OPEN)
    uninstall(room, PLACE, status=STILL_OPEN)
    if _sizes(room) != whole or not running(room):
        raise Stop("the running copy was changed")
    close_window(room)


def _broken_off(room: Room, name: str, whole: dict[str, int]) -> None:
    """Ended by force while it unpacks: what was there is as it was."""
    say("Broken off half way …")
    started = _begin(room, name)
    _wait_for(host(room, f"{PLACE}\\program.new\\lib\\scipy.libs"))
    os.killpg(started.pid, signal.SIGKILL)
    started.wait(LIMIT_S)
    found = _sizes(room)
    unfinished = {one: size for one, size in found.items() if one.startswith("program.new/")}
    if not unfinished or found != whole | unfinished:
        raise Stop(f"not as it was: {_differing(found, whole | unfinished)}")


def _twice(room: Room, name: str) -> None:
    """The one that comes later says so and ends; the other one goes on to its end."""
    say("Two at once …")
    for _ in range(TRIES):
        both = [_begin(room, name) for _ in range(2)]
        statuses = sorted(one.wait(LIMIT_S) for one in both)
        if statuses == [0, TWICE]:
            return
        # On a busy computer one may have ended before the other one comes to look.
        if statuses != [0, 0]:
            break
    raise Stop(f"the two end with {statuses}")


def _begin(room: Room, name: str) -> subprocess.Popen[bytes]:
    return room.start([WINE, f"/w/{name}", "/S", *raw(f"/D={PLACE}")], "setup.log")


def _wait_for(path: Path) -> None:
    until = time.monotonic() + LIMIT_S
    while not path.exists():
        if time.monotonic() > until:
            raise Stop(f"no {path}")
        time.sleep(0.01)


def _bad_disks(room: Room, name: str, older: str) -> None:
    say("Where nothing may be written …")
    with _disk(room, "ro"):
        setup(room, name, ON_DISK, status=NOT_WRITABLE)
    say("On a full disk …")
    with _disk(room, f"size={SMALL}"):
        setup(room, name, ON_DISK, status=NO_ROOM)
        _must(room, 'test -z "$(ls -A .)"', "something is left on the full disk")
    say("On a disk that fills meanwhile …")
    with _disk(room, f"size={TIGHT}"):
        setup(room, older, ON_DISK)
        fill = "until test -d Readiness/program.new/lib; do sleep 0.01; done; "
        fill += "head -c 400M /dev/zero > filled 2>/dev/null; :"
        room.start(["/bin/sh", "-c", f"cd {_inside(DISK)} && {fill}"], "fill.log")
        setup(room, name, ON_DISK, status=NO_ROOM)
        _must(room, f'test -f "Readiness/program/{MARK}"', "the older one is gone")
        _must(room, "test ! -e Readiness/program.new", "a half program is left")
        _must(room, "rm filled", "nobody filled the disk")
        setup(room, name, ON_DISK)
        _must(room, f'test ! -f "Readiness/program/{MARK}"', "the next attempt does not work")
        room.wine(
            [f"{ON_DISK}\\uninstall.exe", "/S", *raw(f"_?={ON_DISK}")],
            limit_s=LIMIT_S,
            env=OVERRIDES,
        )


def _inside(path: str) -> str:
    """A path on drive C as it is called in the room."""
    return "/w/prefix/drive_c/" + path.removeprefix(DRIVE).replace("\\", "/")


@contextmanager
def _disk(room: Room, options: str) -> Iterator[None]:
    """A disk of its own, which only the room sees."""
    host(room, DISK).mkdir()
    place = _inside(DISK)
    room.run(["mount", "-t", "tmpfs", "-o", options, "small", place], limit_s=LIMIT_S)
    try:
        yield
    finally:
        room.run(["umount", "-l", place], limit_s=LIMIT_S)
        host(room, DISK).rmdir()


def _must(room: Room, command: str, fault: str) -> None:
    try:
        room.run(["/bin/sh", "-c", f"cd {_inside(DISK)} && {command}"], limit_s=LIMIT_S)
    except Stop as stop:
        raise Stop(f"{fault}\n{stop}") from stop


def _japanese(room: Room, name: str) -> None:
    """A name that is written in Japanese: installed where it goes by itself, whole, removed."""
    say("In a Japanese profile …")
    local = f"{JAPANESE}\\AppData\\Local"
    temp = f"{local}\\Temp"
    host(room, temp).mkdir(parents=True)
    for key in (FOLDERS, ENVIRONMENT):
        room.wine(["regedit", "/E", f"/w/{key[-11:]}.reg", key], limit_s=LIMIT_S)
    folders = {"Local AppData": local, "AppData": f"{JAPANESE}\\AppData\\Roaming"}
    folders["Programs"] = f"{JAPANESE}\\Start Menu"
    _write(room, {FOLDERS: folders, ENVIRONMENT: {"TEMP": temp, "TMP": temp}})
    setup(room, name, "")
    place = f"{local}\\Programs\\Readiness"
    program = [f"{place}\\{NAME}-cli.exe", "--self-test"]
    room.wine(program, limit_s=LIMIT_S, env=OVERRIDES)
    if not host(room, f"{folders['Programs']}\\Readiness.lnk").is_file():
        raise Stop("there is no entry in the Start menu")
    uninstall(room, place)
    for key in (FOLDERS, ENVIRONMENT):
        room.wine(["regedit", "/S", f"/w/{key[-11:]}.reg"], limit_s=LIMIT_S)
    shutil.rmtree(host(room, JAPANESE))


def _write(room: Room, values: dict[str, dict[str, str]]) -> None:
    """Write texts into the registry."""
    lines = ["Windows Registry Editor Version 5.00"]
    for key, texts in values.items():
        told = (f'"{one}"="{text}"'.replace("\\", "\\\\") for one, text in texts.items())
        lines += ["", f"[{key}]", *told]
    file = room.state / "values.reg"
    file.write_bytes(("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-16-le"))
    room.wine(["regedit", "/S", f"/w/{file.name}"], limit_s=LIMIT_S)
