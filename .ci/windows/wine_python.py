"""Windows' Python and the packages of requirements.lock for Windows, put together on Linux."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from given import HERE, ROOT, run
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSION = "3.12"
ENVIRONMENT = {"python_version": VERSION, "sys_platform": "win32"}
"""What a condition in the lock may ask for."""

UNUSED = {"mypy", "mypy_extensions", "librt", "ast_serialize", "pathspec", "types-psutil"} | {
    "pytest-xvfb",
    "PyVirtualDisplay",
    "pulsectl",
}
"""Checks of the code that say the same anywhere, and what Windows has not."""


def make_python(place: Path) -> None:
    """Unpack Python into the folder ``python`` of the place, and install the packages into it.

    Raises:
        Stop: It fails.
    """
    tools = place / "tools"
    run([sys.executable, "-m", "venv", tools])
    pip: list[str | Path] = [
        tools / "bin" / "python",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "-q",
    ]
    install: list[str | Path] = [*pip, "install", "--no-deps", "--no-compile"]
    run([*install, "-c", ROOT / "requirements.lock", "setuptools"])
    python = place / "python"
    pinned: list[str | Path] = [
        "--require-hashes",
        "--no-build-isolation",
        "-r",
        HERE / "python.txt",
    ]
    run([*install, "--target", python, *pinned])
    made_for = ["--platform", "win_amd64", "--implementation", "cp", "--python-version", VERSION]
    target: list[str | Path] = ["--only-binary=:all:", "--target", python / "Lib" / "site-packages"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    # pip would judge conditions for this system: each package is named, and nothing besides.
    run([*install, *made_for, *target, *locked(lock)])


def locked(lock: str) -> Iterator[str]:
    """What of the lock is installed, as ``name==version``."""
    for line in lock.splitlines():
        if line and not line.startswith("#"):
            one = Requirement(line)
            if one.name not in UNUSED and (not one.marker or one.marker.evaluate(ENVIRONMENT)):
                yield f"{one.name}{one.specifier}"
