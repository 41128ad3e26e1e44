"""Whether the line stays: drop-outs, Wi-Fi dips and slow minutes over a long time.

Definitions, method, uncertainty and limits: ``docs/methods/steadiness.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from readiness.advice import internet
from readiness.dsp.steadiness import Course, analyse, dips, picture
from readiness.line_reasons import CALL_REASONS, LINE_REASONS
from readiness.link_kind import has_wifi, link_changed
from readiness.machine_facts import REASONS
from readiness.model.call import Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import (
    MAX_TRACE,
    NO_UNIT,
    Cause,
    Cost,
    EvidenceKind,
    Metric,
    Tip,
    Trace,
)
from readiness.model.text import N_
from readiness.ports import (
    LONGEST_MINUTES,
    SHORTEST_MINUTES,
    Live,
    Need,
    Probe,
    Reason,
    failed,
    measured,
)
from readiness.wifi_signal import SIGNAL_REASONS, signal_now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.dsp.steadiness import Steadiness
    from readiness.model.measurement import Scalar
    from readiness.model.watch import Beats
    from readiness.ports import Context, Facts, Result

AGAIN = Tip(Cost.FREE, N_("Watch again at another time of day, to see when it happens."))
OTHERS = Tip(Cost.FREE, N_("See what else uses the line then: backups, video, games."))
ADVICE = (AGAIN, internet.NEARER, internet.CABLE, internet.PROVIDER)
DEAD = (
    Cause(
        N_(
            "The Wi-Fi was lost, the router restarted, or the line itself failed. If it happens by"
            " cable too and the router's lights change meanwhile, it is the line."
        ),
        unless=internet.WIRED,
    ),
    Cause(
        N_(
            "The router restarted, a cable is loose, or the line itself failed. If the router's"
            " lights change meanwhile, it is the line."
        ),
    ),
)
CROWDED = (
    Cause(
        N_(
            "At times somebody else's downloads, weak Wi-Fi or a crowded neighbourhood fill the"
            " line. The curve shows when: evenings speak for the neighbourhood."
        ),
        unless=internet.WIRED,
    ),
    Cause(
        N_(
            "At times somebody else's downloads or a crowded neighbourhood fill the line. The curve"
            " shows when: evenings speak for the neighbourhood."
        ),
    ),
)

DROPOUTS = Metric(
    id="line.dropouts",
    # Translators: how often the line was dead for at least about a second.
    title=N_("Drop-outs of the line"),
    unit=NO_UNIT,
    resolution=1,
    causes=DEAD,
    advice=ADVICE,
)
LONGEST = Metric(
    id="line.dropout_longest",
    title=N_("Longest drop-out"),
    unit="s",
    resolution=0.1,
    causes=DEAD,
    advice=ADVICE,
)
AVAILABILITY = Metric(
    id="line.availability",
    # Translators: the share of the time in which the line worked.
    title=N_("Time without drop-outs"),
    unit="%",
    resolution=0.01,
    causes=DEAD,
    advice=ADVICE,
)
TRIP = Metric(
    id="line.round_trip_steady_p95",
    # Translators: over a long watch of the line; 95 of 100 answers come within this time.
    title=N_("Round trip over a long time, 95 of 100 packets"),
    unit="ms",
    resolution=1,
    causes=CROWDED,
    advice=(OTHERS, *ADVICE),
)
LOSS = Metric(
    id="line.loss_steady",
    title=N_("Lost packets over a long time"),
    unit="%",
    resolution=0.01,
    causes=CROWDED,
    advice=(OTHERS, *ADVICE),
)
DIPS = Metric(
    id="line.signal_dips",
    # Translators: how often the Wi-Fi signal became much weaker for some time.
    title=N_("Dips of the Wi-Fi signal"),
    unit=NO_UNIT,
    resolution=1,
    causes=(
        Cause(
            N_(
                "Something comes between computer and router for a while: a door, people, a"
                " microwave oven or a neighbour's network."
            )
        ),
    ),
    advice=tuple(structs.replace(tip, unless=None) for tip in (internet.NEARER, internet.CABLE)),
)

FEWEST_S = 120.0
"""Less is no long watch: no figures are given."""

DRAFT_S = 5.0
"""What stands after Stop is at most so old."""

SIGNAL_S, LINK_S = 2.0, 15.0
"""How often the Wi-Fi signal and the connection are looked at."""

DIP_DB, BACK_DB, FEWEST_LEVELS = 10.0, 5.0, 20
LISTED = 10
SIGNAL_METHOD = "wifi-signal-watched"
LOSS_BY = {Transport.STAMP, Transport.STUN}
THROUGH, STOPPED = "through", "stopped"


def run(ctx: Context) -> Iterator[Result]:
    """Listen to the beat until it ends; what there is so far stands if it is stopped."""
    watch = ctx.watch
    seen = _Seen(ctx)

    def tell(fraction: float, now: float | None) -> None:
        ctx.progress(fraction, None if now is None else Live(metric=TRIP.id, value=now, unit="ms"))

    ended_by, how = THROUGH, {}
    try:
        how = dict(watch.run(seen.hear, tell))
    except CannotMeasure as fault:
        if seen.seconds < FEWEST_S:
            raise
        ended_by = fault.detail or fault.code.value
    yield from seen.results(ended_by=ended_by, how=how)
    ctx.progress(1.0)


class _Seen:
    """What was heard of the beat, and beside it of the Wi-Fi and the connection."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._course: Course | None = None
        self._transport = Transport.STAMP
        self._drafted = self._next_level = self._next_link = 0.0
        self._levels: list[float] = []
        self._sources: dict[str, int] = {}
        self._silent: CannotMeasure | None = None
        self._costly = False
        self._first_link = self._last_link = self._link()
        self._changes: list[float] = []

    @property
    def seconds(self) -> float:
        """From the first packet to the last."""
        sent = self._course.sent if self._course else []
        return sent[-1] - sent[0] if sent else 0.0

    def hear(self, beats: Beats) -> None:
        """Take some packets, and look at the rest where it is time."""
        if self._course is None:
            self._course = Course(interval_s=beats.interval_s)
            self._transport = beats.transport
        self._course.sent.extend(beats.sent)
        self._course.trips.extend(beats.trips)
        now = beats.sent[-1] if beats.sent else 0.0
        if now >= self._next_level:
            self._next_level = now + SIGNAL_S
            self._look_at_signal()
        if now >= self._next_link:
            self._next_link = now + LINK_S
            self._look_at_link(now)
        if now >= self._drafted + DRAFT_S and self.seconds >= FEWEST_S:
            self._drafted = now
            self._ctx.provisional(tuple(self.results(ended_by=STOPPED, how={})))

    def _link(self) -> Facts | None:
        """The connection now; none where the system does not tell."""
        try:
            return self._ctx.machine.facts("link")
        except CannotMeasure:
            return None

    def _look_at_link(self, now: float) -> None:
        link = self._link()
        if link is None:
            return
        if self._last_link is not None and link_changed(self._last_link, link):
            self._changes.append(now)
        self._last_link = link

    def _look_at_signal(self) -> None:
        """One more sample of the signal, unless there is no Wi-Fi or asking is costly."""
        if self._first_link is None or not has_wifi(self._first_link) or self._costly:
            return
        try:
            signal = signal_now(self._ctx.machine)
        except CannotMeasure as fault:  # gone for the moment, or never told
            self._silent = fault
            return
        self._levels.append(signal.dbm)
        self._sources[signal.source] = self._sources.get(signal.source, 0) + 1
        self._costly = not signal.cheap

    def results(self, *, ended_by: str, how: dict[str, Scalar]) -> Iterator[Result]:
        """All figures of what was heard so far."""
        ctx, course = self._ctx, self._course
        found = analyse(course) if course and course.sent else None
        if course is None or found is None or found.watched_s < FEWEST_S:
            watched = 0.0 if found is None else round(found.watched_s, 1)
            for metric in (DROPOUTS, LONGEST, AVAILABILITY, TRIP, LOSS, DIPS):
                code = FailureCode.UNSUPPORTED
                yield failed(ctx, metric, code, "watched-too-short", seconds=watched)
            return
        facts = {**how, **self._facts(found, ended_by, course)}
        yield from self._of_line(course, found, facts)
        yield self._of_signal(facts)

    def _of_line(
        self, course: Course, found: Steadiness, facts: dict[str, Scalar]
    ) -> Iterator[Result]:
        ctx, method = self._ctx, f"watch-{self._transport.value}"
        longest = max((one.seconds for one in found.outages), default=0.0)
        counts: dict[str, Scalar] = {**facts, "shortest_s": found.shortest_s}
        at = "; ".join(f"{one.begin:.0f} s: {one.seconds:.1f} s" for one in found.outages[:LISTED])
        listed: dict[str, Scalar] = {**counts, "dropouts_at": at} if at else counts
        trace = _trace(course, found)
        for metric, value, half_width, said, drawn in (
            (DROPOUTS, len(found.outages), float(found.doubtful), listed, trace),
            (LONGEST, round(longest, 2), course.interval_s, counts, None),
            (
                AVAILABILITY,
                found.availability.value,
                found.availability.half_width,
                counts,
                None,
            ),
        ):
            yield measured(
                ctx,
                metric,
                value,
                method=method,
                uncertainty=half_width if found.outages or found.doubtful else 0.0,
                samples=found.availability.samples,
                trace=drawn,
                summary=said,
            )
        if found.p95 is None:
            yield failed(ctx, TRIP, FailureCode.UNREACHABLE, "too-few-answers")
        else:
            yield measured(
                ctx,
                TRIP,
                found.p95.value,
                method=method,
                uncertainty=found.p95.half_width,
                samples=found.p95.samples,
                trace=trace,
                summary=facts,
            )
        if self._transport not in LOSS_BY:
            yield failed(ctx, LOSS, FailureCode.UNSUPPORTED, "tcp-hides-loss")
            return
        yield measured(
            ctx,
            LOSS,
            found.loss.value,
            method=method,
            uncertainty=found.loss.half_width,
            samples=found.loss.samples,
            summary={**facts, "direction": "round trip"},
        )

    def _of_signal(self, facts: dict[str, Scalar]) -> Result:
        ctx = self._ctx
        wifi = None if self._first_link is None else has_wifi(self._first_link)
        if wifi is None:
            return failed(ctx, DIPS, FailureCode.UNSUPPORTED, "wifi-unclear")
        if not wifi:
            return failed(ctx, DIPS, FailureCode.NO_DEVICE, "no-wifi")
        if len(self._levels) < FEWEST_LEVELS:
            if self._silent is not None and not self._levels:
                return failed(ctx, DIPS, self._silent.code, self._silent.detail)
            return failed(ctx, DIPS, FailureCode.UNSUPPORTED, "signal-not-watched")
        count, doubt = dips(self._levels, DIP_DB, BACK_DB)
        return measured(
            ctx,
            DIPS,
            count,
            method=SIGNAL_METHOD,
            kind=EvidenceKind.REPORTED,
            uncertainty=float(doubt),
            samples=len(self._levels),
            summary={
                "source": max(self._sources, key=lambda name: self._sources[name]),
                "depth_db": DIP_DB,
                "weakest_dbm": min(self._levels),
                "seconds": facts["seconds"],
                "ended_by": facts["ended_by"],
            },
        )

    def _facts(self, found: Steadiness, ended_by: str, course: Course) -> dict[str, Scalar]:
        facts: dict[str, Scalar] = {
            "seconds": round(found.watched_s, 1),
            "ended_by": ended_by,
            "interval_ms": round(course.interval_s * 1000),  # s => ms
        }
        if found.pauses:
            facts["computer_paused"] = len(found.pauses)
            facts["computer_paused_s"] = round(sum(one.seconds for one in found.pauses), 1)
        if self._changes:
            facts["link_changed"] = len(self._changes)
            facts["link_changed_at_s"] = round(self._changes[0])
        return facts


