"""Recordings and what is played meanwhile: in memory, watched while they run."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import ECHO_TAIL_S, AudioDevice, Take
from readiness.system.audio.capture import EARS, LEAD_IN_S, Stream, Target, Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from readiness.cancel import Token

OPEN_LIMIT_S = 8.0
FIRST_BLOCK_S = 5.0
"""Until something arrives at all: a Bluetooth headset takes seconds to switch to talking."""

SILENT_STREAM_S = 1.0
"""A running stream that delivers nothing for this long has lost its device or its server."""

STEP_S = 0.035
"""From sound to meter at most this is added to what the sound system needs itself. The window lets
30 readings a second through: any faster, and every other one would be dropped."""

METER_S = 0.05
"""The level that is shown is that of so long: shorter ones flicker with single glottal pulses."""

HOLE_S = 0.02
"""Zeros so long, where blocks came late, are a loss; shorter ones cannot be told from quiet."""
SETTLING_S = 0.3
"""Where sound is played too, the first block after the lead-in comes late."""

LATE_KEPT_S = 0.5
"""The zeros that a stall leaves follow within this time: the buffers between are shorter."""


def record(
    target: Target,
    device: AudioDevice,
    seconds: float,
    level: Callable[[float, float], None],
    *,
    hear: Callable[[NDArray[np.float32], int], None] | None = None,
    enough: Callable[[NDArray[np.float32]], bool] | None = None,
    token: Token,
    watch: Watch,
) -> Take:
    """Record ``seconds`` from ``device``; see :meth:`readiness.ports.Audio.record`."""
    with _running(Stream(source=target, rate=device.rate), token) as stream:
        return _collect(
            stream, device, seconds, level, hear=hear, enough=enough, token=token, watch=watch
        )


def play_and_record(
    ends: tuple[Target, Target],
    device: AudioDevice,
    played: NDArray[np.float32],
    rate: int,
    level: Callable[[float, float], None],
    *,
    token: Token,
    watches: tuple[Watch, Watch],
) -> Take:
    """Play and record; see :meth:`readiness.ports.Audio.play_and_record`.

    ``ends`` and ``watches`` are of the input first, then of the output.
    """
    source, sink = ends
    watch, watch_out = watches
    stream = Stream(source=source, sink=sink, rate=rate, played=_for_ears(played, rate))
    seconds = len(played) / rate + ECHO_TAIL_S
    with _running(stream, token):
        take = _collect(
            stream,
            device,
            seconds,
            level,
            settling_s=SETTLING_S,
            token=token,
            watch=watch,
            watch_out=watch_out,
        )
    if watch_out.muted:
        raise CannotMeasure(FailureCode.NO_DEVICE, "output-muted")
    return take


def play(
    sink: Target, samples: NDArray[np.float32], rate: int, *, token: Token, watch: Watch
) -> None:
    """Play to the end; see :meth:`readiness.ports.Audio.play`."""
    stream = Stream(sink=sink, rate=rate, played=_for_ears(samples, rate))
    with _running(stream, token):
        end = round((LEAD_IN_S + stream.latency_s) * stream.rate) + len(samples)
        position, moved = 0, time.monotonic()
        while position < end:
            token.sleep(STEP_S)
            _require_output(watch)
            if stream.position > position:
                position, moved = stream.position, time.monotonic()
            elif time.monotonic() - moved > (SILENT_STREAM_S if position else FIRST_BLOCK_S):
                raise CannotMeasure(FailureCode.TIMED_OUT, "sound-system-stalled")


@contextlib.contextmanager
def _running(stream: Stream, token: Token) -> Iterator[Stream]:
    stream.start()
    try:
        if not token.wait_for(stream.opened.is_set, timeout=OPEN_LIMIT_S):
            raise CannotMeasure(FailureCode.TIMED_OUT, "sound-system-stalled")
        if stream.fault is not None:
            raise stream.fault
        yield stream
    finally:
        stream.stop()


def _for_ears(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Two channels, after the silence of the lead-in, never beyond full scale or not a number."""
    import numpy as np

    whole = samples[:, np.newaxis] if samples.ndim == 1 else samples
    whole = np.broadcast_to(whole, (len(samples), EARS))
    lead_in = np.zeros((round(LEAD_IN_S * rate), EARS), dtype=np.float32)
    safe = np.clip(np.nan_to_num(whole, nan=0.0, posinf=0.0, neginf=0.0), -1.0, 1.0)
    return np.concatenate([lead_in, safe.astype(np.float32)])


