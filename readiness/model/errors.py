"""Everything that the product raises itself. This module imports nothing else of the product."""

from __future__ import annotations

from enum import StrEnum


class FailureCode(StrEnum):
    """Why a metric could not be measured. A closed list; reports carry these words."""

    NO_DEVICE = "no-device"
    PERMISSION_DENIED = "permission-denied"
    UNSUPPORTED = "unsupported"
    TIMED_OUT = "timed-out"
    UNREACHABLE = "unreachable"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    CRASHED = "crashed"


class ReadinessError(Exception):
    """Bad input or a fault that a person can put right.

    Attributes:
        reference: Searchable kebab-case name of the fault, e.g. ``profile-unknown-key``.
        what: English source text of what happened. ``{placeholders}`` are filled from ``values``.
        where: File and key, e.g. ``mine.toml: requirement[2].any_of[0].unit``.
        hint: English source text of what to do about it; same placeholders.
        values: Values for the placeholders; never marked for translation.
    """

    def __init__(
        self, reference: str, what: str, *, where: str = "", hint: str = "", **values: object
    ) -> None:
        super().__init__(reference)
        self.reference = reference
        self.what = what
        self.where = where
        self.hint = hint
        self.values = values

    def __str__(self) -> str:
        """English text on one line: where, what, hint and reference."""
        said = [self.what.format(**self.values)]
        if self.hint:
            said.append(self.hint.format(**self.values))
        place = f"{self.where}: " if self.where else ""
        return f"{place}{' '.join(said)} [{self.reference}]"


class InputError(ReadinessError):
    """A profile, a report, answers or an option that cannot be used. Exit status 3."""


class StorageError(ReadinessError):
    """The disk or the archive refused: full, read-only, locked. Exit status 4."""


class CannotMeasure(Exception):  # noqa: N818 - it is a finding, not an error
    """An adapter or probe found that something cannot be measured here; becomes a ``Failure``.

    Attributes:
        code: One of the closed list.
        detail: Kebab-case reason that narrows the code down (``captive-portal``), or empty. Its
            text for people stands in the probe's ``reasons``.
        summary: Short values that help to argue, e.g. ``{"status": 403}``. Nothing personal.
    """

    def __init__(self, code: FailureCode, detail: str = "", **summary: str | float | bool) -> None:
        super().__init__(f"{code.value} {detail}".strip())
        self.code = code
        self.detail = detail
        self.summary: dict[str, str | float | bool] = dict(summary)


class Cancelled(BaseException):
    """The person pressed Stop. Not an error; nothing below the engine catches it."""
