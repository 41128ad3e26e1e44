"""What of the packages goes into the program for Windows, and what stays out.

The rules are those of the other systems (``frozen.py``) and what is Windows' own.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QT_PLUGINS = (*frozen.QT_PLUGINS, "platforms/*qwindows*")
SHARED = re.compile(r"PySide6/(?:pyside6\.abi3|msvcp140(?:_[12])?|vcruntime140\w*)\.dll$")
"""What Qt's modules stand on."""

LOOSE = ("PySide6", "shiboken6")
"""Under the LGPL: files of their own, as they were built, and not in the archive of modules."""

FOR_BUILDING = (
    *("*.a", "*.c", "*.cpp", "*.h", "*.hpp", "*.lib", "*.mako", "*.pxd", "*.pxi", "*.pyi", "*.pyx"),
    *("*.whl", "py.typed"),
)
"""What compilers, type checkers and Alembic's own command read."""

FOLDERS_LEFT_OUT = frozenset(
    {"__pycache__", "_pyinstaller", "bin", "licensing", "qml", "templates", "test", "tests"}
)
STOOD_FOR = ("scipy/optimize/_highspy/_core", "scipy/optimize/_highspy/_highs_options")
"""Libraries that are imported and never used: ``stand_in.py`` stands in their places."""

OTHERS = re.compile(
    r"_sounddevice_data/portaudio-binaries/(?!libportaudio64bit\.dll$)|speedtest_cli\.py$|"
    + "|".join(rf"{name}\." for name in STOOD_FOR)
)
"""PortAudio for other processors and systems; a command of its own; what is stood for."""

FOR_TESTS = tuple(pattern.replace(".so", ".pyd") for pattern in frozen.FOR_TESTS)
CODE = ".py"
_QT_MODULE = re.compile(r"PySide6/Qt(?:6)?(?P<name>\w+)\.(?:pyd|dll)$")
_QT_WORDS = re.compile(r"PySide6/translations/(?P<name>[^/]+)$")


def wanted(name: str) -> bool:
    """Whether a file of the packages goes in.

    Args:
        name: Its place in the folder of packages, with slashes.
    """
    place = PurePosixPath(name)
    if any(part in FOLDERS_LEFT_OUT or part.endswith(".dist-info") for part in place.parts):
        return False
    if any(place.match(pattern) for pattern in (*FOR_BUILDING, *FOR_TESTS)) or OTHERS.match(name):
        return False
    if place.parts[0] == "PySide6":
        return _of_qt(name)
    if place.parts[0] == "shiboken6":
        return not re.match(r"vc(?:amp|corlib|omp)140|concrt140|msvcp140_\D", place.name)
    if place.suffix == CODE:
        return _module_wanted(place)
    # A library goes where its module goes.
    return not excluded(module_of(place)) and bool(frozen.wanted([(name, name, "")]))


def _of_qt(name: str) -> bool:
    words, module = _QT_WORDS.match(name), _QT_MODULE.match(name)
    if words is not None:
        return words["name"] in {f"qtbase_{language}.qm" for language in frozen.LANGUAGES}
    if module is not None:
        return module["name"] in frozen.QT_LIBRARIES
    if name.startswith("PySide6/plugins/"):
        plugin = PurePosixPath(name.removeprefix("PySide6/plugins/"))
        return any(plugin.match(pattern) for pattern in QT_PLUGINS)
    own = PurePosixPath(name)
    return bool(SHARED.match(name)) or (own.suffix == CODE and len(own.parts) == 2)  # noqa: PLR2004 - no folder below


def module_of(place: PurePosixPath) -> str:
    """The name under which a file is imported, or would be."""
    parts = [*place.parts[:-1], place.name.partition(".")[0]]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def excluded(module: str) -> bool:
    """Whether a module, or one around it, is among those that nothing imports."""
    return any(module == one or module.startswith(f"{one}.") for one in frozen.EXCLUDED)


def _module_wanted(place: PurePosixPath) -> bool:
    name = module_of(place)
    return not excluded(name) and bool(frozen.modules_wanted([(name, "", "")]))


def files(packages: Path) -> Iterator[PurePosixPath]:
    """The places of all files that go in, in the folder of packages."""
    for path in sorted(packages.rglob("*")):
        place = PurePosixPath(path.relative_to(packages).as_posix())
        if path.is_file() and wanted(str(place)):
            yield place


def in_archive(place: PurePosixPath) -> bool:
    """Whether a file is a module that goes into the archive, and not a file of its own."""
    return place.suffix == CODE and place.parts[0] not in LOOSE
