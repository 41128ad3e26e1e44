"""What a probe may ask of the world, and what a probe is.

A probe is one file in ``readiness/probes/`` that binds ``PROBE`` to a :class:`Probe`. Its ``run``
receives a :class:`Context` and yields measurements and failures; it never decides whether a value
is good and knows no employer. The adapters behind these ports live in ``readiness/system/`` and
turn every foreign error into ``CannotMeasure``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from readiness.model.consent import Need
from readiness.model.measurement import (
    Cost,
    Evidence,
    EvidenceKind,
    Failure,
    Measurement,
    Metric,
    Place,
    Scalar,
    Tip,
    Trace,
    Value,
)
from readiness.person import READ_ALOUD_SENTENCES, Person, Prompt
from readiness.sound import ECHO_TAIL_S, Audio, AudioDevice, Take

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from readiness.model.call import CallStream
    from readiness.model.device import KnownDevice
    from readiness.model.errors import FailureCode
    from readiness.model.handed import Shown
    from readiness.model.invited import Receipt
    from readiness.model.requirement import Endpoint
    from readiness.model.watch import Beats

__all__ = [
    "ECHO_TAIL_S",
    "LONGEST_MINUTES",
    "READ_ALOUD_SENTENCES",
    "SHORTEST_MINUTES",
    "Audio",
    "AudioDevice",
    "Choices",
    "Clock",
    "Context",
    "Desktop",
    "EndpointReading",
    "Facts",
    "Line",
    "LineReading",
    "Live",
    "Machine",
    "Need",
    "Person",
    "Probe",
    "Prompt",
    "Reach",
    "Reason",
    "Result",
    "Take",
    "Watch",
    "failed",
    "measured",
    "reported",
]

Facts = Mapping[str, object]
"""Raw facts of one topic as an adapter read them. Plain JSON-able values, so that they can be
recorded on one machine and judged on another; see ``docs/facts.md`` for the keys."""


class Clock(Protocol):
    """Time, injectable."""

    def now(self) -> datetime:
        """Wall-clock time, UTC, whole seconds."""

    def monotonic(self) -> float:
        """Seconds that never go back."""

    def sleep(self, seconds: float) -> None:
        """Wait; raises ``Cancelled`` within 0.1 s of Stop."""


class Machine(Protocol):
    """The computer's own facts."""

    def facts(self, topic: str) -> Facts:
        """Raw facts of ``topic`` (``processor``, ``memory``, ``display``, ``link`` ...).

        Raises:
            CannotMeasure: This system does not tell, or not to us.
        """


class LineReading(Protocol):
    """A throughput figure as a line backend returns it."""

    @property
    def rate(self) -> float:
        """Goodput, Mbit/s."""

    @property
    def half_width(self) -> float | None:
        """95 % half width, Mbit/s; none where the backend gives one number only."""

    @property
    def samples(self) -> int:
        """How many readings it rests on."""

    @property
    def trace(self) -> Trace | None:
        """The rate over time."""

    @property
    def summary(self) -> dict[str, Scalar]:
        """Streams, seconds, bytes and the like."""

    @property
    def loaded(self) -> CallStream | None:
        """The call stream while data flowed, cut to the time that counts; none if there was none.

        A method without a peer for it has none, and neither has a line on which it failed.
        """

    @property
    def receipt(self) -> Receipt | None:
        """What the server signed of what it saw; none where it signs nothing."""


class Line(Protocol):
    """A peer on the other end of the line. Every call may raise ``CannotMeasure``."""

    @property
    def method(self) -> str:
        """Name of the method of the transfers, e.g. ``serve`` or ``speedtest-cli``."""

    def download(self, progress: Callable[[float, float | None], None]) -> LineReading:
        """Measure goodput towards this computer; ``progress(fraction, Mbit/s now or None)``."""

    def upload(self, progress: Callable[[float, float | None], None]) -> LineReading:
        """Measure goodput away from this computer, counted where it arrives if possible."""

    def call(self, progress: Callable[[float, float | None], None]) -> CallStream:
        """Send the stream of a call on the idle line; ``progress(fraction, ms now or None)``."""


