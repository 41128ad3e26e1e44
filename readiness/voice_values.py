"""Single figures of the voice: each from a silence, a reading or what came back of a sweep.

Here a take is taken for sound; whether it is, ``voice_figures`` has found out before.
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from readiness.dsp.voice.dropouts import Dropouts
    from readiness.dsp.voice.echo import Echo
    from readiness.model.measurement import Scalar

    Samples: TypeAlias = NDArray[np.float32]

log = logging.getLogger(__name__)

NOTHING_DBOV: Final = -120.0
"""Lower lies no sound that a converter of 24 bits could deliver."""

MOST_PLACES: Final = 6
"""So many dropouts are named with their time; more are only counted."""


@dataclass(frozen=True, kw_only=True)
class Takes:
    """A silence and a reading of one microphone, one channel each, full scale 1.0.

    Attributes:
        silence: While nobody spoke.
        reading: While somebody read aloud.
        rate: Samples a second of both.
        lost: How often the system said that it lost samples.
        bits: Bits a sample where a file tells them.
        lossy: Whether the reading was compressed with losses.
        both: The reading with both channels, shape (n, 2), where there are two.
    """

    silence: Samples
    reading: Samples
    rate: int
    lost: int = 0
    bits: int | None = None
    lossy: bool = False
    both: Samples | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """A value in the metric's unit, its 95 % half width, the readings behind it, short facts."""

    value: float
    half_width: float | None = None
    samples: int | None = None
    summary: dict[str, Scalar] = field(default_factory=dict)


def clipping(takes: Takes) -> Found | CannotMeasure:
    """Overdriven samples of the reading, %."""
    from readiness.dsp.voice.clipping import clipped_percent

    percent = clipped_percent(takes.reading)
    if takes.lossy and not percent:
        return _hidden()
    return Found(value=round(percent, 3), samples=int(takes.reading.size))


def _hidden() -> CannotMeasure:
    """Vorbis and Opus leave nothing of flat tops and of filled holes that could be seen."""
    return CannotMeasure(FailureCode.UNSUPPORTED, "lossy-recording")


def offset(takes: Takes) -> Found:
    """Constant part of the reading, % of full scale."""
    from readiness.dsp.voice.offset import dc_offset

    return Found(value=round(dc_offset(takes.reading), 3), samples=int(takes.reading.size))


def bandwidth(takes: Takes) -> Found:
    """How far up the recording reaches, kHz."""
    from readiness.dsp.voice.bandwidth import bandwidth as reach

    found = reach(takes.silence, takes.reading, takes.rate)
    summary: dict[str, Scalar] = {
        "band": found.klass,
        "codec_wall": found.wall,
        "rate_hz": takes.rate,
    }
    if found.khz >= takes.rate / 2000:  # half of the rate, Hz => kHz
        summary["no_end_found"] = True
    else:
        summary["fall_db"] = round(found.fall_db, 1)
    return Found(
        value=round(found.khz, 2), half_width=round(found.half_width_khz, 2), summary=summary
    )


def hum_below(takes: Takes, level: Found) -> Found | CannotMeasure:
    """How far mains hum lies below the voice, dB.

    Where none was found, all that is known is how loud one would have been found: the figure is
    the middle between that and nothing at all.
    """
    from readiness.dsp.voice.hum import SHORTEST_S, hum

    if takes.silence.size < SHORTEST_S * takes.rate:
        seconds = round(takes.silence.size / takes.rate, 2)
        return CannotMeasure(FailureCode.UNSUPPORTED, "too-short", seconds=seconds)
    found = hum(takes.silence, takes.rate)
    summary = _length(takes.silence, takes.rate)
    if found.dbov is None or found.mains_hz is None:
        loud = max(found.floor_dbov, NOTHING_DBOV)
        dbov, half_width = (loud + NOTHING_DBOV) / 2, (loud - NOTHING_DBOV) / 2
        summary["hum_found"] = False
    else:
        dbov, half_width = found.dbov, found.half_width_db
        summary["mains_hz"] = found.mains_hz
    return Found(
        value=round(level.value - dbov, 2),
        half_width=round(math.hypot(half_width, level.half_width or 0.0), 2),
        summary=summary,
    )


def dropouts(takes: Takes) -> Found | CannotMeasure:
    """How often the reading was interrupted."""
    from readiness.dsp.voice.dropouts import dropouts as found_in

    found = found_in(takes.reading, takes.rate)
    if takes.lossy and not found.count:
        return _hidden()
    if found.gated and not found.count:
        return CannotMeasure(FailureCode.UNSUPPORTED, "gated-pauses")
    summary = {**_length(takes.reading, takes.rate), **_places(found)}
    return Found(value=found.count, samples=int(takes.reading.size), summary=summary)


