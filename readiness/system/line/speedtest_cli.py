"""The package ``speedtest-cli`` 2.1.3, gated: what it reports is believed only if we saw it.

The package counts refused uploads as sent, reports a refused latency file as half an hour, and
averages in every slow start. So every answer passes through :class:`Witness`, which checks status
and content and counts bytes; the figure is the package's own, the spread is the witness's.
See ``docs/methods/line.md``. Runs in the child only.
"""

from __future__ import annotations

import math
import os
import sys
import threading
import time
import warnings
from statistics import stdev
from typing import TYPE_CHECKING, Any, TextIO

from readiness.dsp.median import NORMAL_95
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import MAX_TRACE, Trace
from readiness.system.line.bins import MEGABITS, rates
from readiness.system.line.messages import Reading, Step
from readiness.system.line.witness import CONFIG, DOWNLOAD, LATENCY, SERVERS, Witness

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.system.line.bins import Counted
    from readiness.system.line.messages import Message, Outcome, SpeedtestJob

LONGEST_PING_MS = 5000.0
INDICATIVE_ERROR = 0.1
"""Relative half width added to every figure of the package; measured errors are in the docs."""

COUNT_ERROR = 0.01
FEWEST_BINS = 4
STALL_S = 8.0
SAMPLE_S = 0.1
SAMPLES_A_SECOND = 10
UNREADABLE = (AttributeError, NameError, TypeError, ValueError, SyntaxError)
"""What the package raises over a page that is not what it expects; ``NameError`` included."""

USUAL_SECONDS = 10.0


def measure(job: SpeedtestJob, say: Callable[[Message], None]) -> Outcome:
    """Do one job. Raises ``CannotMeasure``."""
    say(Step(0.0))
    package = load()
    witness = Witness(job.mirror)
    witness.attend(package)
    over = threading.Event()
    test = _start(package, witness, over)
    _choose(package, test, witness)
    counted, ended = _transfer(test, job, witness, over, say)
    return _gate(test, job, witness, counted, ended)


def load() -> Any:  # noqa: ANN401 - the package has no types
    """Import the package, which needs standard streams and uses retired functions."""
    if sys.version_info >= (3, 12):
        warnings.filterwarnings("ignore", category=DeprecationWarning)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, _silence())
    import speedtest

    return speedtest


def _silence() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - open for good


def _start(package: Any, witness: Witness, over: threading.Event) -> Any:  # noqa: ANN401
    """The package's session, which fetches its configuration."""
    try:
        return package.Speedtest(secure=True, shutdown_event=over)
    except package.ConfigRetrievalError as error:
        witness.check(CONFIG)
        raise CannotMeasure(FailureCode.UNREACHABLE, "no-peer") from error
    except (package.SpeedtestException, LookupError, *UNREADABLE) as error:
        witness.check(CONFIG)
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer") from error


def _choose(package: Any, test: Any, witness: Witness) -> None:  # noqa: ANN401
    """Pick the nearest server that answers as it should."""
    try:
        test.get_best_server()
    except (package.SpeedtestException, LookupError, *UNREADABLE) as error:
        witness.check(SERVERS, LATENCY)
        raise CannotMeasure(FailureCode.UNREACHABLE, "no-peer") from error
    if not 0 < float(test.results.ping) < LONGEST_PING_MS:
        witness.check(LATENCY)
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")


def _transfer(
    test: Any,  # noqa: ANN401 - the package has no types
    job: SpeedtestJob,
    witness: Witness,
    over: threading.Event,
    say: Callable[[Message], None],
) -> tuple[list[Counted], str]:
    """Let the package work in a thread and watch the bytes; ends early when the budget is spent."""
    work = _Work(test, job.part)
    work.start()
    counted: list[Counted] = [(time.monotonic(), 0)]
    begin = moved = counted[0][0]
    ended = "time"
    while work.is_alive():
        work.join(SAMPLE_S)
        now = (time.monotonic(), witness.total(job.part))
        moved = now[0] if now[1] > counted[-1][1] else moved
        counted.append(now)
        witness.check(job.part)
        if now[0] - moved > STALL_S:
            raise CannotMeasure(FailureCode.TIMED_OUT, "stalled")
        if now[1] >= job.budget and not over.is_set():
            over.set()
            ended = "budget"
        say(Step(min(1.0, (now[0] - begin) / USUAL_SECONDS), _rate_now(counted)))
    if work.error is not None:
        raise work.error
    return counted, ended


class _Work(threading.Thread):
    """The package's own loop over its files."""

    def __init__(self, test: Any, part: str) -> None:  # noqa: ANN401 - the package has no types
        super().__init__(daemon=True)
        self._test = test
        self._part = part
        self.error: BaseException | None = None

    def run(self) -> None:
        """Transfer; what it raises is kept for the watcher."""
        try:
            if self._part == DOWNLOAD:
                self._test.download()
            else:
                # Not allocated beforehand: the package would take 170 MiB at once.
                self._test.upload(pre_allocate=False)
        except Exception as error:  # noqa: BLE001 - carried to the watching thread and raised there
            self.error = error


def _rate_now(counted: list[Counted]) -> float | None:
    """The rate over the last second, Mbit/s."""
    if len(counted) <= SAMPLES_A_SECOND:
        return None
    (t0, n0), (t1, n1) = counted[-SAMPLES_A_SECOND - 1], counted[-1]
    return (n1 - n0) * MEGABITS / (t1 - t0)


def _gate(
    test: Any,  # noqa: ANN401 - the package has no types
    job: SpeedtestJob,
    witness: Witness,
    counted: list[Counted],
    ended: str,
) -> Reading:
    """The package's figure, if nothing speaks against it."""
    witness.check(job.part)
    results = test.results
    if job.part == DOWNLOAD:
        rate, said = results.download / 1e6, results.bytes_received  # bit/s => Mbit/s
    else:
        rate, said = results.upload / 1e6, results.bytes_sent
        if not witness.confirmed:
            raise CannotMeasure(FailureCode.UNREACHABLE, "unconfirmed")
    seen = witness.total(job.part)
    if said <= 0 or seen <= 0 or not math.isfinite(rate) or rate <= 0:
        raise CannotMeasure(FailureCode.UNREACHABLE, "unconfirmed")
    if abs(said - seen) > COUNT_ERROR * seen:
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
    every = rates(counted, job.bin_s)
    if len(every) < FEWEST_BINS:
        raise CannotMeasure(FailureCode.SKIPPED, "budget-spent")
    spread = NORMAL_95 * stdev(every) / math.sqrt(len(every))
    return Reading(
        rate=rate,
        half_width=math.hypot(spread, INDICATIVE_ERROR * rate),
        samples=len(every),
        begin=counted[0][0],
        end=counted[-1][0],
        trace=Trace(step_s=job.bin_s, unit="Mbit/s", values=tuple(every[:MAX_TRACE])),
        summary={
            "server": "speedtest-cli",
            "indicative": True,
            "seconds": round(counted[-1][0] - counted[0][0], 2),
            "bytes": seen,
            "ended_by": ended,
        },
    )
