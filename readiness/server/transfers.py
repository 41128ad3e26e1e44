"""The transfers of the measuring server: download, upload, and the report of what has arrived."""

from __future__ import annotations

import asyncio
import os
import time
from typing import TYPE_CHECKING

from readiness.server.witness import Delivered

if TYPE_CHECKING:
    from readiness.server.connection import Connection
    from readiness.server.house import Counter
    from readiness.server.witness import Witness

REPORT_STEP_S, REPORT_AFTER = 0.02, 64 * 1024
SLOW_STEP_S = 0.125
"""On a slow line a report comes only so often: each costs an acknowledgement in the direction
that is being measured, which at 40 reports a second would be 1.7 % of 1 Mbit/s."""

EAGER_STEP_S, EAGER_FOR_S = 0.002, 0.3
"""Around the first byte reports are dense: a very fast upload is over in less than this."""

SLICE = 64 * 1024
IN_ONE_GO = 4
"""Slices that one client is given before the others have their turn."""

MOST_UNREAD = 64 * 1024
"""Reports that wait for a client; one that reads none of them is no client."""

_PAYLOAD = memoryview(os.urandom(1 << 20))
"""Random, so that nothing on the way can shrink it."""


def payload(start: int, most: int) -> memoryview:
    """Up to ``most`` random bytes, at most ``SLICE``, to be sent from byte ``start`` on."""
    place = start % (len(_PAYLOAD) - SLICE)
    return _PAYLOAD[place : place + min(SLICE, most)]


class Download:
    """A body of so many random bytes.

    Args:
        connection: Where it goes.
        wanted: How many bytes.
        token: Said back in a field of the head, which proves the answer fresh; empty for none.
        witness: Who counts what has arrived, if anybody does.
        keep: Whether another request may follow.
    """

    listens = False

    def __init__(
        self,
        connection: Connection,
        wanted: int,
        *,
        token: str = "",
        witness: Witness | None = None,
        keep: bool,
    ) -> None:
        self.seconds = connection.house.limits.seconds_per_request
        self._connection = connection
        self._channel = connection.channel
        self._wanted = wanted
        self._sent = 0
        self._token = token
        self._keep = keep
        self._delivered = Delivered(witness, self._channel.socket) if witness else None

    def start(self) -> None:
        """Send the head, and then as much as goes."""
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
            f"Content-Length: {self._wanted}\r\nCache-Control: no-store\r\n"
            + (f"Readiness-Token: {self._token}\r\n" if self._token else "")
            + f"Connection: {'keep-alive' if self._keep else 'close'}\r\n\r\n"
        )
        self._channel.send(head.encode("ascii"))
        self._pump()

    def heard(self, data: memoryview) -> memoryview:
        """Nothing is expected."""
        return data

    def drained(self) -> None:
        """Send on."""
        self._pump()

    def ended(self) -> None:
        """Say what arrived at last, and charge no more than was sent; no timer is held."""
        self._tell(last=True)
        self._connection.house.give_back(self._connection.client, self._wanted - self._sent)

    def _tell(self, *, last: bool = False) -> None:
        if self._delivered is not None:
            self._delivered.sent(self._sent, self._channel.socket, last=last)

    def _pump(self) -> None:
        self._tell()
        for _ in range(IN_ONE_GO):
            if self._channel.blocked or self._channel.over:
                return
            if self._sent >= self._wanted:
                self._connection.done(keep=self._keep)
                return
            piece = payload(self._sent, self._wanted - self._sent)
            self._channel.send(piece)
            self._sent += len(piece)
        asyncio.get_running_loop().call_soon(self._pump)


class Upload:
    """A body that is counted and thrown away."""

    listens = True

    def __init__(
        self, connection: Connection, length: int, counter: Counter, *, keep: bool
    ) -> None:
        self.seconds = connection.house.limits.seconds_per_request
        self._connection = connection
        self._length = self._left = length
        self._counter = counter
        self._keep = keep

    def start(self) -> None:
        """An empty body is whole at once."""
        if not self._left:
            self._confirm()

    def heard(self, data: memoryview) -> memoryview:
        """Count what belongs to the body."""
        here = min(len(data), self._left)
        self._left -= here
        self._counter.add(here)
        if not self._left:
            self._confirm()
        return data[here:]

    def drained(self) -> None:
        """Nothing is sent before the end."""

    def ended(self) -> None:
        """Charge no more than arrived; no timer is held."""
        self._connection.house.give_back(self._connection.client, self._left)

    def _confirm(self) -> None:
        self._counter.whole()
        self._connection.send_json({"received": self._length}, keep=self._keep)
        self._connection.done(keep=self._keep)


class Follow:
    """Says how much has arrived, by this server's clock, as JSON lines, 8 to 50 a second.

    A report is made when bytes arrive, so that its count and its time belong together, and by a
    timer when none do.
    """

    listens = False

    def __init__(self, connection: Connection, counter: Counter, seconds: float) -> None:
        self.seconds = seconds + 1  # it ends itself; this is for one that cannot
        self._connection = connection
        self._channel = connection.channel
        self._counter = counter
        self._until = seconds
        self._began = time.perf_counter()
        self._first = float("inf")
        self._told = float("-inf")
        self._told_bytes = 0
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Send the head and the first report."""
        self._channel.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n"
            b"Cache-Control: no-store\r\nX-Accel-Buffering: no\r\nConnection: close\r\n\r\n"
        )
        self._counter.followers.append(self)
        self._tick()

    def heard(self, data: memoryview) -> memoryview:
        """Nothing is expected."""
        return data

    def drained(self) -> None:
        """Reports are not held back for it."""

    def ended(self) -> None:
        """Follow no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self in self._counter.followers:
            self._counter.followers.remove(self)

    def before_first(self) -> None:
        """Until now there was nothing: that is where the clock of a transfer starts."""
        self._tell(self._now())

    def counted(self) -> None:
        """Report if it is time for one."""
        now = self._now()
        self._first = min(self._first, now)
        much = self._counter.received - self._told_bytes >= REPORT_AFTER
        step = REPORT_STEP_S if much else SLOW_STEP_S
        if now - self._first < EAGER_FOR_S:
            step = EAGER_STEP_S
        if now - self._told >= step:
            self._tell(now)

    def settled(self) -> None:
        """Say the last count when it came, not with the next tick: that would look like a pause."""
        if self._counter.received > self._told_bytes:
            self._tell(self._now())

    def _now(self) -> float:
        return time.perf_counter() - self._began

    def _tick(self) -> None:
        now = self._now()
        if now >= self._until:
            self.ended()
            self._connection.done(keep=False)
            return
        if now - self._told >= SLOW_STEP_S / 2:
            self._tell(now)
        self._timer = asyncio.get_running_loop().call_later(SLOW_STEP_S, self._tick)

    def _tell(self, now: float) -> None:
        if self._channel.waiting > MOST_UNREAD:
            self._channel.abort()
            return
        self._told, self._told_bytes = now, self._counter.received
        line = f'{{"t": {now:.6f}, "bytes": {self._counter.received}}}\n'
        self._channel.send(line.encode("ascii"))
