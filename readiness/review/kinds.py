"""What a file may be, told by its name before anything of it is read, and what is not read."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.review.received import refused

if TYPE_CHECKING:
    from readiness.review.received import Refused


class Kind(StrEnum):
    """What a file may be."""

    DATA = "data"
    PDF = "pdf"
    PAGE = "page"
    ZIP = "zip"
    OTHER_ARCHIVE = "other-archive"
    UNKNOWN = "unknown"


ENDINGS = {
    "json": Kind.DATA,
    "readiness-sealed": Kind.DATA,
    "pdf": Kind.PDF,
    "html": Kind.PAGE,
    "htm": Kind.PAGE,
    "zip": Kind.ZIP,
    **dict.fromkeys(
        ("7z", "rar", "tar", "gz", "tgz", "bz2", "xz", "zst", "cab", "iso"), Kind.OTHER_ARCHIVE
    ),
}
"""By the ending of the name, whatever its case."""

_SEPARATORS = re.compile(r"[\\/]")
"""Of names in archives: some programs write Windows' own."""


def parts_of(name: str) -> list[str]:
    """The folders and the file of a path inside an archive."""
    return _SEPARATORS.split(name)


def kind_of(name: str) -> Kind:
    """What a file may be; what systems put beside files under a name with a dot is no report."""
    last = parts_of(name)[-1]
    if last.startswith("."):
        return Kind.UNKNOWN
    _, dot, ending = last.rpartition(".")
    return ENDINGS.get(ending.casefold(), Kind.UNKNOWN) if dot else Kind.UNKNOWN


def unread(kind: Kind, name: str, *, named: bool, inside: bool) -> Refused | None:
    """Why a file is not opened; none if it is.

    Args:
        kind: By its name.
        name: As it is shown.
        named: Somebody named this very file, so that it is looked into whatever it is called.
        inside: It lies in an archive.
    """
    if kind is Kind.OTHER_ARCHIVE:
        return refused(
            name,
            InputError(
                "archive-of-another-kind",
                N_("Of archives only ZIP files are opened here."),
                hint=N_("Unpack it yourself, then name the folder."),
            ),
        )
    if kind is Kind.ZIP and inside:
        return refused(
            name,
            InputError(
                "archive-in-archive",
                N_("This is an archive inside of an archive, which is not opened."),
                hint=N_("Unpack the outer one, then name the inner one."),
            ),
        )
    if kind is Kind.UNKNOWN and not named:
        return refused(
            name,
            InputError(
                "no-report-by-its-name",
                N_("Its name is not that of a report."),
                hint=N_("Reports end in .json, .pdf, .html or .readiness-sealed."),
            ),
            aside=True,
        )
    return None
