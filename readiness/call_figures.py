"""From a call stream to the figures of the line probes, or to why there is none.

Used for the idle line and for the stream beside a transfer. A figure that only one direction
tells is no figure of the worse direction: the other might be worse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from readiness.dsp.call_quality import estimate
from readiness.dsp.call_stream import BUFFER_S, WINDOW_S, CallShape, Figure, analyse
from readiness.dsp.interval import wilson
from readiness.model.call import CallStream, Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.dsp.call_stream import Way
    from readiness.model.measurement import Scalar

CALL_METHODS: Mapping[str, str] = {
    f"call-{Transport.STAMP.value}": N_(
        "50 small packets a second to a measuring server and back, as in a call; "
        "both directions told apart"
    ),
    f"call-{Transport.STUN.value}": N_(
        "10 small packets a second to a public server and back; both directions together"
    ),
    f"call-{Transport.HTTP.value}": N_(
        "Small web requests on one connection; lost packets only show as delay"
    ),
    f"call-{Transport.TCP.value}": N_("Connections to a server; lost packets only show as delay"),
    "call-quality": N_(
        "Estimated from delay, loss and lateness with the planning model of ITU-T G.107, "
        "for G.711 with packet loss concealment"
    ),
}
"""Evidence method -> its text, for every probe that uses these figures."""

TRUSTED = {"report", "sequence-numbers"}
ROUND_TRIP = "round trip"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A value in the metric's unit, its 95 % half width, the readings behind it, short facts."""

    value: float
    half_width: float | None
    samples: int
    summary: dict[str, Scalar] = field(default_factory=dict)


Figures: TypeAlias = Mapping[str, Found | CannotMeasure]


def figures(stream: CallStream) -> Figures:
    """Every metric of ``line_call``: its value, or why there is none."""
    shape = analyse(stream)
    why = _Why(stream, shape)
    common: dict[str, Scalar] = {
        "interval_ms": round(stream.interval_s * 1000, 3),  # s => ms
        "payload_octets": stream.payload,
        "sent": shape.sent,
        "seconds": round(shape.seconds, 2),
    }
    return {
        "line.round_trip_median": _single(shape.median, ROUND_TRIP, common, why.few()),
        "line.round_trip_p95": _single(shape.p95, ROUND_TRIP, common, why.few()),
        "line.jitter": _worse(shape, _jitter, common, why.times()),
        "line.jitter_up": _single(shape.up.jitter, "up", common, why.times()),
        "line.jitter_down": _single(shape.down.jitter, "down", common, why.times()),
        "line.loss": _loss(shape, common, why),
        "line.loss_up": _single(shape.up.loss, "up", _lost(common, shape.up), why.counts()),
        "line.loss_down": _single(shape.down.loss, "down", _lost(common, shape.down), why.counts()),
        "line.loss_burst": _burst(shape, common, why),
        "line.reordering": _worse(shape, lambda way: way.reordering, common, why.counts()),
        "line.late": _worse(
            shape,
            lambda way: way.late,
            {**common, "jitter_buffer_ms": round(BUFFER_S * 1000)},  # s => ms
            why.times(),
        ),
        "line.loss_worst_15s": _worse(
            shape, lambda way: way.worst_loss, common, why.window(why.counts())
        ),
        "line.jitter_worst_15s": _worse(
            shape, lambda way: way.worst_jitter, common, why.window(why.times())
        ),
        "line.mos": mos(stream, shape),
    }


def mos(stream: CallStream, shape: CallShape | None = None) -> Found | CannotMeasure:
    """The estimated call quality of a stream with all that went into it, or why there is none."""
    shape = analyse(stream) if shape is None else shape
    found = estimate(shape)
    if found is None:
        why = _Why(stream, shape)
        counted = all(way.loss is not None for way in shape.ways().values())
        return why.times() if counted else why.counts()
    return Found(
        value=found.rating.mos,
        half_width=found.mos_half_width,
        samples=shape.sent,
        summary={
            "codec": found.codec.title,
            "rating_r": round(found.rating.r, 1),
            "one_way_delay_ms": round(found.delay_ms, 1),
            "loss_and_late_percent": round(found.loss, 3),
            "burst_ratio": round(found.burst, 2),
            "jitter_buffer_ms": round(BUFFER_S * 1000),  # s => ms
            "packet_ms": found.codec.packet_ms,
            "within_model": found.valid,
            "direction": found.direction,
            "seconds": round(shape.seconds, 2),
        },
    )


def _jitter(way: Way) -> Figure | None:
    return way.jitter


def _single(
    figure: Figure | None, direction: str, facts: dict[str, Scalar], why: CannotMeasure
) -> Found | CannotMeasure:
    if figure is None:
        return why
    return Found(
        value=figure.value,
        half_width=figure.half_width,
        samples=figure.samples,
        summary={**facts, "direction": direction},
    )


