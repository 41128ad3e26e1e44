"""A line to an iperf3 server, measured by the program iperf3 itself, which is the child here.

A quick look comes first, so that the measurement proper keeps to its budget.
See ``docs/methods/backends.md``.
"""

from __future__ import annotations

import math
import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from readiness.dsp.median import median_interval
from readiness.learnt import json_reader
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import MAX_TRACE, Trace
from readiness.system.line.bins import MEGABITS, reading
from readiness.system.line.child_line import call_in_turn
from readiness.system.line.messages import Reading
from readiness.system.line.public import public_calls
from readiness.system.tool import TOOL_HUNG, TOOL_MISSING, run_tool, tool_path

if TYPE_CHECKING:
    from readiness.cancel import Token
    from readiness.model.call import CallStream
    from readiness.system.line.choice import Progress

IPERF3 = "iperf3"
PORT = 5201
LEAST_BUDGET = 5_000_000
QUICK_SHARE, MAIN_SHARE = 0.15, 0.8
"""Of the budget for the quick look and for the measurement proper."""

CEILING_REACHED = 0.9
SHORTEST_S, LONGEST_S = 3, 10
INTERVAL_S = 0.5
CONNECT_MS, PATIENCE_S = 5000, 5.0
CLOSED = ("connection-refused", "connection-reset", "server-busy")
DOOR_S = 1.0
AGAIN_AFTER_S = (0.2, 0.2, 0.6)
"""An iperf3 server closes its door between two runs, for a moment or until all data have come."""

MEAN_ERROR = 0.05
"""Relative error of an upload, of which the receiver tells one mean alone."""

_ERRORS = (
    # Hung up on before the first word: so it is between two runs, or where none is served.
    (r"cookie", FailureCode.UNREACHABLE, "connection-refused"),
    (r"refused", FailureCode.UNREACHABLE, "connection-refused"),
    (r"name|resolution|nodename|address associated", FailureCode.UNREACHABLE, "dns-failure"),
    (r"busy", FailureCode.UNREACHABLE, "server-busy"),
    (r"authori[sz]ation|denied", FailureCode.UNREACHABLE, "refused-by-server"),
    (r"unreachable|no route", FailureCode.UNREACHABLE, "no-network"),
    (r"timed out|timeout", FailureCode.TIMED_OUT, "stalled"),
    (r"closed|reset|terminated|broken pipe", FailureCode.UNREACHABLE, "connection-reset"),
)


class _Sum(msgspec.Struct):
    seconds: float
    bytes: int
    bits_per_second: float = 0.0
    omitted: bool = False


class _Interval(msgspec.Struct):
    sum: _Sum


class _End(msgspec.Struct):
    sum_received: _Sum | None = None


class _Told(msgspec.Struct):
    intervals: list[_Interval] = []
    end: _End = msgspec.field(default_factory=_End)
    error: str = ""


