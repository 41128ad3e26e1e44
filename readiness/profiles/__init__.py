"""Requirement profiles: TOML in, ``Profile`` out; every fault named with file, key and hint.

The form of the files is described in ``docs/profile-format.md``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.locale import RESOURCES
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.profiles.document import read_profile, tomorrow
from readiness.profiles.faults import Faults, nearest, shown
from readiness.profiles.questions import shipped_questions
from readiness.profiles.tree import MAX_BYTES
from readiness.storage import read_limited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.model.requirement import Profile, Question

DEFAULT = "typical-voice"
"""Id of the profile that is taken where none is named."""

FOLDER = RESOURCES / "profiles"
ENDING = ".toml"


def load_profile(reference: str) -> Profile:
    """A profile by the id of a shipped one, or by the path of a file.

    Raises:
        InputError: There is none, or its first fault.
    """
    if reference in shipped():
        return shipped()[reference]
    if not _is_path(reference):
        near = nearest(reference, shipped())
        raise InputError(
            "profile-unknown",
            N_("There is no profile {profile}."),
            where=shown(reference),
            hint=N_("Did you mean {near}?")
            if near
            else N_("Name a file, or one of these: {known}."),
            profile=shown(reference),
            near=near,
            known=", ".join(shipped()),
        )
    return parse_profile(_read(Path(reference)), reference)


def parse_profile(data: bytes, name: str) -> Profile:
    """A profile out of the bytes of a file called ``name``.

    Raises:
        InputError: The first fault; :func:`check_profile` lists them all.
    """
    faults = Faults(name)
    profile = read_profile(data, faults)
    if faults.found or profile is None:
        raise faults.found[0]
    return profile


def check_profile(path: Path) -> list[InputError]:
    """Every fault of a file, at most 100; an empty list if it can be used.

    Stricter than loading in two things: a page cannot have been seen after tomorrow, and a headset
    cannot be less cautiously listed than in the product's own table.
    """
    faults = Faults(str(path))
    try:
        data = _read(path)
    except InputError as error:
        return [error]
    read_profile(data, faults, today=tomorrow())
    return faults.found


def profile_bytes(reference: str) -> bytes:
    """The text of a profile that can be used, by id or path.

    Raises:
        InputError: As :func:`load_profile`.
    """
    load_profile(reference)
    if reference in shipped():
        return read_limited(FOLDER / f"{reference}{ENDING}", MAX_BYTES)
    return _read(Path(reference))


@cache
def shipped() -> Mapping[str, Profile]:
    """The profiles that come with the product, by id; each is read when it is first asked for."""
    return _Shipped(FOLDER)


def all_questions() -> Mapping[str, Question]:
    """Every question that comes with the product, by id; shipped profiles ask no others."""
    return shipped_questions()


class _Shipped(Mapping[str, "Profile"]):
    """A folder of profiles, file name = id, read one by one and kept."""

    def __init__(self, folder: Path) -> None:
        names = (path.name for path in folder.iterdir() if path.suffix == ENDING)
        self._paths = {name.removesuffix(ENDING): folder / name for name in sorted(names)}
        self._read: dict[str, Profile] = {}

    def __getitem__(self, profile_id: str) -> Profile:
        if profile_id not in self._read:
            path = self._paths[profile_id]
            self._read[profile_id] = parse_profile(read_limited(path, MAX_BYTES), path.name)
        return self._read[profile_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, profile_id: object) -> bool:
        return profile_id in self._paths


def _is_path(reference: str) -> bool:
    if "\0" in reference or not reference:
        return False
    separators = {os.sep, os.altsep or os.sep}
    return reference.endswith(ENDING) or any(s in reference for s in separators)


def _read(path: Path) -> bytes:
    """The bytes of a profile file; links are not followed, so that the name is the file's own."""
    return read_limited(path, MAX_BYTES, follow=False)
