"""What the program for Windows is put together of: Python itself, and packages built for Windows.

Python comes as one file whose digest is stated; every library of it must be as its maker signed it.
Packages come in the versions of ``requirements.lock``; what one asks for must be there.
"""

from __future__ import annotations

import re
import shutil
import sys
from importlib.metadata import Distribution, distributions
from typing import TYPE_CHECKING

from given import HERE, ROOT, Stop, run, say, tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PYTHON = "python312"
"""The name of its library."""

PYTHON_VERSION = "3.12"
FOR_WINDOWS = (
    *("--platform", "win_amd64", "--implementation", "cp"),
    *("--python-version", PYTHON_VERSION, "--only-binary=:all:"),
)
SIGNERS = ("/O=Python Software Foundation/", "/O=Microsoft Corporation/")
SIGNED = (".exe", ".dll", ".pyd")
_DIGESTS = re.compile(r"^(?:Current message|Calculated message) digest\s*: (\w+)", re.MULTILINE)
_NAME = re.compile(r"[\w.-]+")
_MARKER = re.compile(r"(\w+) ?(==|!=|<|>=) ?[\"']([^\"']+)[\"']")


def fetch(place: Path) -> tuple[Path, Path]:
    """Fetch all parts; returns the folders of Python and of the packages.

    Raises:
        Stop: One cannot be had, or is not as it should be.
    """
    python, packages, tools = place / "python", place / "packages", place / "fetching"
    for folder in (python, packages, tools):
        shutil.rmtree(folder, ignore_errors=True)
    say("Windows: packages …")
    run([sys.executable, "-m", "venv", tools])
    pip: list[str | Path] = [
        *(tools / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--no-input", "-q"),
    ]
    lock: list[str | Path] = ["-c", ROOT / "requirements.lock"]
    run([*pip, "install", *lock, "setuptools"])
    install: list[str | Path] = [*pip, "install", "--no-deps", "--no-compile"]
    only = ["--no-build-isolation", "--require-hashes"]
    run([*install, *only, "--target", python, "-r", HERE / "embeddable.txt"])
    run(
        [
            *(*install, *FOR_WINDOWS, *lock, "--target", packages),
            *("-r", HERE / "packages.txt"),
        ]
    )
    shutil.rmtree(tools)
    check_signatures(path for path in sorted(python.iterdir()) if path.suffix in SIGNED)
    lacking = sorted(set(lacks(packages)))
    if lacking:
        raise Stop(f"asked for by a package, and not in packages.txt: {', '.join(lacking)}")
    return python, packages


def check_signatures(files: Iterable[Path]) -> None:
    """Every file is as its maker signed it.

    Its digest is compared with the one in its signature. Whether that is the maker's is not proved
    here: for that the chain of certificates would have to be asked, whose root only Windows has.

    Raises:
        Stop: One is not.
    """
    osslsigncode = tool("osslsigncode", "osslsigncode")
    for path in files:
        # It ends with 1 where it does not know the root.
        said = run(["/bin/sh", "-c", '"$0" verify -in "$1" 2>/dev/null; :', osslsigncode, path])
        digests = _DIGESTS.findall(said)
        # Of each signature, and there may be several: the digest that it states, and the file's.
        if not digests or digests[::2] != digests[1::2]:
            raise Stop(f"{path.name} is not as it was signed: {digests}")
        if not any(signer in said for signer in SIGNERS):
            raise Stop(f"{path.name} is signed by nobody whom we know")


def lacks(packages: Path) -> Iterator[str]:
    """What the product or a package asks for on Windows and is not there."""
    found = list(distributions(path=[str(packages)]))
    names = {plain(one.name) for one in found}
    for one in found:
        for name in asked(one):
            if plain(name) not in names:
                yield f"{name} (by {one.name})"


def asked(package: Distribution) -> list[str]:
    """What a package asks for on Windows, without what belongs to its extras."""
    found = []
    for line in package.requires or []:
        name, _, marker = line.partition(";")
        match = _NAME.match(name)
        if match is not None and holds(marker):
            found.append(match[0])
    return found


def holds(marker: str) -> bool:
    """Whether a condition holds on Windows with the Python that is given out.

    Knows the conditions that stand in the packages: parts joined by ``and``, or by ``or``.

    Raises:
        Stop: It is another one.
    """
    if not marker.strip():
        return True
    if " or " in marker:
        return any(holds(part) for part in marker.split(" or "))
    return all(_part_holds(part) for part in marker.split(" and "))


def _part_holds(part: str) -> bool:
    match = _MARKER.search(part)
    if match is None:
        raise Stop(f"a condition that is not understood: {part}")
    name, sign, value = match.groups()
    facts = {
        "sys_platform": "win32",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "os_name": "nt",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    if name in ("python_version", "python_full_version"):
        ours, theirs = ([int(n) for n in v.split(".")[:2]] for v in (PYTHON_VERSION, value))
        return {"==": ours == theirs, "!=": ours != theirs, "<": ours < theirs}.get(
            sign, ours >= theirs
        )
    if name not in facts or sign not in ("==", "!="):
        raise Stop(f"a condition that is not understood: {part}")
    return (facts[name] == value) is (sign == "==")


def plain(name: str) -> str:
    """A package's name in the one form in which names are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()
