"""The installer and the portable ZIP, both of the same folder."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from given import HERE, NAME, Stop, epoch, run, say, settled, tool, version
from windows_launcher import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST_SETUP, LARGEST_FOLDER = 75_000_000, 260_000_000
"""The folder is counted as Windows counts: its "MB" are of 1024 * 1024 bytes."""


def build_setup(folder: Path, out: Path, icon: Path, *, fast: bool, number: str = "") -> Path:
    """Build the installer; returns its file.

    Args:
        folder: The program.
        out: Where the file goes.
        icon: Of the installer.
        fast: Larger, in a fraction of the time.
        number: Another version than the product's, to try what comes after another.

    Raises:
        Stop: It cannot be built, or is too large.
    """
    number = number or version()
    path = out / f"{NAME}-{number}-windows-setup.exe"
    say(f"{path.name} …")
    said = {
        "TREE": folder,
        "OUT": path,
        "ICON": icon,
        "VERSION": number,
        "NUMBERS": numbers(number).replace(",", "."),
        "SIZE_KIB": -(-size_of(folder) // 1024),
    }
    defined = [f"-D{key}={value}" for key, value in said.items()] + (["-DFAST"] if fast else [])
    options = ["-V2", "-INPUTCHARSET", "UTF8", "-WX"]
    run([tool("makensis", "nsis"), *options, *defined, HERE / "setup.nsi"], env=settled())
    if not fast and path.stat().st_size > LARGEST_SETUP:
        raise Stop(f"{path.name} has {path.stat().st_size} bytes; at most {LARGEST_SETUP}")
    return path


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def check_size(folder: Path) -> None:
    """Refuse a folder that is too large.

    Raises:
        Stop: It is.
    """
    size = size_of(folder)
    if size > LARGEST_FOLDER:
        raise Stop(f"{folder.name} has {size} bytes; at most {LARGEST_FOLDER}")


def build_zip(folder: Path, out: Path, readme: Sequence[Path] = ()) -> Path:
    """Pack the folder to be unpacked and used where it lies; returns the file."""
    path = out / f"{NAME}-{version()}-windows.zip"
    say(f"{path.name} …")
    moment = time.gmtime(epoch())[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in sorted([*folder.rglob("*"), *readme]):
            if one.is_file():
                name = Path(folder.name, one.relative_to(folder)).as_posix()
                entry = zipfile.ZipInfo(name, moment)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, one.read_bytes())
    return path
