"""From a silent and a spoken recording to the figures of the voice, or to why there is none.

Used for a live take and for recordings made elsewhere, so that both are judged alike.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Evidence, EvidenceKind, Failure, Measurement
from readiness.voice_metrics import CLIPPING, LEVEL, METRICS, NOISE, SNR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from readiness.dsp.voice.soundness import Flaw
    from readiness.model.measurement import Metric, Scalar, Trace
    from readiness.ports import Result

log = logging.getLogger(__name__)

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


@dataclass(frozen=True, kw_only=True)
class Takes:
    """A silence and a reading of one microphone, one channel each, full scale 1.0.

    Attributes:
        silence: While nobody spoke.
        reading: While somebody read aloud.
        rate: Samples a second of both.
        lost: How often the system said that it lost samples.
        bits: Bits a sample where a file tells them.
    """

    silence: NDArray[np.float32]
    reading: NDArray[np.float32]
    rate: int
    lost: int = 0
    bits: int | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """A value in the metric's unit, its 95 % half width, the readings behind it, short facts."""

    value: float
    half_width: float | None = None
    samples: int | None = None
    summary: dict[str, Scalar] = field(default_factory=dict)
    trace: Trace | None = None


Figures: TypeAlias = Mapping[str, Found | CannotMeasure]


def figures(takes: Takes) -> Figures:
    """Every metric of the voice: its value, or why there is none."""
    why = reading_fault(takes)
    if why is not None:
        return _all(METRICS, why)
    told = _of_the_reading(takes)
    why = silence_fault(takes) or between_fault(takes)
    if why is not None:
        return {**_all(METRICS, why), **told}
    why = speech_fault(takes)
    if why is not None:
        return {**_all(METRICS, why), NOISE.id: _noise(takes)}
    return {**told, **_of_both(takes)}


def results(told: Figures, *, method: str, at: datetime) -> Iterator[Result]:
    """Make measurements and failures of figures, in the metrics' order.

    Args:
        told: From :func:`figures`.
        method: ``GUIDED`` or ``RECORDINGS``.
        at: The time that they carry.
    """
    for metric in METRICS:
        found = told[metric.id]
        if isinstance(found, CannotMeasure):
            yield Failure(
                metric=metric.id,
                failure=found.code,
                detail=found.detail,
                summary=dict(found.summary),
                at=at,
            )
        else:
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
                    trace=found.trace,
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
    if not was_silent(*map(_without_offset, parts), takes.rate):
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


def _all(metrics: tuple[Metric, ...], why: CannotMeasure) -> Figures:
    return {metric.id: why for metric in metrics}


# --- the figures ---------------------------------------------------------------------------------


def _of_the_reading(takes: Takes) -> Figures:
    """What needs no silence."""
    from readiness.dsp.voice.clipping import clipped_percent

    percent = clipped_percent(takes.reading)
    return {CLIPPING.id: Found(value=round(percent, 3), samples=int(takes.reading.size))}


def _noise(takes: Takes) -> Found:
    from readiness.dsp.voice.level import noise_level

    noise = noise_level(takes.silence, takes.rate)
    return Found(
        value=round(noise.dbov, 2),
        half_width=round(noise.half_width, 2),
        samples=noise.blocks,
        summary=_length(takes.silence, takes.rate),
    )


def _of_both(takes: Takes) -> Figures:
    from readiness.dsp.voice.guided import guided_voice

    try:
        voice = guided_voice(
            _without_offset(takes.silence), _without_offset(takes.reading), takes.rate
        )
    except ValueError as error:
        # Everything else that it refuses was refused above.
        log.info("no active level: %s", error)
        return {
            **_all(METRICS, CannotMeasure(FailureCode.UNSUPPORTED, "too-quiet")),
            NOISE.id: _noise(takes),
        }
    activity = {"activity_percent": round(100 * voice.activity, 1)}
    summary: dict[str, Scalar] = {**_length(takes.reading, takes.rate), **activity}
    return {
        LEVEL.id: Found(
            value=round(voice.level, 2),
            half_width=round(voice.level_half_width, 2),
            summary=summary,
        ),
        NOISE.id: _noise(takes),
        SNR.id: Found(
            value=round(voice.snr, 2),
            half_width=round(voice.snr_half_width, 2),
            summary=summary,
        ),
    }


def _length(samples: NDArray[np.float32], rate: int) -> dict[str, Scalar]:
    return {"seconds": round(samples.size / rate, 1), "rate_hz": rate}


def _without_offset(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """P.56 takes a constant part for sound; the ear does not."""
    centred: NDArray[np.float32] = samples - samples.mean(dtype="float64").astype("float32")
    return centred