def _places(found: Dropouts) -> dict[str, Scalar]:
    if not found.count:
        return {}
    places = [f"{one.start_s:.2f} s: {one.length_ms:.0f} ms" for one in found.at[:MOST_PLACES]]
    more = ["..."] if found.count > MOST_PLACES else []
    return {
        "longest_ms": round(found.longest_ms),
        "dropouts_at": ", ".join([*places, *more]),
        "pauses_gated": found.gated,
    }


def balance(takes: Takes) -> Found | CannotMeasure:
    """Left louder than right, dB."""
    from readiness.dsp.voice.balance import balance as compared

    if takes.both is None:
        return CannotMeasure(FailureCode.UNSUPPORTED, "one-channel")
    found = compared(takes.both)
    dead: dict[str, Scalar] = {} if found.dead is None else {"dead_channel": found.dead.value}
    if found.db is None:
        return CannotMeasure(FailureCode.NO_DEVICE, "dead-channel", **dead)
    return Found(value=round(found.db, 2), half_width=round(found.half_width_db, 2), summary=dead)


def noise(takes: Takes) -> Found:
    """Level of the silence, dBov."""
    from readiness.dsp.voice.level import noise_level

    found = noise_level(takes.silence, takes.rate)
    return Found(
        value=round(found.dbov, 2),
        half_width=round(found.half_width, 2),
        samples=found.blocks,
        summary=_length(takes.silence, takes.rate),
    )


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What is found together: level, dBov; distance from the noise and suppression of it, dB."""

    level: Found
    distance: Found
    suppression: Found


def voice(takes: Takes) -> Voice:
    """Active level of the voice, its distance from the noise, and how far that was held down.

    Raises:
        CannotMeasure: ``too-quiet``.
    """
    from readiness.dsp.voice.guided import guided_voice

    try:
        found = guided_voice(
            without_offset(takes.silence), without_offset(takes.reading), takes.rate
        )
    except ValueError as error:
        # Everything else that it refuses was refused before.
        log.info("no active level: %s", error)
        raise CannotMeasure(FailureCode.UNSUPPORTED, "too-quiet") from error
    held = found.suppression
    summary: dict[str, Scalar] = {
        **_length(takes.reading, takes.rate),
        "activity_percent": round(100 * found.activity, 1),
    }
    corrected: dict[str, Scalar] = {"suppressed_db": round(held.db, 1)} if held.found else {}
    return Voice(
        level=Found(
            value=round(found.level, 2),
            half_width=round(found.level_half_width, 2),
            summary=summary,
        ),
        distance=Found(
            value=round(found.snr, 2),
            half_width=round(found.snr_half_width, 2),
            summary={**summary, **corrected},
        ),
        suppression=Found(
            value=round(held.db, 2),
            half_width=round(held.half_width, 2),
            summary={"suppressed": held.found},
        ),
    )


def echo_below(level: Found, *echoes: Echo) -> Found:
    """How far the louder echo of a customer's speech lies below the own voice, dB.

    The customer is as loud as the sweep. Where no echo was found, all that is known is how loud
    one would have been found: the figure is the middle between that and the most that is told.

    Args:
        level: The active level of the own voice, dBov.
        echoes: One of each ear, or one of both.
    """
    from readiness.dsp.voice.echo import MOST_DB
    from readiness.dsp.voice.sweep import DBOV

    loudest = min(echoes, key=lambda echo: echo.at_least_db)
    above = level.value - DBOV
    summary: dict[str, Scalar] = {}
    if loudest.loss_db is None:
        half_width = max(0.0, MOST_DB - loudest.at_least_db) / 2
        value = loudest.at_least_db + half_width
        summary["echo_found"] = False
    else:
        value, half_width = loudest.loss_db, loudest.half_width_db
        summary["loss_db"] = round(value, 1)
        if loudest.delay_ms is not None:
            summary["delay_ms"] = round(loudest.delay_ms, 1)
    return Found(
        value=round(above + value, 2),
        half_width=round(math.hypot(half_width, level.half_width or 0.0), 2),
        summary=summary,
    )


def _length(samples: Samples, rate: int) -> dict[str, Scalar]:
    return {"seconds": round(samples.size / rate, 1), "rate_hz": rate}


def without_offset(samples: Samples) -> Samples:
    """P.56 takes a constant part for sound; the ear does not."""
    centred: Samples = samples - samples.mean(dtype="float64").astype("float32")
    return centred