class Watch(Protocol):
    """A long look at the line, by a beat of small packets that silence does not end."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""

    def run(
        self,
        hear: Callable[[Beats], None],
        progress: Callable[[float, float | None], None],
    ) -> Mapping[str, Scalar]:
        """Watch until the end; returns short facts about how it was done.

        Args:
            hear: Receives the packets about once a second, each once, in order.
            progress: Receives (fraction, round trip now in ms or none while nothing comes back).

        Raises:
            CannotMeasure: Nobody answered at the beginning, or the helper ended.
            Cancelled: Stop was pressed.
        """


@dataclass(frozen=True, kw_only=True)
class EndpointReading:
    """Whether one endpoint could be reached.

    Attributes:
        outcome: ``reached``, ``sent`` (UDP without an answer that could tell), or a detail such
            as ``connection-refused``.
        milliseconds: Until TCP was open, the TLS handshake done, or UDP answered; the name's
            look-up is not counted. None if nothing was reached.
        summary: Further short facts. Of a TLS host that was reached: ``public_roots``, whether
            Mozilla's list believes it too (missing if that could not be tried), and ``issuer``.
    """

    endpoint: Endpoint
    outcome: str
    milliseconds: float | None = None
    summary: Mapping[str, Scalar] = field(default_factory=dict)


class Reach(Protocol):
    """The hosts that the chosen profiles say must be reached from here."""

    @property
    def endpoints(self) -> Sequence[Endpoint]:
        """All of them, each once."""

    @property
    def landmarks(self) -> Sequence[Endpoint]:
        """Public web hosts of the line methods that were agreed to; speak TLS."""

    def greet(self) -> EndpointReading | None:
        """Have the chosen measuring server say a random token back; none if none was chosen.

        Outcome ``reached`` if it did, ``captive-portal`` if a login page stood in its place.
        """

    def probe(self, endpoint: Endpoint) -> EndpointReading:
        """Try to reach it. Never raises for what the network does; Stop ends it at once."""

    def probe_all(self, endpoints: Iterable[Endpoint]) -> Iterator[EndpointReading]:
        """Try these, several at once; the readings come in their order."""


SHORTEST_MINUTES, LONGEST_MINUTES = 10, 60
"""What an optional long run may last."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the person decided before a run. Nothing is done that ``consent`` does not cover.

    Attributes:
        consent: What they agreed to: no packet and no sample without it.
        server: Address of a ``readiness serve``, or empty.
        method: Name of the line method; empty: ``serve`` if there is a server.
        input: Id or name of the microphone; empty: the system's default.
        output: Id or name of the loudspeaker; empty: the system's default.
        budget_mb: The line probes may send and receive at most this much together.
        fallbacks: Further line methods that were agreed to, in order, for when ``method`` fails.
        thorough: Measure the line for longer, with smaller uncertainty.
        minutes: How long an optional long run lasts, ``SHORTEST_MINUTES`` to ``LONGEST_MINUTES``.
        language: In which the person practises; empty: English.
        targets: Metric -> thresholds of the chosen profiles, so that a transfer may end early once
            the answer is certain. Filled in by the engine.
        endpoints: Hosts that the chosen profiles name. Filled in by the engine.
        devices: USB id -> what the chosen profiles know of it. Filled in by the engine.
        nonce: Number of the invitation that the check answers, to be put into a server's receipts.
            Filled in by the engine.
    """

    consent: frozenset[Need] = frozenset()
    server: str = ""
    method: str = ""
    input: str = ""
    output: str = ""
    budget_mb: int = 250
    fallbacks: tuple[str, ...] = ()
    thorough: bool = False
    minutes: float = SHORTEST_MINUTES
    language: str = ""
    targets: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    endpoints: tuple[Endpoint, ...] = ()
    devices: Mapping[str, KnownDevice] = field(default_factory=dict)
    nonce: str = ""


@dataclass(frozen=True, kw_only=True)
class Live:
    """A value of this moment for a meter: never stored, at most about 30 a second.

    Attributes:
        metric: Which metric the value is a glimpse of.
        value: In ``unit``.
        unit: The metric's own.
        through: How far the part that it belongs to is, 0 to 1, in even time; none if unknown.
        bands: Level of each third-octave band from 50 Hz on, dBov (``dsp/voice/bands.py``), at
            most ten times a second; empty where there is nothing new.
        stands_out: It is a noise that stands out of those before it.
    """

    metric: str
    value: float
    unit: str
    through: float | None = None
    bands: tuple[float, ...] = ()
    stands_out: bool = False

    def step(self, resolution: float) -> float:
        """The smallest step worth showing: finer than ``resolution`` where that would show 0."""
        return min(resolution or 1, 1 if abs(self.value) >= 1 else 0.1)


class Desktop(Protocol):
    """The person's file manager and mail program. Nothing here sends anything."""

    def show(self, path: Path) -> Shown:
        """Show a file in its folder, chosen; where that is not possible the folder."""

    def open_letter(self, path: Path) -> bool:
        """Open an ``.eml`` file with the mail program; false if there is none for it."""

    def open_address(self, address: str) -> bool:
        """Open a ``mailto:`` address with the mail program; false if there is none."""


