"""Where the program begins on Windows: ``readiness.exe`` has loaded Python, and lets it run this.

Every module that is Python lies in one archive, for a thousand small files take long to install, to
look through for viruses and to remove. To itself each seems to lie in the folder ``lib``, where its
data and libraries really are.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import (
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    ModuleSpec,
    SourceFileLoader,
    SourcelessFileLoader,
)
from importlib.util import spec_from_file_location
from typing import TYPE_CHECKING, cast
from zipimport import zipimporter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import CodeType, ModuleType

ARCHIVE = "modules.zip"
LIB = "lib"
ENDING = ".pyc"
NOT_WHOLE = 64
"""The exit status where a part is missing."""

TOLD_BY = "READINESS_NOT_WHOLE"
"""By this variable ``readiness.exe`` learns of it, and tells the person."""


class Loader(SourcelessFileLoader):
    """Takes a module's code out of the archive."""

    def __init__(self, name: str, path: str, archive: zipimporter) -> None:
        super().__init__(name, path)
        self._archive = archive

    def get_code(self, fullname: str) -> CodeType | None:
        """The code, compiled long ago."""
        return self._archive.get_code(fullname)


class Finder:
    """Looks for modules of one folder: first in the archive, then in the folder.

    Args:
        lib: The folder that stands for the archive.
        path: This one or one below it.

    Raises:
        ImportError: It is another folder; Python then asks somebody else.
    """

    def __init__(self, lib: str, path: str) -> None:
        if path != lib and not path.startswith(lib + os.sep):
            raise ImportError(path)
        self._path = path
        self._inside = path[len(lib) + 1 :]
        archive = os.path.join(os.path.dirname(lib), ARCHIVE)  # noqa: PTH118, PTH120 - pathlib takes time to import
        self._archive = zipimporter(os.path.join(archive, self._inside))  # noqa: PTH118
        self._files = FileFinder(
            path, (ExtensionFileLoader, EXTENSION_SUFFIXES), (SourceFileLoader, SOURCE_SUFFIXES)
        )

    def find_spec(self, fullname: str, target: ModuleType | None = None) -> ModuleSpec | None:
        """Where a module is, if it is here."""
        if self._archive.find_spec(fullname) is None:
            return self._files.find_spec(fullname, target)
        package = self._archive.is_package(fullname)
        folder = os.path.join(self._path, fullname.rpartition(".")[2])  # noqa: PTH118
        place = os.path.join(folder, "__init__.py") if package else f"{folder}.py"  # noqa: PTH118
        return spec_from_file_location(
            fullname,
            place,
            loader=Loader(fullname, place, self._archive),
            submodule_search_locations=[folder] if package else None,
        )

    def invalidate_caches(self) -> None:
        """Forget what lay in the folder."""
        self._files.invalidate_caches()

    def iter_modules(self, prefix: str = "") -> Iterator[tuple[str, bool]]:
        """Names of this folder's modules and packages, for :mod:`pkgutil`."""
        within = f"{self._inside}{os.sep}" if self._inside else ""
        found: dict[str, bool] = {}
        # The archive's own list: nothing public tells what is in it without reading it again.
        for name in cast("dict[str, object]", self._archive._files):  # type: ignore[attr-defined]  # noqa: SLF001
            if name.startswith(within) and name.endswith(ENDING):
                top, _, rest = name[len(within) : -len(ENDING)].partition(os.sep)
                if not rest and top != "__init__":
                    found.setdefault(top, False)
                elif rest == "__init__":
                    found[top] = True
        for top, package in sorted(found.items()):
            yield prefix + top, package


def install(lib: str) -> None:
    """Let Python look into the archive for what seems to lie in ``lib``."""
    sys.path_hooks.insert(0, lambda path: Finder(lib, path))
    sys.path_importer_cache.clear()


def start(program: str, arguments: Sequence[str]) -> int:
    """Start the product; returns the exit status.

    Args:
        program: The folder with Python.
        arguments: As they were given.
    """
    sys.argv[1:] = arguments
    sys.frozen = True  # type: ignore[attr-defined] # so packaged programs are known by
    # What is installed stays as it was installed.
    sys.dont_write_bytecode = True
    # Python's own libraries lie beside Python, and not beside the program that was started.
    os.add_dll_directory(program)  # type: ignore[attr-defined] # of Windows alone
    install(os.path.join(program, LIB))  # noqa: PTH118
    try:
        from readiness.__main__ import main

        return main()
    except ImportError as error:
        # A part that was not installed, or that somebody took away; ``readiness.exe`` says so.
        if sys.stderr is not None:
            sys.stderr.write(f"{error}\n")
        return NOT_WHOLE


if __name__ == "__main__":
    found = start(os.path.dirname(os.path.abspath(__file__)), sys.argv[1:])  # noqa: PTH100, PTH120
    if found != NOT_WHOLE:
        sys.exit(found)
    # Leaving by sys.exit would end the whole process, and nobody would tell the person.
    os.environ[TOLD_BY] = "1"
