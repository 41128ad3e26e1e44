"""Profiles under change on disk: opened, begun from another one, saved."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from readiness.locale import RESOURCES
from readiness.model.errors import InputError
from readiness.model.requirement import ProfileKind
from readiness.model.text import N_
from readiness.profiles import profile_bytes
from readiness.profiles.draft import read_draft
from readiness.profiles.table import LONGEST_ID
from readiness.profiles.tree import MAX_BYTES
from readiness.storage import read_limited, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.profiles.draft import ProfileDraft

BEGINNING = RESOURCES / "templates" / "profile.toml"
"""What a profile begins with that is not made from another one: short, and without a fault."""

NAMELESS = "my-employer"
"""The id where the name of a file has no letter or digit that an id can have."""


def open_draft(path: Path) -> ProfileDraft:
    """The draft of a file, which may have faults.

    Raises:
        InputError: There is none, or it is no TOML, too large or too deep.
    """
    data = read_limited(path, MAX_BYTES, follow=False)
    return replace(read_draft(data, str(path)), saved=data)


def begin_draft(path: Path, reference: str = "") -> ProfileDraft:
    """The draft of a file that is still to be written.

    Args:
        path: Where it will be saved; its name becomes the profile's id.
        reference: Id or path of the profile that it is made from; empty: the shortest one.

    Raises:
        InputError: There is no profile of that name, or it cannot be used.
    """
    data = profile_bytes(reference) if reference else read_limited(BEGINNING, MAX_BYTES)
    draft = read_draft(data, str(path))
    draft = draft.put(("id",), id_of(path)).put(("kind",), ProfileKind.EMPLOYER)
    if not reference:
        draft = draft.put(("source", "own", "seen"), datetime.now(UTC).date())
    return draft


def id_of(path: Path) -> str:
    """A profile's id after the name of its file: small letters, digits and single dashes."""
    parts = re.findall(r"[a-z0-9]+", path.stem.lower())
    return "-".join(parts)[:LONGEST_ID].rstrip("-") or NAMELESS


def save_draft(draft: ProfileDraft, path: Path, *, anyway: bool = False) -> ProfileDraft:
    """Write a draft, with its faults if it has any: what is half done is not lost.

    Args:
        draft: What to write.
        path: Where to; a file that is there must hold what the draft was opened from.
        anyway: Write over whatever is there.

    Returns:
        The draft, now as it is on disk.

    Raises:
        InputError: ``profile-changed-meanwhile``: the file holds something else.
        StorageError: The disk refuses; the file holds what it held before.
    """
    if not anyway and path.exists():
        there = read_limited(path, MAX_BYTES, follow=False)
        if there not in (draft.saved, draft.data):
            raise InputError(
                "profile-changed-meanwhile",
                N_("The file holds something else than what was opened."),
                where=str(path),
                hint=N_("Choose another name, or open it again to see what is there."),
            )
    write_whole(path, draft.data)
    return replace(draft, saved=draft.data)