def _worse(
    shape: CallShape,
    of: Callable[[Way], Figure | None],
    facts: dict[str, Scalar],
    why: CannotMeasure,
) -> Found | CannotMeasure:
    """The larger figure of both directions; nothing if one of them is unknown."""
    known = {name: figure for name, way in shape.ways().items() if (figure := of(way)) is not None}
    if len(known) < len(shape.ways()):
        return why
    name = max(known, key=lambda name: known[name].value)
    return _single(known[name], name, facts, why)


def _loss(shape: CallShape, facts: dict[str, Scalar], why: _Why) -> Found | CannotMeasure:
    """Of the worse direction, else of both together, which is at least as large."""
    if shape.up.loss is not None and shape.down.loss is not None:
        worse = max(shape.ways().items(), key=lambda item: item[1].loss.value)  # type: ignore[union-attr]  # one line above
        return _single(worse[1].loss, worse[0], _lost(facts, worse[1]), why.counts())
    return _single(shape.loss_round_trip, ROUND_TRIP, facts, why.counts())


def _lost(facts: dict[str, Scalar], way: Way) -> dict[str, Scalar]:
    """The counts and Wilson's interval, so that a reader can work it out again."""
    if way.lost is None or not way.carried:
        return facts
    low, high = wilson(way.lost, way.carried)
    return {
        **facts,
        "lost": way.lost,
        "carried": way.carried,
        "interval_low_percent": round(100 * low, 3),
        "interval_high_percent": round(100 * high, 3),
    }


def _burst(shape: CallShape, facts: dict[str, Scalar], why: _Why) -> Found | CannotMeasure:
    runs = {name: way.burst for name, way in shape.ways().items() if way.burst is not None}
    if len(runs) < len(shape.ways()):
        return why.counts()
    name = max(runs, key=lambda name: runs[name])
    return Found(
        value=runs[name], half_width=None, samples=shape.sent, summary={**facts, "direction": name}
    )


class _Why:
    """Why a figure is missing: what the way of measuring cannot tell, or what went wrong."""

    def __init__(self, stream: CallStream, shape: CallShape) -> None:
        self._stream = stream
        self._shape = shape

    def _transport(self) -> CannotMeasure | None:
        """What this kind of packet never tells."""
        said = self._stream.summary
        # A method that tried UDP before it fell back says so in words of its own.
        udp = str(said.get("udp", "")) or str(said.get("fell_back", "")).rpartition(": ")[2]
        if self._stream.transport is Transport.STUN:
            return CannotMeasure(FailureCode.UNSUPPORTED, "round-trip-only")
        if self._stream.transport is Transport.STAMP:
            return None
        if udp == "udp-blocked":
            return CannotMeasure(FailureCode.UNREACHABLE, "udp-blocked")
        if udp == "no-reflector":
            return CannotMeasure(FailureCode.UNSUPPORTED, "no-reflector")
        return CannotMeasure(FailureCode.UNSUPPORTED, "tcp-hides-loss")

    def few(self) -> CannotMeasure:
        return CannotMeasure(FailureCode.UNREACHABLE, "too-few-answers")

    def times(self) -> CannotMeasure:
        """Of what needs the peer's times."""
        other = self._transport()
        if other is not None:
            return other
        if self._shape.clock_wrong or not self._stream.left_there:
            return CannotMeasure(FailureCode.UNSUPPORTED, "peer-clock-wrong")
        if not self._stream.per_direction:
            return self.counts()
        return self.few()

    def counts(self) -> CannotMeasure:
        """Of what needs to know which packets reached the peer."""
        other = self._transport()
        if other is not None:
            return other
        how = str(self._stream.summary.get("directions_by", ""))
        if self._stream.per_direction:
            return self.few() if how in TRUSTED else CannotMeasure(*_WRONG)
        return CannotMeasure(*_NOT_TOLD.get(how, _WRONG))

    def window(self, otherwise: CannotMeasure) -> CannotMeasure:
        planned = len(self._stream.sent) * self._stream.interval_s
        if self._transport() is None and planned < WINDOW_S:
            return CannotMeasure(FailureCode.UNSUPPORTED, "shorter-than-15-s")
        return otherwise


_WRONG = (FailureCode.UNREACHABLE, "report-wrong")
_NOT_TOLD = {
    "report-missing": (FailureCode.UNREACHABLE, "report-missing"),
    "report-wrong": _WRONG,
    "reflector-stateless": (FailureCode.UNSUPPORTED, "reflector-stateless"),
    "numbers-unclear": (FailureCode.UNSUPPORTED, "numbers-unclear"),
}
