"""The sender of a call's stream against a reflector that nobody else uses, well-behaved and not."""

from __future__ import annotations

import random
import socket
import threading
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from scapy.contrib.stamp import STAMPSessionSenderTestUnauthenticated

from readiness.call_figures import Found, figures
from readiness.cancel import Token
from readiness.dsp.call_quality import estimate
from readiness.dsp.call_stream import analyse
from readiness.model.call import Transport
from readiness.model.errors import Cancelled, CannotMeasure, FailureCode
from readiness.server import Limits
from readiness.system.line import call_run, call_session
from readiness.system.line.extent import Extent
from readiness.system.line.messages import CallJob, ServeJob
from readiness.system.line.serve_line import ServeLine
from tests.fakes.line import measuring_server
from tests.fakes.reflector import Manners, reflector

if TYPE_CHECKING:
    from readiness.model.call import CallStream

pytestmark = pytest.mark.rig

COUNT = 150


def _call(address: str, **changes: Any) -> CallStream:  # noqa: ANN401 - fields of the job
    fields: dict[str, Any] = {
        "transport": Transport.STAMP,
        "packets": COUNT,
        "interval_s": 0.005,
        "linger_s": 0.5,
        "stall_s": 1.0,
    }
    job = CallJob(address=address, **{**fields, **changes})
    return call_run.measure(job, lambda _message: None).stream


def _ours(manners: Manners, **changes: Any) -> CallStream:  # noqa: ANN401 - fields of the job
    with reflector(manners) as (address, _, _):
        return _call(address, **changes)


def _alone(manners: Manners, **changes: Any) -> CallStream:  # noqa: ANN401 - fields of the job
    with reflector(manners) as (_, address, _):
        return _call(address, **changes)


def test_a_clean_line_loses_nothing_in_either_direction() -> None:
    stream = _ours(Manners())
    found = analyse(stream)

    assert (found.up.lost, found.down.lost) == (0, 0)
    assert found.median is not None
    assert found.median.value > 0
    assert found.up.jitter is not None
    assert estimate(found) is not None
    assert (stream.summary["directions_by"], len(stream.sent)) == ("report", COUNT)


@pytest.mark.parametrize("alone", [False, True])
def test_what_is_lost_each_way_is_found_exactly(alone: bool) -> None:  # noqa: FBT001 - a case
    """With the server's report, and from a stranger's sequence numbers alone."""
    up, down = frozenset({0, 7, 30, 31, 32, 149}), frozenset({11, 12, 90})
    found = analyse((_alone if alone else _ours)(Manners(lose_up=up, lose_down=down)))

    assert (found.up.lost, found.up.burst) == (6, 3)
    assert (found.down.lost, found.down.burst) == (3, 2)


def test_a_line_that_stays_silent_is_given_up_before_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its report still came, so what was lost until then is told, of a shorter stream."""
    monkeypatch.setattr(call_session, "GIVE_UP_S", 0.5)
    stream = _ours(Manners(until=50), packets=1000)
    found = analyse(stream)

    assert 100 < len(stream.sent) < 600
    assert found.up.lost == len(stream.sent) - 50


@pytest.mark.parametrize("step", [0.08, -0.08])
def test_a_clock_that_is_set_during_the_call_gives_no_lateness(step: float) -> None:
    """On a line longer than the step no packet seems to travel back in time."""
    manners = Manners(delay=lambda _: 0.15, clock=lambda number: step if number > 75 else 0.0)
    stream = _ours(manners, packets=300)
    found = figures(stream)

    for name in ("line.late", "line.mos", "line.jitter"):
        why = found[name]
        assert isinstance(why, CannotMeasure), name
        assert why.detail == "peer-clock-wrong"
    assert isinstance(found["line.loss"], Found)


@pytest.mark.parametrize("answered", [0, 40])
def test_what_a_busy_server_leaves_unanswered_is_no_loss_of_the_line(answered: int) -> None:
    """Many who share one internet address send more than it answers for one."""
    with (
        measuring_server(Limits(packets_per_second=answered)) as address,
        pytest.raises(CannotMeasure, match="server-busy"),
    ):
        _call(address, packets=300)


def test_random_loss_is_found_exactly() -> None:
    chance = random.Random(3)  # noqa: S311 - a repeatable test
    up = frozenset(k for k in range(COUNT) if chance.random() < 0.2)
    down = frozenset(k for k in range(COUNT) if k not in up and chance.random() < 0.2)
    found = analyse(_ours(Manners(lose_up=up, lose_down=down)))

    assert (found.up.lost, found.down.lost) == (len(up), len(down))


def test_fates_that_numbers_alone_cannot_tell_stay_open() -> None:
    """31 lost on the way there beside 32 lost on the way back: which was which?"""
    stream = _alone(Manners(lose_up=frozenset({31}), lose_down=frozenset({32})))

    assert stream.summary["directions_by"] == "numbers-unclear"
    assert analyse(stream).up.loss is None


def test_a_stateless_reflector_tells_no_direction_but_the_round_trip() -> None:
    found = analyse(_alone(Manners(stateless=True, lose_down=frozenset({5}))))

    assert found.up.loss is found.down.loss is None
    assert found.loss_round_trip is not None
    assert found.loss_round_trip.value == pytest.approx(100 / COUNT)
    assert found.median is not None


def test_answers_that_overtake_are_reordering_on_the_way_back() -> None:
    """Number 50 is held back for 40 ms: 50 comes after others sent later."""
    found = analyse(_ours(Manners(delay=lambda k: 0.04 if k == 50 else 0.0)))

    assert found.down.reordering is not None
    assert found.down.reordering.value >= 100 / COUNT
    assert found.up.reordering is not None
    assert found.up.reordering.value == 0
    assert found.down.lost == 0


def test_copies_are_no_packets_of_their_own() -> None:
    found = analyse(_ours(Manners(twice=frozenset(range(0, COUNT, 3)))))

    assert (found.up.lost, found.down.lost) == (0, 0)
    assert found.loss_round_trip is not None
    assert found.loss_round_trip.value == 0


def test_a_server_that_is_late_with_its_answers_is_told_from_a_long_line() -> None:
    """It says when it received and when it sent; what lay between is not the line's."""
    found = analyse(_ours(Manners(keep=0.0)))

    assert found.median is not None
    assert found.median.value < 100


