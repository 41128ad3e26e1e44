"""Reads a computer's raw facts with care, and says in words why one may be missing.

What an adapter (or a recording) hands over may lack a key or hold nonsense: no processor core, a
battery at -1 %, NaN. Whatever is no plausible value is no value. See ``docs/facts.md``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from readiness.advice import computer, places
from readiness.model.errors import FailureCode
from readiness.model.measurement import MAX_TEXT
from readiness.model.text import N_
from readiness.ports import Reason, failed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from readiness.model.errors import CannotMeasure
    from readiness.model.measurement import Failure, Metric
    from readiness.ports import Context, Facts

NOT_TOLD = "not-told"
IMPLAUSIBLE = "implausible"

_LOOK_IT_UP = N_("Look it up in the system's settings and tell the employer.")
_TRY_AGAIN = N_("Close other programs and try again.")

REASONS: Mapping[str, Reason] = {
    NOT_TOLD: Reason(
        what=N_("This computer's system does not tell this."),
        remedy=_LOOK_IT_UP,
        where=places.ABOUT,
    ),
    IMPLAUSIBLE: Reason(
        what=N_("The system told a value that cannot be true."),
        remedy=_LOOK_IT_UP,
        where=places.ABOUT,
    ),
    "unknown-system": Reason(
        what=N_("This program does not know this operating system."),
        remedy=N_("Use a computer with Windows, macOS or Linux, or ask the employer."),
        tips=(computer.OTHER_COMPUTER,),
    ),
    "unknown-topic": Reason(
        what=N_("This program does not know how to ask the system for this."),
        remedy=_LOOK_IT_UP,
        where=places.ABOUT,
    ),
    "system-refused": Reason(
        what=N_("The system did not let this program read it."),
        remedy=_LOOK_IT_UP,
        where=places.ABOUT,
    ),
    "system-error": Reason(
        what=N_("The system answered with an error."),
        remedy=_LOOK_IT_UP,
        where=places.ABOUT,
    ),
    "tool-missing": Reason(
        # Translators: {tool} is the file name of a program that belongs to the operating system.
        what=N_("The system's own tool {tool} is not there."),
        remedy=_LOOK_IT_UP,
        where=places.ABOUT,
    ),
    "tool-failed": Reason(
        what=N_("The system's own tool {tool} ended with an error."),
        remedy=_LOOK_IT_UP,
        where=places.ABOUT,
    ),
    "tool-refused": Reason(
        what=N_("The system did not let this program start its tool {tool}."),
        remedy=_LOOK_IT_UP,
        where=places.ABOUT,
    ),
    "tool-hung": Reason(
        what=N_("The system's own tool {tool} did not answer and was ended."),
        remedy=_TRY_AGAIN,
        where=places.BUSY,
    ),
    "tool-talkative": Reason(
        what=N_("The system's own tool {tool} wrote more than can be read."),
        remedy=_LOOK_IT_UP,
        where=places.ABOUT,
    ),
}
"""Why a fact of the computer may be missing, for the ``reasons`` of every probe that reads any."""


def text(facts: Facts, key: str) -> str | None:
    """A text on one line, at most 500 characters; none if there is none."""
    value = facts.get(key)
    if not isinstance(value, str):
        return None
    return " ".join(value.split())[:MAX_TEXT] or None


def number(facts: Facts, key: str, *, low: float, high: float) -> float | None:
    """A finite number from ``low`` to ``high``; none for anything else."""
    value = facts.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if math.isfinite(value) and low <= value <= high else None


def count(facts: Facts, key: str, *, high: int = 4096) -> int | None:
    """A whole number from 1 to ``high``; none for anything else."""
    value = number(facts, key, low=1, high=high)
    return None if value is None or value != int(value) else int(value)


def truth(facts: Facts, key: str) -> bool | None:
    """True or false; none if it was not told."""
    value = facts.get(key)
    return value if isinstance(value, bool) else None


def rows(facts: Facts, key: str) -> list[Facts]:
    """The entries of a list of facts; empty if there is none."""
    value = facts.get(key)
    if not isinstance(value, list | tuple):
        return []
    return [row for row in value if isinstance(row, dict)]


def not_usable(ctx: Context, metric: Metric, facts: Facts, key: str) -> Failure:
    """The failure for a fact that was not told, or that cannot be true."""
    detail = NOT_TOLD if facts.get(key) in (None, "") else IMPLAUSIBLE
    return failed(ctx, metric, FailureCode.UNSUPPORTED, detail)


def all_failed(ctx: Context, metrics: Iterable[Metric], found: CannotMeasure) -> Iterator[Failure]:
    """The failures of ``metrics`` where a whole topic could not be read."""
    for metric in metrics:
        yield failed(ctx, metric, found.code, found.detail, **found.summary)
