"""Running a plan, probe by probe: consent, guard, time limit, stop, provenance.

Each probe runs in a daemon thread of its own, so that one which hangs in a foreign call can be
given up: its token is cancelled, what it yielded is kept, what it yields later is dropped.
"""

from __future__ import annotations

import logging
import secrets
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from readiness import __version__
from readiness.cancel import Token
from readiness.model.errors import Cancelled, CannotMeasure, FailureCode
from readiness.model.measurement import Failure, Measurement, ProbeRun, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from readiness.ports import (
        Audio,
        Choices,
        Clock,
        Desktop,
        Line,
        Live,
        Machine,
        Need,
        Person,
        Probe,
        Reach,
        Result,
        Take,
        Watch,
    )

log = logging.getLogger(__name__)

POLL_S = 0.05
"""How often it is looked whether to stop. Each look wakes the program for as long as something is
measured: one every 20 ms took 1 % of a core."""
GRACE_S = 0.1
"""How long a stopped probe may take to end by itself before it is given up."""

NOT_TOLD = "not-told"
NO_CONSENT = "no-consent"


def new_session(started: datetime, *runs: ProbeRun) -> Session:
    """A session of this program on this computer. Its id is random."""
    return Session(
        id=secrets.token_hex(16),
        started=started,
        app_version=__version__,
        platform=sys.platform,
        runs=runs,
    )


class World(Protocol):
    """Makes the ports for one probe run; everything it makes obeys the token."""

    def clock(self, token: Token) -> Clock: ...  # noqa: D102
    def machine(self, choices: Choices, token: Token) -> Machine: ...  # noqa: D102
    def line(self, choices: Choices, token: Token) -> Line:
        """May raise ``CannotMeasure``."""

    def watch(self, choices: Choices, token: Token) -> Watch:
        """May raise ``CannotMeasure``."""

    def reach(self, choices: Choices, token: Token) -> Reach:
        """May raise ``CannotMeasure``."""

    def audio(self, choices: Choices, token: Token) -> Audio:
        """May raise ``CannotMeasure``."""

    def desktop(self) -> Desktop: ...  # noqa: D102


@dataclass(frozen=True, kw_only=True)
class ProbeStarted:
    """A probe begins; it is number ``index`` (from 1) of ``total``."""

    probe: str
    index: int
    total: int


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A probe is ``fraction`` (0 to 1) through."""

    probe: str
    fraction: float


@dataclass(frozen=True, kw_only=True)
class LiveValue:
    """A value of this moment, for a meter; at most about 30 a second."""

    probe: str
    live: Live


@dataclass(frozen=True, kw_only=True)
class ProbeEnded:
    """A probe is through; its run is in the session and in the journal."""

    run: ProbeRun


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stands if the probe is ended now; each replaces the one before."""

    probe: str
    results: tuple[Result, ...]


@dataclass(frozen=True, kw_only=True)
class JournalFailed:
    """The journal could not be written: the run goes on, but a crash would lose it."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The person's own recording, to be heard by them. Never written anywhere unless they do."""

    take: Take


Event = ProbeStarted | Progress | LiveValue | Standing | Recorded | ProbeEnded | JournalFailed
LIVE_INTERVAL_S = 1 / 30


def _nobody(_stands: tuple[Result, ...]) -> None:
    """Nobody wants to know what stands."""


