"""Work shared with a second process: the same results, in order, whatever becomes of the helper."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from readiness.review import crew
from readiness.review.crew import Crew, cores

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = os.getpid()


def double(job: int) -> int | None:
    """Every tenth can only be done by the program itself."""
    return None if job % 10 == 0 else 2 * job


def who(_job: int) -> int:
    return os.getpid()


def die(job: int) -> int:
    """Ends whoever is not the program itself."""
    if os.getpid() != int(os.environ["CREW_OF"]):
        os._exit(1)
    return job


def fail(job: int) -> int:
    raise ZeroDivisionError(job)


def own(job: int) -> int:
    return 1000 + job


def made(work: object, *, helped: bool = True) -> Crew[int, int]:
    return Crew(
        work,  # type: ignore[arg-type]  # one of the above
        own,
        fit=lambda job: job % 7 != 0,
        weight=lambda _job: 1,
        helped=helped,
    )


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Help is called at once and waited for, and small batches are handed over."""
    monkeypatch.setattr(crew, "ALONE", 0)
    monkeypatch.setattr(crew, "BATCH", 5)
    monkeypatch.setattr(crew._Helper, "ready", has_come)


def has_come(helper: crew._Helper[int, int]) -> bool:
    """Whether it comes, however long that takes."""
    return helper._there is not None and helper._there.exception() is None


def expected(job: int) -> int:
    return 1000 + job if job % 7 == 0 or job % 10 == 0 else 2 * job


@pytest.mark.parametrize("helped", [True, False])
@pytest.mark.usefixtures("soon")
def test_results_come_in_the_order_of_the_jobs(*, helped: bool) -> None:
    assert list(made(double, helped=helped).done(range(200))) == list(map(expected, range(200)))


@pytest.mark.usefixtures("soon")
def test_a_helper_that_has_come_does_a_part() -> None:
    found = set(made(who).done(job for job in range(300) if job % 7))

    assert HERE in found
    assert len(found) == 2


def test_a_few_jobs_are_done_without_help() -> None:
    assert set(made(who).done(job for job in range(100) if job % 7)) == {HERE}


@pytest.mark.usefixtures("soon")
def test_a_helper_that_dies_costs_no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREW_OF", str(HERE))

    found = list(made(die).done(job for job in range(100) if job % 7))

    assert found == [job for job in range(100) if job % 7]


@pytest.mark.usefixtures("soon")
def test_where_no_process_can_be_started_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    from concurrent.futures import process

    def refuse(*_arguments: object, **_more: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(process.ProcessPoolExecutor, "submit", refuse)

    assert list(made(double).done(range(50))) == list(map(expected, range(50)))


@pytest.mark.usefixtures("soon")
def test_a_fault_in_the_work_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        list(made(fail).done(range(1, 50)))


@pytest.mark.usefixtures("soon")
def test_who_asks_for_no_more_ends_the_helper() -> None:
    found = made(double).done(range(10_000))
    first = [next(found) for _ in range(10)]
    found.close()

    assert first == list(map(expected, range(10)))


def test_jobs_are_taken_when_results_are_asked_for() -> None:
    taken = []

    def jobs() -> Iterator[int]:
        for job in range(10):
            taken.append(job)
            yield job

    next(made(double).done(jobs()))

    assert taken == [0]


def test_there_is_at_least_one_core() -> None:
    assert cores() >= 1
