"""How fast the line is in both directions.

Methods, protocol and accuracy: ``docs/methods/line.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.line_reasons import LINE_REASONS
from readiness.model.errors import CannotMeasure
from readiness.model.line_method import LINE_METHODS
from readiness.model.measurement import Cost, Metric, Tip
from readiness.model.text import N_
from readiness.ports import Live, Need, Probe, failed, measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from readiness.ports import Context, Line, LineReading, Result

CLOSE = Tip(Cost.FREE, N_("Pause cloud backups, video and other downloads, then measure again."))
CABLE = Tip(Cost.CHEAP, N_("Connect the computer to the router with a network cable."))
NEAR = Tip(Cost.FREE, N_("Move closer to the router, or switch a VPN off for the test."))
PROVIDER = Tip(Cost.ASK, N_("Ask your provider which speed your contract promises."))

DOWNLOAD = Metric(
    id="line.download",
    title=N_("Download"),
    unit="Mbit/s",
    resolution=0.1,
    advice=(CLOSE, NEAR, CABLE, PROVIDER),
)
UPLOAD = Metric(
    id="line.upload",
    title=N_("Upload"),
    unit="Mbit/s",
    resolution=0.1,
    advice=(CLOSE, NEAR, CABLE, PROVIDER),
)
SHARES = {DOWNLOAD.id: (0.0, 0.5), UPLOAD.id: (0.5, 1.0)}
"""Which part of the whole each measurement is, for the progress bar."""


def run(ctx: Context) -> Iterator[Result]:
    """Measure both in turn; one that fails leaves the other."""
    line = ctx.line
    for metric, part in ((DOWNLOAD, _download), (UPLOAD, _upload)):
        try:
            yield part(ctx, line)
        except CannotMeasure as found:
            yield failed(ctx, metric, found.code, found.detail, **found.summary)
    ctx.progress(1.0)


def _download(ctx: Context, line: Line) -> Result:
    found = line.download(_teller(ctx, DOWNLOAD))
    return _rate(ctx, DOWNLOAD, line.method, found)  # only now it is known which method worked


def _upload(ctx: Context, line: Line) -> Result:
    found = line.upload(_teller(ctx, UPLOAD))
    return _rate(ctx, UPLOAD, line.method, found)


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
    )


def _teller(ctx: Context, metric: Metric) -> Callable[[float, float | None], None]:
    """Turns a part's own progress into the probe's, with the rate of this moment."""
    begin, end = SHARES[metric.id]

    def tell(fraction: float, rate: float | None) -> None:
        live = (
            None
            if rate is None
            else Live(metric=metric.id, value=rate, unit=metric.unit, through=fraction)
        )
        ctx.progress(begin + (end - begin) * fraction, live)

    return tell


PROBE = Probe(
    id="line_speed",
    version=2,
    title=N_("Line speed"),
    metrics=(DOWNLOAD, UPLOAD),
    run=run,
    seconds=18,
    seconds_thorough=35,
    limit=120,
    needs=frozenset({Need.NETWORK}),
    megabytes=250,
    methods={method.id: method.evidence for method in LINE_METHODS},
    reasons=LINE_REASONS,
)
