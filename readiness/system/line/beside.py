"""The stream of a call beside a transfer: what a call feels while the line is full.

It runs in a child of its own, so that moving data does not disturb its clock. What fails here
leaves the transfer's own figure alone.
"""

from __future__ import annotations

import logging
import threading
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Self

import msgspec

from readiness.cancel import Token
from readiness.model.call import Transport
from readiness.model.errors import Cancelled, CannotMeasure
from readiness.system.line.bins import MEGABITS
from readiness.system.line.messages import Stream
from readiness.system.line.process import run_job

if TYPE_CHECKING:
    from readiness.model.call import CallStream
    from readiness.model.measurement import Scalar
    from readiness.system.line.messages import CallJob, Reading

log = logging.getLogger(__name__)

TOO_FEW = "too-few-answers"
LONGEST_S = 45.0
LAST_ANSWERS_S = 8.0
"""So long the end of the stream, its report included, is waited for."""

HEADERS = 28
"""Octets of IPv4 and UDP around a packet's payload."""

PAYLOAD_SHARE = 1448 / 1500
"""Payload of a full packet of TCP: what the stream's room on the line would have carried."""


class Beside(AbstractContextManager["Beside"]):
    """Sends the stream from the beginning of the block on.

    Args:
        token: Stop.
        job: How it is sent; how long is decided by the block.
    """

    def __init__(self, token: Token, job: CallJob) -> None:
        packets = int(LONGEST_S / job.interval_s)
        self._job = msgspec.structs.replace(job, packets=packets, until_told=True)
        self._token = token
        self._own = Token()
        self._chain = token.on_cancel(self._own.cancel)
        self._enough = threading.Event()
        self._stream: CallStream | None = None
        self._why = "helper-ended"
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._chain.__enter__()
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._own.cancel()  # harmless where the stream has ended
        self._thread.join(timeout=1)
        self._chain.__exit__(None, None, None)

    def _run(self) -> None:
        try:
            found = run_job(
                self._own, self._job, lambda _fraction, _value: None, enough=self._enough
            )
        except CannotMeasure as failure:
            self._why = failure.detail or failure.code.value
        except Cancelled:
            self._why = "cancelled"  # so was the transfer, or it failed
        else:
            if isinstance(found, Stream):
                self._stream = found.stream

    def joined(self, found: Reading, part: str) -> Reading:
        """End the stream; the reading with its part of the same time, or with why there is none.

        The stream's own packets used room that data could have had: it is added to the figure.
        """
        self._enough.set()
        self._thread.join(timeout=LAST_ANSWERS_S)
        self._token.check()
        stream = self._stream
        loaded = None if stream is None else stream.within(found.begin, found.end)
        if loaded is None or not loaded.sent:
            why = self._why if loaded is None else TOO_FEW
            if why == TOO_FEW and found.summary.get("ended_by") == "budget":
                why = "budget-spent"  # nothing is wrong with the line: the transfer was too short
            log.info("no call beside the %s: %s", part, why)
            summary: dict[str, Scalar] = {**found.summary, "call_beside": why}
            return msgspec.structs.replace(found, summary=summary)
        used = _used(loaded, part) / (found.end - found.begin)
        summary = {**found.summary, "call_beside_mbit": round(used, 4)}
        return msgspec.structs.replace(
            found, loaded=loaded, rate=found.rate + used, summary=summary
        )


def _used(stream: CallStream, part: str) -> float:
    """Mbit of TCP payload that the stream's packets displaced in the transfer's direction."""
    if stream.transport is not Transport.STAMP:
        return 0.0  # ten packets a second or fewer
    came = stream.returned
    if part == "upload" and stream.per_direction:
        came = stream.arrived_there
    count = sum(moment is not None for moment in came)
    return count * (stream.payload + HEADERS) * PAYLOAD_SHARE * MEGABITS
