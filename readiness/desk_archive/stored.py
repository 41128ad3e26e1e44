"""What goes into an archive and comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.desk_archive.remarks import NOTHING_YET, Remark

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """One report that is taken in.

    Attributes:
        digest: Its key, as ``Arrived.digest``; the same one is kept once.
        name: Of the file, fit to be shown.
        data: Its bytes with every signature.
    """

    digest: str
    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One report as a list shows it: without its bytes."""

    digest: str
    name: str
    taken_in: datetime
    remark: Remark = NOTHING_YET


@dataclass(frozen=True, kw_only=True, slots=True)
class Swept:
    """What became of reports that are older than the recruiters want to keep them.

    Attributes:
        deleted: So many are gone, with all notes.
        doubtful: So many seem so old that the clock may be wrong; they are still there.
    """

    deleted: int = 0
    doubtful: int = 0
