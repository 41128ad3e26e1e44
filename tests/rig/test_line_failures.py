"""The failure list for a measuring server: no wrong figure, and a reason in time.

Here with the patience that the product has; single faults in depth: ``test_line_loopback.py``
(transfers), ``test_call_stamp.py`` (the stream of a call).
"""

from __future__ import annotations

import json
import re
import time
import urllib.request
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from readiness.call_figures import Found, figures
from readiness.cancel import Token
from readiness.model.call import Transport
from readiness.model.errors import CannotMeasure
from readiness.system.line import call_run
from readiness.system.line.messages import CallJob, ServeJob
from readiness.system.line.serve_line import ServeLine
from tests.fakes.caching_proxy import by_path, by_target, caching_proxy, downloads_by_size
from tests.fakes.line import measuring_server, relay
from tests.fakes.reflector import Manners, reflector
from tests.fakes.servers import PORTAL, hang_up, misbehaving, say, silence

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from tests.fakes.line import Meddle
    from tests.fakes.servers import Behaviour

pytestmark = pytest.mark.rig

TRANSFERS = ("download", "upload")
PARTS = (*TRANSFERS, "call")
LIMIT_S = 15.0
"""Asked: a reason within so many seconds."""

DOWN, UP = 20.0, 20.0
SHORT = {"seconds": 3.5, "warm_up": 1.0, "stall_s": 2.0}


def _line(address: str, **changes: float) -> ServeLine:
    return ServeLine(Token(), ServeJob(part="", address=address, **changes))  # type: ignore[arg-type]  # by name


def _why(address: str, part: str, **changes: float) -> str:
    """The reason, which must come in time."""
    begun = time.monotonic()
    with pytest.raises(CannotMeasure) as caught:
        getattr(_line(address, **changes), part)(lambda _fraction, _now: None)
    assert time.monotonic() - begun < LIMIT_S
    return caught.value.detail


def _trickle(sock: socket.socket, _head: bytes) -> None:
    """An answer that never ends, a little at a time."""
    sock.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        sock.sendall(b"X-More: 1\r\n")
        time.sleep(0.5)


def _half(sock: socket.socket, _head: bytes) -> None:
    """A body that ends early."""
    sock.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"service"')


STRANGERS: dict[str, tuple[Behaviour, str]] = {
    "403": (say("403 Forbidden"), "refused-by-server"),
    "404": (say("404 Not Found"), "garbage-answer"),
    "429": (say("429 Too Many Requests"), "server-busy"),
    "reset": (hang_up, "connection-reset"),
    "captive-portal": (say("200 OK", PORTAL, "Content-Type: text/html"), "captive-portal"),
    "truncated": (_half, "truncated"),
    "stall": (silence, "stalled"),
    "trickle": (_trickle, "stalled"),
}


@pytest.mark.parametrize("fault", list(STRANGERS))
@pytest.mark.parametrize("part", PARTS)
def test_a_server_that_fails_at_once_gives_its_reason_in_time(fault: str, part: str) -> None:
    behave, detail = STRANGERS[fault]
    with misbehaving(behave) as address:
        assert _why(address, part) == detail


@pytest.mark.parametrize("part", PARTS)
def test_nobody_there_and_no_such_name_are_told_apart(part: str) -> None:
    with misbehaving(hang_up) as address:
        pass
    assert _why(address, part) == "connection-refused"
    assert _why("http://nowhere.invalid:80", part) == "dns-failure"


def _after(octets: int, then: bytes | None) -> Meddle:
    """So many octets as they are, then ``then`` in place of everything; none: cut off."""
    return lambda piece, passed: piece if passed < octets else then


@pytest.mark.parametrize(
    ("then", "detail"), [(None, "truncated"), (b"", "stalled")], ids=["reset", "stall"]
)
def test_a_download_that_breaks_off_gives_no_figure(then: bytes | None, detail: str) -> None:
    with (
        measuring_server() as server,
        relay(server, down=DOWN, meddle=_after(200_000, then)) as line,
    ):
        assert _why(line, "download") == detail


@pytest.mark.parametrize(
    ("then", "details"),
    [(None, {"truncated", "connection-reset"}), (b"", {"stalled"})],
    ids=["reset", "stall"],
)
def test_an_upload_whose_reports_break_off_gives_no_figure(
    then: bytes | None, details: set[str]
) -> None:
    with measuring_server() as server, relay(server, up=UP, meddle=_after(2_000, then)) as line:
        assert _why(line, "upload") in details


# --- a store on the way ---

OLD = "0123456789abcdef"


@pytest.mark.parametrize("part", PARTS)
def test_an_old_greeting_from_a_store_is_none(part: str) -> None:
    with measuring_server() as server, caching_proxy(server, by_path) as address:
        for _ in range(2):
            said = urllib.request.urlopen(f"{address}/readiness/hello?token={OLD}").read()  # noqa: S310 - the test's own proxy
            assert OLD.encode() in said
        assert _why(address, part) == "garbage-answer"


def test_a_download_from_a_store_gives_no_figure() -> None:
    """The second answer of the same size comes out of memory, far faster than the line."""
    with (
        measuring_server() as server,
        relay(server, down=DOWN) as line,
        caching_proxy(line, downloads_by_size) as address,
    ):
        assert _why(address, "download", budget=3_000_000) == "cached-answer"


def test_a_store_that_keeps_whole_addresses_never_sees_one_twice() -> None:
    with (
        measuring_server() as server,
        relay(server, down=DOWN) as line,
        caching_proxy(line, by_target) as address,
    ):
        for _ in range(2):
            found = _line(address, **SHORT, budget=12_000_000).download(
                lambda _fraction, _now: None
            )
            assert found.half_width is not None
            assert found.rate < DOWN * 1.2 + found.half_width


