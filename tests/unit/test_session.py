"""Running probes: consent, guard, time limit, stop, journal, resume."""

from __future__ import annotations

import itertools
import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Failure, Measurement, Metric, ProbeRun
from readiness.ports import Choices, Context, Live, Need, Probe, Result, measured
from readiness.session import Event, LiveValue, Progress, Standing, run_probe, run_probes
from tests.fakes.world import NOON, FakeWorld, FixedClock, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from readiness.cancel import Token
    from readiness.ports import Clock

ONE = Metric(id="test.one", title="One", unit="dB", resolution=1)
TWO = Metric(id="test.two", title="Two", unit="dB", resolution=1)


def _probe(run: Callable[[Context], Iterable[Result]], **changes: object) -> Probe:
    fields: dict[str, object] = {
        "id": "test",
        "version": 1,
        "title": "Test",
        "metrics": (ONE, TWO),
        "run": run,
        "seconds": 0.1,
        "limit": 30.0,
        "methods": {"test": "By test."},
    }
    return Probe(**{**fields, **changes})  # type: ignore[arg-type]  # the fields are right


def _run(
    probe: Probe,
    *,
    stop: threading.Event | None = None,
    choices: Choices | None = None,
    listener: Callable[[Event], None] = lambda _event: None,
) -> ProbeRun:
    return run_probe(
        probe,
        world=FakeWorld(),
        choices=choices or Choices(),
        person=WillingPerson(),
        listener=listener,
        stop=stop or threading.Event(),
        attempt=1,
    )


def _codes(run: ProbeRun) -> dict[str, FailureCode]:
    return {failure.metric: failure.failure for failure in run.failures}


def _both(ctx: Context) -> Iterator[Result]:
    yield measured(ctx, ONE, 1.0, method="test")
    yield measured(ctx, TWO, 2.0, method="test")


def _one_then(end: Callable[[Context], None]) -> Callable[[Context], Iterator[Result]]:
    def run(ctx: Context) -> Iterator[Result]:
        yield measured(ctx, ONE, 1.0, method="test")
        end(ctx)

    return run


def test_what_a_probe_yields_is_kept() -> None:
    run = _run(_probe(_both))

    assert [("test.one", 1.0), ("test.two", 2.0)] == [(m.metric, m.value) for m in run.measurements]
    assert run.failures == ()


def test_a_crash_costs_only_what_was_not_yet_measured(caplog: pytest.LogCaptureFixture) -> None:
    def crash(_ctx: Context) -> None:
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        run = _run(_probe(_one_then(crash)))

    assert [m.metric for m in run.measurements] == ["test.one"]
    assert _codes(run) == {"test.two": FailureCode.CRASHED}
    assert "ZeroDivisionError" in caplog.text


def test_a_reason_stands_where_the_value_would_be() -> None:
    def denied(_ctx: Context) -> None:
        raise CannotMeasure(FailureCode.PERMISSION_DENIED, "no-access", status=403)

    (failure,) = _run(_probe(_one_then(denied))).failures

    assert failure == Failure(
        metric="test.two",
        failure=FailureCode.PERMISSION_DENIED,
        detail="no-access",
        summary={"status": 403},
        at=failure.at,
    )


def test_a_metric_that_is_never_told_is_a_failure() -> None:
    run = _run(_probe(_one_then(lambda _ctx: None)))

    assert _codes(run) == {"test.two": FailureCode.UNSUPPORTED}


def test_a_probe_that_hangs_in_a_foreign_call_is_given_up_at_its_limit() -> None:
    release = threading.Event()

    def hang(_ctx: Context) -> None:
        release.wait()

    run = _run(_probe(_one_then(hang), limit=0.1))

    assert not release.is_set()
    assert [m.metric for m in run.measurements] == ["test.one"]
    assert _codes(run) == {"test.two": FailureCode.TIMED_OUT}
    release.set()


def test_stop_ends_a_probe_that_hangs_in_a_foreign_call() -> None:
    """The run returns although the probe never does."""
    release, stop = threading.Event(), threading.Event()

    def hang(_ctx: Context) -> None:
        stop.set()
        release.wait()

    run = _run(_probe(_one_then(hang)), stop=stop)

    assert not release.is_set()
    assert _codes(run) == {"test.two": FailureCode.CANCELLED}
    release.set()


def test_results_that_come_after_the_limit_are_dropped() -> None:
    release, yielded = threading.Event(), threading.Event()

    def late(ctx: Context) -> Iterator[Result]:
        release.wait()
        try:
            yield measured(ctx, ONE, 1.0, method="test")
        finally:
            yielded.set()

    run = _run(_probe(late, limit=0.05))
    release.set()

    assert yielded.wait(10)
    assert run.measurements == ()


def test_stop_leaves_a_working_probe_through_its_checkpoint() -> None:
    stop = threading.Event()

    def work(ctx: Context) -> None:
        stop.set()
        while True:
            ctx.clock.sleep(0.01)

    assert _codes(_run(_probe(_one_then(work)), stop=stop)) == {"test.two": FailureCode.CANCELLED}


