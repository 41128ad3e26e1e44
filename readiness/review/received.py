"""What comes out of the intake: a report that was read, or a file that was refused, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.foreign import clean
from readiness.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from readiness.trust.arrived import Arrived

LONGEST_NAME = 200
"""So many letters of a name are shown, the last ones: the file's own name stands there."""

NAMELESS = "?"
"""Stands for a name of which nothing can be shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """One report.

    Attributes:
        file: Its name, fit to be shown; ``answers.zip: ada.readiness.json`` inside an archive.
        arrived: What was read.
        taken_in: When it was first kept in an archive, if it is in one.
    """

    file: str
    arrived: Arrived
    taken_in: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """One file that is not taken in. Holds no traceback: that would hold the file's bytes too.

    Attributes:
        file: Its name, fit to be shown.
        reference: As in ``ReadinessError``; so ``what``, ``hint`` and ``values``.
        place: JSON path of the fault, or empty.
        aside: Nothing is wrong with it; it is just no report, or one for reading only.
    """

    file: str
    reference: str
    what: str
    hint: str = ""
    place: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    aside: bool = False

    def error(self) -> InputError:
        """The same as an error, to be put into words like all others."""
        where = f"{self.file}: {self.place}" if self.place else self.file
        return InputError(self.reference, self.what, where=where, hint=self.hint, **self.values)


def refused(file: str, error: InputError, *, aside: bool = False) -> Refused:
    """The refusal of the file that is shown as ``file``."""
    place = error.where.removeprefix("$").removeprefix(".") if error.where[:1] == "$" else ""
    return Refused(
        file=file,
        reference=error.reference,
        what=error.what,
        hint=error.hint,
        place=place,
        values=error.values,
        aside=aside,
    )


def shown(name: str) -> str:
    """A name that anybody may have chosen, harmless and not endless."""
    kept = clean(name[-LONGEST_NAME:])
    return (f"…{kept}" if len(name) > LONGEST_NAME else kept) or NAMELESS