def _collect(
    stream: Stream,
    device: AudioDevice,
    seconds: float,
    level: Callable[[float, float], None],
    *,
    hear: Callable[[NDArray[np.float32], int], None] | None = None,
    enough: Callable[[NDArray[np.float32]], bool] | None = None,
    settling_s: float = 0.0,
    token: Token,
    watch: Watch,
    watch_out: Watch | None = None,
) -> Take:
    import numpy as np

    from readiness.dsp.voice.level import meter_level

    rate = stream.rate
    lead_in, wanted = round(LEAD_IN_S * rate), round(seconds * rate)
    samples = np.zeros(lead_in + wanted, dtype=np.float32)
    filled, arrived, done = 0, time.monotonic(), False
    while filled < samples.size and not done:
        token.sleep(STEP_S)
        before = filled
        for block in stream.drain():
            end = min(filled + block.size, samples.size)
            samples[filled:end] = block[: end - filled]
            filled, arrived = end, time.monotonic()
        _require_input(watch)
        if watch_out is not None:
            _require_output(watch_out)
        if time.monotonic() - arrived > (SILENT_STREAM_S if filled else FIRST_BLOCK_S):
            raise CannotMeasure(FailureCode.TIMED_OUT, "sound-system-stalled")
        new = samples[max(lead_in, before) : filled]
        if hear is not None and new.size:
            hear(new, rate)
        recent = samples[max(lead_in, filled - round(METER_S * rate)) : filled]
        if recent.size:
            level((filled - lead_in) / wanted, meter_level(recent))
        if enough is None:
            settled = lead_in + round(settling_s * rate)
            require_whole(stream, samples[:filled], before, settled)
        done = enough is not None and bool(new.size) and enough(new)
    return Take(
        samples=samples[lead_in:filled],
        rate=rate,
        device=device,
        muted=watch.muted,
        overflows=stream.lost,
    )


def _require_input(watch: Watch) -> None:
    if watch.removed:
        raise CannotMeasure(FailureCode.NO_DEVICE, "removed-during-take")
    if watch.muted:
        raise CannotMeasure(FailureCode.NO_DEVICE, "muted")
    if watch.moved:
        raise CannotMeasure(FailureCode.NO_DEVICE, "moved-during-take")


def _require_output(watch: Watch) -> None:
    if watch.removed:
        raise CannotMeasure(FailureCode.NO_DEVICE, "output-removed")
    if watch.moved:
        raise CannotMeasure(FailureCode.NO_DEVICE, "output-moved")


def require_whole(stream: Stream, samples: NDArray[np.float32], before: int, lead_in: int) -> None:
    """Refuse a take of which something was lost, as soon as that shows.

    A sound server that stalled fills the hole with zeros and says nothing; but its blocks came
    late. Zeros that came in time, or that came before as well, are a noise gate's; they are judged
    with the whole take.

    Args:
        stream: What delivers the samples, and knows which came late.
        samples: All of them so far.
        before: How many were there the last time.
        lead_in: How many are not part of the take, or not looked at yet.

    Raises:
        CannotMeasure: ``interrupted``.
    """
    from readiness.dsp.voice.gaps import gaps

    if len(samples) <= lead_in:
        stream.lost = 0
        return
    kept = round(LATE_KEPT_S * stream.rate)
    while stream.late_at and stream.late_at[0] < before - kept:
        stream.late_at.popleft()
    start = max(lead_in, before - kept)
    hole = gaps(samples[start:], stream.rate).longest_s if stream.late_at else 0.0
    gated = hole >= HOLE_S and (
        not samples[start:].any()
        or (start > lead_in and gaps(samples[lead_in:start], stream.rate).count > 0)
    )
    if stream.lost or (hole >= HOLE_S and not gated):
        raise CannotMeasure(FailureCode.TIMED_OUT, "interrupted", longest_ms=round(1000 * hole))
