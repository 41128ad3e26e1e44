"""What is read out of a stream of packets: counts known beforehand, formulas by hand."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.dsp.call_stream import analyse, count_runs, longest_run
from readiness.dsp.interval import mean_interval, quantile_interval, wilson
from readiness.model.call import Transport
from tests.fakes.streams import made_stream

calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy computer is no fault."""

FATES = st.lists(st.sampled_from(["ok", "ok", "ok", "up", "down"]), min_size=1, max_size=300)


def _by_hand(gone: list[bool]) -> int:
    text = "".join("x" if lost else "." for lost in gone)
    return max(len(run) for run in text.split("."))


@calmly
@given(FATES)
def test_loss_and_bursts_of_both_directions_are_exactly_what_happened(fates: list[str]) -> None:
    up = {index for index, fate in enumerate(fates) if fate == "up"}
    down = {index for index, fate in enumerate(fates) if fate == "down"}
    found = analyse(made_stream(len(fates), lost_up=up, lost_down=down))
    carried = [fate == "down" for fate in fates if fate != "up"]

    assert (found.up.lost, found.up.carried) == (len(up), len(fates))
    assert (found.down.lost, found.down.carried) == (len(down), len(fates) - len(up))
    assert found.up.burst == _by_hand([fate == "up" for fate in fates])
    assert found.down.burst == (_by_hand(carried) if carried else 0)
    assert found.loss_round_trip is not None
    assert found.loss_round_trip.value == pytest.approx(100 * (len(up) + len(down)) / len(fates))


@calmly
@given(st.lists(st.booleans(), max_size=200))
def test_runs_are_counted(gone: list[bool]) -> None:
    text = "".join("x" if lost else "." for lost in gone)

    assert longest_run(gone) == max(map(len, text.split(".")))
    assert count_runs(gone) == sum(bool(run) for run in text.split("."))


@calmly
@given(st.permutations(range(30)))
def test_reordered_packets_are_those_of_rfc_4737(order: list[int]) -> None:
    """Counted by the RFC's own words: NextExp starts at 0; s < NextExp is reordered."""
    expected, next_expected = 0, 0
    for number in order:
        if number >= next_expected:
            next_expected = number + 1
        else:
            expected += 1
    found = analyse(made_stream(30, order_there=order))

    assert found.up.reordering is not None
    assert found.up.reordering.value == pytest.approx(100 * expected / 30)


def test_order_that_the_way_there_spoiled_is_not_blamed_on_the_way_back() -> None:
    order = [1, 0, 2, 4, 3, 5]
    found = analyse(made_stream(6, order_there=order, order_back=order))

    assert found.up.reordering is not None
    assert found.down.reordering is not None
    assert found.up.reordering.value == pytest.approx(200 / 6)
    assert found.down.reordering.value == 0


def test_copies_count_once() -> None:
    found = analyse(
        made_stream(5, order_there=[0, 0, 1, 2, 2, 3, 4], order_back=[0, 1, 1, 2, 3, 4])
    )

    assert (found.up.lost, found.down.lost) == (0, 0)
    assert found.up.reordering is not None
    assert found.up.reordering.value == 0


def test_round_trips_are_without_the_time_at_the_peer() -> None:
    found = analyse(made_stream(100, up_ms=30, down_ms=12, lay_ms=3))

    assert found.median is not None
    assert found.median.value == pytest.approx(42)
    assert found.median.samples == 100


def test_jitter_is_the_mean_difference_of_transits() -> None:
    """Every second packet 3 ms later: |D| = 3 ms each time; the other way 1 ms."""
    found = analyse(
        made_stream(
            750,
            extra_up=dict.fromkeys(range(0, 750, 2), 3.0),
            extra_down=dict.fromkeys(range(0, 750, 2), 1.0),
        )
    )

    assert found.up.jitter is not None
    assert found.down.jitter is not None
    assert found.up.jitter.value == pytest.approx(3.0)
    assert found.down.jitter.value == pytest.approx(1.0)
    assert found.up.jitter.half_width == pytest.approx(0.1)


def test_jitter_of_uniform_delays_is_two_thirds_of_their_reach() -> None:
    """Mean |x - y| of two uniform on +-j is 2 j / 3."""
    chance = random.Random(5)  # noqa: S311 - a repeatable test
    extra = {index: chance.uniform(0, 20) for index in range(1500)}
    found = analyse(made_stream(1500, extra_up=extra, up_ms=30))

    assert found.up.jitter is not None
    assert found.up.jitter.half_width is not None
    truth = 2 * 10 / 3
    assert abs(found.up.jitter.value - truth) < 2 * found.up.jitter.half_width
    assert found.up.jitter.half_width < 0.1 * truth


@pytest.mark.parametrize("drift", [-3e-4, 3e-4])
def test_a_clock_that_drifts_adds_no_jitter_and_makes_nothing_late(drift: float) -> None:
    found = analyse(made_stream(3000, drift=drift, up_ms=1, down_ms=1))

    assert not found.clock_wrong
    assert found.up.jitter is not None
    assert found.up.jitter.value == pytest.approx(0, abs=0.01)
    assert found.up.late is not None
    assert found.up.late.value == 0


@pytest.mark.parametrize("step_ms", [-5000.0, 200.0])
def test_a_clock_that_jumps_gives_no_jitter(step_ms: float) -> None:
    found = analyse(made_stream(750, step_ms=step_ms))

    assert found.clock_wrong
    assert found.up.jitter is found.down.jitter is found.up.late is found.down.worst_jitter is None
    assert found.up.lost == 0


