"""The one door for reports from strangers: files, folders and ZIPs in; one report at a time out.

What cannot be read is listed with its name and its reason, and the others go through. Only one
report is in memory: the one that was asked for last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.report.files import is_pdf, is_sealed
from readiness.review.archives import MARKS, members
from readiness.review.folders import files_below, is_folder
from readiness.review.kinds import Kind, kind_of, unread
from readiness.review.limits import Limits
from readiness.review.received import Received, Refused, refused, shown
from readiness.storage import open_limited, read_limited
from readiness.trust.arrived import arrive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from readiness.trust.keys import Keys

__all__ = ["Limits", "Received", "Refused", "intake"]

TOO_SLOW = "pdf-too-much"


def intake(
    paths: Iterable[Path], limits: Limits | None = None, *, keys: Keys | None = None
) -> Iterator[Received | Refused]:
    """Everything that these files, folders and ZIPs hold, in the order of their names.

    A file that is named itself is looked into whatever it is called; in folders and archives the
    name decides. Links are not followed, also not those that are named.

    Args:
        paths: What was named or dropped.
        limits: How much is read; the usual ones by default.
        keys: Open what was sealed to them; without, sealed reports are refused.
    """
    return _Intake(limits or Limits(), keys).everything(paths)


class _Intake:
    """One heap, with what was learned of it so far."""

    def __init__(self, limits: Limits, keys: Keys | None) -> None:
        self._limits, self._keys = limits, keys
        self._slow = 0
        """PDFs that took longer than they may."""

    def everything(self, paths: Iterable[Path]) -> Iterator[Received | Refused]:
        for path in paths:
            if "\0" in str(path):
                yield refused(shown(str(path)), _no_name())
            elif is_folder(path):
                yield from self._folder(path)
            else:
                yield from self._file(path, shown(path.name or str(path)), named=True)

    def _folder(self, path: Path) -> Iterator[Received | Refused]:
        for found in files_below(path, self._limits):
            if isinstance(found, Refused):
                yield found
            else:
                yield from self._file(found.path, found.name, named=False)

    def _file(self, path: Path, name: str, *, named: bool) -> Iterator[Received | Refused]:
        kind = kind_of(path.name)
        left_out = unread(kind, name, named=named, inside=False)
        if left_out is not None:
            yield left_out
            return
        try:
            if kind is Kind.ZIP or (kind is Kind.UNKNOWN and self._is_zip(path)):
                with open_limited(path, self._limits.archive, follow=False) as stream:
                    yield from self._archive(stream, name)
            else:
                data = read_limited(path, self._limits.of(kind), follow=False)
                yield self._report(name, data)
        except InputError as error:
            yield refused(name, error)

    def _is_zip(self, path: Path) -> bool:
        with open_limited(path, self._limits.archive, follow=False) as stream:
            return stream.read(4) in MARKS

    def _archive(self, stream: BinaryIO, name: str) -> Iterator[Received | Refused]:
        """The files of one archive, which one person made: their PDFs are not borne for ever."""
        before = self._slow
        for found in members(stream, name, self._limits):
            if isinstance(found, Refused):
                yield found
            elif self._slow - before >= self._limits.patience and is_pdf(found.data):
                yield refused(found.name, _not_tried())
            else:
                yield self._report(found.name, found.data)

    def _report(self, name: str, data: bytes) -> Received | Refused:
        tired = self._slow >= self._limits.patience
        try:
            if self._keys is not None and is_sealed(data):
                from readiness.trust.sealing import open_sealed

                data = open_sealed(data, self._keys)
            seconds = self._limits.hurry if tired else self._limits.seconds
            return Received(file=name, arrived=arrive(data, seconds=seconds))
        except InputError as error:
            self._slow += error.reference == TOO_SLOW
            return refused(name, error)


def _no_name() -> InputError:
    return InputError(
        "no-file", N_("This is no file."), hint=N_("Name a file, a folder or a ZIP archive.")
    )


def _not_tried() -> InputError:
    return InputError(
        "pdf-not-tried",
        N_("It was not opened: PDFs before it in this archive took more time than they may."),
        hint=N_("Ask for the .readiness.json file instead."),
    )
