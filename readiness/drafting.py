"""Writing what is asked: a profile as a draft, and what it can be tried on.

The engine's room for it. What it needs is imported late: the window must paint fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from readiness.model.measurement import Session
    from readiness.preview import Crowd
    from readiness.preview.samples import Sample
    from readiness.profiles.askable import Askable
    from readiness.profiles.draft import ProfileDraft


def open_draft(path: Path) -> ProfileDraft:
    """A profile's file, to be changed; it may have faults.

    Raises:
        InputError: There is none, or it is no TOML.
    """
    from readiness.profiles.draft import files

    return files.open_draft(path)


def begin_draft(path: Path, reference: str = "") -> ProfileDraft:
    """A profile that is still to be written to ``path``, short or made from another one.

    Raises:
        InputError: There is no profile of that name.
    """
    from readiness.profiles.draft import files

    return files.begin_draft(path, reference)


def save_draft(draft: ProfileDraft, path: Path, *, anyway: bool = False) -> ProfileDraft:
    """Write a draft; with ``anyway`` over whatever is there.

    Raises:
        InputError: ``profile-changed-meanwhile``: the file holds something else.
        StorageError: The disk refuses.
    """
    from readiness.profiles.draft import files

    return files.save_draft(draft, path, anyway=anyway)


def askables() -> Mapping[str, Askable]:
    """Everything that a requirement can ask for, by id."""
    from readiness.profiles import askable

    return askable.askables()


def samples() -> tuple[Sample, ...]:
    """Made-up home offices that a profile can be tried on."""
    from readiness.preview import samples as made_up

    return made_up.samples()


def crowd(sessions: Sequence[Session]) -> Crowd:
    """Sessions that profiles are tried on, one after the other."""
    from readiness.preview import Crowd

    return Crowd(sessions)
