"""The licence texts of everything in the package, and what Qt's licence (LGPL-3) asks for.

The texts come out of the packages themselves, and those of the GNU licences from the system that
builds (Debian: ``/usr/share/common-licenses``). A package without a text stops the release.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import TYPE_CHECKING

from steps import HERE, Stop, version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COMMON = Path("/usr/share/common-licenses")
GNU = ("LGPL-3", "GPL-3", "LGPL-2.1", "GPL-2")
"""Qt, PySide6 and Shiboken; libsndfile and what it stands on; PyInstaller's loader."""

OF_GNU = frozenset({"PySide6_Essentials", "shiboken6"})
"""These packages carry no text of their own: theirs is one of :data:`GNU`."""

NAMES = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)


def write_licences(folder: Path, packages: Path, python: Path | None = None) -> list[str]:
    """Write every text into ``folder``; returns the packages that have one.

    Args:
        folder: Made anew.
        packages: The folder of installed packages whose code is in the product.
        python: The folder of the Python that is in it; the one that builds, by default.

    Raises:
        Stop: A package has no text, or the system has not those of the GNU licences.
    """
    folder.mkdir(parents=True)
    named = []
    for found in sorted(distributions(path=[str(packages)]), key=lambda one: one.name.casefold()):
        texts = list(texts_of(found))
        if not texts and found.name not in OF_GNU:
            raise Stop(f"{found.name} {found.version} carries no licence text")
        for place, data in texts:
            path = folder / f"{found.name}-{found.version}" / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        named.append(f"{found.name} {found.version}: {licence_of(found)}")
    _write_python(folder, python or Path(sys.base_prefix))
    _write_gnu(folder)
    notice = (HERE / "notice.txt").read_text(encoding="utf-8")
    filled = notice.format(
        version=version(),
        qt=_version_of("PySide6_Essentials", packages),
        packages="\n".join(f"  {line}" for line in named),
    )
    (folder / "NOTICE.txt").write_text(filled, encoding="utf-8")
    return named


def texts_of(found: Distribution) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each licence file that a package brings."""
    for path in sorted(found.files or []):
        inside = [part for part in path.parts if part.endswith(".dist-info")]
        if not inside or not NAMES.search(path.name):
            continue
        place = "/".join(path.parts[path.parts.index(inside[0]) + 1 :]).removeprefix("licenses/")
        yield place, Path(str(found.locate_file(path))).read_bytes()


def licence_of(found: Distribution) -> str:
    """What a package states as its licence, in one line."""

    def told(name: str) -> list[str]:
        return [str(one) for one in found.metadata.get_all(name) or []]

    classes = [one for one in told("Classifier") if one.startswith("License ::")]
    owned = ", ".join(one.rpartition("::")[2].strip() for one in classes)
    free = "".join(told("License")).strip().partition("\n")[0]
    return "".join(told("License-Expression")) or owned or free or "see its text"


def _version_of(name: str, packages: Path) -> str:
    for found in distributions(path=[str(packages)], name=name):
        return found.version
    raise Stop(f"{name} is not there")


def _write_python(folder: Path, python: Path) -> None:
    """The text of Python itself, which is in the package too."""
    number = ".".join(map(str, sys.version_info[:2]))
    places: Sequence[Path] = [
        python / "LICENSE.txt",
        python / "LICENSE",
        python / "lib" / f"python{number}" / "LICENSE.txt",
        Path(f"/usr/share/doc/python{number}/copyright"),
    ]
    text = next((path for path in places if path.is_file()), None)
    if text is None:
        raise Stop(f"Python's licence text is in none of: {', '.join(map(str, places))}")
    (folder / "Python.txt").write_bytes(text.read_bytes())


def _write_gnu(folder: Path) -> None:
    for name in GNU:
        text = COMMON / name
        if not text.is_file():
            raise Stop(f"the text of {name} is needed in {COMMON}")
        (folder / f"{name}.txt").write_bytes(text.read_bytes())
