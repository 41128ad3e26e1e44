"""Drop-outs out of packets whose fate is given, so that every figure is known beforehand."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from readiness.dsp.steadiness import Course, Steadiness, analyse, dips, picture

BEAT = 0.1
TRIP = 25.0


def _course(
    seconds: float,
    *,
    cuts: tuple[tuple[float, float], ...] = (),
    sleeps: tuple[tuple[float, float], ...] = (),
    held: tuple[tuple[float, float], ...] = (),
    lost: frozenset[int] = frozenset(),
    beat: float = BEAT,
    trip: float = TRIP,
) -> Course:
    """Packets on a line that is cut, or stores them, from a moment for some seconds."""
    course = Course(interval_s=beat)
    for index in range(round(seconds / beat)):
        at = index * beat
        if any(begin <= at < begin + length for begin, length in sleeps):
            continue
        gone = index in lost or any(begin <= at < begin + length for begin, length in cuts)
        stored = max((begin + n - at for begin, n in held if begin <= at < begin + n), default=0.0)
        course.sent.append(at)
        course.trips.append(None if gone else trip + stored * 1000)
    return course


def _found(course: Course) -> Steadiness:
    found = analyse(course)
    assert found is not None
    return found


def test_a_steady_line_has_no_dropout_and_is_always_there() -> None:
    found = _found(_course(600))

    assert (found.outages, found.doubtful, found.pauses) == ((), 0, ())
    assert (found.availability.value, found.loss.value) == (100, 0)
    assert found.p95 is not None
    assert found.p95.value == TRIP


def test_a_cut_of_three_seconds_is_one_dropout_of_three_seconds() -> None:
    found = _found(_course(600, cuts=((100.0, 3.0),)))

    (one,) = found.outages
    assert one.seconds == pytest.approx(3.0, abs=BEAT)
    assert one.begin == pytest.approx(100.0, abs=2 * BEAT)
    assert found.availability.value == pytest.approx(100 * (1 - 3 / 600), abs=0.02)
    assert found.loss.value == pytest.approx(100 * 30 / 6000)


def test_single_losses_are_no_dropouts() -> None:
    found = _found(_course(600, lost=frozenset(range(0, 6000, 10))))

    assert found.outages == ()
    assert found.loss.value == 10


def test_answers_that_were_stored_on_the_way_are_a_dropout_too() -> None:
    """Nothing comes for 2 s and then everything at once: no packet is lost, the call is mute."""
    found = _found(_course(600, held=((50.0, 2.0),)))

    assert [one.seconds for one in found.outages] == [pytest.approx(2.0, abs=2 * BEAT)]
    assert found.loss.value == 0


def test_an_evenly_slow_line_is_no_dropout() -> None:
    assert _found(_course(600, trip=2500.0)).outages == ()


def test_a_silence_near_the_shortest_is_doubtful() -> None:
    assert _found(_course(600, cuts=((100.0, 1.05),))).doubtful == 1
    assert _found(_course(600, cuts=((100.0, 2.0),))).doubtful == 0


def test_with_one_packet_a_second_three_must_be_missing() -> None:
    """Else every lost packet would be a drop-out of a second."""
    two = _found(_course(600, beat=1.0, lost=frozenset({100, 101})))
    four = _found(_course(600, beat=1.0, lost=frozenset({100, 101, 102, 103})))

    assert two.outages == ()
    assert [one.seconds for one in four.outages] == [pytest.approx(4.0, abs=1.0)]


def test_a_line_that_is_out_at_the_end_is_out() -> None:
    found = _found(_course(300, cuts=((290.0, 99.0),)))

    assert [one.seconds for one in found.outages] == [pytest.approx(10.0, abs=2 * BEAT)]


def test_a_sleeping_computer_is_no_dropout() -> None:
    """Nothing was sent, so nothing could be answered; the time does not count."""
    found = _found(_course(600, sleeps=((200.0, 120.0),)))

    assert found.outages == ()
    assert [one.seconds for one in found.pauses] == [pytest.approx(120.0, abs=2 * BEAT)]
    assert found.watched_s == pytest.approx(480, abs=1)
    assert found.availability.value == 100


def test_what_was_under_way_when_it_slept_and_before_it_was_online_again_is_not_the_line() -> None:
    found = _found(_course(600, sleeps=((200.0, 120.0),), cuts=((199.0, 1.0), (320.0, 8.0))))

    assert found.outages == ()
    assert found.loss.value == 0


def test_a_network_that_stays_away_after_waking_is_a_dropout_in_the_end() -> None:
    found = _found(_course(600, sleeps=((200.0, 120.0),), cuts=((320.0, 90.0),)))

    assert [one.seconds for one in found.outages] == [pytest.approx(60.0, abs=1.0)]


def test_nothing_watched_is_nothing_told() -> None:
    assert analyse(Course(interval_s=BEAT)) is None
    assert analyse(Course(interval_s=BEAT, sent=[0.0], trips=[1.0])) is None


def test_the_picture_leaves_out_where_nothing_came() -> None:
    course = _course(600, cuts=((100.0, 3.0),), sleeps=((200.0, 60.0),))
    step, values, gaps = picture(course, _found(course), 400)

    assert len(values) == 400
    assert step == pytest.approx(1.5)
    places = {math.floor(at / step) for at in (100.5, 101.7, 200.2, 230.0, 259.0)}
    assert places <= set(gaps)
    assert {values[place] for place in range(400) if place not in gaps} == {TRIP}


cut_lists = st.lists(
    st.tuples(st.floats(5, 280), st.floats(0.05, 12)), max_size=5, unique_by=lambda cut: cut[0]
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(cut_lists, st.floats(0, 250))
def test_cuts_are_found_within_the_beat_whatever_they_are(
    cuts: list[tuple[float, float]], trip: float
) -> None:
    """Those clearly longer than the shortest are found, each as long as it was; no others are."""
    ordered = sorted(cuts)
    ends = [begin + length for begin, length in ordered]
    assume(all(after - end > 1 for end, (after, _) in zip(ends, ordered[1:], strict=False)))
    assume(all(abs(length - 1.0) > 2 * BEAT for _, length in ordered))
    course = _course(300, cuts=tuple(ordered), trip=trip)
    found = _found(course)

    long = [length for _, length in ordered if length > 1]
    assert len(found.outages) == len(long)
    for one, length in zip(found.outages, long, strict=True):
        assert one.seconds == pytest.approx(length, abs=2 * BEAT)
    assert found.availability.value == pytest.approx(100 * (1 - sum(long) / 300), abs=1)
    _, values, gaps = picture(course, found, 400)
    assert all(0 <= place < len(values) for place in gaps)


fates = st.lists(
    st.tuples(st.floats(0, 40), st.none() | st.floats(0, 3000)), min_size=1, max_size=80
)


@settings(deadline=None)
@given(fates, st.sampled_from([0.1, 1.0]))
def test_nothing_impossible_is_told_of_any_course(
    packets: list[tuple[float, float | None]], beat: float
) -> None:
    at, course = 0.0, Course(interval_s=beat)
    for gap, trip in packets:
        at += gap
        course.sent.append(at)
        course.trips.append(trip)
    found = analyse(course)
    if found is None:
        return

    assert 0 <= found.availability.value <= 100
    assert 0 <= found.loss.value <= 100
    assert found.watched_s <= at + 1e-6
    assert all(one.seconds >= found.shortest_s for one in found.outages)
    _, values, gaps = picture(course, found, 400)
    assert len(gaps) <= len(values) <= 400


def test_dips_are_counted_once_each() -> None:
    levels = [-55.0] * 50 + [-66.0, -70.0, -66.0] + [-55.0] * 20 + [-68.0] + [-54.0] * 20

    assert dips(levels, 10, 5)[0] == 2


def test_a_dip_ends_only_where_the_signal_is_back() -> None:
    levels = [-55.0] * 50 + [-66.0, -62.0, -66.0] + [-55.0] * 20

    assert dips(levels, 10, 5)[0] == 1


def test_a_dip_at_the_very_edge_is_unsure() -> None:
    assert dips([-55.0] * 50 + [-65.0] + [-55.0] * 9, 10, 5) == (1, 1)
