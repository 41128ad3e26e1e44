"""The files below a folder, in the order of their names; links, pipes and devices are refused."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.review.received import Refused, refused, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from readiness.review.limits import Limits

_LINKED = frozenset({0xA0000003, 0xA000000C})
"""Windows' tags of a mount point (also called junction) and of a symbolic link ([MS-FSCC] 2.1.2.1).

Other reparse points are whole files and folders, such as those that a cloud keeps.
"""


class FoundFile(NamedTuple):
    """One ordinary file: its whole path, its own name, and how it is shown."""

    path: str
    file: str
    name: str


@dataclass(kw_only=True)
class _Listing:
    """What one folder holds, by kind, as names; ``whole``: nothing was left out."""

    files: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    whole: bool = True


def is_link(state: os.stat_result) -> bool:
    """Whether what ``lstat`` told is a link or a mount point, which can lead anywhere."""
    return stat.S_ISLNK(state.st_mode) or getattr(state, "st_reparse_tag", 0) in _LINKED


def is_folder(path: Path) -> bool:
    """Whether it is a folder and no link to one; what cannot be looked at is none."""
    try:
        state = os.lstat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(state.st_mode) and not is_link(state)


def files_below(folder: Path, limits: Limits) -> Iterator[FoundFile | Refused]:
    """Every ordinary file below ``folder``: those of a folder first, then those of its folders."""
    waiting = [(folder, folder.name, 0)]
    while waiting:
        here, name, depth = waiting.pop()
        try:
            listing = _listed(here, limits.names)
        except OSError as error:
            yield refused(shown(name), _unreadable(error))
            continue
        for file in sorted(listing.files):
            path = os.path.join(here, file)  # noqa: PTH118 - no object for each of 200,000
            yield FoundFile(path, file, shown(_under(name, file)))
        for file in sorted(listing.strange):
            yield refused(shown(_under(name, file)), _strange())
        if not listing.whole:
            yield refused(shown(name), _too_full(limits.names))
        below = [(here / one, _under(name, one), depth + 1) for one in listing.folders]
        if depth + 1 < limits.depth:
            waiting.extend(sorted(below, reverse=True))
        else:
            for _, one, _ in sorted(below):
                yield refused(shown(one), _too_deep(limits.depth))


def _listed(folder: Path, most: int) -> _Listing:
    found = _Listing()
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number == most:
                found.whole = False
                break
            _kind(entry, found).append(entry.name)
    return found


def _kind(entry: os.DirEntry[str], found: _Listing) -> list[str]:
    if entry.is_file(follow_symlinks=False):
        return found.files
    if entry.is_dir(follow_symlinks=False) and not is_link(entry.stat(follow_symlinks=False)):
        return found.folders
    return found.strange


def _under(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _strange() -> InputError:
    return InputError(
        "not-a-file",
        N_("This is a link, a pipe or a device, not an ordinary file or folder."),
        hint=N_("Copy what it leads to into the folder."),
    )


def _unreadable(error: OSError) -> InputError:
    return InputError(
        "cannot-read",
        N_("The folder cannot be read: {reason}"),
        hint=N_("Check whether you may open it."),
        reason=f"{error.strerror or type(error).__name__}.",
    )


def _too_full(most: int) -> InputError:
    return InputError(
        "folder-too-full",
        N_("The folder holds more than {limit} files; the others were not looked at."),
        hint=N_("Spread them over several folders."),
        limit=most,
    )


def _too_deep(most: int) -> InputError:
    return InputError(
        "folder-too-deep",
        N_("There are more than {limit} folders one inside another."),
        hint=N_("Name this folder itself."),
        limit=most,
    )
