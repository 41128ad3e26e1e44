"""What every probe owes. A new probe is under contract by lying in the folder."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import pytest

from readiness import explain
from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.measurement import NO_UNIT, Shape
from readiness.ports import Choices, Need
from readiness.probes import all_metrics, all_probes
from readiness.session import run_probe
from readiness.system.world import SystemWorld
from readiness.trust.grounds import claims_too_much
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from readiness.model.measurement import ProbeRun
    from readiness.ports import Probe
    from readiness.session import World

PROBES = list(all_probes().values())
COMPUTER = [probe for probe in PROBES if not probe.needs]
every_probe = pytest.mark.parametrize("probe", PROBES, ids=[probe.id for probe in PROBES])
every_metric = pytest.mark.parametrize(
    "metric", list(all_metrics().values()), ids=list(all_metrics())
)


def _run(probe: Probe, world: World, *, consent: frozenset[Need], stop: bool = False) -> ProbeRun:
    stopped = threading.Event()
    if stop:
        stopped.set()
    return run_probe(
        probe,
        world=world,
        choices=Choices(consent=consent),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=stopped,
        attempt=1,
    )


@every_probe
def test_probe_says_what_it_is(probe: Probe) -> None:
    assert probe.title
    assert probe.metrics
    assert probe.version >= 1
    assert 0 < probe.seconds <= probe.lasts(thorough=True) <= probe.limit
    assert probe.methods
    assert bool(probe.megabytes) == (Need.NETWORK in probe.needs)


def test_no_two_probes_measure_the_same_metric() -> None:
    ids = [metric.id for probe in PROBES for metric in probe.metrics]

    assert len(ids) == len(set(ids))


@every_metric
def test_metric_says_what_it_is(metric: object) -> None:
    from readiness.model.measurement import Metric

    assert isinstance(metric, Metric)
    assert re.fullmatch(r"[a-z]+\.[a-z][a-z0-9_]*", metric.id)
    assert metric.title
    assert metric.unit
    if metric.shape is Shape.NUMBER:
        assert metric.resolution > 0
    else:
        assert metric.unit == NO_UNIT
    assert bool(metric.labels) == (metric.shape is Shape.CHOICE)


@every_probe
def test_where_nothing_tells_every_metric_is_a_failure_with_a_reason(probe: Probe) -> None:
    """No crash, no invented value: an empty world leaves only failures, each with words."""
    run = _run(probe, FakeWorld(), consent=probe.needs)

    assert run.measurements == ()
    live = {metric.id for metric in probe.metrics} - probe.of_recordings
    assert {failure.metric for failure in run.failures} == live
    for failure in run.failures:
        assert failure.failure is not FailureCode.CRASHED
        what, remedy = explain.failure_words(failure, Reader("en"))
        assert what
        assert remedy


@every_probe
def test_stopped_before_it_begins_it_measures_nothing(probe: Probe) -> None:
    run = _run(probe, FakeWorld(), consent=probe.needs, stop=True)

    assert {failure.failure for failure in run.failures} == {FailureCode.CANCELLED}


@every_probe
def test_without_consent_it_measures_nothing(probe: Probe) -> None:
    if not probe.needs:
        assert not probe.megabytes
        return
    run = _run(probe, SystemWorld(), consent=frozenset())

    assert run.measurements == ()
    assert {failure.detail for failure in run.failures} == {"no-consent"}


@pytest.mark.parametrize("probe", COMPUTER, ids=[probe.id for probe in COMPUTER])
def test_on_this_computer_it_tells_only_what_it_declared(probe: Probe) -> None:
    """For real: right shapes, declared methods and labels, failures with their words."""
    run = _run(probe, SystemWorld(), consent=frozenset())

    for measurement in run.measurements:
        metric = probe.metric(measurement.metric)
        assert measurement.evidence.method in probe.methods
        assert not claims_too_much(measurement), metric.id
        assert _shape_of(measurement.value) == _expected(metric.shape), metric.id
        if metric.shape is Shape.CHOICE:
            assert measurement.value in metric.labels
    for failure in run.failures:
        assert failure.failure is not FailureCode.CRASHED
        assert not failure.detail or explain.failure_reason(failure).what


def _shape_of(value: object) -> str:
    if isinstance(value, bool):
        return "yes-no"
    return "number" if isinstance(value, int | float) else "text"


def _expected(shape: Shape) -> str:
    return {Shape.NUMBER: "number", Shape.YES_NO: "yes-no"}.get(shape, "text")
