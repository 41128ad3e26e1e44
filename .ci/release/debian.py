"""The package for Debian and Ubuntu: the folder, its place in the menu, its file types."""

from __future__ import annotations

import gzip
import hashlib
import platform
import shutil
from typing import TYPE_CHECKING

from libraries import Needs, packages
from steps import HERE, NAME, ROOT, epoch, run, say, settle, settled, tool, version

if TYPE_CHECKING:
    from pathlib import Path

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
MAINTAINER = "Readiness <no-reply@readiness.invalid>"
"""The field must be there; nobody reads mail to it."""

DESCRIPTION = """\
Is this home office ready for call-centre work?
 Measures the computer, the line, the headset and the voice, asks what only a
 person knows, judges it against employers' requirements and writes a report.
 .
 Nothing leaves the computer without a yes."""
LEVEL = 19
ONE_THREAD = {"DPKG_DEB_THREADS_MAX": "1"}
"""Or what comes out depends on the number of processors. Older versions of dpkg-deb do not know the
option of the same name, and leave the variable alone."""

PROGRAM = f"usr/lib/{NAME}"


def build_deb(folder: Path, needs: Needs, out: Path, work: Path) -> Path:
    """Build the package; returns its file.

    Args:
        folder: The packaged program.
        needs: What the system must bring.
        out: Where the file goes.
        work: A folder for the tree of the package.

    Raises:
        Stop: ``dpkg-deb`` is missing or refuses, or a library has no package.
    """
    architecture = ARCHITECTURES[platform.machine()]
    path = out / f"{NAME}_{version()}_{architecture}.deb"
    say(f"{path.name} …")
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / PROGRAM, symlinks=True)
    _place(tree)
    settle(tree)
    told = {"control": _control(architecture, needs, _size(tree)), "md5sums": _sums(tree)}
    about = tree / "DEBIAN"
    about.mkdir()
    for name, text in told.items():
        (about / name).write_text(text, encoding="utf-8")
    settle(about)
    run(
        [
            *(tool("dpkg-deb", "dpkg"), "--root-owner-group"),
            *("-Zzstd", f"-z{LEVEL}", "--build", tree, path),
        ],
        env=settled() | ONE_THREAD,
    )
    shutil.rmtree(tree)
    return path


def _place(tree: Path) -> None:
    """Command, menu, icon, file types, manual, licence."""
    for source, place in (
        (HERE / "linux" / "readiness.desktop", "usr/share/applications/readiness.desktop"),
        (HERE / "linux" / "readiness-mime.xml", "usr/share/mime/packages/readiness.xml"),
        (
            ROOT / "resources" / "icons" / "readiness.svg",
            "usr/share/icons/hicolor/scalable/apps/readiness.svg",
        ),
        (tree / PROGRAM / "licences" / "NOTICE.txt", f"usr/share/doc/{NAME}/copyright"),
    ):
        target = tree / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    manual = tree / "usr/share/man/man1/readiness.1.gz"
    manual.parent.mkdir(parents=True)
    text = (HERE / "linux" / "readiness.1").read_bytes()
    manual.write_bytes(gzip.compress(text, mtime=epoch()))
    command = tree / "usr/bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(f"../lib/{NAME}/{NAME}")


def _control(architecture: str, needs: Needs, kib: int) -> str:
    fields = {
        "Package": NAME,
        "Version": version(),
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(kib),
        "Depends": ", ".join(packages(needs)),
        "Section": "utils",
        "Priority": "optional",
        "Description": DESCRIPTION,
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _sums(tree: Path) -> str:
    """What ``dpkg --verify`` compares with; the format knows no other digest."""
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}"
        f"  {path.relative_to(tree).as_posix()}\n"
        for path in files
    )


def _size(tree: Path) -> int:
    """In KiB, as the field wants it."""
    sizes = [path.lstat().st_size for path in tree.rglob("*") if path.is_file()]
    return sum(-(-size // 1024) for size in sizes)
