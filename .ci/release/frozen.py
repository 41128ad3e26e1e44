"""What goes into the folder of a packaged program, and what stays out; the spec file asks here.

Left out: modules of Qt that the window does not use, locales that the product does not speak, and
whatever belongs to the system (``libraries.py`` names its packages instead).
"""

from __future__ import annotations

import re
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Entry = tuple[str, str, str]
    """Name in the folder, file, kind: PyInstaller's own form."""

LINK = "SYMLINK"
"""PyInstaller's kind of an entry that leads to another one."""

LANGUAGES = ("de", "en", "es")
EXCLUDED = (
    "IPython",
    "PySide6.QtNetwork",
    "PySide6.QtOpenGL",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "PySide6.QtXml",
    "curses",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "nis",
    "ossaudiodev",
    "pip",
    "pytest",
    "readline",  # GPL
    "scipy.cluster",
    "scipy.datasets",
    "scipy.differentiate",
    "scipy.fftpack",
    "scipy.io",
    "scipy.misc",
    "scipy.odr",
    "scipy.stats._unuran",
    "scipy.stats.sampling",
    "setuptools",
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle",
    "sqlalchemy.testing",
    "tkinter",
    "turtle",
)
"""Modules that are found on the way and never used.

Those of scipy: not imported by what the product uses of it, its signals, transforms and filters for
pictures. PostgreSQL's dialect is not among SQLAlchemy's here, for Alembic imports it."""

OF_PACKER = ("PyInstaller", "_pyinstaller_hooks_contrib")

REPLACEABLE = ("pyudev",)
"""Packages in Python under the LGPL: files of their own, and not in the program's archive."""

PACKED_BY_NAME = re.compile(r"pygments\.(?:lexers\.(?!_)|styles\.(?!_|default$))")
"""Modules that PyInstaller takes along because somebody might name them: programming languages."""

FOR_TESTS = ("*_tests.*.so", "_test_*.so", "_ctest.*.so", "_cytest.*.so", "_simd.*.so")
"""Libraries of numpy and scipy that only their own tests load."""

DYNAMIC = ("rich._unicode_data", "websockets")
"""Packages of others that import their own modules by name."""

QT_LIBRARIES = (
    "Core",
    "DBus",
    "Gui",
    "PrintSupport",
    "Svg",
    "WaylandClient",
    "Widgets",
    "WlShellIntegration",
    "XcbQpa",
)
"""What the window uses, and what that stands on. One too few is found by the check of libraries."""

QT_PLUGINS = (
    "iconengines/*svgicon*",
    "imageformats/*qsvg*",
    "platforminputcontexts/*compose*",
    "platforminputcontexts/*ibus*",
    "platforms/*qcocoa*",
    "platforms/*qoffscreen*",
    "platforms/*qwayland-generic*",
    "platforms/*qxcb*",
    "platformthemes/*xdgdesktopportal*",
    "printsupport/*",
    "styles/*",
    "wayland-decoration-client/*",
    "wayland-shell-integration/*",
)
"""``platformthemes/libqgtk3`` is not among them: it would bring GTK from the building computer."""

NEVER = (
    "Qt6Charts",
    "Qt6Graphs",
    "Qt6DataVisualization",
    "Qt6VirtualKeyboard",
    "qtvirtualkeyboard",
    "libreadline",
    "libgtk-3",
)
"""GPL or commercial only; or of the computer that built it."""

_QT_LIBRARY = re.compile(r"(?:lib)?Qt6(\w+?)(?:\.so[.\d]*|\.dylib|\.abi3\.\w+|\.dll)?$")
_SYSTEM = re.compile(r"^(?:/usr)?/lib(?:64|32)?/")
_OF_PYTHON = re.compile(r"/python3[.\d]*/|/libpython3[^/]*$")
_LOCALE = re.compile(r"(?:^|/)babel/locale-data/(?P<name>[^/]+)\.dat$")
_TRANSLATION = re.compile(r"/Qt/translations/(?P<name>[^/]+)$")


def modules(source: Path) -> list[str]:
    """Every module of the product: probes, pages and commands are imported by name."""
    found = []
    for top in ("readiness", "ui"):
        for path in sorted((source / top).rglob("*.py")):
            parts = path.relative_to(source).with_suffix("").parts
            found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return [name for name in found if name not in EXCLUDED]


def datas(source: Path) -> list[tuple[str, str]]:
    """The product's data: file, and the folder that it goes to."""
    files = sorted(path for path in (source / "resources").rglob("*") if path.is_file())
    # Alembic reads its scripts as files and imports none of them.
    files += sorted((source / "readiness").rglob("migrations/**/*.py"))
    return [(str(path), str(path.relative_to(source).parent)) for path in files]


def wanted(entries: Iterable[Entry]) -> list[Entry]:
    """Those of PyInstaller's findings that the product uses and the system does not bring."""
    return [entry for entry in entries if _wanted(entry)]


def modules_wanted(entries: Iterable[Entry]) -> list[Entry]:
    """The same of what PyInstaller found in Python: name, file, kind."""
    return [entry for entry in entries if not PACKED_BY_NAME.match(entry[0])]


def without_tools(entries: Iterable[Entry], tools: Path) -> list[Entry]:
    """Without what merely lies beside the packer, whose licences the product does not name.

    Args:
        entries: PyInstaller's findings.
        tools: The folder of packages that PyInstaller itself is in; what is its own stays.
    """
    return [entry for entry in entries if not _beside_packer(PurePath(entry[1]), tools)]


def _beside_packer(file: PurePath, tools: Path) -> bool:
    return file.is_relative_to(tools) and file.relative_to(tools).parts[0] not in OF_PACKER


def _wanted(entry: Entry) -> bool:
    name, file, kind = entry
    # A link stays with what it leads to.
    name = (file if kind == LINK else name).replace("\\", "/")
    if _SYSTEM.match(file) and not _OF_PYTHON.search(file):
        return False
    locale, translation = _LOCALE.search(name), _TRANSLATION.search(name)
    if locale is not None:
        return locale["name"].split("_")[0] in ("root", *LANGUAGES)
    if translation is not None:
        return translation["name"] in {f"qtbase_{language}.qm" for language in LANGUAGES}
    if "/plugins/" in name and "PySide6" in name:
        plugin = PurePosixPath(name.partition("/plugins/")[2])
        return any(plugin.match(pattern) for pattern in QT_PLUGINS)
    if any(PurePosixPath(name).match(pattern) for pattern in FOR_TESTS) or (
        "/qml/" in name and "PySide6" in name
    ):
        return False
    library = _QT_LIBRARY.match(PurePosixPath(name).name)
    return library is None or library[1] in QT_LIBRARIES
