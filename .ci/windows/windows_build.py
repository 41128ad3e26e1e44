"""Builds what is given out for Windows, on Linux and without Wine; ``python3 .ci/release windows``.

Needs Debian's ``nsis``, ``gcc-mingw-w64-x86-64``, ``osslsigncode``, ``nodejs`` and ``npm``.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from given import say
from licences import write_licences
from product import copy_product
from windows_installer import build_setup, build_zip, check_size, size_of
from windows_parts import fetch
from windows_tree import build_tree

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Built:
    """What came of it.

    Attributes:
        folder: The program, as it is installed.
        python: The folder of the Python that is in it.
        packages: The folder of the packages that are in it.
        icon: The icon's file.
    """

    folder: Path
    python: Path
    packages: Path
    icon: Path


def build_folder(place: Path, python: Path) -> Built:
    """Build the folder of the program.

    Args:
        place: A folder for it and for what lies in between.
        python: A Python of this system that has the product's packages.

    Raises:
        Stop: A step fails, or the folder is too large.
    """
    place.mkdir(parents=True, exist_ok=True)
    own, packages = fetch(place)
    copy_product(place / "source", python)
    folder = build_tree(place, (own, packages), place / "source", python)
    write_licences(folder / "licences", packages, own)
    check_size(folder)
    say(f"{folder.name}: {size_of(folder) / 1024**2:.0f} MB, as Windows counts")
    return Built(
        folder=folder, python=own, packages=packages, icon=place / "work" / "readiness.ico"
    )


def build_windows(place: Path, out: Path, python: Path) -> Built:
    """Build installer and ZIP as they are given out.

    Args:
        place: A folder for what lies in between.
        out: Where they go.
        python: A Python of this system that has the product's packages.

    Raises:
        Stop: A step fails, or something is too large.
    """
    built = build_folder(place, python)
    for made in (
        build_setup(built.folder, out, built.icon, fast=False),
        build_zip(built.folder, out),
    ):
        say(f"{made.name}: {made.stat().st_size / 1_000_000:.1f} MB")
    return built


def build_for_trial(place: Path, python: Path) -> tuple[Path, Path]:
    """Build an installer that does not press together what it installs; returns it and the icon.

    Raises:
        Stop: A step fails.
    """
    shutil.rmtree(place, ignore_errors=True)
    built = build_folder(place, python)
    return build_setup(built.folder, place, built.icon, fast=True), built.icon
