"""A client of M-Lab's ndt7, after its specification v0.11.0. Runs in the child.

One TCP connection. A download is counted here, an upload by the server, which reports what has
arrived by its own clock. Figures and limits: ``docs/methods/backends.md``.
"""

from __future__ import annotations

import math
import os
import secrets
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.bins import observed, reading
from readiness.system.line.frames import (
    BINARY,
    CLOSE,
    PING,
    PONG,
    TEXT,
    Incoming,
    frame,
    head,
    shake_hands,
)
from readiness.system.line.locate import DOWNLOAD, UPLOAD, locate
from readiness.system.line.messages import Site, Sites, Step
from readiness.system.line.peer import Link, look_up, parse_address
from readiness.system.line.reports import Reports
from readiness.system.line.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.system.line.bins import Counted
    from readiness.system.line.messages import Message, Ndt7Job, Reading

PIECE = 256 * 1024
SLICE = 64 * 1024
WAIT_S = 0.05
SMALLEST, LARGEST = 1 << 13, 1 << 18
SCALING = 128
"""A message is at most this part of what was sent: M-Lab's own part would be half a second."""

REPORT_BINS = 2
"""A reading of an upload is so much longer: the server reports some four times a second."""

ONE_STREAM_ERROR = 0.05
FAST_MBIT_S, FAST_ERROR = 200.0, 0.35
"""Above this rate one stream may reach only so much less than the line can."""

_SCHEMES = {"ws": "http", "wss": "https", "http": "http", "https": "https"}


def measure(job: Ndt7Job, say: Callable[[Message], None]) -> Reading | Sites:
    """Do one job. Raises ``CannotMeasure``."""
    say(Step(0.0))
    job = msgspec.structs.replace(job, streams=1)  # a connection is not for two threads
    if job.part == "locate":
        return Sites(sites=locate(job))
    return download(job, say) if job.part == "download" else upload(job, say)


def site_at(address: str) -> Site:
    """The two addresses of the server at ``http://``, ``https://``, ``ws://`` or ``wss://``."""
    base = (address if "://" in address else f"http://{address}").rstrip("/")
    return Site(download=base + DOWNLOAD, upload=base + UPLOAD)


def open_socket(job: Ndt7Job) -> Link:
    """A WebSocket to the first server that takes part.

    Raises:
        CannotMeasure: What the first server said, where none does.
    """
    failures: list[CannotMeasure] = []
    for site in job.sites or (site_at(job.address),):
        try:
            return _open(job, site.download if job.part == "download" else site.upload)
        except CannotMeasure as found:
            failures.append(found)
    raise failures[0]


def _open(job: Ndt7Job, url: str) -> Link:
    scheme, mark, rest = url.partition("://")
    if scheme.lower() not in _SCHEMES or not mark:
        raise CannotMeasure(FailureCode.UNREACHABLE, "bad-address")
    peer = parse_address(f"{_SCHEMES[scheme.lower()]}://{rest}")
    query = urlsplit(url).query
    failure = CannotMeasure(FailureCode.UNREACHABLE, "dns-failure")
    for place in look_up(peer):
        try:
            link = Link(place, connect_s=job.connect_s, patience=job.stall_s)
        except CannotMeasure as error:
            failure = error
            continue
        try:
            shake_hands(link, f"{peer.base}?{query}" if query else peer.base)
        except CannotMeasure:
            link.close()
            raise
        return link
    raise failure


def download(job: Ndt7Job, say: Callable[[Message], None]) -> Reading:
    """Goodput towards this computer, counted here."""
    link = open_socket(job)
    incoming = Incoming()
    closed: list[bool] = []

    def total() -> Counted:
        return time.monotonic(), streams.counts[0]

    def worker(streams: Streams, _index: int) -> None:
        streams.opened(link)
        data: bytes | memoryview = link.take()
        buffer = memoryview(bytearray(PIECE))
        while not streams.over.is_set() and not closed and incoming.binary < job.budget:
            for kind, content in incoming.feed(data):
                if kind == PING:
                    link.send(frame(PONG, content))
                elif kind == CLOSE:
                    closed.append(True)
            streams.counts[0] = incoming.binary
            got = link.receive_into(buffer)
            if not got and not closed:
                detail = "truncated" if incoming.binary else "connection-reset"
                raise CannotMeasure(FailureCode.UNREACHABLE, detail)
            data = buffer[:got]

    streams = Streams(job, worker, total)
    counted, ended = streams.run(say)
    ended = "server" if closed else ended
    return observed(_figure(job, link, counted, ended=ended, step=job.bin_s), streams.observed)


