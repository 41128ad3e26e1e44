"""From counted bytes to a rate, and how sure it is."""

from __future__ import annotations

import pytest

from readiness.dsp.median import median_interval
from readiness.model.errors import CannotMeasure
from readiness.system.line.bins import certain, rates, reading
from readiness.system.line.streams import Budget

MEGABIT = 125_000
"""1 Mbit in bytes."""


def _steady(mbit: float, seconds: float, step: float = 0.02) -> list[tuple[float, int]]:
    count = round(seconds / step)
    return [(5 + k * step, round(mbit * MEGABIT * k * step)) for k in range(count + 1)]


def test_a_steady_flow_is_its_rate() -> None:
    found = reading(_steady(25, 8), warm_up=2, step=0.25, summary={})

    assert found.rate == pytest.approx(25, rel=1e-4)
    assert found.samples == 24
    assert found.summary["bytes"] == 25_000_000


def test_the_slow_start_does_not_count() -> None:
    slow = [(k * 0.02, k * 100) for k in range(101)]
    fast = [(2 + t - 5, 10_000 + n) for t, n in _steady(50, 6)[1:]]

    assert reading(slow + fast, warm_up=2, step=0.25, summary={}).rate == pytest.approx(
        50, rel=0.01
    )


def test_one_hole_and_one_burst_do_not_move_the_rate() -> None:
    """TCP fills a hole with a burst; the regression leans on what lies around both."""
    counted = [(t, n if not 9 <= t < 9.5 else 4 * 20 * MEGABIT) for t, n in _steady(20, 8)]

    assert reading(counted, warm_up=2, step=0.25, summary={}).rate == pytest.approx(20, rel=0.01)


def test_the_half_width_is_never_below_the_methods_own_error() -> None:
    found = reading(_steady(100, 8), warm_up=2, step=0.25, summary={})

    assert found.half_width == pytest.approx(1.0, rel=0.01)


def test_a_short_transfer_is_less_sure() -> None:
    found = reading(_steady(900, 1), warm_up=2, step=0.25, summary={})

    assert found.half_width is not None
    assert found.half_width >= 90


def test_a_transfer_of_a_moment_is_hardly_sure() -> None:
    found = reading(_steady(9000, 0.1, 0.002), warm_up=2, step=0.25, summary={})

    assert found.rate == pytest.approx(9000, rel=0.01)
    assert found.half_width is not None
    assert found.half_width >= 2700


def test_nothing_after_the_warm_up_is_no_rate_of_zero() -> None:
    counted = [(k * 0.1, 1000) for k in range(81)]

    with pytest.raises(CannotMeasure, match="stalled"):
        reading(counted, warm_up=2, step=0.25, summary={})


def test_too_little_data_is_no_figure() -> None:
    with pytest.raises(CannotMeasure, match="budget-spent"):
        reading(_steady(100, 0.02, 0.002), warm_up=2, step=0.25, summary={})


def test_rates_need_two_moments() -> None:
    assert rates([(0.0, 0)], 0.25) == []


def test_a_budget_is_never_overdrawn_and_all_of_it_can_be_used() -> None:
    budget = Budget(10_000_001, 6)
    shares = []
    while share := budget.take():
        shares.append(share)

    assert sum(shares) == 10_000_001
    assert max(shares) <= 10_000_001 / 6


def test_the_interval_of_a_median_is_that_of_the_binomial_tables() -> None:
    """For n = 20 tables give the 6th and 15th value (95.9 %); wider is allowed, narrower not."""
    middle, half_width = median_interval([float(k) for k in range(1, 21)])

    assert middle == 10.5
    assert 4.5 <= half_width <= 6.5


def test_a_median_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="no values"):
        median_interval([])


def test_a_hole_at_the_end_hardly_lowers_the_rate() -> None:
    """What TCP holds back until a lost packet has come again was carried by the line all the same.

    A mean over the 6 s that count would read 8 % low.
    """
    counted = [(t, n if t < 12.5 else round(20 * MEGABIT * 7.5)) for t, n in _steady(20, 8)]

    assert reading(counted, warm_up=2, step=0.25, summary={}).rate == pytest.approx(20, rel=0.025)


def test_a_line_that_doubles_half_way_is_far_from_sure() -> None:
    slow = _steady(10, 5)
    fast = [(t + 5, n + 50 * MEGABIT) for t, n in _steady(20, 3)[1:]]
    found = reading(slow + fast, warm_up=2, step=0.25, summary={})

    assert found.half_width is not None
    assert 10 < found.rate < 20
    assert found.half_width > 2


@pytest.mark.parametrize(
    ("targets", "sure"),
    [((), False), ((25.0,), True), ((25.0, 60.0), False), ((250.0,), True), ((150.0,), False)],
)
def test_a_rate_is_certain_if_it_is_clear_of_every_threshold(
    targets: tuple[float, ...],
    sure: bool,  # noqa: FBT001 - the expected answer
) -> None:
    found = reading(_steady(100, 8), warm_up=2, step=0.25, summary={})

    assert certain(found, targets) is sure
