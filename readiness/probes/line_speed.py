"""How fast the line is in both directions, and what a call feels while it is full.

Methods, protocol and accuracy: ``docs/methods/line.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.advice import internet
from readiness.call_figures import CALL_METHODS, Found, figures
from readiness.line_reasons import CALL_REASONS, LINE_REASONS
from readiness.link_kind import CHANGED_REASONS
from readiness.link_watch import LinkWatch
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.line_method import LINE_METHODS
from readiness.model.measurement import Cause, Cost, Metric, Tip
from readiness.model.text import N_
from readiness.ports import Live, Need, Probe, failed, measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from readiness.model.measurement import Scalar
    from readiness.ports import Context, LineReading, Result

QUEUE = Tip(
    Cost.ASK,
    # Translators: SQM, smart queue management: a function of routers, usually called by that name.
    N_("Ask your provider for a router with smart queue management (SQM), or switch it on."),
)
PROVIDER = Tip(Cost.ASK, N_("Ask your provider which speed your contract promises."))
SPEED_ADVICE = (internet.PAUSE, internet.NEARER, internet.VPN_OFF, internet.CABLE, PROVIDER)
SLOWER = Tip(
    Cost.FREE,
    N_("Have big uploads and downloads done outside working hours, or with a speed limit set."),
)
LOADED_ADVICE = (internet.PAUSE, SLOWER, QUEUE, PROVIDER)
CROWDED = (
    Cause(
        N_(
            "While the line is full, packets of a call wait in a queue of the router. It shows only"
            " while something else loads; with all else paused, calls run well."
        )
    ),
)

DOWNLOAD = Metric(
    id="line.download",
    title=N_("Download"),
    unit="Mbit/s",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "Something else is downloading, the Wi-Fi is slow, or the contract is. If it is"
                " faster by cable, it was the Wi-Fi; if not, compare it with your contract."
            ),
            unless=internet.WIRED,
        ),
        Cause(
            N_(
                "Something else is downloading, or the contract gives no more. If it is no faster"
                " with all else paused, compare it with your contract."
            ),
        ),
    ),
    advice=SPEED_ADVICE,
)
UPLOAD = Metric(
    id="line.upload",
    title=N_("Upload"),
    unit="Mbit/s",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "Many contracts give little upload, and a backup or somebody's video call soon"
                " takes it. If it is faster with all else paused, that was it."
            )
        ),
    ),
    advice=SPEED_ADVICE,
)
# Translators: what a call feels while something else fills the line.
LOADED_DOWN = Metric(
    id="line.round_trip_loaded_down",
    title=N_("Round trip while downloading"),
    unit="ms",
    resolution=1,
    causes=CROWDED,
    advice=LOADED_ADVICE,
)
LOADED_UP = Metric(
    id="line.round_trip_loaded_up",
    title=N_("Round trip while uploading"),
    unit="ms",
    resolution=1,
    causes=CROWDED,
    advice=LOADED_ADVICE,
)
MOS_DOWN = Metric(
    id="line.mos_loaded_down",
    # Translators: MOS: mean opinion score, 1 (bad) to 4.5 (excellent), worked out, not asked.
    title=N_("Call quality while downloading, estimated (MOS)"),
    resolution=0.01,
    causes=CROWDED,
    advice=LOADED_ADVICE,
)
MOS_UP = Metric(
    id="line.mos_loaded_up",
    title=N_("Call quality while uploading, estimated (MOS)"),
    resolution=0.01,
    causes=CROWDED,
    advice=LOADED_ADVICE,
)
QUALITY = "call-quality"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One direction: its own metric, those of the call beside it, its share of the progress."""

    rate: Metric
    round_trip: Metric
    mos: Metric
    share: tuple[float, float]

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """All three."""
        return self.rate, self.round_trip, self.mos


DOWN = Part(rate=DOWNLOAD, round_trip=LOADED_DOWN, mos=MOS_DOWN, share=(0.0, 0.5))
UP = Part(rate=UPLOAD, round_trip=LOADED_UP, mos=MOS_UP, share=(0.5, 1.0))


def run(ctx: Context) -> Iterator[Result]:
    """Measure both in turn, each with a call beside it; one that fails leaves the other."""
    line = ctx.line
    for part, measure in ((DOWN, line.download), (UP, line.upload)):
        try:
            link = LinkWatch(ctx)
            found = measure(_teller(ctx, part))
            link.check()
        except CannotMeasure as failure:
            for metric in part.metrics:
                yield failed(ctx, metric, failure.code, failure.detail, **failure.summary)
            continue
        # Only now it is known which method worked.
        yield _rate(ctx, part.rate, line.method, found)
        yield from _beside(ctx, part, found)
    ctx.progress(1.0)


def _rate(ctx: Context, metric: Metric, method: str, found: LineReading) -> Result:
    return measured(
        ctx,
        metric,
        found.rate,
        method=method,
        uncertainty=found.half_width,
        samples=found.samples,
        trace=found.trace,
        summary=found.summary,
        receipt=found.receipt,
    )


def _beside(ctx: Context, part: Part, found: LineReading) -> Iterator[Result]:
    """What the call felt meanwhile."""
    stream = found.loaded
    if stream is None:
        detail = str(found.summary.get("call_beside", "no-call-beside"))
        detail = detail if detail in REASONS else "no-call-beside"
        for metric in (part.round_trip, part.mos):
            yield failed(ctx, metric, FailureCode.UNSUPPORTED, detail)
        return
    # The sender's way of filling the line shapes what a call feels, so it is named.
    sender = found.summary.get("congestion_control")
    facts = {} if sender is None else {"congestion_control": sender}
    told = figures(stream)
    trip = told["line.round_trip_median"]
    yield _figure(ctx, part.round_trip, trip, f"call-{stream.transport.value}", facts)
    yield _figure(ctx, part.mos, told["line.mos"], QUALITY, facts)


def _figure(
    ctx: Context,
    metric: Metric,
    found: Found | CannotMeasure,
    method: str,
    facts: Mapping[str, Scalar],
) -> Result:
    if not isinstance(found, Found):
        return failed(ctx, metric, found.code, found.detail, **found.summary)
    return measured(
        ctx,
        metric,
        found.value,
        method=method,
        uncertainty=found.half_width,
        samples=found.samples,
        summary={**found.summary, **facts},
    )


def _teller(ctx: Context, part: Part) -> Callable[[float, float | None], None]:
    """Turns a part's own progress into the probe's, with the rate of this moment."""
    begin, end = part.share

    def tell(fraction: float, rate: float | None) -> None:
        live = None
        if rate is not None:
            live = Live(metric=part.rate.id, value=rate, unit=part.rate.unit, through=fraction)
        ctx.progress(begin + (end - begin) * fraction, live)

    return tell


REASONS = {**LINE_REASONS, **CALL_REASONS, **CHANGED_REASONS}

PROBE = Probe(
    id="line_speed",
    version=3,
    title=N_("Line speed"),
    metrics=(*DOWN.metrics, *UP.metrics),
    run=run,
    seconds=18,
    seconds_thorough=35,
    limit=120,
    needs=frozenset({Need.NETWORK}),
    megabytes=250,
    methods={
        **{method.id: method.evidence for method in LINE_METHODS},
        **CALL_METHODS,
    },
    reasons=REASONS,
)
