"""What a call would feel: delay, loss, jitter and order of a stream of small packets.

Definitions, methods and limits: ``docs/methods/call-shape.md`` and
``docs/methods/call-quality.md``.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from readiness.advice import internet
from readiness.call_figures import CALL_METHODS, Figures, Found, figures
from readiness.line_reasons import CALL_REASONS, LINE_REASONS
from readiness.link_kind import CHANGED_REASONS
from readiness.link_watch import LinkWatch
from readiness.model.measurement import MAX_TRACE, Cause, Metric, Trace
from readiness.model.text import N_
from readiness.ports import Live, Need, Probe, failed, measured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.model.call import CallStream
    from readiness.ports import Context, Result

ADVICE = (internet.PAUSE, internet.NEARER, internet.VPN_OFF, internet.CABLE, internet.PROVIDER)
FAR = (
    Cause(
        N_(
            "The way is long or crowded: a VPN, a mobile or satellite line, weak Wi-Fi, or somebody"
            " else's downloads. If it is shorter by cable with all else paused, it was at home."
        ),
        unless=internet.WIRED,
    ),
    Cause(
        N_(
            "The way is long or crowded: a VPN, a satellite line, or somebody else's downloads. If"
            " it is shorter with all else paused, it was at home; if not, it is the line."
        ),
    ),
)
UNSTEADY = (
    Cause(
        N_(
            "Something disturbs the packets on their way: mostly weak Wi-Fi, or a line that others"
            " use at the same time. If it is better by cable, it was the Wi-Fi; if not, the line."
        ),
        unless=internet.WIRED,
    ),
    Cause(
        N_(
            "Something disturbs the packets on their way: others who use the line at the same time,"
            " or the line itself. If it is better with all else paused, it was at home."
        ),
    ),
)

# Translators: a test call is a stream of small packets, as a telephone call over the internet is.
METRICS = (
    Metric(
        id="line.round_trip_median",
        # Translators: the time until a small packet sent over the line is answered.
        title=N_("Round trip, median"),
        # Translators: of one packet, beside a figure that changes while it is measured.
        live=N_("Round trip"),
        unit="ms",
        resolution=1,
        causes=FAR,
        advice=ADVICE,
    ),
    Metric(
        id="line.round_trip_p95",
        # Translators: 95 of 100 answers come within this time.
        title=N_("Round trip, 95 of 100 packets"),
        unit="ms",
        resolution=1,
        causes=FAR,
        advice=ADVICE,
    ),
    Metric(
        id="line.jitter",
        # Translators: jitter: how much the travel time changes from packet to packet.
        title=N_("Jitter, worse direction"),
        unit="ms",
        resolution=0.1,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
    Metric(
        id="line.jitter_up",
        title=N_("Jitter, outgoing"),
        unit="ms",
        resolution=0.1,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
    Metric(
        id="line.jitter_down",
        title=N_("Jitter, incoming"),
        unit="ms",
        resolution=0.1,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
    Metric(
        id="line.loss",
        title=N_("Lost packets, worse direction"),
        unit="%",
        resolution=0.1,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
    Metric(
        id="line.loss_up",
        title=N_("Lost packets, outgoing"),
        unit="%",
        resolution=0.1,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
    Metric(
        id="line.loss_down",
        title=N_("Lost packets, incoming"),
        unit="%",
        resolution=0.1,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
    Metric(
        id="line.loss_burst",
        title=N_("Most packets lost in a row"),
        unit="packets",
        resolution=1,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
    Metric(
        id="line.reordering",
        # Translators: packets that arrive after packets that were sent later.
        title=N_("Packets out of order"),
        unit="%",
        resolution=0.01,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
    Metric(
        id="line.late",
        # Translators: packets that come too late to be played in a call.
        title=N_("Packets too late for a call"),
        unit="%",
        resolution=0.1,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
    Metric(
        id="line.loss_worst_15s",
        title=N_("Lost packets in the worst 15 seconds"),
        unit="%",
        resolution=0.1,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
    Metric(
        id="line.jitter_worst_15s",
        title=N_("Jitter in the worst 15 seconds"),
        unit="ms",
        resolution=0.1,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
    Metric(
        id="line.mos",
        # Translators: MOS: mean opinion score, 1 (bad) to 4.5 (excellent), worked out, not asked.
        title=N_("Call quality, estimated (MOS)"),
        resolution=0.01,
        causes=UNSTEADY,
        advice=ADVICE,
    ),
)
MEDIAN = METRICS[0]
TRACED = {"line.round_trip_median", "line.round_trip_p95"}
QUALITY = "call-quality"
FEWEST_POINTS = 8


def run(ctx: Context) -> Iterator[Result]:
    """Send one stream and read everything out of it."""

    def tell(fraction: float, now: float | None) -> None:
        live = (
            None
            if now is None
            else Live(metric=MEDIAN.id, value=now, unit=MEDIAN.unit, through=fraction)
        )
        ctx.progress(fraction, live)

    link = LinkWatch(ctx)
    stream = ctx.line.call(tell)
    link.check()
    told = figures(stream)
    for metric in METRICS:
        yield _result(ctx, metric, stream, told)
    ctx.progress(1.0)


def _result(ctx: Context, metric: Metric, stream: CallStream, told: Figures) -> Result:
    found = told[metric.id]
    if not isinstance(found, Found):
        return failed(ctx, metric, found.code, found.detail, **found.summary)
    return measured(
        ctx,
        metric,
        found.value,
        method=QUALITY if metric.id == "line.mos" else _method(stream),
        uncertainty=found.half_width,
        samples=found.samples,
        trace=round_trip_trace(stream) if metric.id in TRACED else None,
        summary={**stream.summary, **found.summary},
    )


def _method(stream: CallStream) -> str:
    return f"call-{stream.transport.value}"


def round_trip_trace(stream: CallStream) -> Trace | None:
    """Round trip over time, ms: medians of equal pieces of the stream.

    None where the stream is too thin, or where even long pieces have no answer: a gap cannot be
    drawn and is not filled in.
    """
    lasted = len(stream.sent) * stream.interval_s
    points = min(MAX_TRACE, len(stream.sent))
    while points >= FEWEST_POINTS:
        pieces: list[list[float]] = [[] for _ in range(points)]
        for out, back in zip(stream.sent, stream.returned, strict=True):
            if back is not None:
                place = min(points - 1, int(points * out / lasted))
                pieces[place].append((back - out) * 1000)  # s => ms
        if all(pieces):
            values = tuple(round(median(piece), 2) for piece in pieces)
            return Trace(step_s=lasted / points, unit="ms", values=values)
        points //= 2
    return None


PROBE = Probe(
    id="line_call",
    version=1,
    title=N_("Line during a call"),
    metrics=METRICS,
    run=run,
    seconds=17,
    seconds_thorough=32,
    limit=90,
    needs=frozenset({Need.NETWORK}),
    megabytes=1,
    methods=CALL_METHODS,
    reasons={**LINE_REASONS, **CALL_REASONS, **CHANGED_REASONS},
)
