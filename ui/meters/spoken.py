"""What may not change too often: a number that is read, a text that is spoken."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY_S = 4.0
READ_S = 0.2
"""A number that changes more often than this cannot be read."""


class Pace:
    """Lets something happen at most every few seconds.

    Args:
        every: Seconds.
        clock: Seconds that never go back.
    """

    def __init__(self, every: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._every, self._clock = every, clock
        self._last = float("-inf")

    def due(self, moment: float | None = None) -> bool:
        """Whether it is time, at a moment of the clock; none: now. If so, the time begins anew."""
        at = self._clock() if moment is None else moment
        if at - self._last < self._every:
            return False
        self._last = at
        return True

    def begin(self) -> None:
        """The next may happen at once."""
        self._last = float("-inf")


class Spoken:
    """Passes a text on to assistive technology, which would otherwise talk all the time.

    What comes within a few seconds is dropped.

    Args:
        tell: Receives the text.
        clock: Seconds that never go back.
    """

    def __init__(
        self, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._tell = tell
        self._pace = Pace(EVERY_S, clock)

    def say(self, words: Callable[[], str]) -> None:
        """Pass a text on if it is time; only then is it put together."""
        if self._pace.due():
            self._tell(words())
