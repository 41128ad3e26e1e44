"""What a person, and the system, do with the program in the room with Wine."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import wine_room
from given import NAME, Stop

if TYPE_CHECKING:
    from pathlib import Path

    from wine_room import Room

OVERRIDES = {
    "WINEDLLOVERRIDES": ";".join(
        [
            wine_room.ENVIRONMENT["WINEDLLOVERRIDES"],
            # Else Wine notes in its registry what it puts into Linux' menus, and keeps the notes.
            "winemenubuilder.exe=d",
        ]
    )
}
DRIVE = "C:\\"
LIMIT_S = 120
CLASSES = (r"Software\Classes\.readiness-invitation", r"Software\Classes\Readiness.Invitation")


def host(room: Room, path: str) -> Path:
    r"""Where a path on drive C lies on this system."""
    return room.drive / path.removeprefix(DRIVE).replace("\\", "/")


def raw(argument: str) -> list[str]:
    """An argument as parts that Wine joins without quotes, as NSIS' ``/D=`` wants it."""
    return argument.split(" ")


def setup(room: Room, name: str, place: str, status: int = 0) -> None:
    """Run an installer silently.

    Args:
        room: Where.
        name: The installer, in the room's folder.
        place: Where to; empty: where it goes by itself.
        status: The exit status that must come.

    Raises:
        Stop: It ends with another one.
    """
    where = raw(f"/D={place}") if place else []
    command = [f"/w/{name}", "/S", *where]
    room.wine(command, limit_s=LIMIT_S, env=OVERRIDES, statuses=(status,))


def install(room: Room, name: str, place: str) -> float:
    """Install silently; returns the seconds that it took."""
    begin = time.monotonic()
    setup(room, name, place)
    return time.monotonic() - begin


def uninstall(room: Room, place: str, status: int = 0) -> float:
    """Remove silently, as Windows' settings do; returns the seconds until all of it is gone.

    Args:
        room: Where.
        place: The folder of the program.
        status: The exit status that must come.

    Raises:
        Stop: It fails, or something is still there.
    """
    begin = time.monotonic()
    program = f"{place}\\uninstall.exe"
    # Else it starts a copy of itself elsewhere and ends, and nobody learns how that one ends.
    stay = raw(f"_?={place}")
    room.wine([program, "/S", *stay], limit_s=LIMIT_S, env=OVERRIDES, statuses=(status,))
    if status == 0:
        # With "_?=" it cannot remove itself: the same once more in the ordinary way.
        left = sorted(path.name for path in host(room, place).iterdir())
        if left != ["uninstall.exe"]:
            raise Stop(f"left after removing: {left}")
        room.wine([program, "/S"], limit_s=LIMIT_S, env=OVERRIDES)
        while host(room, place).exists():
            if time.monotonic() - begin > LIMIT_S:
                raise Stop(f"{place} is still there")
            time.sleep(0.1)
    return time.monotonic() - begin


def files_of(room: Room) -> set[str]:
    """All files and folders of drive C."""
    return {path.relative_to(room.drive).as_posix() for path in room.drive.rglob("*")}


def registry(room: Room) -> str:
    """The person's registry, as Wine writes it."""
    room.wine(["regedit", "/E", r"C:\registry.txt", "HKEY_CURRENT_USER"], limit_s=LIMIT_S)
    exported = host(room, r"C:\registry.txt")
    text = exported.read_text(encoding="utf-16")
    exported.unlink()
    return text


def show_types(room: Room) -> None:
    """Let the shell see the person's own file types, which Windows does and Wine does not.

    Windows shows those of the person and of the computer as one; Wine only the computer's.
    """
    for key in CLASSES:
        copy = ["reg", "copy", f"HKCU\\{key}", f"HKLM\\{key}", "/s", "/f"]
        room.wine(copy, limit_s=LIMIT_S)


def forget_types(room: Room) -> None:
    """Take back what :func:`show_types` did."""
    for key in CLASSES:
        room.wine(["reg", "delete", f"HKLM\\{key}", "/f"], limit_s=LIMIT_S)


def command_lines(room: Room) -> list[str]:
    """Of every process in the room."""
    told = room.run(
        ["/bin/sh", "-c", r'for one in /proc/[0-9]*; do tr "\0" " " < $one/cmdline; echo; done'],
        limit_s=LIMIT_S,
    )
    return [line for line in told.splitlines() if line]


def running(room: Room, program: str = NAME) -> list[str]:
    """The command lines of the program's windows."""
    return [
        line for line in command_lines(room) if f"{program}.exe" in line and "start" not in line
    ]


def open_window(room: Room, program: str, *arguments: str) -> None:
    """Start the program as the desktop does, and wait until its process is there.

    Raises:
        Stop: It does not come.
    """
    room.wine(["start", program, *arguments], limit_s=LIMIT_S, env=OVERRIDES)
    until = time.monotonic() + LIMIT_S
    while not running(room):
        if time.monotonic() > until:
            raise Stop(f"{program} does not run")
        time.sleep(0.2)


def close_window(room: Room) -> None:
    """Close the program's windows, and wait until it has ended.

    Raises:
        Stop: It goes on.
    """
    until = time.monotonic() + LIMIT_S
    while running(room):
        # One that has no window yet is asked again.
        room.wine(["taskkill", "/im", f"{NAME}.exe"], limit_s=LIMIT_S, statuses=(0, 1, 128))
        if time.monotonic() > until:
            raise Stop(f"the window stays open: {running(room)}")
        time.sleep(0.5)