def test_a_queue_that_fills_is_no_drift() -> None:
    """The way there grows by 20 ms; the way back shows that the clock did not do it."""
    extra = {index: index * 0.1 for index in range(200, 400)}
    found = analyse(made_stream(400, extra_up={**extra}))

    assert not found.clock_wrong
    assert found.up.jitter is not None
    assert found.up.jitter.value > 0.1


def test_a_peer_that_sends_before_it_receives_is_not_believed() -> None:
    found = analyse(made_stream(100, lay_ms=-30))

    assert found.clock_wrong
    assert found.median is not None
    assert found.median.value == pytest.approx(40 - 30)  # as it came here, nothing taken away


def test_late_is_more_than_60_ms_behind_the_median_transit() -> None:
    extra = {10: 59.0, 20: 61.0, 30: 200.0}
    found = analyse(made_stream(100, extra_down=extra))

    assert found.down.late is not None
    assert found.down.late.value == pytest.approx(2.0)
    assert found.up.late is not None
    assert found.up.late.value == 0


def test_the_worst_15_s_are_found_wherever_they_are() -> None:
    """30 s; 15 packets are lost between 12 s and 18 s: 15 of 750 in the worst 15 s."""
    lost = set(range(600, 900, 20))
    found = analyse(made_stream(1500, lost_down=lost))

    assert found.down.worst_loss is not None
    assert found.down.worst_loss.value == pytest.approx(2.0)
    assert found.down.loss is not None
    assert found.down.loss.value == pytest.approx(1.0)


def test_the_worst_15_s_of_jitter() -> None:
    extra = dict.fromkeys(range(750, 1500, 2), 8.0)
    found = analyse(made_stream(1500, extra_up=extra))

    assert found.up.worst_jitter is not None
    assert found.up.worst_jitter.value == pytest.approx(8.0, abs=0.02)
    assert found.up.jitter is not None
    assert found.up.jitter.value == pytest.approx(4.0, abs=0.02)


def test_a_stream_of_less_than_15_s_has_no_worst_15_s() -> None:
    found = analyse(made_stream(749))

    assert found.up.worst_loss is found.up.worst_jitter is None


def test_the_default_stream_has_one_window() -> None:
    found = analyse(made_stream(750, lost_up={0, 749}))

    assert found.up.worst_loss is not None
    assert found.up.worst_loss.samples == 750
    assert found.up.worst_loss.value == pytest.approx(200 / 750)


def test_a_peer_that_does_not_say_what_it_received_leaves_directions_open() -> None:
    found = analyse(made_stream(750, lost_up={5}, lost_down={9, 10}, told=False))

    for way in found.ways().values():
        assert (way.lost, way.loss, way.burst, way.reordering, way.gone) == (None,) * 5
    assert found.up.jitter is not None  # of the packets that came back both ways are timed
    assert found.loss_round_trip is not None
    assert found.loss_round_trip.value == pytest.approx(0.4)


def test_an_answer_that_the_peer_did_not_get_leaves_directions_open() -> None:
    found = analyse(made_stream(50, order_there=list(range(49))))

    assert found.up.loss is found.down.loss is None


@pytest.mark.parametrize("order", [[0, 1, 99], [-1, 0, 1]])
def test_a_report_of_packets_that_were_never_sent_leaves_directions_open(order: list[int]) -> None:
    found = analyse(made_stream(2, order_there=order))

    assert found.up.loss is None


@pytest.mark.parametrize("transport", [Transport.HTTP, Transport.TCP])
def test_over_tcp_there_is_no_loss_and_no_jitter(transport: Transport) -> None:
    found = analyse(made_stream(50, transport=transport))

    assert found.median is not None
    assert found.loss_round_trip is None
    assert found.up.jitter is found.down.loss is None


def test_over_stun_there_is_the_loss_of_both_ways_together() -> None:
    found = analyse(made_stream(200, lost_up={1}, lost_down={2, 3}, transport=Transport.STUN))

    assert found.loss_round_trip is not None
    assert found.loss_round_trip.value == pytest.approx(1.5)
    assert found.up.loss is None


def test_too_few_answers_give_no_round_trip() -> None:
    found = analyse(made_stream(750, lost_up=range(4, 750)))

    assert found.median is found.p95 is None
    assert found.up.jitter is None


def test_nothing_at_all_gives_nothing() -> None:
    found = analyse(made_stream(0))

    assert found.median is found.loss_round_trip is found.up.loss is None


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, table I, method 3 (score, no correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval_is_as_published(hits: int, total: int, low: float, high: float) -> None:
    assert wilson(hits, total) == pytest.approx((low, high), abs=5e-5)


def test_a_quantile_is_the_value_that_so_many_do_not_exceed() -> None:
    """Of 1 to 1000: 950; ranks 950 -+ 1.96 sqrt(47.5) = 936 to 964."""
    value, half_width = quantile_interval([float(k) for k in range(1, 1001)], 0.95)

    assert value == 950
    assert half_width == pytest.approx(14, abs=1.1)


def test_the_interval_of_a_mean_of_neighbours_that_go_together_is_wider() -> None:
    chance = random.Random(1)  # noqa: S311 - a repeatable test
    apart = [chance.gauss(0, 1) for _ in range(2000)]
    together = [apart[index // 50] for index in range(2000)]

    assert mean_interval(together)[1] > 3 * mean_interval(apart)[1]
