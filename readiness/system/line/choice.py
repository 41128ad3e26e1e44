"""Several methods that were agreed to, tried in their order; each that failed is named."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from readiness.model.call import CallStream
from readiness.model.errors import CannotMeasure
from readiness.system.line.messages import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BYTES = 1e6 / 8
"""Mbit => bytes"""

FEWEST_BYTES = 500_000
"""With less than this left of the budget no further method is begun."""

FELL_BACK, TRIED = "fell_back", "tried"


class Progress(Protocol):
    """Receives (fraction, value of this moment or none)."""

    def __call__(self, fraction: float, value: float | None, /) -> None: ...  # noqa: D102


class Backend(Protocol):
    """A line whose figures are what a measuring child says."""

    @property
    def method(self) -> str: ...  # noqa: D102
    def download(self, progress: Progress) -> Reading: ...  # noqa: D102
    def upload(self, progress: Progress) -> Reading: ...  # noqa: D102
    def call(self, progress: Progress) -> CallStream: ...  # noqa: D102


Found = TypeVar("Found", Reading, CallStream)


class Choice:
    """The first method that works. Satisfies ``ports.Line``.

    What a method moved before it failed comes off the budget of the next. Once one has worked,
    the other direction begins with it.

    Args:
        makers: Method and how its line is made with so many bytes for each direction, in order.
        budget: Bytes for each direction.
    """

    def __init__(self, makers: Sequence[tuple[str, Callable[[int], Backend]]], budget: int) -> None:
        self._makers = dict(makers)
        self._lines = {name: make(budget) for name, make in makers}
        self._budget = budget
        self._failed: dict[str, str] = {}
        self._method = next(iter(self._makers))

    @property
    def method(self) -> str:
        """The method that worked last; before that, the first."""
        return self._method

    def download(self, progress: Progress) -> Reading:
        """Goodput towards this computer. Raises ``CannotMeasure``."""
        return self._first(lambda line, tell: line.download(tell), progress)

    def upload(self, progress: Progress) -> Reading:
        """Goodput away from this computer. Raises ``CannotMeasure``."""
        return self._first(lambda line, tell: line.upload(tell), progress)

    def call(self, progress: Progress) -> CallStream:
        """The stream of a call on the idle line. Raises ``CannotMeasure``."""
        return self._first(lambda line, tell: line.call(tell), progress, costs=False)

    def _first(
        self,
        ask: Callable[[Backend, Progress], Found],
        progress: Progress,
        *,
        costs: bool = True,
    ) -> Found:
        names = list(self._makers)
        left = self._budget
        failures: list[CannotMeasure] = []
        for name in names[names.index(self._method) :]:
            meter = _Meter(progress)
            line = self._lines[name] if left == self._budget else self._makers[name](left)
            try:
                found = ask(line, meter)
            except CannotMeasure as failure:
                failures.append(failure)
                self._failed[name] = failure.detail or failure.code.value
                left -= meter.moved(failure) if costs else 0
                if left < FEWEST_BYTES:
                    break
            else:
                self._method = name
                return self._naming(found, names[: names.index(name)])
        if len(names) == 1:
            raise failures[0]
        raise CannotMeasure(
            failures[0].code, "no-method-worked", **{TRIED: self._said(list(self._failed))}
        )

    def _naming(self, found: Found, before: Sequence[str]) -> Found:
        """The figure, with what failed before it."""
        if not before:
            return found
        summary = {**found.summary, FELL_BACK: self._said(before)}
        return msgspec.structs.replace(found, summary=summary)

    def _said(self, names: Sequence[str]) -> str:
        return "; ".join(f"{name}: {self._failed[name]}" for name in names if name in self._failed)


class _Meter:
    """Passes progress on and keeps in mind how much may have been moved."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._begun: float | None = None
        self._fastest = 0.0

    def __call__(self, fraction: float, value: float | None, /) -> None:
        if fraction > 0 and self._begun is None:
            self._begun = time.monotonic()
        self._fastest = max(self._fastest, value or 0.0)
        self._progress(fraction, value)

    def moved(self, failure: CannotMeasure) -> int:
        """Bytes: as the failure tells, else as if the fastest moment had lasted all the time."""
        told = failure.summary.get("bytes")
        if isinstance(told, int):
            return told
        lasted = 0.0 if self._begun is None else time.monotonic() - self._begun
        return int(self._fastest * BYTES * lasted)
