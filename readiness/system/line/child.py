"""The measuring child: reads one job, does it, says how it goes. Knows no window.

Started as ``python -m readiness.system.line.child``, in a frozen program as the hidden command
``line-child``. It ends when its standard input ends, so it never outlives the program.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import CannotMeasure
from readiness.system.line.call_pace import ENOUGH
from readiness.system.line.messages import (
    CallJob,
    Fault,
    Job,
    Message,
    Ndt7Job,
    ServeJob,
    ShapeJob,
    SpeedtestJob,
    WatchJob,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

MAX_JOB = 64 * 1024
_READER: msgspec.json.Decoder[Job] = json_reader(Job)
STDIN, STDOUT = 0, 1


def main() -> NoReturn:
    """Do the one job on standard input and end; status 0 if it was answered."""
    keep = os.dup(STDOUT)
    _divert(STDOUT)
    line, _, more = _first_line().partition(b"\n")
    if more:
        ENOUGH.set()
    job = _READER.decode(line)
    threading.Thread(target=_leave_with_parent, daemon=True).start()

    def say(message: Message) -> None:
        left = memoryview(msgspec.json.encode(message) + b"\n")
        while left:  # a call's stream is longer than a pipe holds
            left = left[os.write(keep, left) :]

    try:
        say(_measure(job, say))
    except CannotMeasure as found:
        say(Fault.of(found))
    os._exit(0)  # not held up by threads of the package that still wait for the network


def _measure(job: Job, say: Callable[[Message], None]) -> Message:
    if isinstance(job, CallJob):
        from readiness.system.line import call_run

        return call_run.measure(job, say)
    if isinstance(job, WatchJob):
        from readiness.system.line import watch_run

        return watch_run.measure(job, say)
    if isinstance(job, ShapeJob):
        from readiness.system.line import http_shapes

        return http_shapes.measure(job, say)
    if isinstance(job, Ndt7Job):
        from readiness.system.line import ndt7

        return ndt7.measure(job, say)
    if isinstance(job, SpeedtestJob):
        from readiness.system.line import speedtest_cli

        return speedtest_cli.measure(job, say)
    if isinstance(job, ServeJob):
        from readiness.system.line import serve_client

        return serve_client.measure(job, say)
    raise TypeError(type(job))


def _divert(descriptor: int) -> None:
    """Let whatever else prints go nowhere: the pipe carries messages alone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _first_line() -> bytes:
    """The job: one line, and what was written just after it."""
    found = b""
    while b"\n" not in found:
        piece = os.read(STDIN, MAX_JOB)
        if not piece or len(found) > MAX_JOB:
            raise SystemExit(2)
        found += piece
    return found


def _leave_with_parent() -> NoReturn:
    """End at once when standard input ends; before that, a byte means that it is enough."""
    while os.read(STDIN, 1):
        ENOUGH.set()
    os._exit(3)


if __name__ == "__main__":
    main()