def test_without_consent_a_probe_is_not_started() -> None:
    started = threading.Event()

    def run(_ctx: Context) -> Iterator[Result]:
        started.set()
        return iter(())

    result = _run(_probe(run, needs=frozenset({Need.MICROPHONE})))

    assert not started.is_set()
    assert set(_codes(result).values()) == {FailureCode.SKIPPED}
    assert {failure.detail for failure in result.failures} == {"no-consent"}


def test_with_consent_it_is_started() -> None:
    run = _run(
        _probe(_both, needs=frozenset({Need.NETWORK})),
        choices=Choices(consent=frozenset({Need.NETWORK})),
    )

    assert run.failures == ()


@pytest.mark.parametrize(
    "metric",
    [
        Metric(id="test.other", title="Not declared", unit="dB"),
        Metric(id="test.one", title="In another unit", unit="ms"),
    ],
)
def test_a_value_that_was_not_declared_is_a_fault_of_the_probe(
    metric: Metric, caplog: pytest.LogCaptureFixture
) -> None:
    def run(ctx: Context) -> Iterator[Result]:
        yield measured(ctx, metric, 1.0, method="test")

    with caplog.at_level(logging.CRITICAL):
        result = _run(_probe(run))

    assert set(_codes(result).values()) == {FailureCode.CRASHED}


def test_live_values_are_limited_at_the_source() -> None:
    """However often a probe reports, the window hears about 30 a second."""
    heard: list[Event] = []

    def run(ctx: Context) -> Iterator[Result]:
        for step in range(5000):
            ctx.progress(step / 5000, Live(metric=ONE.id, value=1.0, unit="dB"))
        yield from _both(ctx)

    result = _run(_probe(run), listener=heard.append)

    lives = sum(isinstance(event, LiveValue) for event in heard)
    assert 1 <= lives <= 1 + 31 * result.duration_s
    assert all(isinstance(event, Progress | LiveValue) for event in heard)


def test_after_stop_the_rest_is_not_started() -> None:
    stop = threading.Event()
    kept: list[ProbeRun] = []

    def stopping(ctx: Context) -> Iterator[Result]:
        yield from _both(ctx)
        stop.set()

    run_probes(
        [_probe(stopping), _probe(_both)],
        world=FakeWorld(),
        choices=Choices(),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=stop,
        attempts=lambda _probe: 0,
        keep=kept.append,
    )

    assert len(kept) == 1


def _drafting(ctx: Context) -> Iterator[Result]:
    ctx.provisional([measured(ctx, ONE, 1.0, method="test")])
    ctx.provisional([measured(ctx, ONE, 2.0, method="test")])
    yield measured(ctx, TWO, 9.0, method="test")
    while True:
        ctx.progress(0.5)


def test_what_is_provisional_stands_after_stop() -> None:
    stop = threading.Event()

    def stop_soon(event: Event) -> None:
        if isinstance(event, Progress):
            stop.set()

    run = _run(_probe(_drafting), stop=stop, listener=stop_soon)

    assert {m.metric: m.value for m in run.measurements} == {"test.one": 2.0, "test.two": 9.0}
    assert run.failures == ()


def test_what_is_provisional_is_told() -> None:
    told: list[Event] = []
    _run(_probe(_drafting, limit=0.2), listener=told.append)

    values = [
        result.value
        for event in told
        if isinstance(event, Standing)
        for result in event.results
        if isinstance(result, Measurement)
    ]
    assert values == [1.0, 2.0]


def test_what_is_provisional_stands_at_the_limit() -> None:
    run = _run(_probe(_drafting, limit=0.2))

    assert {m.metric: m.value for m in run.measurements} == {"test.one": 2.0, "test.two": 9.0}


def test_what_is_provisional_is_nothing_for_a_probe_that_ends_by_itself() -> None:
    def run(ctx: Context) -> Iterator[Result]:
        ctx.provisional([measured(ctx, TWO, 1.0, method="test")])
        yield measured(ctx, ONE, 2.0, method="test")

    found = _run(_probe(run))

    assert [m.metric for m in found.measurements] == ["test.one"]
    assert _codes(found) == {"test.two": FailureCode.UNSUPPORTED}


def test_what_is_provisional_is_nothing_for_a_probe_that_crashes() -> None:
    def run(ctx: Context) -> Iterator[Result]:
        ctx.provisional([measured(ctx, ONE, 1.0, method="test")])
        yield measured(ctx, TWO, 1.0, method="test")
        raise RuntimeError

    assert _codes(_run(_probe(run))) == {"test.one": FailureCode.CRASHED}


def test_a_run_during_which_the_computer_slept_is_as_long_as_the_wall_clock_says() -> None:
    """Else readers would refuse its results as found after its end."""
    moments = itertools.chain([NOON], itertools.repeat(NOON + timedelta(hours=2)))

    class Jumping(FixedClock):
        def now(self) -> datetime:
            return next(moments)

    class Slept(FakeWorld):
        def clock(self, token: Token) -> Clock:
            return Jumping(token=token)

    found = run_probe(
        _probe(_both),
        world=Slept(),
        choices=Choices(),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )

    assert found.duration_s == 7200
