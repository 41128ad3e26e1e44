"""An upload that no receiver counts: only bodies count that the server confirmed whole.

A confirmed body is spread evenly over the time from its first byte to its confirmation, so what
waits in buffers on the way is never taken for what arrived.
"""

from __future__ import annotations

import os
import ssl
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.peer import check_status, translate

if TYPE_CHECKING:
    from readiness.system.line.bins import Counted
    from readiness.system.line.peer import Link
    from readiness.system.line.streams import Streams

SMALLEST, LARGEST = 16 * 1024, 4 * 1024 * 1024
SHORT_S, LONG_S = 0.2, 0.5
"""A body is made larger if it took less, smaller if it took more, so that there are enough."""

SLICE = 64 * 1024
STEP_S = 0.02


@dataclass(frozen=True, kw_only=True)
class _Body:
    begin: float
    end: float
    size: int


class Posted:
    """What ``streams`` streams have sent and what of it was confirmed."""

    def __init__(self, streams: int) -> None:
        self._sizes = [SMALLEST] * streams
        self._begun: list[float | None] = [None] * streams
        self._underway: list[tuple[Link, int] | None] = [None] * streams
        self._bodies: list[list[_Body]] = [[] for _ in range(streams)]
        self._payload = memoryview(os.urandom(1 << 20))

    def size(self, index: int) -> int:
        """How large the next body of a stream should be, bytes."""
        return self._sizes[index]

    def pour(self, streams: Streams, index: int, link: Link, size: int) -> None:
        """Send one body; an answer before its end is a refusal and ends it."""
        self._begun[index] = time.monotonic()
        sent = 0
        while sent < size and not streams.over.is_set():
            if link.has_text():
                _refused(link)
            piece = self._payload[sent % (len(self._payload) - SLICE) :][: min(SLICE, size - sent)]
            try:
                link.sock.sendall(piece)
            except OSError as error:
                if not isinstance(error, TimeoutError | ssl.SSLError) and not streams.over.is_set():
                    _refused(link)  # a server that refuses often says why before it hangs up
                raise translate(error) from error
            sent += len(piece)
            self._underway[index] = (link, sent)

    def confirm(self, streams: Streams, index: int, link: Link, size: int) -> None:
        """The server said that it has the whole body.

        Raises:
            CannotMeasure: ``unconfirmed`` if its own system had not acknowledged all of it yet:
                it answered without waiting for the data.
        """
        begin, end = self._begun[index], time.monotonic()
        if begin is None or link.unacknowledged():
            raise CannotMeasure(FailureCode.UNREACHABLE, "unconfirmed")
        self._underway[index] = None
        self._bodies[index].append(_Body(begin=begin, end=end, size=size))
        streams.counts[index] += size
        if end - begin < SHORT_S:
            self._sizes[index] = min(LARGEST, 2 * self._sizes[index])
        elif end - begin > LONG_S:
            self._sizes[index] = max(SMALLEST, self._sizes[index] // 2)

    def total(self) -> Counted:
        """For the meter: confirmed bodies, and of those under way what was acknowledged."""
        confirmed = sum(body.size for bodies in self._bodies for body in list(bodies))
        return time.monotonic(), confirmed + sum(map(_acknowledged, self._underway))

    def counted(self) -> list[Counted]:
        """Confirmed bytes over time, as long as every stream has a confirmation behind it.

        Raises:
            CannotMeasure: ``unconfirmed`` if some stream sent and none of it was confirmed.
        """
        used = [
            bodies
            for bodies, begun in zip(self._bodies, self._begun, strict=True)
            if begun is not None
        ]
        if not used or not all(used):
            raise CannotMeasure(FailureCode.UNREACHABLE, "unconfirmed")
        begin = min(bodies[0].begin for bodies in used)
        end = min(bodies[-1].end for bodies in used)
        moments = [begin + STEP_S * k for k in range(int((end - begin) / STEP_S) + 1)]
        arrived = [0.0] * len(moments)
        for body in (body for bodies in used for body in bodies):
            for place, moment in enumerate(moments):
                share = (moment - body.begin) / max(1e-9, body.end - body.begin)
                arrived[place] += body.size * min(1.0, max(0.0, share))
        counted = [(moment, int(count)) for moment, count in zip(moments, arrived, strict=True)]
        if len(counted) < 2 or any(b < a for (_, a), (_, b) in pairwise(counted)):  # noqa: PLR2004 - a rate needs two
            raise CannotMeasure(FailureCode.SKIPPED, "budget-spent")
        return counted


def _acknowledged(underway: tuple[Link, int] | None) -> int:
    """Bytes of a body under way that the other end's system has; 0 where this is not told."""
    if underway is None:
        return 0
    link, sent = underway
    try:
        waiting = link.unacknowledged()
    except CannotMeasure:  # it was closed in this moment; its stream says why
        return 0
    return 0 if waiting is None else max(0, sent - waiting)


def _refused(link: Link) -> None:
    """The server answered before the body was through: that can only be a refusal."""
    check_status(link.answer())
    raise CannotMeasure(FailureCode.UNREACHABLE, "unconfirmed")