@dataclass(kw_only=True)
class ProbeContext:
    """The ``Context`` of one probe run. Adapters are made when they are first asked for."""

    probe: Probe
    world: World
    choices: Choices
    person: Person
    token: Token
    listener: Callable[[Event], None]
    _last_live: float = field(default=float("-inf"), repr=False)
    _made: dict[str, object] = field(default_factory=dict, repr=False)
    so_far: tuple[Result, ...] = ()
    stands: Callable[[tuple[Result, ...]], None] = _nobody

    @property
    def clock(self) -> Clock:
        """Time, obeying Stop."""
        return self.world.clock(self.token)

    @property
    def machine(self) -> Machine:
        """The computer's facts; told by the same port during the whole probe."""
        if "machine" not in self._made:
            self._made["machine"] = self.world.machine(self.choices, self.token)
        return self._made["machine"]  # type: ignore[return-value]  # put there one line above

    @property
    def line(self) -> Line:
        """The peer for line probes; the same one during the whole probe."""
        if "line" not in self._made:
            self._made["line"] = self.world.line(self.choices, self.token)
        return self._made["line"]  # type: ignore[return-value]  # put there one line above

    @property
    def watch(self) -> Watch:
        """A long look at the line."""
        return self.world.watch(self.choices, self.token)

    @property
    def reach(self) -> Reach:
        """The hosts that must be reached."""
        return self.world.reach(self.choices, self.token)

    @property
    def audio(self) -> Audio:
        """The sound system; the same one during the whole probe."""
        if "audio" not in self._made:
            self._made["audio"] = self.world.audio(self.choices, self.token)
        return self._made["audio"]  # type: ignore[return-value]  # put there one line above

    @property
    def agreed(self) -> frozenset[Need]:
        """What the person agreed to."""
        return self.choices.consent

    @property
    def language(self) -> str:
        """In which language the person practises."""
        return self.choices.language

    def hand_over(self, take: Take) -> None:
        """Give the person their own recording."""
        self.token.check()
        self.listener(Recorded(take=take))

    def checkpoint(self) -> None:
        """Raise ``Cancelled`` if Stop was pressed or the probe was given up."""
        self.token.check()

    def provisional(self, results: Sequence[Result]) -> None:
        """Keep what stands if the probe is ended from now on, and tell the listener."""
        self.token.check()
        for result in results:
            self.check(result)
        self.so_far = tuple(results)
        self.listener(Standing(probe=self.probe.id, results=self.so_far))

    def keep_part(self, results: Sequence[Result]) -> None:
        """Put on disk what stands for good, before the probe goes on."""
        self.provisional(results)
        self.stands(self.so_far)

    def check(self, result: Result) -> None:
        """Raise ``ValueError`` or ``KeyError`` for what the probe did not declare so."""
        declared = self.probe.metric(result.metric)
        if isinstance(result, Measurement) and result.unit != declared.unit:
            raise ValueError(f"{result.metric} is declared in {declared.unit}, not {result.unit}")

    def progress(self, fraction: float, live: Live | None = None) -> None:
        """Tell the listener, live values at most 30 times a second."""
        self.token.check()
        moment = time.monotonic()
        if moment - self._last_live < LIVE_INTERVAL_S and fraction < 1:
            return
        self._last_live = moment
        self.listener(Progress(probe=self.probe.id, fraction=min(1.0, max(0.0, fraction))))
        if live is not None:
            self.listener(LiveValue(probe=self.probe.id, live=live))


class _Attempt:
    """One probe in its own thread."""

    def __init__(self, context: ProbeContext) -> None:
        self.context = context
        self.results: list[Result] = []
        self.why: tuple[FailureCode, str, dict[str, str | float | bool]] = (
            FailureCode.UNSUPPORTED,
            NOT_TOLD,
            {},
        )
        self._lock = threading.Lock()
        self._closed = False
        self.done = threading.Event()
        self.thread = threading.Thread(
            target=self._work, name=f"probe-{context.probe.id}", daemon=True
        )

    def _work(self) -> None:
        try:
            for result in self.context.probe.run(self.context):
                self.context.token.check()
                self._keep(result)
        except Cancelled:
            self._because(FailureCode.CANCELLED)
        except CannotMeasure as found:
            self._because(found.code, found.detail, found.summary)
        except Exception:  # the one guard: a bug in one probe costs one row, not the run
            log.exception("probe %s crashed", self.context.probe.id)
            self._because(FailureCode.CRASHED)
        finally:
            self.done.set()

    def _keep(self, result: Result) -> None:
        self.context.check(result)
        with self._lock:
            if any(kept.metric == result.metric for kept in self.results):
                raise ValueError(f"{result.metric} was yielded twice")
            if not self._closed:
                self.results.append(result)

    def _because(
        self,
        code: FailureCode,
        detail: str = "",
        summary: dict[str, str | float | bool] | None = None,
    ) -> None:
        with self._lock:
            if not self._closed:
                self.why = (code, detail, summary or {})

    def close(self, code: FailureCode | None = None) -> None:
        """Take no more results; ``code`` says why the rest is missing, unless the probe did.

        With a code the probe was ended by others: what it called provisional stands.
        """
        with self._lock:
            self._closed = True
            if code is not None:
                self.why = (code, "", {})
                told = {result.metric for result in self.results}
                self.results += [r for r in self.context.so_far if r.metric not in told]


