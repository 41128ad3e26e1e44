"""``readiness.exe`` for the window and ``readiness-cli.exe`` for the command line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from given import HERE, NAME, run, settled, tool, version
from windows_parts import PYTHON

if TYPE_CHECKING:
    from pathlib import Path

COMPILER = "x86_64-w64-mingw32-gcc"
RESOURCES = "x86_64-w64-mingw32-windres"
DEBIAN = "gcc-mingw-w64-x86-64"
WINDOW, CONSOLE = f"{NAME}.exe", f"{NAME}-cli.exe"
TOLD = {WINDOW: "Readiness", CONSOLE: "Readiness, command line"}
"""What Windows shows of each, in its list of processes for one."""


def build_launchers(folder: Path, icon: Path, work: Path) -> None:
    """Build both into a folder.

    Raises:
        Stop: A compiler is missing or refuses.
    """
    source = HERE / "start"
    for name, told in TOLD.items():
        kind = ["-mwindows", "-DWINDOWED"] if name == WINDOW else ["-mconsole"]
        object_file = work / f"{name}.res.o"
        said = {"VERSION": version(), "DESCRIPTION": told, "FILENAME": name}
        run(
            [
                *(tool(RESOURCES, DEBIAN), "-I", source, "-I", icon.parent),
                *(f'-D{key}=\\"{value}\\"' for key, value in said.items()),
                *(f"-DNUMBERS={numbers(version())}", source / "launcher.rc", object_file),
            ],
            env=settled(),
        )
        run(
            [
                *(tool(COMPILER, DEBIAN), "-O2", "-Wall", "-Wextra", "-Werror", "-municode", *kind),
                f'-DPYTHON=L"{PYTHON}"',
                *("-s", "-static", "-Wl,--no-insert-timestamp", "-Wl,--dynamicbase,--nxcompat"),
                *("-Wl,--high-entropy-va", source / "launcher.c", object_file),
                *("-o", folder / name),
            ],
            env=settled(),
        )


def numbers(text: str) -> str:
    """A version as Windows wants it: four numbers with commas; what is not a number is left out."""
    found = re.findall(r"\d+", text)[:4]
    return ",".join([*found, *["0"] * (4 - len(found))])
