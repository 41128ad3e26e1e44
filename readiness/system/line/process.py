"""Runs a job in the measuring child: progress, Stop, silence, sudden death."""

from __future__ import annotations

import contextlib
import logging
import queue
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

import readiness
from readiness.learnt import json_reader
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.watch import Beats
from readiness.system.line.messages import Fault, Message, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from readiness.cancel import Token
    from readiness.system.line.messages import Job, Outcome, Reading, Sites, Stream, WatchEnd

log = logging.getLogger(__name__)

SILENCE_S = 14.0
"""A child that says nothing for this long is given up."""

POLL_S = 0.05
TAIL = 2000
_READER: msgspec.json.Decoder[Message] = json_reader(Message)
ENTRY = "line-child"
"""The hidden command by which a frozen program starts its own child."""


def child_command() -> list[str]:
    """How the child is started: a frozen program has no ``-m``, so it starts itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, ENTRY]
    return [sys.executable, "-m", "readiness.system.line.child"]


def run_job(
    token: Token,
    job: Job,
    progress: Callable[[float, float | None], None],
    *,
    command: Sequence[str] = (),
    silence_s: float = SILENCE_S,
    enough: threading.Event | None = None,
    heed: Callable[[Beats], None] = lambda _beats: None,
) -> Reading | Stream | Sites | WatchEnd:
    """Do ``job`` in a child and wait for it; no child is left behind, whatever happens.

    Args:
        token: Stop kills the child at once.
        job: What to measure.
        progress: Receives (fraction, Mbit/s or, of a call, ms of this moment or none).
        command: The child; the product's own unless a test brings another.
        silence_s: See ``SILENCE_S``.
        enough: When it is set, the child is told to come to an end and to say what it has.
        heed: Receives the packets of a long watch, piece by piece.

    Raises:
        CannotMeasure: What the child found; ``crashed`` if it ended without a word.
        Cancelled: Stop was pressed.
    """
    token.check()
    with tempfile.TemporaryFile() as errors, _started(command or child_command(), errors) as child:
        with token.on_cancel(child.kill):
            outcome = _converse(token, child, job, progress, silence_s, enough=enough, heed=heed)
        token.check()
        if outcome is None:
            child.wait()
            errors.seek(0)
            log.warning("line child ended (%s): %s", child.returncode, errors.read()[-TAIL:])
            raise CannotMeasure(FailureCode.CRASHED, "helper-ended", status=child.returncode or 0)
    if isinstance(outcome, Fault):
        raise outcome.error()
    return outcome


_NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows a child of a windowed program would flash a console."""


class _started(contextlib.AbstractContextManager[subprocess.Popen[bytes]]):  # noqa: N801 - reads as a word
    """A child process that is gone, pipes closed, when the block ends."""

    def __init__(self, command: Sequence[str], errors: IO[bytes]) -> None:
        self._child = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            # Where the package lies, so that "-m" finds it without being installed.
            cwd=Path(readiness.__file__).resolve().parent.parent,
            creationflags=_NO_CONSOLE,
        )

    def __enter__(self) -> subprocess.Popen[bytes]:
        return self._child

    def __exit__(self, *exc: object) -> None:
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # unsent text to a dead child
                    pipe.close()


def _converse(
    token: Token,
    child: subprocess.Popen[bytes],
    job: Job,
    progress: Callable[[float, float | None], None],
    silence_s: float,
    *,
    enough: threading.Event | None,
    heed: Callable[[Beats], None],
) -> Outcome | None:
    """Hand over the job and listen until the outcome; none if the child ended without one."""
    assert child.stdin is not None  # noqa: S101 - asked for above
    assert child.stdout is not None  # noqa: S101 - asked for above
    with contextlib.suppress(BrokenPipeError, OSError):  # died already: the end of output tells
        child.stdin.write(msgspec.json.encode(job) + b"\n")
        child.stdin.flush()
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    reader = threading.Thread(target=_read, args=(child.stdout, lines), daemon=True)
    reader.start()
    try:
        silent = 0.0
        while True:
            token.check()
            if enough is not None and enough.is_set():
                enough = None
                with contextlib.suppress(OSError):  # it has just ended by itself
                    child.stdin.write(b"\n")
                    child.stdin.flush()
            try:
                line = lines.get(timeout=POLL_S)
            except queue.Empty:
                # Waits are counted, not the clock: that may go on while the computer sleeps.
                silent += POLL_S
                if silent > silence_s:
                    raise CannotMeasure(FailureCode.TIMED_OUT, "stalled") from None
                continue
            silent = 0.0
            if not line:
                return None
            try:
                message: Message = _READER.decode(line)
            except msgspec.DecodeError:
                log.warning("line child said what it should not: %r", line[:TAIL])
                return None
            if isinstance(message, Beats):
                heed(message)
            elif isinstance(message, Step):
                progress(message.fraction, message.value)
            else:
                return message
    finally:
        child.kill()
        reader.join(timeout=1)


def _read(pipe: IO[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """Pass lines on; an empty one at the end."""
    for line in pipe:
        lines.put(line)
    lines.put(b"")
