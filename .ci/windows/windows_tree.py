"""The folder of the program for Windows: what the installer installs and the ZIP holds.

``readiness.exe`` and ``readiness-cli.exe`` lie in it; Python, Qt, packages and the product below
``program``.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from given import HERE, TITLE, Stop, run, say, settle, tool
from windows_bytecode import ARCHIVE, compile_all, pack
from windows_contents import STOOD_FOR, files, in_archive
from windows_icon import draw_icon
from windows_launcher import build_launchers
from windows_parts import PYTHON, SIGNED

if TYPE_CHECKING:
    from collections.abc import Iterable

PROGRAM, LIB = "program", "lib"
START, STAND_IN = "packaged_windows.py", "stand_in.py"
NOT_NEEDED = ("python.cat", "python.exe", "pythonw.exe", "_msi.pyd", "winsound.pyd")
"""Of Python: its catalogue of signatures, its own programs, libraries that nothing imports."""

PATHS = f"{PYTHON}.zip\n.\n{LIB}\n"
"""Where Python looks for modules, and nowhere else: no variable of the person's changes that."""

NEVER = (
    "Qt6Charts",
    "Qt6Graphs",
    "Qt6DataVisualization",
    "Qt6VirtualKeyboard",
    "qtvirtualkeyboard",
)
"""GPL or commercial only."""

OF_WINDOWS = re.compile(
    r"(?:api-ms-win-[\w-]+|advapi32|authz|bcrypt|bcryptprimitives|cfgmgr32|combase|comctl32|comdlg32|crypt32"
    r"|d2d1|d3d\d+(?:_\d)?|d3dcompiler_47|dnsapi|dwmapi|dwrite|dxgi|gdi32|imm32|iphlpapi|kernel32"
    r"|msvcrt|mpr|netapi32|ntdll|ole32|oleaut32|pdh|powrprof|propsys|psapi|rpcrt4|secur32"
    r"|setupapi|shcore|shell32|shlwapi|synchronization|ucrtbase|uiautomationcore|user32|userenv|usp10|uuid|uxtheme"
    r"|version|winhttp|winmm|winspool|wintrust|ws2_32|wtsapi32)\.(?:dll|drv)",
    re.IGNORECASE,
)
"""Libraries that every Windows 10 has."""

_NAMED = re.compile(r"^\tDLL Name: (\S+)", re.MULTILINE)


def build_tree(place: Path, parts: tuple[Path, Path], source: Path, python: Path) -> Path:
    """Build it; returns the folder.

    Args:
        place: The folder around it.
        parts: The folders of Python and of the packages.
        source: A clean copy of the product, with its translations compiled.
        python: A Python of this system that has Qt.

    Raises:
        Stop: It cannot be built, or lacks something.
    """
    folder, work = place / TITLE, place / "work"
    for one in (folder, work):
        shutil.rmtree(one, ignore_errors=True)
        one.mkdir(parents=True)
    own, packages = parts
    program = folder / PROGRAM
    program.mkdir()
    for path in own.iterdir():
        if path.suffix in (*SIGNED, ".zip") and path.name not in NOT_NEEDED:
            shutil.copyfile(path, program / path.name)
    (program / f"{PYTHON}._pth").write_text(PATHS, encoding="utf-8", newline="\r\n")
    modules = work / "modules"
    _sort_out(packages, modules, program / LIB)
    _sort_product(source, modules, program / LIB)
    _compile(modules, work, program)
    icon = draw_icon(work / "readiness.ico", python)
    build_launchers(folder, icon, work)
    check(folder)
    settle(folder)
    return folder


def _sort_out(packages: Path, modules: Path, lib: Path) -> None:
    for name in files(packages):
        target = (modules if in_archive(name) else lib) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(packages / name, target)
    for left_out in STOOD_FOR:
        shutil.copyfile(HERE / "start" / STAND_IN, modules / f"{left_out}.py")


def _sort_product(source: Path, modules: Path, lib: Path) -> None:
    modules_apart = shutil.ignore_patterns("*.py")
    shutil.copytree(source / "resources", lib / "resources", ignore=modules_apart)
    for top in ("readiness", "ui", "resources"):
        for path in sorted((source / top).rglob("*.py")):
            name = path.relative_to(source)
            # Alembic reads its scripts as files and imports none of them.
            for place in (modules, *([lib] if "migrations" in name.parts else [])):
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place / name)


def _compile(modules: Path, work: Path, program: Path) -> None:
    shutil.copyfile(HERE / "start" / START, modules / START)
    made = compile_all(modules, work, program / f"{PYTHON}.zip")
    start = Path(START).with_suffix(".pyc").name
    (made / start).replace(program / start)
    pack(made, program / ARCHIVE)


def check(folder: Path) -> None:
    """Refuse a folder that holds what may not be given out, or lacks a library.

    Raises:
        Stop: It does.
    """
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))]
    unwanted = [name for name in names if any(part in name for part in NEVER)]
    if unwanted:
        raise Stop(f"not to be given out: {', '.join(unwanted)}")
    say("Windows: libraries …")
    objdump = tool("x86_64-w64-mingw32-objdump", "binutils-mingw-w64-x86-64")
    libraries = [path for path in sorted(folder.rglob("*")) if path.suffix in SIGNED]
    lacking = lacks(run([objdump, "-p", *libraries]), {path.name.lower() for path in libraries})
    if lacking:
        raise Stop(f"libraries that neither the folder nor Windows has: {', '.join(lacking)}")


def lacks(told: str, there: Iterable[str]) -> list[str]:
    """The libraries that are asked for and are neither in the folder nor Windows' own.

    Args:
        told: What ``objdump -p`` says of those in the folder.
        there: Their names, in small letters.
    """
    asked = {name.lower() for name in _NAMED.findall(told)}
    return sorted(
        name for name in asked if name not in set(there) and not OF_WINDOWS.fullmatch(name)
    )
