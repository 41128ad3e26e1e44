"""Watches of several hours side by side: which are kept, and what is worse in the evening."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from readiness.cli import main, steady
from readiness.engine import Engine
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import (
    Evidence,
    EvidenceKind,
    Failure,
    Measurement,
    ProbeRun,
    Session,
)
from readiness.steady_runs import steady_runs, worse_in_the_evening
from tests.fakes.watch import FakeWatch, beats
from tests.fakes.world import FakeWorld

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TRIP, LOSS = "line.round_trip_steady_p95", "line.loss_steady"
CANCELLED = Failure(metric=TRIP, failure=FailureCode.CANCELLED, at=datetime(2026, 1, 5, tzinfo=UTC))


def _session(
    hour: int,
    trip: float,
    half: float = 1.0,
    *,
    day: int = 5,
    method: str = "watch-stamp",
    loss: float = 0.0,
    failures: tuple[Failure, ...] = (),
) -> Session:
    at = datetime(2026, 1, day, hour, tzinfo=UTC)
    found = tuple(
        Measurement(
            metric=metric,
            value=value,
            unit=unit,
            uncertainty=uncertainty,
            evidence=Evidence(kind=EvidenceKind.MEASURED, method=method),
            at=at,
        )
        for metric, value, unit, uncertainty in ((TRIP, trip, "ms", half), (LOSS, loss, "%", 0.01))
    )
    run = ProbeRun(
        probe="line_steady",
        version=1,
        attempt=1,
        started=at,
        duration_s=1200,
        measurements=() if failures else found,
        failures=failures,
    )
    name = f"{day}-{hour}-{method}"
    return Session(id=name, started=at, app_version="0", platform="linux", runs=(run,))


def _worse(*sessions: Session) -> list[str]:
    return [one.metric for one in worse_in_the_evening(steady_runs(sessions), UTC)]


def test_a_slow_evening_is_said() -> None:
    assert _worse(_session(10, 25), _session(20, 60)) == [TRIP]


def test_an_evening_with_more_loss_is_said() -> None:
    assert _worse(_session(10, 25, loss=0.1), _session(20, 25, loss=1.5)) == [LOSS]


def test_nothing_is_said_where_intervals_overlap() -> None:
    assert _worse(_session(10, 25, 10), _session(20, 40, 10)) == []


def test_a_sure_difference_that_nobody_would_notice_is_not_said() -> None:
    assert _worse(_session(10, 25, 0.1), _session(20, 27, 0.1)) == []


def test_a_slow_morning_is_no_evening_congestion() -> None:
    assert _worse(_session(10, 60), _session(20, 25)) == []


def test_one_odd_run_does_not_decide() -> None:
    """The run in the middle stands for its group."""
    days = [_session(10, 25, day=day) for day in (5, 6, 7)]
    evenings = [_session(20, trip, day=day) for day, trip in ((5, 26), (6, 90), (7, 25))]

    assert _worse(*days, *evenings) == []


def test_runs_by_different_methods_are_not_compared() -> None:
    assert _worse(_session(10, 25), _session(20, 60, method="watch-stun")) == []


def test_evenings_alone_are_compared_with_nothing() -> None:
    assert _worse(_session(19, 25), _session(20, 60)) == []


def test_the_evening_is_that_of_the_place() -> None:
    from datetime import timezone

    runs = steady_runs([_session(2, 25), _session(3, 60)])
    far = timezone(timedelta(hours=-8))

    assert [one.in_evening(far) for one in runs] == [True, True]
    assert [one.in_evening(UTC) for one in runs] == [False, False]


def test_runs_come_in_the_order_of_their_time_and_stopped_ones_without_figures_are_left_out() -> (
    None
):
    stopped = _session(8, 0, failures=(CANCELLED,))
    runs = steady_runs([_session(20, 60), stopped, _session(10, 25)])

    assert [one.run.started.hour for one in runs] == [10, 20]


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the command in a home of its own on the given line."""
    monkeypatch.setenv("READINESS_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments: str, watch: FakeWatch | None = None) -> tuple[int, str, str]:
        engine = Engine(home=tmp_path, world=FakeWorld(watch_port=watch))
        monkeypatch.setattr(steady, "make_engine", lambda: engine)
        status = main(["steady", *arguments, "--lang", "en"])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


SERVER = ("--server", "http://192.0.2.7:8077")


def test_a_watch_is_shown_kept_and_listed(run: Callable[..., tuple[int, str, str]]) -> None:
    watch = FakeWatch(pieces=beats(600, cuts=((100.0, 3.0),)))

    status, out, err = run(*SERVER, watch=watch)
    _, listed, _ = run("--list", "--json")

    assert status == 0
    assert "Drop-outs of the line" in out
    assert "10 minutes" in err
    (one,) = json.loads(listed)["runs"]
    found = {m["metric"]: m["value"] for m in one["run"]["measurements"]}
    assert found["line.dropouts"] == 1


def test_several_watches_are_listed_one_a_row(run: Callable[..., tuple[int, str, str]]) -> None:
    for trip in (25.0, 60.0):
        run(*SERVER, watch=FakeWatch(pieces=beats(600, trip=trip)))

    _, out, _ = run("--list")

    assert [part in out for part in ("25", "60")] == [True, True]
    assert len(out.strip().splitlines()) == 3


def test_the_list_says_that_evenings_are_worse(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for session in (_session(10, 25), _session(20, 60)):
        Engine(home=tmp_path).keep_watch(session)
    monkeypatch.setattr(
        steady, "worse_in_the_evening", lambda runs: worse_in_the_evening(runs, UTC)
    )

    _, out, _ = run("--list")

    assert "Evening congestion" in out


def test_an_empty_list_says_so(run: Callable[..., tuple[int, str, str]]) -> None:
    assert "not been watched" in run("--list")[1]


def test_without_a_yes_nothing_is_sent(run: Callable[..., tuple[int, str, str]]) -> None:
    watch = FakeWatch(pieces=beats(600))
    status, out, _ = run("--json", watch=watch)

    assert status == 2
    assert not watch.played.is_set()
    assert {f["detail"] for f in json.loads(out)["run"]["failures"]} == {"no-consent"}


def test_a_server_that_does_not_answer_is_kept_as_an_attempt(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    fault = CannotMeasure(FailureCode.UNREACHABLE, "connection-refused")
    status, out, _ = run(*SERVER, watch=FakeWatch(pieces=[], failure=fault))

    assert status == 2
    assert "does not accept connections" in " ".join(out.split())
    assert len(json.loads(run("--list", "--json")[1])["runs"]) == 1


@pytest.mark.parametrize("minutes", ["9", "61", "0", "-5", "ten"])
def test_only_10_to_60_minutes_are_taken(
    run: Callable[..., tuple[int, str, str]], minutes: str
) -> None:
    assert run("--minutes", minutes)[0] == 3
