"""The iperf3 line against the real ``iperf3 -s`` over a paced line, and against what is none."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psutil
import pytest

from readiness.cancel import Token
from readiness.model.errors import Cancelled, CannotMeasure
from readiness.system.line.iperf3 import Iperf3Line, Plan, address, ceiling, plan
from tests.fakes.line import relay
from tests.fakes.servers import hang_up, misbehaving, silence

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.rig

DOWN, UP = 40.0, 20.0
BUDGET = 40_000_000
LIMIT_S = 20.0
BOTH = ("download", "upload")


@contextlib.contextmanager
def iperf3_process() -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run ``iperf3 -s`` on a free port; yields ``HOST:PORT`` and the process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = ["iperf3", "-s", "-B", "127.0.0.1", "-p", str(port), "--forceflush"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        while "listening" not in server.stdout.readline():
            assert server.poll() is None
        reader = threading.Thread(target=server.stdout.read, daemon=True)
        reader.start()
        try:
            yield f"127.0.0.1:{port}", server
        finally:
            server.kill()
            reader.join(timeout=5)


@contextlib.contextmanager
def iperf3_server() -> Iterator[str]:
    """Run ``iperf3 -s``; yields ``HOST:PORT``."""
    with iperf3_process() as (there, _):
        yield there


@contextlib.contextmanager
def paced(server: str) -> Iterator[str]:
    """Put a line of known pace before the server."""
    with relay(f"http://{server}", down=DOWN, up=UP) as line:
        yield urlsplit(line).netloc


def _line(server: str, *, budget: int = BUDGET, token: Token | None = None) -> Iperf3Line:
    return Iperf3Line(token or Token(), server=server, budget=budget)


def _quiet(_fraction: float, _rate: float | None) -> None:
    return


def _why(server: str, part: str = "download") -> str:
    begun = time.monotonic()
    with pytest.raises(CannotMeasure) as caught:
        getattr(_line(server), part)(_quiet)
    assert time.monotonic() - begun < LIMIT_S
    return caught.value.detail


@pytest.mark.parametrize(("part", "pace"), [("download", DOWN), ("upload", UP)])
def test_the_figure_is_the_pace_of_the_line(part: str, pace: float) -> None:
    with iperf3_server() as server, paced(server) as line:
        found = getattr(_line(line), part)(_quiet)

    assert found.half_width is not None
    assert found.rate == pytest.approx(pace, abs=found.half_width + 0.05 * pace)
    assert found.summary["counted_by"] == "receiver"


def test_a_line_too_fast_for_its_budget_by_time_is_measured_by_amount() -> None:
    """Loopback without a pace."""
    with iperf3_server() as server:
        found = _line(server, budget=100_000_000).download(_quiet)

    assert found.rate > 100
    assert found.summary["ended_by"] == "budget"
    assert isinstance(found.summary["bytes"], int)
    assert found.summary["bytes"] <= 80_000_000 * 1.05


def test_a_server_that_measures_somebody_else_is_busy() -> None:
    with iperf3_server() as server:
        host, _, port = server.partition(":")
        other = ["iperf3", "-c", host, "-p", port, "-t", "20", "-b", "1M", "--forceflush"]
        with subprocess.Popen(other, stdout=subprocess.PIPE, text=True) as first:
            assert first.stdout is not None
            while "connected" not in first.stdout.readline():
                assert first.poll() is None
            detail = _why(server)
            first.kill()

    assert detail == "server-busy"


def test_a_server_that_is_not_there_is_told_from_a_name_that_is_not_there() -> None:
    with misbehaving(hang_up) as gone:
        pass
    assert _why(urlsplit(gone).netloc) == "connection-refused"
    assert _why("nowhere.invalid:5201") == "dns-failure"


def test_what_never_answers_gives_no_figure() -> None:
    with misbehaving(silence) as there:
        assert _why(urlsplit(there).netloc, "upload") == "stalled"


def test_a_server_that_dies_in_the_middle_gives_no_figure() -> None:
    with iperf3_process() as (server, process), paced(server) as line:
        timer = threading.Timer(3.0, process.kill)
        timer.start()
        detail = _why(line)
        timer.join()

    assert detail in ("connection-reset", "connection-refused", "garbage-answer", "stalled")


def test_stop_leaves_no_iperf3_behind() -> None:
    with iperf3_server() as server:
        me = psutil.Process()
        before = {child.pid for child in me.children(recursive=True)}
        token = Token()
        threading.Timer(0.5, token.cancel).start()
        with pytest.raises(Cancelled):
            _line(server, token=token, budget=10**12).download(_quiet)
        left = {child.pid for child in me.children(recursive=True)} - before

    assert left == set()


def test_without_the_program_there_is_no_figure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr("readiness.system.tool._POSIX_FOLDERS", (str(tmp_path),))
    monkeypatch.setenv("PATH", f"{tmp_path}:relative")

    assert _why("127.0.0.1:5201") == "iperf3-missing"


def test_a_budget_too_small_for_a_figure_gives_none() -> None:
    with pytest.raises(CannotMeasure, match="budget-spent"):
        _line("127.0.0.1:1", budget=1_000_000).download(_quiet)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("speed.example:5202", ("speed.example", 5202)),
        ("speed.example", ("speed.example", 5201)),
        ("[2001:db8::1]:81", ("2001:db8::1", 81)),
    ],
)
def test_an_address_is_read(text: str, found: tuple[str, int]) -> None:
    assert address(text) == found


@pytest.mark.parametrize(
    "text", ["", "-c:5201", "--logfile=x", "host:99999", "http://host", "a b", "me@host", "h/x"]
)
def test_an_address_that_is_none_is_said_so(text: str) -> None:
    with pytest.raises(CannotMeasure, match="bad-address"):
        address(text)


def test_the_time_is_cut_to_the_budget() -> None:
    """100 MB, 80 % of them for the measurement: 640 Mbit; at twice 80 Mbit/s they last 4 s."""
    assert plan(100_000_000, 80e6) == Plan(seconds=3, omit=1, ceiling=160e6)


def test_a_slow_line_gets_the_whole_time() -> None:
    """At most 10 s, the first 2 of which do not count."""
    assert plan(100_000_000, 1e6) == Plan(seconds=8, omit=2, ceiling=64e6)


def test_a_line_as_fast_as_the_quick_look_allows_is_measured_by_amount() -> None:
    assert plan(100_000_000, ceiling(100_000_000)) == Plan(amount=80_000_000)


ERRORS = {
    "unable to connect to server: Connection refused": "connection-refused",
    "unable to connect to server: Name or service not known": "dns-failure",
    "unable to connect to server: Network is unreachable": "no-network",
    "unable to connect to server: Connection timed out": "stalled",
    "the server is busy running a test. try again later": "server-busy",
    "test authorization failed": "refused-by-server",
    "unable to send cookie to server: Connection reset by peer": "connection-refused",
    "control socket has closed unexpectedly": "connection-reset",
    "the server has terminated": "connection-reset",
    "idle timeout for receiving data": "stalled",
    "something nobody has heard of": "iperf3-failed",
}
"""As iperf3 3.12 writes them (``iperf_strerror``)."""


@pytest.mark.parametrize("said", ERRORS)
def test_every_error_of_iperf3_is_named(said: str) -> None:
    from readiness.system.line.iperf3 import _understood

    with pytest.raises(CannotMeasure) as caught:
        _understood(json.dumps({"start": {}, "intervals": [], "end": {}, "error": said}))

    assert caught.value.detail == ERRORS[said]
