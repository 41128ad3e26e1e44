"""Which libraries of the system the folder needs, and in which packages of Debian they come.

Read from the files themselves: what each library names as needed (ELF, ``DT_NEEDED``) and the
folder does not hold must be the system's. What is loaded by name while running stands in
``readiness/packages.py``. A library that neither the folder nor this system has stops the release.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from steps import ROOT, Stop, run, tool

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

ELF = b"\x7fELF"
_NEEDED = re.compile(r"\(NEEDED\).*\[(?P<name>[^\]]+)\]")
_GLIBC = re.compile(r"\bGLIBC_(?P<major>\d+)\.(?P<minor>\d+)")
_CACHED = re.compile(r"^\s*(?P<name>\S+) \(libc6,x86-64[^)]*\) => (?P<path>\S+)$", re.MULTILINE)
_CACHED_OTHER = re.compile(r"^\s*(?P<name>\S+) \([^)]*\) => (?P<path>\S+)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What the system must bring.

    Attributes:
        libraries: Names of libraries, sorted.
        glibc: The newest version of the C library that something asks for.
    """

    libraries: tuple[str, ...]
    glibc: tuple[int, int]


def needs(folder: Path) -> Needs:
    """Read every binary of a folder.

    Raises:
        Stop: ``readelf`` is missing.
    """
    readelf = tool("readelf", "binutils")
    files = [path for path in sorted(folder.rglob("*")) if is_elf(path)]
    own = {path.name for path in folder.rglob("*")}
    wanted: set[str] = set()
    glibc = (0, 0)
    for path in files:
        wanted |= needed(run([readelf, "-dW", path]))
        glibc = max([glibc, *glibc_versions(run([readelf, "-VW", path]))])
    return Needs(libraries=tuple(sorted(wanted - own)), glibc=glibc)


def is_elf(path: Path) -> bool:
    """Whether it is a program or a library; links are not followed."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(ELF)) == ELF


def needed(dynamic: str) -> set[str]:
    """The libraries in what ``readelf -d`` says."""
    return {found["name"] for found in _NEEDED.finditer(dynamic)}


def glibc_versions(versions: str) -> list[tuple[int, int]]:
    """The versions of the C library in what ``readelf -V`` says."""
    return [(int(found["major"]), int(found["minor"])) for found in _GLIBC.finditer(versions)]


def packages(found: Needs) -> list[str]:
    """What a ``.deb`` depends on, as its control file says it.

    Raises:
        Stop: This system lacks a library, or no package of it brings one.
    """
    known = _cache()
    lacking = [library for library in found.libraries if library not in known]
    if lacking:
        raise Stop(tell_lacking(lacking))
    names = {_package(known[library]) for library in found.libraries}
    names |= set(_by_name())
    names.discard("libc6")
    renamed = _table().RENAMED
    other = {new: old for old, new in renamed.items()}
    plain = sorted({other.get(name, name) for name in names})
    lines = [f"{renamed[name]} | {name}" if name in renamed else name for name in plain]
    return [f"libc6 (>= {found.glibc[0]}.{found.glibc[1]})", *lines]


def tell_lacking(libraries: Sequence[str]) -> str:
    """Say what is neither in the folder nor on this system, and how Debian calls its packages."""
    names = " ".join(debian_name(library) for library in libraries)
    return (
        f"neither in the folder nor on this system: {', '.join(libraries)}. "
        f"By Debian's rule their packages are called: {names}"
    )


def debian_name(library: str) -> str:
    """The package of a library by Debian's rule for names (Policy 8.1): name and version of it."""
    name, _, version = library.partition(".so.")
    name = name.lower().replace("_", "-")
    return f"{name}-{version}" if name[-1:].isdigit() else f"{name}{version}"


def _package(path: str) -> str:
    """The package that brings a library of this system."""
    dpkg = tool("dpkg", "dpkg")
    tried = [path, str(Path(path).resolve())]
    # Where /lib is a link to /usr/lib, the database may know either name.
    tried += [one.removeprefix("/usr") for one in tried] + [f"/usr{one}" for one in tried]
    for one in tried:
        try:
            said = run([dpkg, "-S", one])
        except Stop:
            continue
        return said.partition(":")[0].strip()
    raise Stop(f"no package brings {path}")


def _cache() -> dict[str, str]:
    """Every library that the system's loader knows, and where it lies."""
    said = run(["/sbin/ldconfig", "-p"])
    known = {found["name"]: found["path"] for found in _CACHED_OTHER.finditer(said)}
    return known | {found["name"]: found["path"] for found in _CACHED.finditer(said)}


def _by_name() -> list[str]:
    """The packages of what the product loads by name while it runs."""
    table = _table()
    return [
        str(piece.apt) for piece in table.PIECES if piece.wanted.value <= table.For.WINDOW.value
    ]


def _table() -> ModuleType:
    """The product's own table of the system's libraries; it needs nothing but Python."""
    path = ROOT / "readiness" / "packages.py"
    spec = importlib.util.spec_from_file_location("system_packages", path)
    if spec is None or spec.loader is None:
        raise Stop(f"{path} cannot be read")
    module = importlib.util.module_from_spec(spec)
    # Its dataclasses look their module up by name.
    sys.modules["system_packages"] = module
    spec.loader.exec_module(module)
    return module