def test_answers_to_packets_never_sent_change_nothing() -> None:
    stream = _ours(Manners(strangers=2, lose_up=frozenset({140})))
    found = analyse(stream)

    assert (found.up.lost, found.down.lost) == (1, 0)
    assert int(stream.summary["strange_answers"]) > COUNT


LIES: dict[str, Any] = {
    "never-sent": lambda received: {"received": [*received, [COUNT + 7, received[-1][1]]]},
    "negative": lambda received: {"received": [*received, [-1, received[-1][1]]]},
    "less-than-answered": lambda received: {"received": received[:-20]},
    "back-in-time": lambda received: {"received": received[::-1]},
    "next-year": lambda received: {"received": [*received[:-1], [received[-1][0], 10**15]]},
    "not-numbers": lambda received: {"received": [["x", "y"] for _ in received]},
    "no-json": lambda _received: b"<html>",
    "a-list": lambda _received: [],
}


@pytest.mark.parametrize("lie", LIES, ids=list(LIES))
def test_a_report_that_cannot_be_true_tells_nothing(lie: str) -> None:
    stream = _ours(Manners(report=LIES[lie]))
    found = analyse(stream)

    assert stream.summary["directions_by"] == "report-wrong"
    assert found.up.loss is found.down.loss is None
    assert found.up.burst is None
    assert found.loss_round_trip is not None
    assert found.loss_round_trip.value == 0


@pytest.mark.parametrize(
    "report", [lambda _received: None, lambda received: {"received": received, "left_out": 1}]
)
def test_a_server_without_a_whole_report_tells_no_direction(report: Any) -> None:  # noqa: ANN401 - a case
    stream = _ours(Manners(report=report))

    assert stream.summary["directions_by"] == "report-missing"
    assert analyse(stream).down.loss is None


@pytest.mark.parametrize("wrong", [3600.0, -86400.0 * 365 * 20])
def test_a_clock_that_is_wrong_all_the_time_changes_nothing(wrong: float) -> None:
    found = analyse(_ours(Manners(clock=lambda _k: wrong)))

    assert not found.clock_wrong
    assert found.up.jitter is not None
    assert found.up.late is not None


def test_a_clock_that_is_set_in_between_gives_no_jitter() -> None:
    found = analyse(_ours(Manners(clock=lambda k: 2.0 if k > 70 else 0.0)))

    assert found.clock_wrong
    assert found.up.jitter is found.down.jitter is None
    assert found.up.lost == 0


def test_a_peer_that_claims_to_have_kept_packets_longer_than_they_were_away_is_not_believed() -> (
    None
):
    found = analyse(_ours(Manners(keep=5.0)))

    assert found.clock_wrong
    assert found.median is not None
    assert 0 < found.median.value < 1000


def test_times_in_another_format_are_not_compared() -> None:
    stream = _alone(Manners(ptp=True))

    assert stream.arrived_there == stream.left_there == ()
    assert analyse(stream).up.jitter is None


def test_a_reflector_that_knows_no_sessions_serves_too() -> None:
    assert analyse(_alone(Manners(no_session=True))).up.lost == 0


