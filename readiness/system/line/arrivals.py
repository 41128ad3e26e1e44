"""What a measuring server says of an upload, and whether it can be true. Runs in the child.

Neither its count nor its clock is believed where they contradict what was seen here.
"""

from __future__ import annotations

import json
import math
import time
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.peer import Link, Peer, check_status

if TYPE_CHECKING:
    from readiness.system.line.bins import Counted
    from readiness.system.line.messages import ServeJob
    from readiness.system.line.streams import Streams

SMALL = 4096
AHEAD_S, AHEAD_SHARE = 0.5, 0.1
"""So far a report's time may be ahead of ours; both begin when reports are asked for."""

DRIFT_LIMIT = 0.05
"""Beyond this share a clock runs so wrong that nothing rests on it."""

JUDGED_AFTER_S = 1.0
"""Over less than this a queue that fills looks like a clock that runs wrong: that is doubt only."""

DRIFT_TO_RATE = 1.5
"""A step of the clock in the middle of a window bends the slope over it by 1.5 steps."""

BUFFERS = 2_000_000
BUFFERS_SHARE = 0.25
"""What was sent and what has arrived may grow so far apart, octets and share: send buffers grow
and shrink with the line. Where they part further, the server counts wrongly."""

SETTLED, LONG_ENOUGH_S = 0.3, 2.0
"""Share of the transfer after which buffers are compared, and how long that must go on: the
buffers of programs on the way, such as scanners for viruses, take time to fill."""


class Arrivals:
    """What the server says has arrived, by its own clock. Read in a thread of its own."""

    def __init__(self, job: ServeJob, peer: Peer, name: str) -> None:
        self.now: Counted = (0.0, 0)
        self._link = Link(peer, connect_s=job.connect_s, patience=job.stall_s)
        self._job = job
        self._name = name
        self._asked = 0.0
        self._clocks: list[tuple[float, float]] = []
        self._grown: list[tuple[int, int, float]] = []

    def total(self, streams: Streams) -> Counted:
        """What has arrived until now; what had been sent until now is noted beside it."""
        found = self.now
        if found[1]:
            self._grown.append((sum(streams.counts), found[1], time.monotonic()))
        return found

    def follow(self, streams: Streams) -> None:
        """Read reports until the end."""
        try:
            self._follow(streams)
        except CannotMeasure as found:
            streams.fault(found)

    def _follow(self, streams: Streams) -> None:
        streams.opened(self._link)
        seconds = int(self._job.seconds + 2 * self._job.stall_s) + 1
        self._asked = time.monotonic()
        self._link.request("GET", f"received?id={self._name}&seconds={seconds}")
        check_status(self._link.answer())
        rest = self._link.take()
        while not streams.over.is_set():
            *lines, rest = rest.split(b"\n")
            for line in lines:
                self._note(line, sent=sum(streams.counts), here=time.monotonic())
            piece = self._link.receive(SMALL)
            if not piece:
                raise CannotMeasure(FailureCode.UNREACHABLE, "truncated")
            rest += piece
            if len(rest) > SMALL * 4:
                raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")

    def _note(self, line: bytes, *, sent: int, here: float) -> None:
        """Take one report; it must go forward and can never exceed what was sent."""
        try:
            said = json.loads(line)
            moment, count = float(said["t"]), int(said["bytes"])
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer") from error
        possible = math.isfinite(moment) and moment >= self.now[0]
        if not possible or not self.now[1] <= count <= sent:
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
        self._clocks.append((here, moment))
        ours = here - self._asked
        if not ours - self._job.stall_s <= moment <= ours + AHEAD_S + AHEAD_SHARE * ours:
            raise CannotMeasure(FailureCode.UNREACHABLE, "server-clock")
        self.now = (moment, count)

    def doubt(self) -> float:
        """How wrong the figure may be because of the server's clock, as a share of it.

        Of the reports of the first and the last quarter those count that were under way
        shortest: what waited on the way is no fault of the clock.

        Raises:
            CannotMeasure: ``server-clock``.
        """
        quarter = len(self._clocks) // 4
        if not quarter:
            return 0.0
        lags = [(here - there, here) for here, there in self._clocks]
        (lag, begin), (later, end) = min(lags[:quarter]), min(lags[-quarter:])
        drift = abs(later - lag) / (end - begin) if end > begin else 0.0
        if drift > DRIFT_LIMIT and end - begin >= JUDGED_AFTER_S:
            raise CannotMeasure(FailureCode.UNREACHABLE, "server-clock")
        return DRIFT_TO_RATE * drift

    def check(self) -> None:
        """Raise ``garbage-answer`` if the server tells of much less or more than can arrive."""
        part = self._grown[int(SETTLED * len(self._grown)) :]
        if not part or part[-1][2] - part[0][2] < LONG_ENOUGH_S:
            return
        sent, arrived = (part[-1][which] - part[0][which] for which in (0, 1))
        if abs(sent - arrived) > BUFFERS + BUFFERS_SHARE * min(sent, arrived):
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
