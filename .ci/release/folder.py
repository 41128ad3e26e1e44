"""The folder of the packaged program, built by PyInstaller, with its licences."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING

import frozen
from libraries import is_elf
from licences import write_licences
from steps import HERE, NAME, Stop, run, say, settle, settled, tool, version

if TYPE_CHECKING:
    from pathlib import Path, PurePath

    from room import Room

INSIDE = "_internal"
AS_BUILT = re.compile(r"PySide6|shiboken6|_soundfile_data|lib(?:Qt6|icu|pyside6|shiboken6)")
"""Folders and libraries of Qt, Qt for Python and libsndfile."""

RENAMED = re.compile(r"lib[\w.]+-[0-9a-f]{8}\b")
"""Libraries that wheels bring along, to which a part of their digest was added."""


def build_folder(room: Room, *, architecture: str = "", sign_as: str = "", icon: str = "") -> Path:
    """Build it; returns the folder, on macOS the app.

    Args:
        room: Where.
        architecture: On macOS ``arm64`` or ``x86_64``; empty: this computer's.
        sign_as: On macOS the name of the certificate; empty: none.
        icon: On macOS the ``.icns`` file; empty: none.

    Raises:
        Stop: It cannot be built, or holds what it must not.
    """
    say("Folder …")
    out = room.work / "out"
    shutil.rmtree(out, ignore_errors=True)
    environment = settled() | {
        "READINESS_SOURCE": str(room.source),
        "READINESS_PACKAGES": str(room.packages),
        "READINESS_VERSION": version(),
        "READINESS_ARCH": architecture,
        "READINESS_SIGN_AS": sign_as,
        "READINESS_ICON": icon,
    }
    run(
        [
            *(room.tools, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"),
            *("--distpath", out, "--workpath", room.work / "pyinstaller"),
            HERE / "readiness.spec",
        ],
        env=environment,
        cwd=room.work,
    )
    if sys.platform == "darwin":
        app = out / "Readiness.app"
        write_licences(app / "Contents" / "Resources" / "licences", room.packages)
        return app
    folder = out / NAME
    _strip(folder)
    check(folder)
    write_licences(folder / "licences", room.packages)
    settle(folder)
    return folder


def _strip(folder: Path) -> None:
    """Take off what only a debugger reads: 40 MB of it, most in what is built of Rust."""
    strip = tool("strip", "binutils")
    for path in sorted((folder / INSIDE).rglob("*")):
        if is_elf(path) and not stays_as_built(path.relative_to(folder / INSIDE)):
            run([strip, "--strip-unneeded", path])


def stays_as_built(place: PurePath) -> bool:
    """Whether a library is given out byte for byte as its makers built it.

    Those under the LGPL are, as the notice says; and those that were given other names after they
    were linked, for a file that was changed so may not survive it.
    """
    return any(AS_BUILT.match(part) or RENAMED.match(part) for part in place.parts)


def check(folder: Path) -> None:
    """Refuse a folder that holds what the product may not give out or does not use.

    Raises:
        Stop: It does.
    """
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))]
    unwanted = [name for name in names if any(part in name for part in frozen.NEVER)]
    if unwanted:
        raise Stop(f"not to be given out: {', '.join(unwanted)}")
    broken = [path for path in folder.rglob("*") if path.is_symlink() and not path.exists()]
    if broken:
        raise Stop(f"links that lead nowhere: {', '.join(map(str, broken))}")
