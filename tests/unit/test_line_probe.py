"""The line probe: what a backend gives becomes measurements; what fails leaves the rest."""

from __future__ import annotations

import threading

import pytest

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices, Line, Need
from readiness.probes.line_speed import PROBE
from readiness.session import Event, LiveValue, run_probe
from tests.fakes.line import FakeLine, FakeReading, FakeTrips
from tests.fakes.world import FakeWorld, WillingPerson

TRIPS = FakeTrips(tuple(20.0 + k / 10 for k in range(20)))
GONE = CannotMeasure(FailureCode.UNREACHABLE, "refused-by-server", status=403)


def _run(line: Line, heard: list[Event] | None = None) -> dict[str, object]:
    run = run_probe(
        PROBE,
        world=FakeWorld(line_port=line),
        choices=Choices(consent=frozenset({Need.NETWORK})),
        person=WillingPerson(),
        listener=(heard if heard is not None else []).append,
        stop=threading.Event(),
        attempt=1,
    )
    found: dict[str, object] = {m.metric: (m.value, m.uncertainty) for m in run.measurements}
    found.update({f.metric: (f.failure, f.detail) for f in run.failures})
    return found


def test_figures_come_with_their_half_width() -> None:
    line = FakeLine(down=FakeReading(94.2, 1.5), up=FakeReading(9.6, 0.2), trips=TRIPS)
    found = _run(line)

    assert found["line.download"] == (94.2, 1.5)
    assert found["line.upload"] == (9.6, 0.2)
    assert found["line.round_trip_median"] == (pytest.approx(20.95), pytest.approx(0.6, abs=0.1))


@pytest.mark.parametrize("part", ["down", "up", "trips"])
def test_one_part_that_fails_leaves_the_others(part: str) -> None:
    parts = {"down": FakeReading(94.2), "up": FakeReading(9.6), "trips": TRIPS, part: GONE}
    metric = {"down": "line.download", "up": "line.upload", "trips": "line.round_trip_median"}
    found = _run(FakeLine(**parts))  # type: ignore[arg-type]  # each part has its kind

    failed = {name for name, value in found.items() if value[0] is FailureCode.UNREACHABLE}  # type: ignore[index]
    assert failed == {metric[part]}
    assert found[metric[part]] == (FailureCode.UNREACHABLE, "refused-by-server")


def test_a_single_round_trip_is_far_from_sure() -> None:
    """speedtest-cli gives one number."""
    line = FakeLine(
        down=FakeReading(1), up=FakeReading(1), trips=FakeTrips((40.0,)), method="speedtest-cli"
    )

    assert _run(line)["line.round_trip_median"] == (40.0, 20.0)


def test_the_rate_of_the_moment_is_live() -> None:
    heard: list[Event] = []
    _run(FakeLine(down=FakeReading(94.2), up=FakeReading(9.6), trips=TRIPS), heard)

    live = [event.live.metric for event in heard if isinstance(event, LiveValue)]
    assert set(live) <= {"line.download", "line.upload"}


def test_every_way_a_line_can_fail_has_its_words() -> None:
    import re
    from pathlib import Path

    root = Path(__file__).resolve().parents[2] / "readiness" / "system" / "line"
    text = "\n".join(path.read_text(encoding="utf-8") for path in root.glob("*.py"))
    said = re.findall(r'FailureCode\.[A-Z_]+,\s*"([a-z-]+)"', text)
    said += re.findall(r'(?:Error|detail)\S* ?[:=] "([a-z-]+)"', text)

    assert len(set(said)) > 15
    assert set(said) <= set(PROBE.reasons)