@pytest.mark.parametrize(
    ("manners", "why"),
    [
        (Manners(silent=True), "udp-blocked"),
        (Manners(stamp_port=None), "no-reflector"),
        (Manners(stamp_port=99999), "no-reflector"),
        (Manners(stamp_port=True), "no-reflector"),
        (Manners(protocol=1, stamp_port=None), "no-reflector"),
    ],
)
def test_where_udp_does_not_pass_round_trips_are_taken_over_http_and_that_is_said(
    manners: Manners, why: str
) -> None:
    stream = _ours(manners, packets=30, stall_s=0.2)
    found = analyse(stream)

    assert (stream.transport, stream.summary["udp"]) == (Transport.HTTP, why)
    assert found.median is not None
    assert found.loss_round_trip is found.up.loss is found.up.jitter is None


def test_a_port_that_is_closed_is_udp_that_does_not_pass() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    assert _ours(Manners(stamp_port=port), packets=30, stall_s=0.2).summary["udp"] == "udp-blocked"


def test_a_reflector_alone_that_is_not_there_is_unreachable() -> None:
    with pytest.raises(CannotMeasure) as caught:
        _alone(Manners(silent=True), packets=30, stall_s=0.2)

    assert (caught.value.code, caught.value.detail) == (FailureCode.UNREACHABLE, "no-answer")


def test_answers_that_stop_for_good_are_loss_if_the_server_says_so() -> None:
    found = analyse(_ours(Manners(until=50), stall_s=0.2))

    assert found.up.lost == COUNT - 50


def test_answers_that_stop_for_good_and_nobody_to_ask_give_no_figure() -> None:
    with pytest.raises(CannotMeasure) as caught:
        _ours(Manners(until=50, report=lambda _received: None), stall_s=0.2)

    assert (caught.value.code, caught.value.detail) == (FailureCode.TIMED_OUT, "stalled")


def test_packets_are_as_scapy_reads_them_and_as_long_as_rtp() -> None:
    with reflector() as (address, _, notes):
        _call(address)
    read = [STAMPSessionSenderTestUnauthenticated(packet[:44]) for packet in notes.packets]

    assert [packet.seq for packet in read] == list(range(COUNT))
    assert len({packet.ssid for packet in read}) == 1
    assert read[0].ssid != 0
    assert {len(packet) for packet in notes.packets} == {172}
    assert {packet[44:48] for packet in notes.packets} == {bytes([0x80, 1, 0, 124])}
    assert len({packet[48:64] for packet in notes.packets}) == 1


def test_the_line_sends_it_from_a_child_and_tells_the_round_trip_of_the_moment() -> None:
    told: list[float] = []

    def tell(_fraction: float, now: float | None) -> None:
        if now is not None:
            told.append(now)

    with reflector() as (address, _, notes):
        line = ServeLine(Token(), ServeJob(part="", address=address)).over(Extent(packets=COUNT))
        stream = line.call(tell)

    assert analyse(stream).up.lost == 0
    assert len(notes.packets) == COUNT
    assert told
    assert all(0 < now < 1000 for now in told)


def test_stop_ends_it_and_leaves_no_child() -> None:
    token, me = Token(), psutil.Process()
    before = {child.pid for child in me.children(recursive=True)}

    def stop_when_it_runs(_fraction: float, now: float | None) -> None:
        if now is not None:
            token.cancel()

    with reflector() as (address, _, _):
        line = ServeLine(token, ServeJob(part="", address=address)).over(Extent(packets=10_000))
        with pytest.raises(Cancelled):
            line.call(stop_when_it_runs)

    assert {child.pid for child in me.children(recursive=True)} == before


def test_two_calls_at_once_do_not_mix() -> None:
    found: list[CallStream] = []
    with reflector(Manners(lose_up=frozenset({3, 4}))) as (address, _, _):
        crew = [threading.Thread(target=lambda: found.append(_call(address))) for _ in range(3)]
        for thread in crew:
            thread.start()
        for thread in crew:
            thread.join()

    assert [analyse(stream).up.lost for stream in found] == [2, 2, 2]


def test_the_evidence_names_no_address() -> None:
    stream = _ours(Manners())

    assert "127.0.0.1" not in str(stream.summary)


@pytest.mark.parametrize(
    "address", ["stamp://", "stamp://127.0.0.1", "stamp://host:x", "stamp://u@127.0.0.1:9"]
)
def test_an_address_that_is_none_is_said_so(address: str) -> None:
    with pytest.raises(CannotMeasure, match="bad-address"):
        _call(address)


def test_a_name_that_does_not_exist_is_said_so() -> None:
    with pytest.raises(CannotMeasure, match="dns-failure"):
        _call("stamp://no-such-name.invalid:862")
