"""The serve client against the real server over a paced line, and against servers that misbehave.

A figure that is wrong is worse than none: every fault must become a failure that says which.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from readiness.cancel import Token
from readiness.model.errors import Cancelled, CannotMeasure, FailureCode
from readiness.server import Limits
from readiness.system.line.messages import ServeJob
from readiness.system.line.serve_line import ServeLine
from tests.fakes.line import measuring_server, relay
from tests.fakes.servers import PORTAL, garbage, hang_up, misbehaving, say, silence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.servers import Behaviour

pytestmark = pytest.mark.rig

DOWN, UP = 40.0, 20.0
PARTS = ("download", "upload", "call")


def _line(address: str, token: Token | None = None, **changes: object) -> ServeLine:
    job = ServeJob(part="", address=address, seconds=1.5, warm_up=0.4, bin_s=0.1, stall_s=1.0)
    for name, value in changes.items():
        job = ServeJob(**{**{f: getattr(job, f) for f in job.__struct_fields__}, name: value})
    return ServeLine(token or Token(), job)


def _quiet(_fraction: float, _rate: float | None) -> None:
    return


def _why(address: str, part: str) -> tuple[FailureCode, str]:
    with pytest.raises(CannotMeasure) as caught:
        getattr(_line(address), part)(_quiet)
    return caught.value.code, caught.value.detail


@pytest.fixture(scope="module")
def line() -> Iterator[str]:
    with measuring_server() as server, relay(server, down=DOWN, up=UP) as address:
        yield address


def test_download_is_the_pace_of_the_line(line: str) -> None:
    found = _line(line).download(_quiet)

    assert found.half_width is not None
    assert found.rate == pytest.approx(DOWN, abs=found.half_width + 0.05 * DOWN)
    assert found.summary["ended_by"] == "time"
    assert found.trace is not None


def test_upload_is_the_pace_of_the_line_counted_where_it_arrives(line: str) -> None:
    found = _line(line).upload(_quiet)

    assert found.half_width is not None
    assert found.rate == pytest.approx(UP, abs=found.half_width + 0.05 * UP)
    assert found.summary["counted_by"] == "receiver"


def test_progress_tells_the_rate_of_the_moment(line: str) -> None:
    told: list[float] = []
    _line(line).download(lambda _f, rate: told.append(rate) if rate is not None else None)

    assert told
    assert told[-1] == pytest.approx(DOWN, rel=0.3)


@pytest.mark.parametrize(("part", "budget"), [("download", 4_000_000), ("upload", 2_000_000)])
def test_no_more_data_than_the_budget_is_moved(line: str, part: str, budget: int) -> None:
    found = getattr(_line(line, budget=budget), part)(_quiet)

    assert found.summary["ended_by"] == "budget"
    assert found.summary["bytes"] <= budget


@pytest.mark.parametrize("part", ["download", "upload"])
def test_a_very_fast_line_gets_a_figure_within_its_budget(part: str) -> None:
    """Loopback without a pace: far faster than any line, and over in a moment."""
    with measuring_server() as server:
        found = getattr(_line(server, budget=120_000_000, seconds=8.0), part)(_quiet)

    assert found.rate > 100
    assert found.half_width is not None
    assert found.half_width >= 0.1 * found.rate or found.summary["ended_by"] == "time"


def test_a_transfer_too_short_for_a_call_beside_it_says_that_of_the_budget(line: str) -> None:
    found = _line(line, budget=4_000_000, warm_up=2.0).download(_quiet)

    assert (found.summary["ended_by"], found.loaded) == ("budget", None)
    assert found.summary["call_beside"] == "budget-spent"


def test_a_budget_too_small_for_a_figure_gives_none(line: str) -> None:
    with pytest.raises(CannotMeasure, match="budget-spent"):
        _line(line, budget=100_000).download(_quiet)


def test_the_evidence_does_not_name_the_server(line: str) -> None:
    assert "127.0.0.1" not in str(_line(line).download(_quiet).summary)


FAULTS: dict[str, tuple[Behaviour, FailureCode, str]] = {
    "never-answers": (silence, FailureCode.TIMED_OUT, "stalled"),
    "garbage": (garbage, FailureCode.UNREACHABLE, "garbage-answer"),
    "hangs-up": (hang_up, FailureCode.UNREACHABLE, "connection-reset"),
    "redirect": (
        say("302 Found", b"", "Location: http://login.example/"),
        FailureCode.UNREACHABLE,
        "captive-portal",
    ),
    "login-page": (
        say("200 OK", PORTAL, "Content-Type: text/html"),
        FailureCode.UNREACHABLE,
        "captive-portal",
    ),
    "login-page-511": (
        say("511 Network Authentication Required", PORTAL),
        FailureCode.UNREACHABLE,
        "captive-portal",
    ),
    "another-service": (
        say("200 OK", b'{"hello": "world"}', "Content-Type: application/json"),
        FailureCode.UNREACHABLE,
        "garbage-answer",
    ),
    "nested-without-end": (
        say("200 OK", b"[" * 4000, "Content-Type: application/json"),
        FailureCode.UNREACHABLE,
        "garbage-answer",
    ),
    "echoes-nothing": (
        say(
            "200 OK",
            b'{"service": "readiness-serve", "token": "x", "protocol": 1,'
            b' "congestion": "", "version": "1"}',
            "Content-Type: application/json",
        ),
        FailureCode.UNREACHABLE,
        "garbage-answer",
    ),
    "not-found": (say("404 Not Found"), FailureCode.UNREACHABLE, "garbage-answer"),
    "forbidden": (say("403 Forbidden"), FailureCode.UNREACHABLE, "refused-by-server"),
    "too-many": (say("429 Too Many Requests"), FailureCode.UNREACHABLE, "server-busy"),
    "cut-short": (say("200 OK\r\nContent-Length: 900", b"{"), FailureCode.UNREACHABLE, "truncated"),
}


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "cut-short"])
@pytest.mark.parametrize("part", PARTS)
def test_a_server_that_is_none_gives_no_figure(fault: str, part: str) -> None:
    behave, code, detail = FAULTS[fault]
    with misbehaving(behave) as address:
        assert _why(address, part) == (code, detail)


def _after_hello(spoil: bytes) -> object:
    """Let the greeting pass and answer everything after it with ``spoil``."""

    def meddle(piece: bytes, passed: int) -> bytes | None:
        return piece if passed == 0 and b"readiness-serve" in piece else spoil or None

    return meddle


@pytest.mark.parametrize("part", ["download", "upload"])
@pytest.mark.parametrize(
    ("spoil", "detail"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "refused-by-server"),
        (b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n", "server-busy"),
        (b"HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n", "captive-portal"),
        (b"\x00\x01\x02 nonsense", "garbage-answer"),
        (b"", "connection-reset"),
    ],
)
def test_a_server_that_turns_bad_after_the_greeting_gives_no_figure(
    part: str, spoil: bytes, detail: str
) -> None:
    """Above all an upload that is refused: it must never look like a fast one."""
    with (
        measuring_server() as server,
        relay(server, meddle=_after_hello(spoil)) as address,  # type: ignore[arg-type]  # it fits
    ):
        assert _why(address, part)[1] == detail


def test_a_download_that_is_cut_in_the_middle_gives_no_figure() -> None:
    def cut(piece: bytes, passed: int) -> bytes | None:
        return None if passed > 300_000 else piece

    with measuring_server() as server, relay(server, meddle=cut) as address:
        assert _why(address, "download") == (FailureCode.UNREACHABLE, "truncated")


def test_a_line_that_goes_dead_gives_no_figure() -> None:
    """Nothing arrives any more, though no connection is closed."""

    def dead(piece: bytes, passed: int) -> bytes | None:
        return b"" if passed > 300_000 else piece

    with measuring_server() as server, relay(server, meddle=dead) as address:
        assert _why(address, "download") == (FailureCode.TIMED_OUT, "stalled")


def test_a_server_that_counts_more_than_was_sent_is_not_believed() -> None:
    def flatter(piece: bytes, _passed: int) -> bytes | None:
        return piece.replace(b'"bytes": ', b'"bytes": 9')

    with measuring_server() as server, relay(server, meddle=flatter) as address:
        assert _why(address, "upload") == (FailureCode.UNREACHABLE, "garbage-answer")


def test_a_server_whose_limit_is_reached_gives_no_figure() -> None:
    with measuring_server(Limits(bytes_per_client=1_000_000)) as server, relay(server) as address:
        assert _why(address, "download") == (FailureCode.UNREACHABLE, "server-busy")


def test_a_server_that_is_not_there_is_told_from_a_name_that_is_not_there() -> None:
    with misbehaving(hang_up) as address:
        pass
    assert _why(address, "download") == (FailureCode.UNREACHABLE, "connection-refused")
    assert _why("http://nowhere.invalid:80", "download")[1] == "dns-failure"


def test_plain_text_where_encryption_was_asked_is_a_tls_failure(line: str) -> None:
    secure = line.replace("http:", "https:")

    assert _why(secure, "download") == (FailureCode.UNREACHABLE, "tls-failure")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("after", [0.0, 0.6])
def test_stop_ends_it_and_leaves_no_child(line: str, part: str, after: float) -> None:
    me = psutil.Process()
    before = {child.pid for child in me.children(recursive=True)}
    token = Token()
    pressed: list[float] = []

    def press() -> None:
        pressed.append(time.monotonic())
        token.cancel()

    timer = threading.Timer(after, press)
    timer.start()
    with pytest.raises(Cancelled):
        getattr(_line(line, token, seconds=20.0), part)(_quiet)
    timer.join()

    assert {child.pid for child in me.children(recursive=True)} == before


def test_after_stop_nothing_is_sent_any_more() -> None:
    """A killed child's upload would otherwise go on out of the system's buffers for seconds."""
    with measuring_server() as server, relay(server, down=DOWN, up=8.0) as address:
        token = Token()
        threading.Timer(0.8, token.cancel).start()
        with pytest.raises(Cancelled):
            _line(address, token, seconds=20.0).upload(_quiet)

        found = _line(address).upload(_quiet)

    assert found.rate == pytest.approx(8.0, rel=0.3)