# --- a server whose count or clock is wrong ---

_REPORT = re.compile(rb'\{"t": ([0-9.]+), "bytes": ([0-9]+)\}')


def _reports(change: Callable[[float, int], tuple[float, int]]) -> Meddle:
    """The server's reports of an upload with another time and another count."""

    def changed(match: re.Match[bytes]) -> bytes:
        moment, count = change(float(match[1]), int(match[2]))
        return json.dumps({"t": moment, "bytes": count}).encode("ascii")

    return lambda piece, _passed: _REPORT.sub(changed, piece)


LIES: dict[str, tuple[Callable[[float, int], tuple[float, int]], str]] = {
    "twice-as-much": (lambda t, n: (t, 2 * n), "garbage-answer"),
    "before-anything-was-sent": (lambda t, n: (t, n + 50_000_000), "garbage-answer"),
    "goes-back": (lambda t, n: (t, n if int(t * 4) % 2 else n // 2), "garbage-answer"),
    "stuck": (lambda t, n: (t, min(n, 200_000)), "stalled"),
    "never-anything": (lambda t, _n: (t, 0), "stalled"),
    "a-third": (lambda t, n: (t, n // 3), "garbage-answer"),
    "clock-stands": (lambda _t, n: (1.0, n), "server-clock"),
    "clock-half": (lambda t, n: (t / 2, n), "server-clock"),
    "clock-twice": (lambda t, n: (2 * t, n), "server-clock"),
    "clock-10-percent-slow": (lambda t, n: (0.9 * t, n), "server-clock"),
    "clock-10-percent-fast": (lambda t, n: (1.1 * t, n), "server-clock"),
    "clock-set-ahead": (lambda t, n: (t + 3 * (t > 1), n), "server-clock"),
    "clock-set-a-second-ahead": (lambda t, n: (t + (t > 1.5), n), "server-clock"),
    "clock-set-back": (lambda t, n: (t - (t > 2), n), "garbage-answer"),
    "clock-in-no-number": (lambda _t, n: (float("nan"), n), "garbage-answer"),
    "clock-at-the-end-of-time": (lambda _t, n: (1e308, n), "server-clock"),
}


@pytest.mark.parametrize("lie", list(LIES))
def test_reports_of_an_upload_that_cannot_be_true_give_no_figure(lie: str) -> None:
    change, detail = LIES[lie]
    with (
        measuring_server() as server,
        relay(server, up=UP, meddle=_reports(change)) as line,
    ):
        assert _why(line, "upload", **SHORT) == detail


def test_a_clock_that_is_a_little_wrong_widens_what_is_stated() -> None:
    with (
        measuring_server() as server,
        relay(server, up=UP, meddle=_reports(lambda t, n: (0.97 * t, n))) as line,
    ):
        found = _line(line, **SHORT).upload(lambda _fraction, _now: None)

    assert found.half_width is not None
    assert found.half_width >= 0.03 * found.rate


# --- the stream of a call ---


def _call(manners: Manners) -> dict[str, object]:
    with reflector(manners) as (address, _, _):
        job = CallJob(transport=Transport.STAMP, address=address, packets=300, interval_s=0.005)
        return dict(figures(call_run.measure(job, lambda _message: None).stream))


OF_TIMES = ("line.jitter", "line.jitter_up", "line.jitter_down", "line.late", "line.mos")
OF_COUNTS = ("line.loss", "line.loss_up", "line.loss_down", "line.loss_burst", "line.reordering")


@pytest.mark.parametrize(
    "clock",
    [
        lambda sequence: 0.05 * 0.005 * sequence,
        lambda sequence: -0.5 * 0.005 * sequence,
        lambda sequence: 0.005 * sequence,
        lambda sequence: 2.0 * (sequence > 150),
        lambda sequence: -2.0 * (sequence > 150),
    ],
    ids=["5-percent-fast", "half", "twice", "set-ahead", "set-back"],
)
def test_a_peer_with_a_wrong_clock_gives_no_figure_that_rests_on_it(
    clock: Callable[[int], float],
) -> None:
    told = _call(Manners(clock=clock))

    assert {_detail(told[name]) for name in OF_TIMES} == {"peer-clock-wrong"}
    assert all(isinstance(told[name], Found) for name in OF_COUNTS)
    trip = told["line.round_trip_median"]
    assert isinstance(trip, Found)
    assert 0 <= trip.value < 1000


@pytest.mark.parametrize(
    "report",
    [
        lambda received: {"received": [*received, [9999, received[-1][1]]]},
        lambda received: {"received": [*received, *received]},
        lambda received: {"received": received[: len(received) // 2]},
        lambda _received: {"received": []},
        lambda received: {"received": [[n, t * 100] for n, t in received]},
    ],
    ids=["too-many", "all-again", "half", "nothing", "another-clock"],
)
def test_a_peer_that_lies_about_what_arrived_is_not_believed(
    report: Callable[[list[list[int]]], object],
) -> None:
    told = _call(Manners(report=report))

    assert {_detail(told[name]) for name in ("line.loss_up", "line.loss_down")} <= {"report-wrong"}
    assert not isinstance(told["line.mos"], Found)


def test_blocked_udp_is_a_reason_and_no_figure_of_a_call() -> None:
    told = _call(Manners(silent=True))

    open_ = Counter(_detail(told[name]) for name in (*OF_TIMES, *OF_COUNTS))
    assert open_ == {"udp-blocked": len(OF_TIMES) + len(OF_COUNTS)}


def _detail(found: object) -> str:
    return found.detail if isinstance(found, CannotMeasure) else f"a figure: {found}"
