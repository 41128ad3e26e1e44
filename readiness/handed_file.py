"""Files that somebody hands over, by dropping or naming them: what each is, told before it is read.

Only its name and its place are looked at here. Who reads it then trusts nothing in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.foreign import clean
from readiness.model.errors import InputError
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Sequence


class FileKind(StrEnum):
    """What can be opened."""

    REQUIREMENTS = "requirements"
    REPORT = "report"
    INVITATION = "invitation"


KINDS = {
    ".toml": FileKind.REQUIREMENTS,
    ".json": FileKind.REPORT,
    ".pdf": FileKind.REPORT,
    ".html": FileKind.REPORT,
    ".htm": FileKind.REPORT,
    ".readiness-invitation": FileKind.INVITATION,
}
"""By the ending of the name, whatever its case."""
LONGEST = 80
"""So many letters of a name are shown: an address may hold a whole document."""
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]+:|[\\/]{2}", re.IGNORECASE)
"""Begins an address (``https:``) or a file on another computer (``\\\\server\\folder``)."""


@dataclass(frozen=True, kw_only=True)
class HandedFile:
    """One file and what it is."""

    path: Path
    kind: FileKind


def looks_like_file(argument: str) -> bool:
    """Whether the first argument of a start names a file to be opened in the window."""
    return Path(argument).suffix.casefold() in KINDS


def handed_file(references: Sequence[str]) -> HandedFile:
    """The one file that was handed over.

    Args:
        references: Paths, or what came instead of paths.

    Raises:
        InputError: ``several-files``, ``no-file``, ``not-on-this-computer``, ``not-a-file``
            or ``file-kind-unknown``.
    """
    if len(references) > 1:
        raise InputError(
            "several-files",
            N_("These are {n} files; one can be opened at a time."),
            hint=N_("Open the list of requirements first, or the report that you want to see."),
            n=len(references),
        )
    path = handed_path(references[0] if references else "")
    if path.is_dir():
        raise InputError(
            "not-a-file",
            N_("This is a folder."),
            where=_shown(str(path)),
            hint=N_("Open it and choose the file inside."),
        )
    return HandedFile(path=path, kind=_kind(path))


def handed_path(reference: str) -> Path:
    """The file or folder on this computer that was handed over; whether it is there is not asked.

    Raises:
        InputError: ``no-file`` or ``not-on-this-computer``.
    """
    reference = reference.strip()
    if not reference or "\0" in reference:
        raise InputError("no-file", N_("This is no file."), hint=N_("Choose one by the button."))
    if _ELSEWHERE.match(reference):
        raise InputError(
            "not-on-this-computer",
            N_("This does not lie on this computer, and nothing is fetched from elsewhere."),
            where=_shown(reference),
            hint=N_("Save it on this computer, then open the file."),
        )
    return Path(reference)


def _shown(name: str) -> str:
    """A name as it is shown in a refusal: harmless and not endless."""
    kept = clean(name)
    return kept if len(kept) <= LONGEST else f"{kept[:LONGEST]}…"


def _kind(path: Path) -> FileKind:
    ending = path.suffix.casefold()
    if ending not in KINDS:
        raise InputError(
            "file-kind-unknown",
            N_(
                "This is neither a list of requirements nor a report or an invitation of this "
                "program."
            ),
            where=_shown(path.name),
            hint=N_(
                "A list of requirements ends in .toml, a report in .pdf, .html or .json, an "
                "invitation in .readiness-invitation."
            ),
        )
    return KINDS[ending]
