"""How hard this computer worked while the line was measured: a slow computer is no slow line."""

from __future__ import annotations

import time
from typing import Any

import psutil

OWN_LIMIT = 0.9
"""Of one core, which is all that Python's threads have together."""

IDLE_LIMIT = 0.05
"""Of all cores: less than this was left."""


class Effort:
    """How hard this computer worked while the counts that matter were taken.

    A full processor alone is no proof: others may use it while the few packets of a slow line are
    read in time. So the workers say whether they kept up.
    """

    def __init__(self) -> None:
        self._begin = self._end = 0.0
        self._cpu = 0.0
        self._kept = self._behind = 0
        self._idle = self._all = 0.0

    def keeps_up(self, octets: int) -> None:
        """A worker found the line empty or full after moving so many octets: the line is slower."""
        self._kept += octets

    def falls_behind(self, octets: int) -> None:
        """A worker moved so many octets and could have moved more at once: it is slower."""
        self._behind += octets

    def watch(self, *, counting: bool) -> None:
        """Look again; ``counting`` is true once the slow start is over."""
        self._end = time.monotonic()
        if not self._begin or not counting:
            self._begin = self._end
            self._kept = self._behind = 0
            self._cpu = time.process_time()
            self._idle, self._all = _system_times()

    @property
    def observed(self) -> dict[str, Any]:
        """Begin and end on the steady clock, and whether this computer was the limit."""
        lasted = self._end - self._begin
        own = (time.process_time() - self._cpu) / lasted if lasted > 0 else 0.0
        idle, every = _system_times()
        rest = (idle - self._idle) / (every - self._all) if every > self._all else 1.0
        return {
            "begin": self._begin,
            "end": self._end,
            "busy": own >= OWN_LIMIT or (rest <= IDLE_LIMIT and 0 < self._behind >= self._kept),
            "processor_percent": round(100 * own, 1),
        }


def _system_times() -> tuple[float, float]:
    """Seconds in which the processors were idle, and all of them, since the system started."""
    times = psutil.cpu_times()
    # What a guest lost to its host is counted neither way: it was not ours to use.
    return float(times.idle), float(times.idle + times.user + times.system)
