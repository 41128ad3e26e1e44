"""What an ndt7 server reports of an upload, and whether it can be true."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    from readiness.system.line.bins import Counted

MICROSECONDS = 1e-6
TLS_RECORD, TLS_OVERHEAD = 16 * 1024, 22
"""Bytes of payload in a full record, and what TLS 1.3 adds to each (RFC 8446, section 5.2)."""

GREETING = 64 * 1024
"""More bytes than a handshake and a request head can have."""

COUNT_ERROR = 0.01
"""How far the share of payload may be off: the server's side may cut records otherwise."""

FAST_CLOCK, SLOW_CLOCK = 1.1, 1.25
CLOCK_SLACK_S = 1.0


class _App(msgspec.Struct, rename="pascal"):
    elapsed_time: int
    num_bytes: int


class _Tcp(msgspec.Struct, rename="pascal"):
    elapsed_time: int | None = None
    bytes_received: int | None = None


class _Report(msgspec.Struct):
    app: _App | None = msgspec.field(default=None, name="AppInfo")
    tcp: _Tcp | None = msgspec.field(default=None, name="TCPInfo")


_READER = json_reader(_Report)


class Reports:
    """The server's counter of payload over its own clock.

    ``AppInfo`` counts payload. M-Lab's own servers send ``TCPInfo`` alone, which counts what
    WebSocket and TLS add too; it is scaled by the share of payload in what was sent.

    Args:
        tls: Whether the connection is encrypted.

    Attributes:
        now: The last report: seconds, bytes of payload.
        heard: Whether there was one.
    """

    def __init__(self, *, tls: bool) -> None:
        self.now: Counted = (0.0, 0)
        self.heard = False
        self._tls = tls
        self._payload = 0
        self._wire = 0
        self._by_app: bool | None = None
        self._first: tuple[float, float] | None = None

    def sending(self, *, wire: int, payload: int = 0) -> None:
        """Note what is handed over next; of ``wire`` bytes so many are payload."""
        self._wire += wire
        self._payload += payload

    def note(self, text: bytes) -> None:
        """Take one report; it must go forward and can never exceed what was sent.

        Raises:
            CannotMeasure: ``garbage-answer``, or ``server-clock`` if its clock does not run as
                ours does.
        """
        try:
            said = _READER.decode(text)
        except msgspec.DecodeError as error:
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer") from error
        found = self._count(said)
        if found is None:
            return
        elapsed, count, most = found
        moment = elapsed * MICROSECONDS
        if moment < self.now[0] or not self.now[1] <= count <= most:
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
        self._check_clock(moment)
        self.heard = True
        self.now = (moment, min(count, self._payload))

    def _count(self, said: _Report) -> tuple[int, int, int] | None:
        """Microseconds, payload, and the most that can be true; none if it tells of neither."""
        if said.app is not None and self._by_app is not False:
            self._by_app = True
            return said.app.elapsed_time, said.app.num_bytes, self._payload
        tcp = said.tcp
        if self._by_app or tcp is None or tcp.elapsed_time is None or tcp.bytes_received is None:
            return None
        self._by_app = False
        wire = self._wire * (1 + TLS_OVERHEAD / TLS_RECORD if self._tls else 1)
        share = self._payload / wire if wire else 1.0
        scaled = int(tcp.bytes_received * share)
        return tcp.elapsed_time, scaled, int(self._payload * (1 + COUNT_ERROR)) + GREETING

    def _check_clock(self, moment: float) -> None:
        here = time.monotonic()
        first_here, first_there = self._first = self._first or (here, moment)
        ours, theirs = here - first_here, moment - first_there
        if (
            theirs > FAST_CLOCK * ours + CLOCK_SLACK_S
            or ours > SLOW_CLOCK * theirs + 2 * CLOCK_SLACK_S
        ):
            raise CannotMeasure(FailureCode.UNREACHABLE, "server-clock")