def upload(job: Ndt7Job, say: Callable[[Message], None]) -> Reading:
    """Goodput away from this computer, counted by the server where it arrives."""
    link = open_socket(job)
    sender = _Sender(link, job.budget)
    streams = Streams(job, sender.work, sender.total)
    try:
        counted, ended = streams.run(say)
    except CannotMeasure as found:
        if found.detail == "stalled" and sender.sent > SMALLEST and not sender.reports.heard:
            raise CannotMeasure(FailureCode.UNREACHABLE, "unconfirmed") from found
        raise
    ended = "server" if sender.closed else ended
    figure = _figure(job, link, counted, ended=ended, step=REPORT_BINS * job.bin_s)
    return observed(figure, streams.observed)


class _Sender:
    """Sends messages over one connection and reads, in between, what the server reports."""

    def __init__(self, link: Link, budget: int) -> None:
        self.sent = 0
        self.closed = False
        self.reports = Reports(tls=link.peer.tls)
        self._link = link
        self._budget = budget
        self._incoming = Incoming()
        self._payload = memoryview(os.urandom(1 << 20))
        self._owed: list[bytes] = []

    def total(self) -> Counted:
        """What the server has received, by its own clock."""
        return self.reports.now

    def work(self, streams: Streams, _index: int) -> None:
        """Send until time or budget end, then wait for the last report."""
        streams.opened(self._link)
        size = SMALLEST
        while not streams.over.is_set() and not self.closed and self.sent + size <= self._budget:
            self._message(streams, size)
            if size < LARGEST and size * SCALING < self.sent:
                size *= 2
        while not streams.over.is_set() and not self.closed and self.total()[1] < self.sent:
            self._listen(streams)

    def _message(self, streams: Streams, size: int) -> None:
        """Send one message, and after it what has to be answered: nothing fits within it."""
        # The wire carries random bytes and a fresh random mask: what the server unmasks is random
        # as well, and nothing had to be masked here.
        start = head(BINARY, size, secrets.token_bytes(4))
        self.reports.sending(wire=len(start))
        self._pass(streams, start)
        left = size
        while left and not streams.over.is_set() and not self.closed:
            piece = self._payload[left % (len(self._payload) - SLICE) :][: min(SLICE, left)]
            # Counted before it is handed over, or the server could seem to count ahead of us.
            self.sent += len(piece)
            streams.counts[0] = self.sent
            self.reports.sending(wire=len(piece), payload=len(piece))
            self._pass(streams, piece)
            left -= len(piece)
        while self._owed and not streams.over.is_set() and not self.closed:
            self._pass(streams, self._owed.pop(0))

    def _pass(self, streams: Streams, data: bytes | memoryview) -> None:
        """Hand ``data`` over as room comes about, and listen meanwhile."""
        while data and not streams.over.is_set() and not self.closed:
            if self._link.has_text():
                self._listen(streams)
            data = data[self._link.send_some(data, WAIT_S) :]

    def _listen(self, streams: Streams) -> None:
        """Take in what the server says; waits for it if there is nothing yet."""
        data = self._link.take() or self._link.receive(PIECE)
        if not data and not streams.over.is_set():
            raise CannotMeasure(FailureCode.UNREACHABLE, "connection-reset")
        for kind, content in self._incoming.feed(data):
            if kind == PING:
                self._owed.append(frame(PONG, content))
            elif kind == TEXT:
                self.reports.note(content)
            self.closed = self.closed or kind == CLOSE
        if self._incoming.binary:
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")


def _figure(
    job: Ndt7Job, link: Link, counted: list[Counted], *, ended: str, step: float
) -> Reading:
    found = reading(
        counted,
        warm_up=job.warm_up,
        step=step,
        summary={
            "server": "ndt7",
            "streams": 1,
            "single_stream": True,
            "counted_by": "receiver",
            "ended_by": ended,
            "encrypted": link.peer.tls,
        },
        method_error=ONE_STREAM_ERROR,
    )
    if found.rate <= FAST_MBIT_S or found.half_width is None:
        return found
    wider = math.hypot(found.half_width, FAST_ERROR * found.rate)
    return msgspec.structs.replace(found, half_width=wider)
