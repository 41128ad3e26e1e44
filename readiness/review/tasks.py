"""What there is to read below what was named: files, and those in archives, one after the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.review.archives import MARKS, members
from readiness.review.folders import files_below, is_folder
from readiness.review.kinds import Kind, kind_of, unread
from readiness.review.received import Refused, refused, shown
from readiness.storage import open_limited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from readiness.review.limits import Limits


_READ = (Kind.DATA, Kind.PDF, Kind.PAGE)


class Task(NamedTuple):
    """One file that is to be read.

    Attributes:
        name: Fit to be shown.
        kind: By its name.
        source: Where it lies; or its bytes, out of an archive.
        archive: Number of the archive that it came out of; 0: none.
    """

    name: str
    kind: Kind
    source: str | bytes
    archive: int = 0


def tasks(paths: Iterable[Path], limits: Limits) -> Iterator[Task | Refused]:
    """Everything below these paths in the order of names; what is not even opened is refused."""
    return _Walk(limits).everything(paths)


class _Walk:
    """Through folders and archives; counts the latter."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._archives = 0

    def everything(self, paths: Iterable[Path]) -> Iterator[Task | Refused]:
        for path in paths:
            if "\0" in str(path):
                yield refused(shown(str(path)), _no_name())
            elif is_folder(path):
                yield from self._folder(path)
            else:
                yield from self._file(path, shown(path.name or str(path)), named=True)

    def _folder(self, folder: Path) -> Iterator[Task | Refused]:
        for found in files_below(folder, self._limits):
            if isinstance(found, Refused):
                yield found
                continue
            kind = kind_of(found.file)
            if kind in _READ:
                yield Task(found.name, kind, found.path)
            else:
                yield from self._file(Path(found.path), found.name, named=False)

    def _file(self, path: Path, name: str, *, named: bool) -> Iterator[Task | Refused]:
        kind = kind_of(path.name)
        left_out = unread(kind, name, named=named, inside=False)
        if left_out is not None:
            yield left_out
            return
        try:
            if kind is Kind.ZIP or (kind is Kind.UNKNOWN and self._is_zip(path)):
                yield from self._archive(path, name)
            else:
                yield Task(name, kind, str(path))
        except InputError as error:
            yield refused(name, error)

    def _is_zip(self, path: Path) -> bool:
        with open_limited(path, self._limits.archive, follow=False) as stream:
            return stream.read(4) in MARKS

    def _archive(self, path: Path, name: str) -> Iterator[Task | Refused]:
        self._archives += 1
        number = self._archives
        with open_limited(path, self._limits.archive, follow=False) as stream:
            for found in members(stream, name, self._limits):
                if isinstance(found, Refused):
                    yield found
                else:
                    yield Task(found.name, found.kind, found.data, number)


def _no_name() -> InputError:
    return InputError(
        "no-file", N_("This is no file."), hint=N_("Name a file, a folder or a ZIP archive.")
    )