_READER = json_reader(_Told)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How one run of iperf3 ends and how fast it may be.

    Attributes:
        seconds: How long it lasts, the omitted part apart; 0 if it ends by ``amount``.
        omit: Seconds at the beginning that do not count.
        amount: Bytes after which it ends; 0 if it ends by time.
        ceiling: It sends no faster than this, bit/s; 0 where nothing limits it.
    """

    seconds: int = 0
    omit: int = 0
    amount: int = 0
    ceiling: float = 0.0


def plan(budget: int, quick: float) -> Plan:
    """The measurement proper, by what a quick look of one second saw, bit/s."""
    bits = budget * 8 * MAIN_SHARE
    if quick < CEILING_REACHED * ceiling(budget):
        # A second may have seen half of the line only, so as much again is allowed for.
        seconds = int(min(LONGEST_S, bits / max(1.0, 2 * quick)))
        if seconds >= SHORTEST_S:
            omit = 2 if seconds >= 2 * SHORTEST_S else 1
            return Plan(seconds=seconds - omit, omit=omit, ceiling=bits / seconds)
    return Plan(amount=int(budget * MAIN_SHARE))


def ceiling(budget: int) -> float:
    """How fast the quick look may send, bit/s."""
    return budget * 8 * QUICK_SHARE


class Iperf3Line:
    """An iperf3 server that an employer runs. Satisfies ``ports.Line``.

    Args:
        token: Stop.
        server: ``HOST:PORT``, or ``HOST``.
        budget: Bytes for each direction.
        streams: Connections at the same time.
    """

    method = IPERF3

    def __init__(self, token: Token, *, server: str, budget: int, streams: int = 6) -> None:
        self._token = token
        self._server = server
        self._budget = budget
        self._streams = streams

    def download(self, progress: Progress) -> Reading:
        """Goodput towards this computer. Raises ``CannotMeasure``."""
        chosen, told = self._measure(progress, "-R")
        if not told.intervals:
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
        sums = [interval.sum for interval in told.intervals]
        seconds = list(accumulate((one.seconds for one in sums), initial=0.0))
        amounts = list(accumulate((one.bytes for one in sums), initial=0))
        found = reading(
            list(zip(seconds, amounts, strict=True)),
            warm_up=chosen.omit,
            step=INTERVAL_S,
            summary=self._summary(chosen),
        )
        return _within(found, chosen)

    def upload(self, progress: Progress) -> Reading:
        """Goodput away from this computer, as the receiver counted it. Raises ``CannotMeasure``."""
        chosen, told = self._measure(progress)
        total = told.end.sum_received
        sent = [one.sum for one in told.intervals if not one.sum.omitted and one.sum.seconds > 0]
        if total is None or total.seconds <= 0 or total.bytes <= 0 or not sent:
            raise CannotMeasure(FailureCode.UNREACHABLE, "unconfirmed")
        if total.bytes > 1.01 * sum(one.bytes for one in sent) + 1e6:
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
        rates = [one.bytes * MEGABITS / one.seconds for one in sent]
        rate = total.bytes * MEGABITS / total.seconds
        found = Reading(
            rate=rate,
            half_width=math.hypot(median_interval(rates)[1], MEAN_ERROR * rate),
            samples=len(rates),
            trace=Trace(step_s=INTERVAL_S, unit="Mbit/s", values=tuple(rates[:MAX_TRACE])),
            summary={
                **self._summary(chosen),
                "seconds": round(total.seconds, 3),
                "bytes": total.bytes,
            },
        )
        return _within(found, chosen)

    def call(self, progress: Progress) -> CallStream:
        """Connections to the same server; iperf3 has no reflector. Raises ``CannotMeasure``."""
        host, port = address(self._server)
        name = f"[{host}]" if ":" in host else host
        return call_in_turn(self._token, public_calls(stun="", host=f"{name}:{port}"), progress)

    def _measure(self, progress: Progress, *options: str) -> tuple[Plan, _Told]:
        if self._budget < LEAST_BUDGET:
            raise CannotMeasure(FailureCode.SKIPPED, "budget-spent")
        quick = self._run(
            Plan(seconds=1, ceiling=ceiling(self._budget)), progress, (0.0, 0.15), options
        )
        seen = quick.end.sum_received
        if seen is None or not seen.bits_per_second > 0:
            raise CannotMeasure(FailureCode.UNREACHABLE, "unconfirmed")
        chosen = plan(self._budget, seen.bits_per_second)
        return chosen, self._run(chosen, progress, (0.15, 1.0), options)

    def _run(
        self,
        chosen: Plan,
        progress: Progress,
        part: tuple[float, float],
        options: tuple[str, ...],
    ) -> _Told:
        """Run iperf3; again if the server is still busy with the run before."""
        for pause in AGAIN_AFTER_S:
            begun = time.monotonic()
            try:
                return self._run_once(chosen, progress, part, options)
            except CannotMeasure as failure:
                at_the_door = time.monotonic() - begun < DOOR_S
                if failure.detail not in CLOSED or not at_the_door:
                    raise
            time.sleep(pause)
            self._token.check()
        return self._run_once(chosen, progress, part, options)

    def _run_once(
        self,
        chosen: Plan,
        progress: Progress,
        part: tuple[float, float],
        options: tuple[str, ...],
    ) -> _Told:
        """Run iperf3, saying how far it must be meanwhile."""
        host, port = address(self._server)
        lasts = chosen.seconds + chosen.omit or LONGEST_S
        arguments = [
            *("-c", host, "-p", str(port), "-J", "-P", str(self._streams), "-l", "32K"),
            *("-i", str(INTERVAL_S), "--connect-timeout", str(CONNECT_MS)),
            *_ending(chosen, self._streams),
            *options,
        ]
        begin, end = part
        with ThreadPoolExecutor(1) as pool:
            timeout = lasts + PATIENCE_S
            running = pool.submit(_talk, self._token, arguments, timeout)
            for tick in range(10**6):
                try:
                    return _understood(running.result(timeout=0.1))
                except NotYet:
                    share = min(1.0, tick * 0.1 / lasts)
                    progress(begin + (end - begin) * share, None)
        raise CannotMeasure(FailureCode.TIMED_OUT, "stalled")

    def _summary(self, chosen: Plan) -> dict[str, str | int]:
        return {
            "server": IPERF3,
            "streams": self._streams,
            "counted_by": "receiver",
            "ended_by": "budget" if chosen.amount else "time",
        }


def line(token: Token, budget: int, server: str) -> Iperf3Line:
    """The line to the iperf3 server at ``server``."""
    return Iperf3Line(token, server=server, budget=budget)


def address(text: str) -> tuple[str, int]:
    """Host and port of ``HOST:PORT`` or ``HOST``.

    Raises:
        CannotMeasure: ``bad-address``.
    """
    try:
        parts = urlsplit(f"//{text}")
        host, port = parts.hostname or "", parts.port or PORT
    except ValueError as error:
        raise CannotMeasure(FailureCode.UNREACHABLE, "bad-address") from error
    # What begins with "-" would be an option of iperf3.
    if parts.path or parts.username or not re.fullmatch(r"[0-9A-Za-z:][0-9A-Za-z.:_-]*", host):
        raise CannotMeasure(FailureCode.UNREACHABLE, "bad-address")
    return host, port


def program() -> Path:
    """Where iperf3 is: in the system's folders, or a folder of ``PATH`` that is named in full.

    Raises:
        CannotMeasure: ``iperf3-missing``.
    """
    name = "iperf3.exe" if sys.platform == "win32" else "iperf3"
    try:
        return tool_path(name)
    except CannotMeasure as error:
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            path = Path(folder, name)
            if path.is_absolute() and path.is_file() and os.access(path, os.X_OK):
                return path
        raise CannotMeasure(FailureCode.UNSUPPORTED, "iperf3-missing") from error


def _ending(chosen: Plan, streams: int) -> list[str]:
    rate = ["-b", str(math.ceil(chosen.ceiling / streams))] if chosen.ceiling else []
    if chosen.amount:
        return [*rate, "-n", str(chosen.amount)]
    omit = ["-O", str(chosen.omit)] if chosen.omit else []
    return [*rate, "-t", str(chosen.seconds), *omit]


def _talk(token: Token, arguments: list[str], timeout: float) -> str:
    try:
        return run_tool(token, str(program()), *arguments, timeout=timeout, statuses=(0, 1))
    except CannotMeasure as failure:
        if failure.detail == TOOL_HUNG:
            raise CannotMeasure(FailureCode.TIMED_OUT, "stalled") from failure
        if failure.detail == TOOL_MISSING:
            raise CannotMeasure(FailureCode.UNSUPPORTED, "iperf3-missing") from failure
        raise


def _understood(text: str) -> _Told:
    """What iperf3 told, unless it told an error, which gets its own name."""
    try:
        told = _READER.decode(text)
    except msgspec.DecodeError as error:
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer") from error
    if not told.error:
        return told
    for pattern, code, detail in _ERRORS:
        if re.search(pattern, told.error, re.IGNORECASE):
            raise CannotMeasure(code, detail)
    raise CannotMeasure(FailureCode.UNREACHABLE, "iperf3-failed")


def _within(found: Reading, chosen: Plan) -> Reading:
    """The figure, unless it is the ceiling's that the budget had set."""
    if chosen.ceiling and found.rate * 1e6 >= CEILING_REACHED * chosen.ceiling:
        raise CannotMeasure(FailureCode.SKIPPED, "budget-spent", seconds=chosen.seconds)
    return found
