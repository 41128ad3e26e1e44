"""The long watch against real peers: they fall silent, come back elsewhere, or were never there."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from readiness.cancel import Token
from readiness.dsp.steadiness import Course, Steadiness, analyse
from readiness.model.call import Transport
from readiness.model.errors import Cancelled, CannotMeasure, FailureCode
from readiness.model.watch import Beats
from readiness.ports import Choices, Need
from readiness.system.line import watch_run
from readiness.system.line.messages import Path, Step, WatchJob
from readiness.system.line.watching import LineWatch, octets, open_watch
from tests.fakes.line import measuring_server
from tests.fakes.reflector import Manners, reflector
from tests.fakes.stun_server import coturn

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.measurement import Scalar
    from readiness.system.line.messages import Message

pytestmark = pytest.mark.rig

QUICK: dict[str, Any] = {"answer_s": 0.6, "lost_s": 0.5, "tell_s": 0.2, "gentle_s": 0.1}


class Heard:
    """What a watch in this process tells."""

    def __init__(self) -> None:
        self.course = Course(interval_s=0.1)
        self.live: list[float | None] = []
        self.largest = 0

    def __call__(self, message: Message) -> None:
        """Take one message."""
        if isinstance(message, Beats):
            self.hear(message)
        elif isinstance(message, Step):
            self.live.append(message.value)

    def hear(self, beats: Beats) -> None:
        """Take some packets."""
        self.course.interval_s = beats.interval_s
        self.course.sent.extend(beats.sent)
        self.course.trips.extend(beats.trips)
        self.largest = max(self.largest, len(beats.sent))

    def found(self) -> Steadiness:
        """What the course tells."""
        found = analyse(self.course)
        assert found is not None
        return found


def _job(address: str, transport: Transport = Transport.STAMP, **changes: Any) -> WatchJob:  # noqa: ANN401 - fields of the job
    paths = (Path(transport=transport, address=address),)
    return WatchJob(paths=paths, **{**QUICK, "seconds": 4.0, **changes})


def _watch(job: WatchJob) -> tuple[Heard, dict[str, Scalar]]:
    heard = Heard()
    return heard, watch_run.measure(job, heard).summary


def _children() -> list[psutil.Process]:
    """Measuring children of this process."""
    every = psutil.Process().children()
    return [one for one in every if "readiness.system.line.child" in one.cmdline()]


def test_a_clean_line_answers_every_packet() -> None:
    with measuring_server() as address:
        heard, summary = _watch(_job(address, seconds=2.0))

    assert len(heard.course.sent) == 20
    assert heard.found().outages == ()
    assert None not in heard.course.trips
    assert (summary["transport"], summary["opened_anew"]) == ("stamp", 0)
    assert any(value is not None for value in heard.live)


def test_packets_are_as_long_as_those_of_a_call_and_leave_no_list_at_the_server() -> None:
    """The token is shorter than a call's, so that an hour takes no memory there."""
    with reflector() as (address, _, notes):
        _watch(_job(address, seconds=1.0))

    assert {len(packet) for packet in notes.packets} == {172}
    assert {int.from_bytes(packet[46:48], "big") for packet in notes.packets} == {8}


def test_silence_does_not_end_it_and_is_one_dropout() -> None:
    silent = frozenset(range(15, 35))
    with reflector(Manners(lose_up=silent)) as (address, _, _):
        heard, _ = _watch(_job(address, seconds=5.0))

    (one,) = heard.found().outages
    assert one.seconds == pytest.approx(2.0, abs=0.5)
    assert None in heard.live, "nothing is shown while nothing comes"


def test_answers_on_the_way_back_count_the_same() -> None:
    with reflector(Manners(lose_down=frozenset(range(15, 35)))) as (address, _, _):
        assert len(_watch(_job(address, seconds=5.0))[0].found().outages) == 1


def test_a_server_that_comes_back_at_another_port_is_found_again() -> None:
    """Hello says where the reflector is now."""
    one = Manners()
    with reflector(one) as (address, _, _), reflector() as (other, _, notes):
        new_port = int(other.rsplit(":", 1)[1])
        with_stamp = _stamp_port(new_port)

        def move() -> None:
            one.silent = True
            one.stamp_port = with_stamp

        timer = threading.Timer(1.5, move)
        timer.start()
        heard, summary = _watch(_job(address, seconds=6.0))
        timer.join()

    assert notes.packets
    assert int(summary["opened_anew"]) >= 1
    assert heard.course.trips[-1] is not None


def _stamp_port(web_port: int) -> int:
    from readiness.system.line.messages import CallJob
    from readiness.system.line.serve_client import hello

    job = CallJob(transport=Transport.STAMP, address=f"http://127.0.0.1:{web_port}")
    port = hello(job).stamp_port
    assert port is not None
    return port


def test_strangers_and_copies_change_nothing() -> None:
    manners = Manners(strangers=3, twice=frozenset(range(100)))
    with reflector(manners) as (address, _, _):
        heard, _ = _watch(_job(address, seconds=2.0))

    assert len(heard.course.sent) == 20
    assert heard.found().loss.value == 0


def test_a_reflector_alone_will_do() -> None:
    with reflector(Manners(stateless=True, no_session=True)) as (_, alone, _):
        assert _watch(_job(alone, seconds=1.0))[0].found().loss.value == 0


def test_a_public_server_is_asked_gently() -> None:
    with coturn() as address:
        heard, summary = _watch(_job(address, Transport.STUN, gentle_s=0.2, seconds=2.0))

    assert len(heard.course.sent) == 10
    assert heard.found().loss.value == 0
    assert summary["transport"] == "stun"
    assert WatchJob(paths=()).gentle_s >= 1, "once a second, unless a test is in a hurry"