def _trace(course: Course, found: Steadiness) -> Trace | None:
    step, values, gaps = picture(course, found, MAX_TRACE)
    if len(gaps) == len(values):
        return None
    return Trace(step_s=step, unit="ms", values=values, gaps=gaps)


STEADY_REASONS = {
    "watched-too-short": Reason(
        what=N_("The line was watched for too short a time."),
        remedy=N_("Watch it for at least some minutes, and keep the computer awake."),
    ),
    "bad-minutes": Reason(
        what=N_("The line is watched for 10 to 60 minutes."),
        remedy=N_("Choose a number of minutes between these."),
    ),
    "signal-not-watched": Reason(
        what=N_("On this system the Wi-Fi signal cannot be asked often enough."),
        remedy=N_("Nothing is needed; the check of the connection shows it once."),
        cost=None,
    ),
}

PROBE = Probe(
    id="line_steady",
    version=1,
    title=N_("Steadiness of the line"),
    metrics=(DROPOUTS, LONGEST, AVAILABILITY, TRIP, LOSS, DIPS),
    run=run,
    seconds=SHORTEST_MINUTES * 60,
    limit=LONGEST_MINUTES * 60 + 100,
    needs=frozenset({Need.NETWORK}),
    megabytes=15,
    optional=True,
    by_minutes=True,
    methods={
        f"watch-{Transport.STAMP.value}": N_(
            "10 small packets a second to a measuring server and back, over the whole time"
        ),
        f"watch-{Transport.STUN.value}": N_(
            "1 small packet a second to a public server and back, over the whole time"
        ),
        f"watch-{Transport.TCP.value}": N_(
            "1 connection a second to a server, over the whole time"
        ),
        SIGNAL_METHOD: N_("Told by the Wi-Fi card every 2 seconds over the whole time"),
    },
    reasons={
        **REASONS,
        **SIGNAL_REASONS,
        **LINE_REASONS,
        **CALL_REASONS,
        **STEADY_REASONS,
    },
)
