"""How fast the line is in both directions, and how long a small answer takes.

Methods, protocol and accuracy: ``docs/methods/line.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.dsp.median import median_interval
from readiness.model.errors import CannotMeasure
from readiness.model.line_method import LINE_METHODS
from readiness.model.measurement import Cost, Metric, Tip
from readiness.model.text import N_
from readiness.ports import Live, Need, Probe, Reason, failed, measured

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
ROUND_TRIP = Metric(
    id="line.round_trip_median",
    # Translators: the time until a small request over the line is answered.
    title=N_("Round trip, median"),
    unit="ms",
    resolution=1,
    advice=(CLOSE, CABLE, PROVIDER),
)

SHARES = {ROUND_TRIP.id: (0.0, 0.1), DOWNLOAD.id: (0.1, 0.55), UPLOAD.id: (0.55, 1.0)}
"""Which part of the whole each measurement is, for the progress bar."""

FEWEST = 5
"""A median of fewer round trips than this is not given."""


def run(ctx: Context) -> Iterator[Result]:
    """Measure the three in turn; one that fails leaves the others."""
    line = ctx.line
    for metric, part in (
        (ROUND_TRIP, _round_trip),
        (DOWNLOAD, _download),
        (UPLOAD, _upload),
    ):
        try:
            yield part(ctx, line)
        except CannotMeasure as found:
            yield failed(ctx, metric, found.code, found.detail, **found.summary)
    ctx.progress(1.0)


def _round_trip(ctx: Context, line: Line) -> Result:
    trips = line.round_trips(_teller(ctx, ROUND_TRIP))
    if len(trips.milliseconds) >= FEWEST:
        middle, half_width = median_interval(trips.milliseconds)
    else:
        # speedtest-cli gives one number, a mean of three; nothing is known about its spread.
        middle = median_interval(trips.milliseconds)[0]
        half_width = ONE_NUMBER * middle
    return measured(
        ctx,
        ROUND_TRIP,
        middle,
        method=line.method,
        uncertainty=half_width,
        samples=len(trips.milliseconds),
        summary=trips.summary,
    )


ONE_NUMBER = 0.5
"""Relative half width given to a round trip of which only one number is known."""


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
        live = None if rate is None else Live(metric=metric.id, value=rate, unit=metric.unit)
        ctx.progress(begin + (end - begin) * fraction, live)

    return tell


PROBE = Probe(
    id="line_speed",
    version=1,
    title=N_("Line speed"),
    metrics=(DOWNLOAD, UPLOAD, ROUND_TRIP),
    run=run,
    seconds=20,
    limit=120,
    needs=frozenset({Need.NETWORK}),
    megabytes=250,
    methods={method.id: method.evidence for method in LINE_METHODS},
    reasons={
        "no-consent": Reason(
            what=N_("You did not agree to a measurement over the network, so nothing was sent."),
            remedy=N_("Agree to it before the check, if you wish."),
        ),
        "no-server": Reason(
            what=N_("No measuring server was chosen."),
            remedy=N_("Enter the server that your employer named, or choose a public one."),
        ),
        "unknown-method": Reason(
            what=N_("This program cannot measure with the chosen method."),
            remedy=N_("Choose another one; “readiness check --help” names them."),
        ),
        "bad-address": Reason(
            what=N_("The address of the measuring server cannot be read."),
            remedy=N_("Write it like http://example.org:8080 or https://example.org."),
        ),
        "budget-spent": Reason(
            what=N_("The allowed amount of data was used up before there was a reliable figure."),
            remedy=N_("Allow more data for the measurement."),
        ),
        "dns-failure": Reason(
            what=N_("The name of the measuring server could not be found."),
            remedy=N_("Check the name and whether this computer is online."),
        ),
        "no-network": Reason(
            what=N_("There is no way from this computer to the measuring server."),
            remedy=N_("Check whether this computer is online."),
        ),
        "connection-refused": Reason(
            what=N_("The measuring server does not accept connections at that address."),
            remedy=N_("Check the address and port; ask whether the server is running."),
        ),
        "connection-reset": Reason(
            what=N_("The connection to the measuring server was cut."),
            remedy=N_("Try again; if it stays so, ask your network's administrator or employer."),
        ),
        "connection-failed": Reason(
            what=N_("The connection to the measuring server failed."),
            remedy=N_("Try again; a firewall on this computer may be in the way."),
        ),
        "tls-failure": Reason(
            what=N_("The encrypted connection could not be made safe."),
            remedy=N_(
                "Open a web page first, in case the network asks for a login. "
                "Check this computer's date and time."
            ),
        ),
        "captive-portal": Reason(
            what=N_("A login or notice page of the network answered instead of the server."),
            remedy=N_("Open a web page, log in to the network, then measure again."),
        ),
        "garbage-answer": Reason(
            what=N_("What answered at that address is not a measuring server."),
            remedy=N_("Check the address; a proxy or filter may be answering instead."),
        ),
        "other-protocol": Reason(
            what=N_("The measuring server speaks another version than this program."),
            remedy=N_("Use the same version of the program on both sides."),
        ),
        "refused-by-server": Reason(
            what=N_("The server refused to take part in the measurement."),
            remedy=N_("Try later or choose another server; a figure was not made up instead."),
        ),
        "server-busy": Reason(
            what=N_("The server has too much to do or has had too many requests."),
            remedy=N_("Wait some minutes and measure again."),
        ),
        "stalled": Reason(
            what=N_("Nothing arrived for several seconds, so the measurement was ended."),
            remedy=N_("Check the connection and try again."),
        ),
        "truncated": Reason(
            what=N_("The transfer ended before it was complete."),
            remedy=N_("Try again; a proxy or filter may be cutting long transfers."),
        ),
        "unconfirmed": Reason(
            what=N_("The server did not confirm that it received any of the data."),
            remedy=N_("Try again or choose another server."),
        ),
        "cached-answer": Reason(
            what=N_("A store of the network answered instead of the measuring server."),
            remedy=N_("Switch a proxy off, or choose a server whose address begins with https."),
        ),
        "server-clock": Reason(
            what=N_("The clock of the measuring server does not run as it should."),
            remedy=N_("Choose another server; its figures would be wrong."),
        ),
        "no-method-worked": Reason(
            # Translators: {tried} lists methods and why each failed, e.g. "ndt7: server-busy".
            what=N_("None of the ways that you agreed to worked: {tried}."),
            remedy=N_("Try again later, or name your employer's measuring server."),
        ),
        "iperf3-missing": Reason(
            what=N_("The program iperf3, which this way of measuring needs, is not installed."),
            remedy=N_("Install iperf3, or choose another way of measuring."),
        ),
        "iperf3-failed": Reason(
            what=N_("The program iperf3 ended with an error."),
            remedy=N_("Ask whoever runs the iperf3 server, or choose another way of measuring."),
        ),
        "no-peer": Reason(
            what=N_("No public measuring server answered properly."),
            remedy=N_("Try later or use your employer's measuring server."),
        ),
        "helper-ended": Reason(
            what=N_("The part of the program that measures the line ended unexpectedly."),
            remedy=N_("Try again; the log has the details."),
        ),
    },
)
