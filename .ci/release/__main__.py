"""Everything that is given out, by one command.

    python3 .ci/release                what can be built on this system, into dist
    python3 .ci/release linux          the folder (.tar.zst) and the package (.deb)
    python3 .ci/release windows        the installer and the portable folder, on Linux
    python3 .ci/release macos          the app and its disk image, on macOS
    python3 .ci/release sums           SHA256SUMS of what lies in dist
    python3 .ci/release bare           the .deb of dist, tried in a bare Debian; root

``--out DIR`` names another folder than dist, ``--work DIR`` another one than build/release for what
lies in between. See docs/delivery.md.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bare import try_package
from bill import write_bill, write_bill_of_folder
from debian import build_deb
from folder import build_folder
from libraries import needs, packages
from mac_app import build_image
from packed import pack_folder, write_sums
from room import make_room
from steps import HERE, NAME, ROOT, Stop, epoch, run, say, version
from trial import try_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SUMS = "SHA256SUMS"
MEGABYTE = 1_000_000
LARGEST_MB = 100
"""Of the packed folder for Linux."""

_PRODUCT_VERSION = re.compile("ProductVersion".encode("utf-16-le") + rb"\0+((?:[0-9.]\0)+)")
WINDOWS = ROOT / ".ci" / "windows"


def linux(out: Path, work: Path) -> None:
    """Build, try and pack the program for Linux.

    Raises:
        Stop: A step fails, or the result is too large.
    """
    room = make_room(work / "linux")
    folder = build_folder(room)
    found = needs(folder)
    readme = (HERE / "linux" / "README.txt").read_text(encoding="utf-8")
    filled = readme.format(
        version=version(),
        glibc=".".join(map(str, found.glibc)),
        # Newer releases know the older names too.
        packages=" ".join(one.rpartition(" ")[2] for one in packages(found)[1:]),
    )
    (folder / "README.txt").write_text(filled, encoding="utf-8")
    try_folder(folder, room)
    machine = run(["/bin/uname", "-m"]).strip()
    path = pack_folder(
        folder, out / f"{NAME}-{version()}-linux-{machine}.tar.zst", top=f"{NAME}-{version()}"
    )
    size = path.stat().st_size / MEGABYTE
    if size > LARGEST_MB:
        raise Stop(f"{path.name} has {size:.1f} MB; at most {LARGEST_MB} are given out")
    deb = build_deb(folder, found, out, room.work)
    bill = write_bill(room, out / f"{NAME}-{version()}-linux.cdx.json")
    for made in (path, deb, bill):
        say(f"{made.name}: {made.stat().st_size / MEGABYTE:.1f} MB")


def windows(out: Path, work: Path) -> None:
    """Build the program for Windows, on Linux.

    Raises:
        Stop: A step fails, or the result is too large.
    """
    sys.path.append(str(WINDOWS))
    from windows_build import build_windows

    room = make_room(work / "linux")
    built = build_windows(work / "windows", out, room.tools)
    bill = out / f"{NAME}-{version()}-windows.cdx.json"
    write_bill_of_folder(room, built.packages, _python_in(built.python), bill)


def _python_in(folder: Path) -> str:
    """The version that Python's own library states.

    Raises:
        Stop: It states none.
    """
    for path in folder.glob("python3??.dll"):
        stated = _PRODUCT_VERSION.search(path.read_bytes())
        if stated is not None:
            return stated[1].decode("utf-16-le")
    raise Stop(f"no Python in {folder}")


def macos(out: Path, work: Path) -> None:
    """Build the app and its disk image. Raises ``Stop``."""
    build_image(make_room(work / "macos"), out)


def sums(out: Path, _work: Path) -> None:
    """Write the sums of everything that lies in the folder. Raises ``Stop``."""
    files = [path for path in out.iterdir() if path.is_file() and path.name != SUMS]
    if not files:
        raise Stop(f"there is nothing in {out}")
    write_sums(files, out / SUMS)


def bare(out: Path, work: Path) -> None:
    """Try the package where nothing but Debian's least is installed. Raises ``Stop``."""
    found = sorted(out.glob("*.deb"))
    if len(found) != 1:
        raise Stop(f"one .deb is needed in {out}")
    try_package(found[0], work)


TARGETS: dict[str, Callable[[Path, Path], None]] = {
    "linux": linux,
    "windows": windows,
    "macos": macos,
    "sums": sums,
    "bare": bare,
}


def _here() -> list[str]:
    """What can be built on this system."""
    if sys.platform == "darwin":
        return ["macos", "sums"]
    return ["linux", "windows", "sums"]


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python3 .ci/release", description=__doc__)
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "release")
    given = parser.parse_args(arguments)
    out, work = given.out.resolve(), given.work.resolve()
    out.mkdir(parents=True, exist_ok=True)
    try:
        # One time for all of it, whatever is committed meanwhile.
        os.environ["SOURCE_DATE_EPOCH"] = str(epoch())
        say(f"Readiness {version()}, time {epoch()}")
        for target in given.targets or _here():
            TARGETS[target](out, work)
    except Stop as stop:
        say(str(stop))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
