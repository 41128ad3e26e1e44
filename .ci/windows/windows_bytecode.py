"""The archive of modules: compiled for the Python that is given out, whatever Python builds."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

from given import HERE, Stop, run, say, tool

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ARCHIVE = "modules.zip"
COMPILERS = 2
"""Processes at once."""

FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
MAGIC = 4
"""So many bytes tell for which Python byte code is."""


def compile_all(sources: Path, work: Path, standard: Path) -> Path:
    """Compile every module of a folder; returns the folder of the results, in the same places.

    Args:
        sources: The folder.
        work: For what lies in between.
        standard: The standard library of the Python that is given out, as an archive.

    Raises:
        Stop: A module is no Python, or what comes out is for another Python.
    """
    say("Windows: modules …")
    compiler = work / "compiler"
    compiler.mkdir(exist_ok=True)
    shutil.copy(HERE / "package.json", compiler)
    npm = [tool("npm", "npm"), "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
    run(npm, cwd=compiler)
    made = work / "compiled"
    shutil.rmtree(made, ignore_errors=True)
    _compile(_parts(sources, work), made, compiler)
    _check_version(made, standard)
    return made


def _parts(sources: Path, work: Path) -> list[Path]:
    """The same modules in as many folders as there are compilers, each with about as much."""
    found = sorted(sources.rglob("*.py"), key=lambda path: (-path.stat().st_size, path))
    parts = [work / f"part-{number}" for number in range(COMPILERS)]
    for part in parts:
        shutil.rmtree(part, ignore_errors=True)
    for number, path in enumerate(found):
        target = parts[number % COMPILERS] / path.relative_to(sources)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.hardlink_to(path)
    return parts


def _compile(parts: Sequence[Path], made: Path, compiler: Path) -> None:
    for part in parts:
        for folder in (part, *(path for path in part.rglob("*") if path.is_dir())):
            (made / folder.relative_to(part)).mkdir(parents=True, exist_ok=True)
    node = tool("node", "nodejs")
    running = [
        subprocess.Popen(
            [node, str(HERE / "compile.mjs"), str(compiler), str(part), str(made)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for part in parts
    ]
    faults = [one.communicate()[1] for one in running]
    if any(one.returncode for one in running):
        raise Stop("\n".join(faults)[-4000:])


def _check_version(made: Path, standard: Path) -> None:
    with zipfile.ZipFile(standard) as archive:
        magic = archive.read("os.pyc")[:MAGIC]
    foreign = [path for path in made.rglob("*.pyc") if path.read_bytes()[:MAGIC] != magic]
    if foreign:
        raise Stop(f"compiled for another Python: {foreign[0]}")


def pack(made: Path, archive: Path) -> None:
    """Put all of a folder into an archive.

    Packed, for it would be more than twice as large.
    """
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for path in sorted(made.rglob("*.pyc")):
            entry = zipfile.ZipInfo(path.relative_to(made).as_posix(), FIRST_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, path.read_bytes())
