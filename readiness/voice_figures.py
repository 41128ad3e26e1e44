"""From a silent and a spoken recording to the figures of the voice, or to why there is none.

Used for a live take and for recordings made elsewhere, so that both are judged alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Evidence, EvidenceKind, Failure, Measurement
from readiness.voice_metrics import (
    BALANCE,
    BANDWIDTH,
    CLIPPING,
    DROPOUTS,
    ECHO,
    HUM,
    LEVEL,
    METRICS,
    NOISE,
    OFFSET,
    SNR,
    SUPPRESSION,
)
from readiness.voice_values import (
    Found,
    Takes,
    balance,
    bandwidth,
    clipping,
    dropouts,
    echo_below,
    hum_below,
    noise,
    offset,
    voice,
    without_offset,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from readiness.dsp.voice.soundness import Flaw
    from readiness.ports import Result

__all__ = [
    "GAP_S",
    "MOSTLY_ZERO",
    "Figures",
    "Found",
    "Takes",
    "between_fault",
    "echo_below",
    "figures",
    "reading_fault",
    "results",
    "silence_fault",
    "speech_fault",
]

GAP_S = 0.05
"""A run of zeros this long is a hole in the recording, unless the microphone sends none else."""

MOSTLY_ZERO = 0.5
"""A silence of which more than half is zeros was made by a noise gate, not by a loss."""

SHORTEST_SILENCE_S = 1.0
"""The spread of four blocks of 0.25 s is the least that tells how sure a noise level is."""

SHORTEST_READING_S = 2.0
"""A short sentence. P.56 bridges pauses of 0.2 s; less has no share of activity to speak of."""

COARSE_BITS = 8
"""With so few, a step is -42 dBov: the noise of an ordinary room becomes zeros."""


Figures: TypeAlias = Mapping[str, Found | CannotMeasure]


def figures(takes: Takes) -> Figures:
    """Every metric of a silence and a reading: its value, or why there is none."""
    why = reading_fault(takes)
    if why is not None:
        only_constant = why.detail == "constant"
        return {**_all(why), **({OFFSET.id: offset(takes)} if only_constant else {})}
    told = _of_the_reading(takes)
    why = silence_fault(takes) or between_fault(takes)
    if why is not None:
        return {**_all(why), **told}
    why = speech_fault(takes)
    if why is not None:
        return {**_all(why), NOISE.id: noise(takes), OFFSET.id: offset(takes)}
    return {**told, **_of_both(takes)}


def _of_the_reading(takes: Takes) -> Figures:
    """What needs no silence."""
    return {
        CLIPPING.id: clipping(takes),
        DROPOUTS.id: dropouts(takes),
        OFFSET.id: offset(takes),
        BALANCE.id: balance(takes),
    }


def _of_both(takes: Takes) -> Figures:
    """What needs a voice that stands out of the noise."""
    of_noise = {NOISE.id: noise(takes), BANDWIDTH.id: bandwidth(takes)}
    try:
        found = voice(takes)
    except CannotMeasure as why:
        return {**of_noise, **dict.fromkeys((LEVEL.id, SNR.id, SUPPRESSION.id, HUM.id), why)}
    return {
        **of_noise,
        LEVEL.id: found.level,
        SNR.id: found.distance,
        SUPPRESSION.id: found.suppression,
        HUM.id: hum_below(takes, found.level),
    }


def _all(why: CannotMeasure) -> Figures:
    return {metric.id: why for metric in METRICS}


def results(told: Figures, *, method: str, at: datetime) -> Iterator[Result]:
    """Make measurements and failures of figures, in the metrics' order.

    Args:
        told: From :func:`figures`; with that of the echo, where a sweep was played.
        method: ``GUIDED`` or ``RECORDINGS``.
        at: The time that they carry.
    """
    for metric in (*METRICS, ECHO):
        found = told.get(metric.id)
        if isinstance(found, CannotMeasure):
            yield Failure(
                metric=metric.id,
                failure=found.code,
                detail=found.detail,
                summary=dict(found.summary),
                at=at,
            )
        elif found is not None:
            yield Measurement(
                metric=metric.id,
                value=found.value,
                unit=metric.unit,
                uncertainty=found.half_width,
                evidence=Evidence(
                    kind=EvidenceKind.MEASURED,
                    method=method,
                    samples=found.samples,
                    summary=dict(found.summary),
                ),
                at=at,
            )


# --- why there is none ---------------------------------------------------------------------------


def reading_fault(takes: Takes) -> CannotMeasure | None:
    """Why the reading alone is of no use."""
    return _unsound(takes.reading, takes.rate, SHORTEST_READING_S)


def silence_fault(takes: Takes) -> CannotMeasure | None:
    """Why the silence alone is of no use. One of zeros was made by a gate: the reading sounds."""
    from readiness.dsp.voice.gaps import gaps
    from readiness.dsp.voice.soundness import Flaw

    why = _unsound(takes.silence, takes.rate, SHORTEST_SILENCE_S)
    gated = why is not None and why.detail in (Flaw.ALL_ZERO, Flaw.CONSTANT)
    if why is not None and not gated:
        return why
    if gated or gaps(takes.silence, takes.rate).share > MOSTLY_ZERO:
        return CannotMeasure(FailureCode.UNSUPPORTED, _or_coarse(takes, "gated-silence"))
    return None


def between_fault(takes: Takes) -> CannotMeasure | None:
    """Why both together are of no use although each holds sound: holes, or no silence."""
    from readiness.dsp.voice.gaps import gaps
    from readiness.dsp.voice.guided import was_silent

    parts = (takes.silence, takes.reading)
    longest = max(gaps(part, takes.rate).longest_s for part in parts)
    if longest >= GAP_S or takes.lost:
        detail = _or_coarse(takes, "interrupted")
        return CannotMeasure(FailureCode.TIMED_OUT, detail, longest_ms=round(1000 * longest))
    silence, reading = map(without_offset, parts)
    if not was_silent(silence, reading, takes.rate):
        return CannotMeasure(FailureCode.UNSUPPORTED, "not-silent")
    return None


def speech_fault(takes: Takes) -> CannotMeasure | None:
    """Why the reading is taken for no speech."""
    from readiness.dsp.voice.guided import LEAST_RISE_DB, rise_db

    if rise_db(takes.silence, takes.reading) < LEAST_RISE_DB:
        return CannotMeasure(FailureCode.UNSUPPORTED, "no-speech")
    return None


def _unsound(samples: NDArray[np.float32], rate: int, shortest_s: float) -> CannotMeasure | None:
    from readiness.dsp.voice.soundness import flaw

    if samples.size < shortest_s * rate:
        seconds = round(samples.size / rate, 2)
        return CannotMeasure(FailureCode.UNSUPPORTED, "too-short", seconds=seconds)
    found = flaw(samples, rate)
    return None if found is None else CannotMeasure(_code(found), found.value)


def _code(found: Flaw) -> FailureCode:
    from readiness.dsp.voice.soundness import Flaw

    return FailureCode.NO_DEVICE if found is Flaw.ALL_ZERO else FailureCode.UNSUPPORTED


def _or_coarse(takes: Takes, detail: str) -> str:
    """Where 8 bits turn quiet noise into zeros, neither a gate nor a loss is to be blamed."""
    return "eight-bit" if takes.bits is not None and takes.bits <= COARSE_BITS else detail