def test_connections_serve_where_udp_does_not_pass() -> None:
    with reflector(Manners(silent=True)) as (address, _, _):
        job = _job(address, stall_s=0.5, seconds=2.0)
        paths = (*job.paths, Path(transport=Transport.TCP, address=address))
        heard, summary = _watch(WatchJob(paths=paths, **{**QUICK, "seconds": 2.0, "stall_s": 0.5}))

    assert (summary["transport"], summary["fell_back"]) == ("tcp", "stamp: udp-blocked")
    assert heard.found().outages == ()


@pytest.mark.parametrize(
    ("manners", "why"),
    [(Manners(silent=True), "udp-blocked"), (Manners(stamp_port=None), "no-reflector")],
)
def test_a_peer_that_never_answers_is_a_failure(manners: Manners, why: str) -> None:
    with reflector(manners) as (address, _, _), pytest.raises(CannotMeasure) as caught:
        _watch(_job(address, stall_s=0.5))

    assert caught.value.detail == why


@pytest.mark.parametrize("transport", [Transport.STAMP, Transport.TCP])
def test_nobody_there_is_a_failure_and_no_outage(transport: Transport) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(CannotMeasure):
            _watch(_job(address, transport, stall_s=0.5))


def test_a_computer_that_slept_is_told_apart_from_an_outage() -> None:
    """The clock that goes on while it sleeps jumps; the beat does not know."""
    asleep = 0.0

    def elapsed() -> float:
        return time.perf_counter() + asleep

    with measuring_server() as address:
        heard = Heard()
        job = _job(address, seconds=4.0)
        watch = watch_run.Watch(job.paths[0], job, heard, elapsed=elapsed)
        watch.begin()

        def sleep() -> None:
            nonlocal asleep
            asleep = 300.0

        timer = threading.Timer(2.0, sleep)
        timer.start()
        watch.go_on({})
        watch.end()
        timer.join()
    found = heard.found()

    assert found.outages == ()
    assert [one.seconds for one in found.pauses] == [pytest.approx(300, abs=1)]
    assert found.watched_s < 10


def test_a_helper_that_is_held_up_is_no_outage_of_the_line() -> None:
    """Stopped by the system for 2 s: nothing was sent, so nothing was lost."""
    with measuring_server() as address:
        heard = Heard()
        held = threading.Event()

        def hold(fraction: float, _value: float | None) -> None:
            if fraction > 0.2 and not held.is_set():
                held.set()
                (child,) = _children()
                child.suspend()
                threading.Timer(2.0, child.resume).start()

        LineWatch(Token(), _job(address, seconds=5.0)).run(heard.hear, hold)
    found = heard.found()

    assert found.outages == ()
    assert len(found.pauses) == 1


def test_stop_ends_it_and_leaves_no_child() -> None:
    with measuring_server() as address:
        token = Token()
        watch = LineWatch(token, _job(address, seconds=600.0))
        with pytest.raises(Cancelled):
            watch.run(lambda _beats: token.cancel(), lambda _fraction, _value: None)

    assert _children() == []


def test_stop_during_an_outage_ends_it_too() -> None:
    with reflector(Manners(until=10)) as (address, _, _):
        token = Token()
        watch = LineWatch(token, _job(address, seconds=600.0))

        def tell(fraction: float, value: float | None) -> None:
            if fraction > 0 and value is None:
                token.cancel()

        with pytest.raises(Cancelled):
            watch.run(lambda _beats: None, tell)


def test_a_helper_that_is_killed_is_a_failure() -> None:
    def kill(fraction: float, _value: float | None) -> None:
        if fraction > 0:
            (child,) = _children()
            os.kill(child.pid, signal.SIGKILL)

    with measuring_server() as address, pytest.raises(CannotMeasure) as caught:
        LineWatch(Token(), _job(address)).run(lambda _beats: None, kill)

    assert caught.value.detail == "helper-ended"


def test_what_is_told_comes_in_small_pieces() -> None:
    with measuring_server() as address:
        heard, _ = _watch(_job(address, seconds=3.0, interval_s=0.01))

    assert len(heard.course.sent) == 300
    assert heard.largest < 200


# --- what is agreed to ---------------------------------------------------------------------------

AGREED = Choices(consent=frozenset({Need.NETWORK}), server="http://192.0.2.7:8077")


def _why(choices: Choices) -> tuple[FailureCode, str]:
    with pytest.raises(CannotMeasure) as caught:
        open_watch(choices, Token())
    return caught.value.code, caught.value.detail


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"consent": frozenset()}, "no-consent"),
        ({"server": ""}, "no-server"),
        ({"minutes": 9.9}, "bad-minutes"),
        ({"minutes": 61}, "bad-minutes"),
        ({"minutes": float("nan")}, "bad-minutes"),
        ({"method": "nonsense"}, "unknown-method"),
        ({"method": "iperf3"}, "method-has-no-call"),
        ({"minutes": 60, "budget_mb": 14}, "budget-spent"),
    ],
)
def test_what_was_not_agreed_to_is_not_begun(changes: dict[str, Any], why: str) -> None:
    assert _why(replace(AGREED, **changes))[1] == why


def test_an_hour_takes_14_megabytes() -> None:
    job = WatchJob(paths=(Path(transport=Transport.STAMP, address="x"),), seconds=3600)

    assert octets(job) == pytest.approx(14.4e6)


@pytest.mark.parametrize("method", ["cloudflare", "ndt7", "speedtest-cli"])
def test_public_methods_have_a_way(method: str) -> None:
    made: Callable[[], LineWatch] = lambda: open_watch(  # noqa: E731 - one word for it
        replace(AGREED, server="", method=method), Token()
    )
    assert made().seconds == 600