class Context(Protocol):
    """All that a probe gets."""

    @property
    def clock(self) -> Clock: ...  # noqa: D102
    @property
    def machine(self) -> Machine: ...  # noqa: D102
    @property
    def line(self) -> Line:
        """The peer to measure the line with. Raises ``CannotMeasure`` where there is none."""

    @property
    def watch(self) -> Watch:
        """A long look at the line. Raises ``CannotMeasure`` where there is no peer."""

    @property
    def reach(self) -> Reach: ...  # noqa: D102
    @property
    def audio(self) -> Audio: ...  # noqa: D102
    @property
    def person(self) -> Person: ...  # noqa: D102
    @property
    def agreed(self) -> frozenset[Need]:
        """What the person agreed to: a probe asks before it uses one of its wishes."""

    @property
    def language(self) -> str:
        """In which language the person practises, a tag; empty if they did not say."""

    def hand_over(self, take: Take) -> None:
        """Give the person their own recording, to be heard; whoever takes it keeps it in memory."""

    def checkpoint(self) -> None:
        """Raise ``Cancelled`` if Stop was pressed. Call at least every 0.1 s."""

    def provisional(self, results: Sequence[Result]) -> None:
        """Say what stands if this probe is ended from now on, by Stop or its limit.

        Each call replaces the one before; a probe that comes to its own end is not concerned.
        """

    def keep_part(self, results: Sequence[Result]) -> None:
        """Like :meth:`provisional`, and on disk: a kill from now on does not lose it.

        For what has cost a person effort; everything is measured again where a check is resumed.
        """

    def progress(self, fraction: float, live: Live | None = None) -> None:
        """Say how far this probe is, 0 to 1; also a checkpoint."""


Result = Measurement | Failure


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why something could not be measured and what to do about it, in English source text.

    Attributes:
        what: What happened.
        remedy: What to do first.
        cost: What that costs; none where nothing is to be done or no cost is meant.
        where: Where to find the setting that ``remedy`` speaks of.
        tips: What to try if that does not help.
    """

    what: str
    remedy: str
    cost: Cost | None = Cost.FREE
    where: Place | None = None
    tips: tuple[Tip, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Probe:
    """One check of the world.

    Attributes:
        id: The file's name.
        version: Raised whenever the way of measuring changes.
        title: English source text, a noun.
        metrics: Everything it may yield; what it does not yield becomes a failure.
        run: Generator of results; whatever it yielded before it fails is kept.
        seconds: How long it usually takes.
        seconds_thorough: How long it takes where the person chose to measure longer; none: the
            choice does not change it.
        limit: After this many seconds it is stopped: ``timed-out``.
        needs: What a person must agree to first.
        wishes: What it uses too if the person agreed; asked for like needs, but it runs without.
        methods: Every evidence method it uses -> English source text, one short sentence.
        reasons: Every failure detail it uses -> its text.
        megabytes: Data that it may send and receive at most; 0 if none.
        optional: Takes so long, or asks so much, that it is run only if the person wants it.
        by_minutes: Takes as long as the person decided (``Choices.minutes``).
        hosts: Contacts the hosts that the profiles name, so that consent names them.
        of_recordings: Metrics that only recordings made elsewhere tell: live, nothing is missing.
    """

    id: str
    version: int
    title: str
    metrics: tuple[Metric, ...]
    run: Callable[[Context], Iterable[Result]]
    seconds: float
    limit: float
    methods: Mapping[str, str]
    reasons: Mapping[str, Reason] = field(default_factory=dict)
    needs: frozenset[Need] = frozenset()
    wishes: frozenset[Need] = frozenset()
    megabytes: int = 0
    optional: bool = False
    by_minutes: bool = False
    hosts: bool = False
    seconds_thorough: float | None = None
    of_recordings: frozenset[str] = frozenset()

    def lasts(self, *, thorough: bool) -> float:
        """How long it usually takes, in seconds, with or without measuring longer."""
        longer = self.seconds_thorough if thorough else None
        return self.seconds if longer is None else longer

    def metric(self, metric_id: str) -> Metric:
        """The declared metric of that id; ``KeyError`` if it is not declared."""
        return {metric.id: metric for metric in self.metrics}[metric_id]


def measured(
    ctx: Context,
    metric: Metric,
    value: Value,
    *,
    method: str,
    kind: EvidenceKind = EvidenceKind.MEASURED,
    uncertainty: float | None = None,
    samples: int | None = None,
    trace: Trace | None = None,
    summary: Mapping[str, Scalar] | None = None,
    receipt: Receipt | None = None,
) -> Measurement:
    """Make a measurement of ``metric`` now. ``value`` and ``uncertainty`` are in its unit."""
    return Measurement(
        metric=metric.id,
        value=value,
        unit=metric.unit,
        uncertainty=uncertainty,
        evidence=Evidence(
            kind=kind,
            method=method,
            samples=samples,
            summary=dict(summary or {}),
            trace=trace,
            receipt=receipt,
        ),
        at=ctx.clock.now(),
    )


def reported(
    ctx: Context, metric: Metric, value: Value, *, method: str, **summary: Scalar
) -> Measurement:
    """Make a measurement that the system told us and nobody checked."""
    return measured(ctx, metric, value, method=method, kind=EvidenceKind.REPORTED, summary=summary)


def failed(
    ctx: Context, metric: Metric, code: FailureCode, detail: str = "", **summary: Scalar
) -> Failure:
    """Make the failure that stands where a measurement of ``metric`` would be."""
    return Failure(
        metric=metric.id, failure=code, detail=detail, summary=dict(summary), at=ctx.clock.now()
    )