_Why = tuple[FailureCode, str, dict[str, str | float | bool]]
"""Why the rest is missing: code, detail, summary."""


class _Making:
    """Makes the run of one attempt, which began just now."""

    def __init__(self, *, probe: Probe, attempt: int, world: World) -> None:
        self._probe, self._attempt, self._world = probe, attempt, world
        self.started = world.clock(Token()).now()
        self.begin = time.monotonic()

    def __call__(self, results: tuple[Result, ...], why: _Why) -> ProbeRun:
        probe = self._probe
        moment = self._world.clock(Token()).now()
        told = {result.metric for result in results}
        missing = tuple(
            Failure(
                metric=metric.id, failure=why[0], detail=why[1], summary=dict(why[2]), at=moment
            )
            for metric in probe.metrics
            if metric.id not in told and metric.id not in probe.of_recordings
        )
        return ProbeRun(
            probe=probe.id,
            version=probe.version,
            attempt=self._attempt,
            started=self.started,
            # The steady clock stands still while some systems sleep; results would seem to be
            # later than the end of the run.
            duration_s=round(
                max(time.monotonic() - self.begin, (moment - self.started).total_seconds()), 3
            ),
            measurements=tuple(r for r in results if isinstance(r, Measurement)),
            failures=(*(r for r in results if isinstance(r, Failure)), *missing),
        )


def run_probe(
    probe: Probe,
    *,
    world: World,
    choices: Choices,
    person: Person,
    listener: Callable[[Event], None],
    stop: threading.Event,
    attempt: int,
    part: Callable[[ProbeRun], None] | None = None,
) -> ProbeRun:
    """Run one probe under guard. Returns within 200 ms of ``stop`` and soon after its limit.

    ``part`` receives the run as it would be if the program ended now, each time that something in
    it stands for good; it is called on the probe's thread.
    """
    token = Token()
    made = _Making(probe=probe, attempt=attempt, world=world)
    begin = made.begin
    results: tuple[Result, ...] = ()
    why: _Why
    if probe.needs - choices.consent:
        why = (FailureCode.SKIPPED, NO_CONSENT, {})
    elif stop.is_set():
        why = (FailureCode.CANCELLED, "", {})
    else:
        context = ProbeContext(
            probe=probe,
            world=world,
            choices=choices,
            person=person,
            token=token,
            listener=listener,
        )
        if part is not None:
            context.stands = lambda stands: part(made(stands, (FailureCode.CANCELLED, "", {})))
        work = _Attempt(context)
        work.thread.start()
        _supervise(work, stop, begin + probe.limit)
        results, why = tuple(work.results), work.why
    return made(results, why)


def _supervise(work: _Attempt, stop: threading.Event, deadline: float) -> None:
    """Wait for the probe; end it on Stop or at its limit; give it up if it does not end."""
    while not work.done.wait(POLL_S):
        if stop.is_set():
            code = FailureCode.CANCELLED
        elif time.monotonic() >= deadline:
            code = FailureCode.TIMED_OUT
        else:
            continue
        work.context.token.cancel()
        work.done.wait(GRACE_S)
        work.close(code)
        return
    work.close()


def run_probes(
    probes: Iterable[Probe],
    *,
    world: World,
    choices: Choices,
    person: Person,
    listener: Callable[[Event], None],
    stop: threading.Event,
    attempts: Callable[[str], int],
    keep: Callable[[ProbeRun], None],
    part: Callable[[ProbeRun], None] | None = None,
    withdrawn: Callable[[], frozenset[Need]] = frozenset,
) -> None:
    """Run the probes one after another; ``keep`` receives each run before the next begins.

    ``part`` receives what stands of the one that is going on, as :func:`run_probe` says.

    After Stop the rest is not started and leaves no run: it is simply unknown. ``withdrawn`` is
    asked before each probe what was taken back since the beginning.
    """
    queue = list(probes)
    for index, probe in enumerate(queue, start=1):
        if stop.is_set():
            return
        listener(ProbeStarted(probe=probe.id, index=index, total=len(queue)))
        run = run_probe(
            probe,
            world=world,
            choices=replace(choices, consent=choices.consent - withdrawn()),
            person=person,
            listener=listener,
            stop=stop,
            attempt=attempts(probe.id) + 1,
            part=part,
        )
        keep(run)
        listener(ProbeEnded(run=run))
