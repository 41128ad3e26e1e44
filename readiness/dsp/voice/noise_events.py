"""Noise events: what stands out of a silence for a while: a dog, a door, a television.

The steady noise is followed by a morphological opening of its level: sounds shorter than some
seconds are cut off, a fan that slowly drifts is kept. See ``docs/methods/room.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.finite import finite

if TYPE_CHECKING:
    from numpy.typing import NDArray

FRAME_S = 0.02
"""A frame is this long: as exactly begin and end of an event are known."""

LOWEST_HZ = 200.0
"""What is lower is not counted: telephones do not carry it, and rumble comes and goes."""

LEAST_S = 5.0
"""A shorter silence does not tell what is steady."""

LONGEST_EVENT_S = 12.0
"""What goes on for longer without a pause is the room's noise and no event."""

LOCAL_S = 0.5
"""The noise of a moment is the median of this time; shorter sounds do not move it."""

LEAST_DB = 8.0
"""An event is at least so much above the noise: a sound one notices."""

LASTING_DB = 4.0
"""It lasts as long as it is so much above it."""

SCATTER = 6.0
"""And by so many times the scatter of the noise: a fan's level varies, and babble's varies more."""

SHORTEST_S = 0.06
"""Shorter sounds are clicks."""

PAUSE_S = 1.0
"""Sounds less than this apart are one event: a dog barks more than once, people pause."""

DOUBTFUL_DB = 2.0
"""So near to the least level it is open whether an event is one."""


FLOOR_ERROR_DB = 0.7
"""Twice the error of the noise's level seen in ``bench/voice/events.py``."""


@dataclass(frozen=True, kw_only=True)
class NoiseEvent:
    """One event, of which only what is above 200 Hz counts.

    Attributes:
        start_s: When it began, seconds from the beginning.
        seconds: How long it was.
        dbov: Its level without the noise under it, dBov, over all its time.
        above_db: That level over the level of the noise, dB.
        half_width_db: How sure both are (95 %), dB.
    """

    start_s: float
    seconds: float
    dbov: float
    above_db: float
    half_width_db: float


@dataclass(frozen=True, kw_only=True)
class NoiseEvents:
    """The events of a silence.

    Attributes:
        events: In the order of time.
        floor_dbov: Level of the steady noise above 200 Hz, dBov, in the middle of its range.
        least_db: How far above the noise a sound has to be to be an event, dB.
        half_width: How many more or fewer there may be: sounds within 2 dB of the least level.
        seconds: How long the silence was.
    """

    events: tuple[NoiseEvent, ...]
    floor_dbov: float
    least_db: float
    half_width: int
    seconds: float

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.events)


def noise_events(silence: NDArray[np.floating[Any]], rate: int) -> NoiseEvents:
    """Find the events in ``silence``, shape (n,), at ``rate`` Hz (1000 or more).

    Raises:
        ValueError: Shorter than 5 s, digital silence, or a sample is infinite or no number.
    """
    signal = finite(silence)
    if signal.size < LEAST_S * rate:
        raise ValueError(f"noise events need {LEAST_S:g} s of silence")
    powers = _powers(signal, rate)
    if not powers.any():
        raise ValueError("the silence is digital silence")
    levels = _levels(powers)
    floor = _floor(levels)
    scatter, offset = _spread(levels - floor)
    floor += offset
    above = levels - floor
    least = max(LEAST_DB, SCATTER * scatter)
    lasting = above >= max(LASTING_DB, least / 2)
    events = _spans(lasting, above >= least)
    nearly = _spans(lasting, above >= least - DOUBTFUL_DB)
    surely = _spans(lasting, above >= least + DOUBTFUL_DB)
    return NoiseEvents(
        events=tuple(_event(span, powers, floor, lasting, scatter) for span in events),
        floor_dbov=float(np.median(floor)),
        least_db=least,
        half_width=max(len(nearly) - len(events), len(events) - len(surely)),
        seconds=signal.size / rate,
    )


def _powers(signal: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """Mean square of every frame, above 200 Hz."""
    from scipy.signal import butter, sosfilt

    high_pass = butter(4, LOWEST_HZ, "high", fs=rate, output="sos")
    filtered = sosfilt(high_pass, signal - signal.mean())
    size = round(FRAME_S * rate)
    count = filtered.size // size
    frames = np.square(filtered[: count * size]).reshape(count, size)
    powers: NDArray[np.float64] = frames.mean(axis=1)
    # What the filter still rings after the last sample is nothing that was heard.
    moving = np.ptp(signal[: count * size].reshape(count, size), axis=1) > 0
    powers[~moving] = 0.0
    return powers


def _levels(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Levels of the frames, dBov; where there is digital silence, those around it."""
    alive = np.flatnonzero(powers)
    levels: NDArray[np.float64] = np.interp(
        np.arange(powers.size), alive, 10 * np.log10(powers[alive])
    )
    return levels


def _floor(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Level of the steady noise under every frame: what is left when short sounds are cut off."""
    from scipy.ndimage import grey_opening, median_filter

    local = median_filter(levels, round(LOCAL_S / FRAME_S), mode="nearest")
    longest = min(round(LONGEST_EVENT_S / FRAME_S), levels.size // 2)
    floor: NDArray[np.float64] = grey_opening(local, longest, mode="nearest")
    return floor


def _spread(above: NDArray[np.float64]) -> tuple[float, float]:
    """Scatter of the noise's levels and where their middle lies, dB, however much is no noise."""
    low, middle = np.quantile(above, (0.05, 0.25))
    # Of a normal distribution, 5 % lie 1.645 and 25 % lie 0.674 standard deviations below.
    scatter = float(middle - low) / (1.645 - 0.674)
    return scatter, float(middle) + 0.674 * scatter


def _spans(lasting: NDArray[np.bool_], loud: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Frames from begin to end of every event: long enough, loud somewhere, pauses bridged."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], lasting.view(np.int8), [0]))))
    spans: list[tuple[int, int]] = []
    for start, end in edges.reshape(-1, 2).tolist():
        if end - start < SHORTEST_S / FRAME_S or not loud[start:end].any():
            continue
        if spans and start - spans[-1][1] < PAUSE_S / FRAME_S:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _event(
    span: tuple[int, int],
    powers: NDArray[np.float64],
    floor: NDArray[np.float64],
    lasting: NDArray[np.bool_],
    scatter: float,
) -> NoiseEvent:
    start, end = span
    sounding = np.flatnonzero(lasting[start:end]) + start
    noise = float(np.mean(10 ** (floor[sounding] / 10)))
    power = float(np.mean(powers[sounding])) - noise
    half_width = math.hypot(FLOOR_ERROR_DB, 1.96 * scatter / math.sqrt(sounding.size))
    return NoiseEvent(
        start_s=start * FRAME_S,
        seconds=(end - start) * FRAME_S,
        dbov=10 * math.log10(power),
        above_db=10 * math.log10(power / noise),
        half_width_db=half_width * (1 + noise / power),
    )
