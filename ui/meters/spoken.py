"""A changing text for assistive technology, which would otherwise be talked over all the time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY_S = 4.0


class Spoken:
    """Passes a text on at most every few seconds; what comes in between is dropped.

    Args:
        tell: Receives the text.
        clock: Seconds that never go back.
    """

    def __init__(
        self, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._tell, self._clock = tell, clock
        self._last = float("-inf")

    def say(self, text: str) -> None:
        """Pass it on if it is time."""
        moment = self._clock()
        if moment - self._last >= EVERY_S:
            self._last = moment
            self._tell(text)
