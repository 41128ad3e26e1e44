"""The beat of a call: one packet at each planned moment, never a heap of late ones."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENOUGH = threading.Event()
"""Set in a child that was told to come to an end: no more packets are sent."""

FAR_BEHIND = 5
"""Intervals. A computer that was held up longer goes on from now instead of catching up."""


def beats(
    count: int,
    interval: Callable[[], float],
    *,
    clock: Callable[[], float] = time.perf_counter,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[int]:
    """Yield 0 to ``count`` - 1, each at its moment, or fewer where it is ``ENOUGH``.

    The moments are planned from the first, so that late ones do not shift the rest.
    ``time.sleep`` waits precisely everywhere since Python 3.11, also on Windows.

    Args:
        count: How many.
        interval: Gives the seconds to the next moment.
        clock: Seconds that never go back.
        sleep: Waits so many seconds.
    """
    due = clock()
    for index in range(count):
        left = due - clock()
        if left > 0:
            sleep(left)
        if ENOUGH.is_set():
            return
        step = interval()
        if left < -FAR_BEHIND * step:
            due = clock()
        yield index
        due += step
