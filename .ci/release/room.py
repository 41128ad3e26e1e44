"""The room in which a release is built: the product's packages alone, and beside them the tools.

Two environments. ``runtime`` holds what the product needs and nothing else, not even pip: it is
what the bill of materials lists and what licences are taken from. ``tools`` holds what builds, and
sees the other one.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from product import copy_product
from steps import HERE, ROOT, run, say

if TYPE_CHECKING:
    from pathlib import Path

READY = "ready"


@dataclass(frozen=True, kw_only=True)
class Room:
    """Where things are.

    Attributes:
        work: The folder around all of it.
        runtime: Python of the product's environment.
        tools: Python of the tools' environment.
        source: A clean copy of the product.
    """

    work: Path
    runtime: Path
    tools: Path
    source: Path

    @property
    def packages(self) -> Path:
        """The folder of the product's packages."""
        return _packages(self.runtime)


def make_room(work: Path) -> Room:
    """Build the room, or take the one that is there and was made of the same."""
    room = Room(
        work=work,
        runtime=_python(work / "runtime"),
        tools=_python(work / "tools"),
        source=work / "source",
    )
    mark = work / READY
    wanted = _fingerprint()
    if not mark.is_file() or mark.read_text(encoding="utf-8") != wanted:
        say("Packages …")
        shutil.rmtree(work, ignore_errors=True)
        _install(room)
        mark.write_text(wanted, encoding="utf-8")
    copy_product(room.source, room.tools)
    return room


def _install(room: Room) -> None:
    pip: list[str | Path] = [
        room.tools,
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "-q",
    ]
    run([sys.executable, "-m", "venv", _home(room.tools)])
    run([sys.executable, "-m", "venv", "--without-pip", _home(room.runtime)])
    lock: list[str | Path] = ["-c", ROOT / "requirements.lock"]
    install = ["install", "--no-compile", *lock]  # PyInstaller compiles what it takes
    run([*pip, "--python", room.runtime, *install, *dependencies()])
    run([*pip, *install, "-r", HERE / "requirements.txt"])
    beside = _packages(room.tools) / "runtime.pth"
    beside.write_text(f"{room.packages}\n", encoding="utf-8")


def dependencies() -> list[str]:
    """What the product needs, as pyproject.toml states it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [str(one) for one in project["dependencies"]]


def _home(python: Path) -> Path:
    return python.parent.parent


def _python(home: Path) -> Path:
    return home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _packages(python: Path) -> Path:
    if sys.platform == "win32":
        return _home(python) / "Lib" / "site-packages"
    number = ".".join(map(str, sys.version_info[:2]))
    return _home(python) / "lib" / f"python{number}" / "site-packages"


def _fingerprint() -> str:
    made = hashlib.sha256(sys.version.encode())
    for path in (ROOT / "pyproject.toml", ROOT / "requirements.lock", HERE / "requirements.txt"):
        made.update(path.read_bytes())
    return made.hexdigest()
