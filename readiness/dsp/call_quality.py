"""From delay and loss to an estimated call quality, and how far it may be off.

The model is ``readiness/dsp/e_model.py``; definition and limits: ``docs/methods/call-quality.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.dsp.call_stream import BUFFER_S
from readiness.dsp.codec import G711_PLC, Codec
from readiness.dsp.e_model import Connection, Rating, rate

if TYPE_CHECKING:
    from readiness.dsp.call_stream import CallShape, Way

LARGEST_BURST = 2.0
LEAST_LOSS = 2.0
"""G.107 answers for burst ratios up to 2, and for larger ones only below 2 % of loss."""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A rated connection with what went into it.

    Attributes:
        rating: What the model gives.
        codec: For which codec.
        delay_ms: From mouth to ear, one way.
        loss: Packets lost or too late, %.
        burst: Burst ratio of those.
        direction: ``up`` or ``down``: the one that is rated, the worse of the two.
        mos_half_width: From the uncertainties of delay and loss, 95 %.
        valid: Whether loss and bursts lie where G.107 answers for the model.
    """

    rating: Rating
    codec: Codec
    delay_ms: float
    loss: float
    burst: float
    direction: str
    mos_half_width: float
    valid: bool


def connection(*, delay_ms: float, loss: float, burst: float = 1.0, codec: Codec) -> Connection:
    """G.107's defaults with this delay (ms, one way), loss (%), burst ratio and codec.

    Raises:
        ValueError: There is loss and nothing is published on how the codec bears it.
    """
    if loss > 0 and codec.bpl is None:
        raise ValueError("no packet-loss robustness is published for this codec")
    bpl = {} if codec.bpl is None else {"bpl": codec.bpl}
    return Connection(
        t=delay_ms,
        ta=delay_ms,
        tr=2 * delay_ms,
        ie=codec.ie,
        ppl=loss,
        burst=burst,
        **bpl,
    )


def within_model(loss: float, burst: float) -> bool:
    """Whether G.107 answers for the model at this loss (%) and burst ratio."""
    return burst <= LARGEST_BURST or loss < LEAST_LOSS


def burst_ratio(runs: int, count: int, carried: int) -> float:
    """Mean run of lost packets over what random loss of that share would give, at least 1.

    Random loss has runs of 1 / (1 - share) packets. Fewer than random is not asked of the model.
    """
    if not runs or count >= carried:
        return 1.0
    return max(1.0, count / runs * (1 - count / carried))


def estimate(shape: CallShape, codec: Codec = G711_PLC) -> Estimate | None:
    """Rate both directions of a stream and give the worse; none if the stream does not tell.

    One way is half the median round trip, one packet of speech, and the jitter buffer.
    """
    found = [
        rated
        for name, way in shape.ways().items()
        if (rated := _direction(shape, name, way, codec)) is not None
    ]
    if len(found) < len(shape.ways()):
        return None
    return min(found, key=lambda rated: rated.rating.r)


def _direction(shape: CallShape, name: str, way: Way, codec: Codec) -> Estimate | None:
    gone, carried = way.gone, way.carried
    if shape.median is None or gone is None or carried is None:
        return None
    if gone.value > 0 and codec.bpl is None:
        return None
    burst = burst_ratio(way.gone_runs or 0, way.gone_count or 0, carried)
    delay = shape.median.value / 2 + codec.packet_ms + BUFFER_S * 1000  # s => ms
    rating = _rated(delay, gone.value, burst, codec)
    return Estimate(
        rating=rating,
        codec=codec,
        delay_ms=delay,
        loss=gone.value,
        burst=burst,
        direction=name,
        mos_half_width=error_band(
            rating.mos,
            codec,
            delay=(delay, (shape.median.half_width or 0.0) / 2),
            loss=(gone.value, gone.half_width or 0.0),
            burst=burst,
        ),
        valid=within_model(gone.value, burst),
    )


def error_band(
    mos: float,
    codec: Codec,
    *,
    delay: tuple[float, float],
    loss: tuple[float, float],
    burst: float,
) -> float:
    """Half width of the MOS: what the ends of delay (ms) and loss (%) change, in squares.

    Each of ``delay`` and ``loss`` is a value and its half width.
    """
    by_delay = max(
        abs(_rated(max(0.0, delay[0] + sign * delay[1]), loss[0], burst, codec).mos - mos)
        for sign in (-1, 1)
    )
    if codec.bpl is None:
        return by_delay
    by_loss = max(
        abs(
            _rated(delay[0], min(100.0, max(0.0, loss[0] + sign * loss[1])), burst, codec).mos - mos
        )
        for sign in (-1, 1)
    )
    return math.hypot(by_delay, by_loss)


def _rated(delay: float, loss: float, burst: float, codec: Codec) -> Rating:
    return rate(connection(delay_ms=delay, loss=loss, burst=burst, codec=codec))
