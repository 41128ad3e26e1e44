"""When several streams are through: what ends them early is no figure, and a pause is no end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, cast

import pytest

from readiness.model.errors import CannotMeasure
from readiness.system.line import effort
from readiness.system.line.messages import ServeJob
from readiness.system.line.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.system.line.bins import Counted
    from readiness.system.line.peer import Link


class _Link:
    """A connection whose handshake took so long."""

    def __init__(self, trip_s: float) -> None:
        self.trip_s = trip_s

    def drop_at_end(self) -> None:
        """Nothing waits in it."""

    def abort(self) -> None:
        """Nobody is blocked in it."""

    def close(self) -> None:
        """It holds nothing."""


def _run(
    worker: Callable[[Streams, int], None], *, trip_s: float = 0.001, stall_s: float = 5.0
) -> tuple[list[Counted], str]:
    job = ServeJob(part="download", address="", streams=1, seconds=1.5, stall_s=stall_s)

    def work(streams: Streams, index: int) -> None:
        streams.opened(cast("Link", _Link(trip_s)))
        worker(streams, index)

    streams = Streams(job, work, lambda: (time.monotonic(), sum(streams.counts)))
    return streams.run(lambda _message: None)


def _moving(lasts_s: float) -> Callable[[Streams, int], None]:
    """Moves bytes for so long, then comes to the end of its budget."""

    def work(streams: Streams, index: int) -> None:
        end = time.monotonic() + lasts_s
        while time.monotonic() < end and not streams.over.is_set():
            streams.counts[index] += 1000
            time.sleep(0.01)

    return work


def test_a_budget_that_ends_in_slow_start_gives_no_figure() -> None:
    """0.3 s are 3 round trips of 100 ms; streams need several to become as fast as the line."""
    with pytest.raises(CannotMeasure, match="budget-spent"):
        _run(_moving(0.3), trip_s=0.1)


def test_a_budget_that_ends_after_many_round_trips_does() -> None:
    counted, ended = _run(_moving(0.3), trip_s=0.001)

    assert ended == "budget"
    assert counted[-1][1] > 1000


def test_a_line_that_breaks_off_before_the_time_is_over_gives_no_figure() -> None:
    """What it moved, divided by the time, is no rate of the line."""

    def work(streams: Streams, index: int) -> None:
        _moving(0.3)(streams, index)
        streams.over.wait(30)

    with pytest.raises(CannotMeasure, match="stalled"):
        _run(work, stall_s=2.0)


def test_a_pause_at_the_end_belongs_to_the_figure_once_data_moves_again() -> None:
    def work(streams: Streams, index: int) -> None:
        _moving(0.3)(streams, index)
        streams.over.wait(1.7)
        _moving(30)(streams, index)

    counted, ended = _run(work)

    assert ended == "time"
    assert counted[-1][0] - counted[0][0] >= 1.9


def test_full_processors_alone_are_no_proof_of_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker said that data waited for it."""
    busy = iter((0.0, 10.0 * moment) for moment in range(9))
    monkeypatch.setattr(effort, "_system_times", lambda: next(busy))
    found = effort.Effort()
    found.watch(counting=True)
    time.sleep(0.01)
    found.watch(counting=True)

    assert not found.observed["busy"]
