"""The probe of the long watch: figures, what stands after Stop, Wi-Fi and link beside it."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from readiness import explain
from readiness.locale import Reader
from readiness.model.call import Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices, Need
from readiness.probes import line_steady
from readiness.probes.line_steady import PROBE
from readiness.session import Event, LiveValue, run_probe
from tests.fakes.watch import FakeWatch, beats
from tests.fakes.world import FactsMachine, FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.model.measurement import Measurement, ProbeRun, Scalar
    from readiness.ports import Facts

FIXTURES = Path(__file__).parent.parent / "fixtures" / "link"
CUT = beats(600, cuts=((100.0, 3.0), (400.0, 5.0)))


def _facts(name: str) -> dict[str, Any]:
    case = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    facts: dict[str, Any] = case["facts"]
    return facts


CABLE, WIFI = _facts("linux-wired-laptop"), _facts("linux-wifi")


@dataclass
class Radio:
    """A computer on Wi-Fi whose signal goes through the given levels."""

    levels: list[float]
    link: Facts = field(default_factory=lambda: WIFI)
    cheap: bool = True

    def facts(self, topic: str) -> Facts:
        """Link or signal."""
        if topic == "link":
            return self.link
        level = self.levels.pop(0) if len(self.levels) > 1 else self.levels[0]
        return {"signal_dbm": level, "cheap": self.cheap, "source": "test"}


def _run(
    watch: FakeWatch,
    machine: Any = None,  # noqa: ANN401 - any fake computer
    *,
    stop: bool = False,
    heard: list[Event] | None = None,
) -> ProbeRun:
    pressed = threading.Event()
    if stop:

        def press() -> None:
            watch.played.wait(10)
            pressed.set()

        threading.Thread(target=press, daemon=True).start()
    return run_probe(
        PROBE,
        world=FakeWorld(
            watch_port=watch, machine_port=machine or FactsMachine(topics={"link": CABLE})
        ),
        choices=Choices(consent=frozenset({Need.NETWORK})),
        person=WillingPerson(),
        listener=(heard if heard is not None else []).append,
        stop=pressed,
        attempt=1,
    )


def _found(run: ProbeRun) -> Mapping[str, Measurement]:
    return {found.metric: found for found in run.measurements}


def _details(run: ProbeRun) -> dict[str, str]:
    for failure in run.failures:
        assert explain.failure_words(failure, Reader("en"))[0]
    return {failure.metric: failure.detail for failure in run.failures}


def _said(run: ProbeRun, metric: str = "line.dropouts") -> dict[str, Scalar]:
    return _found(run)[metric].evidence.summary


def test_a_whole_watch_gives_every_figure_of_the_line() -> None:
    run = _run(FakeWatch(pieces=CUT))
    found = _found(run)

    assert found["line.dropouts"].value == 2
    assert found["line.dropout_longest"].value == pytest.approx(5.0, abs=0.2)
    assert found["line.availability"].value == pytest.approx(100 - 100 * 8 / 600, abs=0.1)
    assert found["line.round_trip_steady_p95"].value == 25.0
    assert found["line.loss_steady"].value == pytest.approx(100 * 80 / 6000)
    assert _said(run)["ended_by"] == "through"
    assert _details(run) == {"line.signal_dips": "no-wifi"}


def test_the_course_has_at_most_400_points_and_gaps_where_the_line_was_out() -> None:
    trace = _found(_run(FakeWatch(pieces=CUT)))["line.dropouts"].evidence.trace

    assert trace is not None
    assert len(trace.values) == 400
    assert {int(101 / trace.step_s), int(402 / trace.step_s)} <= set(trace.gaps)
    assert set(trace.known) == {25.0}


def test_the_round_trip_of_the_moment_is_shown() -> None:
    heard: list[Event] = []
    _run(FakeWatch(pieces=CUT), heard=heard)

    assert {event.live.value for event in heard if isinstance(event, LiveValue)} == {25.0}


def test_after_stop_what_was_watched_stands_and_says_so() -> None:
    run = _run(FakeWatch(pieces=beats(200, cuts=((50.0, 3.0),)), stays=True), stop=True)

    assert _found(run)["line.dropouts"].value == 1
    assert _said(run)["ended_by"] == "stopped"
    assert _said(run)["seconds"] == pytest.approx(200, abs=6)
    assert not run.stopped, "it is an attempt that counts"


def test_stopped_after_a_moment_it_tells_nothing() -> None:
    run = _run(FakeWatch(pieces=beats(60), stays=True), stop=True)

    assert run.measurements == ()
    assert {failure.failure for failure in run.failures} == {FailureCode.CANCELLED}


def test_a_helper_that_dies_late_leaves_what_was_watched() -> None:
    fault = CannotMeasure(FailureCode.CRASHED, "helper-ended")

    assert _said(_run(FakeWatch(pieces=CUT, failure=fault)))["ended_by"] == "helper-ended"


def test_a_helper_that_dies_early_is_a_failure() -> None:
    fault = CannotMeasure(FailureCode.CRASHED, "helper-ended")
    run = _run(FakeWatch(pieces=beats(30), failure=fault))

    assert set(_details(run).values()) == {"helper-ended"}


def test_too_short_a_watch_is_no_long_watch() -> None:
    assert set(_details(_run(FakeWatch(pieces=beats(60)))).values()) == {"watched-too-short"}


def test_over_tcp_loss_is_not_told() -> None:
    run = _run(FakeWatch(pieces=beats(600, beat=1.0, transport=Transport.TCP)))

    assert _details(run)["line.loss_steady"] == "tcp-hides-loss"
    assert _found(run)["line.dropouts"].evidence.method == "watch-tcp"


def test_dips_of_the_wifi_are_counted() -> None:
    levels = [-55.0] * 40 + [-70.0] * 3 + [-55.0] * 40 + [-72.0] + [-55.0]
    run = _run(FakeWatch(pieces=beats(600)), Radio(levels))

    assert _found(run)["line.signal_dips"].value == 2
    assert _found(run)["line.signal_dips"].evidence.kind == "reported"


def test_a_signal_that_costs_seconds_is_not_asked_again_and_again() -> None:
    run = _run(FakeWatch(pieces=beats(600)), Radio([-55.0], cheap=False))

    assert _details(run) == {"line.signal_dips": "signal-not-watched"}


def test_another_connection_meanwhile_is_noted_with_its_time() -> None:
    radio = Radio([-55.0])

    def change(number: int) -> None:
        radio.link = CABLE if number >= 300 else WIFI

    said = _said(_run(FakeWatch(pieces=beats(600), between=change), radio))

    assert said["link_changed"] == 1
    assert said["link_changed_at_s"] == pytest.approx(300, abs=line_steady.LINK_S + 1)


def test_a_computer_that_tells_nothing_leaves_the_line_s_figures() -> None:
    run = _run(FakeWatch(pieces=beats(600)), FactsMachine())

    assert _details(run) == {"line.signal_dips": "wifi-unclear"}


def test_it_is_never_planned_unless_it_is_named() -> None:
    assert PROBE.optional


def test_its_limit_leaves_room_for_the_longest_watch() -> None:
    assert PROBE.limit > 60 * 60 + 60


def test_everything_told_is_one_of_both() -> None:
    run = _run(FakeWatch(pieces=CUT))

    told = [*(one.metric for one in run.measurements), *(one.metric for one in run.failures)]
    assert sorted(told) == sorted(metric.id for metric in PROBE.metrics)
