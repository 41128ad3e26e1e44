"""One connection to the measuring server: reads requests, has them answered, holds to the limits.

Nothing here waits: asyncio calls when bytes have come or gone, and ``check`` is called ten times a
second to see whose time is up.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Protocol

from readiness.server.endpoints import ENDPOINTS
from readiness.server.requests import MAX_HEAD, BadRequest, Request, may_begin, parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.server.channel import Channel
    from readiness.server.house import House

PARTING_S = 1.0
"""After the last word the connection is read for so long: hanging up on a client that still sends
would destroy the answer on its way."""

WORDS = {
    200: "OK",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    411: "Length Required",
    413: "Content Too Large",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    501: "Not Implemented",
}


class Activity(Protocol):
    """What a connection does for one request, if that takes longer than one answer."""

    seconds: float
    """How long it may take."""

    listens: bool
    """Whether bytes must keep coming in."""

    def start(self) -> None:
        """Begin."""

    def heard(self, data: memoryview) -> memoryview:
        """Take bytes that came in; gives back those of the next request."""

    def drained(self) -> None:
        """More may be sent."""

    def ended(self) -> None:
        """It was cut off: let go of timers."""


class Connection:
    """Serves one channel until the client leaves, breaks a limit, or the server stops."""

    def __init__(
        self, channel: Channel, client: str, house: House, gone: Callable[[Connection], None]
    ) -> None:
        self.channel = channel
        self.client = client
        self.house = house
        self._gone = gone
        self._loop = asyncio.get_running_loop()
        self._rest = b""
        self._activity: Activity | None = None
        self._heard_end = False
        self._used = False
        self._parting = False
        self._since = self._moved = time.monotonic()
        self._waited = 0

    # --- what the channel says ---

    def heard(self, data: memoryview) -> None:
        """Take bytes that came in."""
        self._moved = time.monotonic()
        if self._parting:
            return
        if self._activity is not None:
            data = self._activity.heard(data)
        if not data:
            return
        if not self._rest and self._activity is None:
            self._since = self._moved
        self._rest += data
        if self._activity is None:
            self._go_on()
        elif len(self._rest) > MAX_HEAD:  # talks on while it is being answered
            self.channel.abort()

    def heard_end(self) -> None:
        """The client will send no more; what it asked for is still answered."""
        self._heard_end = True
        if self._parting:
            self.channel.close()
        elif self._activity is None:
            self._go_on()
        elif self._activity.listens:  # the rest of the body will never come
            self.channel.abort()

    def drained(self) -> None:
        """More may be sent."""
        self._moved = time.monotonic()
        if self._activity is not None:
            self._activity.drained()
        elif not self._parting:
            self._go_on()

    def lost(self) -> None:
        """The connection is over."""
        if self._activity is not None:
            self._activity.ended()
            self._activity = None
        self._gone(self)

    # --- requests ---

    def _go_on(self) -> None:
        """Answer what has been asked, as far as it has come."""
        while not (self._activity or self._parting or self.channel.blocked or self.channel.over):
            try:
                head = self._next_head()
                if head is None:
                    if self._heard_end:
                        self.part()
                    return
                self._answer(parse(head))
            except BadRequest as error:
                self.send(error.status, b"", keep=False)

    def _next_head(self) -> bytes | None:
        """The next request head without its empty line; none if it is not whole yet."""
        if not may_begin(self._rest):
            raise BadRequest(400)
        end = self._rest.find(b"\r\n\r\n", 0, MAX_HEAD + 4)
        if end < 0:
            if len(self._rest) > MAX_HEAD:
                raise BadRequest(431)
            return None
        head, self._rest = self._rest[:end], self._rest[end + 4 :]
        return head

    def _answer(self, request: Request) -> None:
        self._used = True
        self._since = time.monotonic()
        if not self.house.ask(self.client):
            raise BadRequest(429)
        if request.path not in ENDPOINTS:
            raise BadRequest(404)
        method, answer = ENDPOINTS[request.path]
        if request.method != method:
            raise BadRequest(405)
        answer(self, request)

    def send(self, status: int, body: bytes, *, keep: bool, kind: str = "text/plain") -> None:
        """Answer in one piece, and part if no more requests are to come."""
        head = (
            f"HTTP/1.1 {status} {WORDS[status]}\r\n"
            f"Content-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\n"
            "Cache-Control: no-store\r\n"
            f"Connection: {'keep-alive' if keep else 'close'}\r\n\r\n"
        )
        self.channel.send(head.encode("ascii") + body)
        if not keep:
            self.part()

    def send_json(self, values: dict[str, object], *, keep: bool) -> None:
        """Answer with a JSON object."""
        body = json.dumps(values).encode("ascii")
        self.send(200, body, keep=keep, kind="application/json")

    def begin(self, activity: Activity) -> None:
        """Give the connection to ``activity`` until it says that it is done."""
        self._activity = activity
        self._since = self._moved = time.monotonic()
        activity.start()
        self._feed()

    def _feed(self) -> None:
        """Give the activity what has come with the request, and see whether too much has."""
        if self._activity is not None and self._rest:
            self._rest = bytes(self._activity.heard(memoryview(self._rest)))
        if self._activity is not None and len(self._rest) > MAX_HEAD:
            self.channel.abort()  # talks on while it is being answered

    def done(self, *, keep: bool) -> None:
        """The activity has come to its end; ``keep``: another request may follow."""
        if self._activity is not None:
            self._activity.ended()
            self._activity = None
        self._since = self._moved = time.monotonic()
        if keep:
            self._loop.call_soon(self._go_on)
        else:
            self.part()

    def part(self) -> None:
        """Say no more, and hang up when the client has, or a moment later."""
        if self._parting:
            return
        self._parting = True
        self._rest = b""
        self._since = time.monotonic()
        self.channel.shut()
        if self._heard_end:
            self.channel.close()

    # --- time ---

    def check(self, now: float) -> None:
        """Hang up if the time for what happens now is up."""
        waiting = self.channel.waiting
        if waiting != self._waited:
            self._waited, self._moved = waiting, now
        if now > self._until(waiting):
            self.channel.abort()

    def _until(self, waiting: int) -> float:
        limits = self.house.limits
        stalled = self._moved + limits.stall_seconds
        if self._activity is not None:
            whole = self._since + self._activity.seconds
            return min(stalled, whole) if self._activity.listens or waiting else whole
        if waiting:
            return stalled
        if self._parting:
            return self._since + PARTING_S
        idle = self._used and not self._rest
        return self._since + (limits.idle_seconds if idle else limits.head_seconds)
