"""Does a call's job, by whatever the packets travel. Runs in the child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.call import CallStream, Transport
from readiness.system.line.call_ping import handshakes, pings
from readiness.system.line.call_stamp import stamp_stream
from readiness.system.line.call_stun import stun_stream
from readiness.system.line.messages import Step, Stream
from readiness.system.line.serve_client import hello

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.system.line.messages import CallJob, Message


def measure(job: CallJob, say: Callable[[Message], None]) -> Stream:
    """Do one job. Raises ``CannotMeasure``."""
    say(Step(0.0))
    return Stream(stream=_BY[job.transport](job, say))


def _http(job: CallJob, say: Callable[[Message], None]) -> CallStream:
    return pings(job, hello(job).peer, say)


_BY: dict[Transport, Callable[[CallJob, Callable[[Message], None]], CallStream]] = {
    Transport.STAMP: stamp_stream,
    Transport.STUN: stun_stream,
    Transport.HTTP: _http,
    Transport.TCP: handshakes,
}
