"""A folder as one file, in which nothing comes from the computer that packed it."""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

from steps import Stop, epoch, say, tool

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL = 19
WINDOW_LOG = 27
"""128 MiB: as far back as ``zstd -d`` looks without being asked to."""


def pack_folder(folder: Path, path: Path, *, top: str) -> Path:
    """Pack a folder as ``.tar.zst``.

    Args:
        folder: What is packed.
        path: The file.
        top: What the folder is called in it.

    Raises:
        Stop: ``zstd`` is missing or fails.
    """
    say(f"{path.name} …")
    zstd = [
        tool("zstd", "zstd"),
        f"-{LEVEL}",
        f"--long={WINDOW_LOG}",
        "-T1",
        "-q",
        "-f",
        "-o",
        path,
    ]
    with subprocess.Popen([str(part) for part in zstd], stdin=subprocess.PIPE) as packer:
        if packer.stdin is None:
            raise Stop("zstd has no input")
        with (
            packer.stdin,
            tarfile.open(fileobj=packer.stdin, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            for one in [folder, *sorted(folder.rglob("*"))]:
                name = (Path(top) / one.relative_to(folder)).as_posix()
                tar.add(one, name, recursive=False, filter=plain)
    if packer.returncode:
        raise Stop(f"zstd: {packer.returncode}")
    return path


def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """An entry without owner and with the release's time."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = epoch()
    return entry


def write_sums(files: Sequence[Path], path: Path) -> Path:
    """Write the SHA-256 of each file, as ``sha256sum -c`` reads it."""
    lines = []
    for file in sorted(files):
        with file.open("rb") as stream:
            lines.append(f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {file.name}\n")
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return path
