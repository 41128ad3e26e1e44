"""Round trips by STUN against coturn, by HTTP and TCP against the product's own server."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest

from readiness.dsp.call_stream import analyse
from readiness.model.call import Transport
from readiness.model.errors import CannotMeasure
from readiness.system.line import call_run
from readiness.system.line.messages import CallJob
from tests.fakes.line import measuring_server, relay
from tests.fakes.servers import misbehaving, silence
from tests.fakes.stun_server import coturn, udp_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.model.call import CallStream
    from tests.fakes.stun_server import Answer

pytestmark = pytest.mark.rig


def _call(transport: Transport, address: str, **changes: Any) -> CallStream:  # noqa: ANN401 - fields of the job
    fields: dict[str, Any] = {"packets": 12, "linger_s": 0.3, "stall_s": 0.5, "connect_s": 1.0}
    job = CallJob(transport=transport, address=address, **{**fields, **changes})
    return call_run.measure(job, lambda _message: None).stream


def _why(transport: Transport, address: str, **changes: Any) -> str:  # noqa: ANN401 - fields of the job
    with pytest.raises(CannotMeasure) as caught:
        _call(transport, address, **changes)
    return caught.value.detail


@pytest.fixture(scope="module")
def stun() -> Iterator[str]:
    with coturn() as address:
        yield address


def test_coturn_answers_every_request(stun: str) -> None:
    stream = _call(Transport.STUN, stun)
    found = analyse(stream)

    assert (stream.transport, stream.payload) == (Transport.STUN, 20)
    assert found.loss_round_trip is not None
    assert (found.loss_round_trip.value, found.loss_round_trip.samples) == (0, 12)
    assert found.median is not None
    assert 0 < found.median.value < 1000
    assert found.up.loss is found.down.jitter is None
    assert "127.0.0.1" not in str(stream.summary)


def test_it_is_gentle_whatever_is_asked(stun: str) -> None:
    """Ten a second at most, at moments that vary."""
    stream = _call(Transport.STUN, stun, interval_s=0.001)
    gaps = {round(b - a, 4) for a, b in zip(stream.sent, stream.sent[1:], strict=False)}

    assert stream.sent[-1] >= 11 * 0.09 - 0.05
    assert len(gaps) > 5


def test_the_next_server_is_asked_where_one_is_silent(stun: str) -> None:
    with udp_server(lambda _data: None) as dead:
        stream = _call(Transport.STUN, f"{dead}, no-such-name.invalid:3478, {stun}")

    assert analyse(stream).median is not None


def _binding(data: bytes, *, kind: int = 0x0101, transaction: bytes = b"") -> bytes:
    """A success with XOR-MAPPED-ADDRESS, by hand after RFC 8489."""
    body = bytes.fromhex("0020 0008 0001 a147 e112 a643")
    head = kind.to_bytes(2, "big") + len(body).to_bytes(2, "big") + bytes.fromhex("2112a442")
    return head + (transaction or data[8:20]) + body


def test_lost_answers_are_counted() -> None:
    seen: list[bytes] = []

    def every_third(data: bytes) -> bytes | None:
        seen.append(data)
        return None if len(seen) % 3 == 0 else _binding(data)

    with udp_server(every_third) as address:
        found = analyse(_call(Transport.STUN, address))

    assert found.loss_round_trip is not None
    assert found.loss_round_trip.value == pytest.approx(100 / 3)
    assert len(set(seen)) == 12


LIES: dict[str, Answer] = {
    "silence": lambda _data: None,
    "echo": lambda data: data,
    "garbage": lambda _data: b"\x00\x01\x02",
    "another-transaction": lambda data: _binding(data, transaction=b"x" * 12),
    "no-address": lambda data: b"\x01\x01\x00\x00" + data[4:20],
    "no-cookie": lambda data: _binding(data)[:4] + bytes(4) + _binding(data)[8:],
    "cut-short": lambda data: _binding(data)[:-4],
    "attribute-over-the-end": lambda data: _binding(data)[:22] + b"\xff\xff" + _binding(data)[24:],
}


@pytest.mark.parametrize("lie", LIES, ids=list(LIES))
def test_what_is_no_answer_to_our_question_is_none(lie: str) -> None:
    with udp_server(LIES[lie]) as address:
        assert _why(Transport.STUN, address) == "udp-blocked"


def test_a_server_that_refuses_is_said_so() -> None:
    with udp_server(lambda data: _binding(data, kind=0x0111)) as address:
        assert _why(Transport.STUN, address) == "refused-by-server"


def test_a_server_that_has_enough_of_us_is_no_loss_of_the_line() -> None:
    count: list[int] = []

    def enough(data: bytes) -> bytes:
        count.append(1)
        return _binding(data, kind=0x0101 if len(count) < 8 else 0x0111)

    with udp_server(enough) as address:
        assert _why(Transport.STUN, address) == "server-busy"


@pytest.mark.parametrize("address", ["", "host", "host:port", "http://host:1", "host:0"])
def test_an_address_that_is_none_is_said_so(address: str) -> None:
    assert _why(Transport.STUN, address) == "bad-address"


def test_round_trips_over_http_are_as_many_as_asked() -> None:
    with measuring_server() as server, relay(server) as address:
        stream = _call(Transport.HTTP, address)
        found = analyse(stream)

    assert len(stream.round_trips()) == 12
    assert stream.summary["protocol"] == "http over tcp"
    assert "udp" not in stream.summary
    assert found.loss_round_trip is None


@pytest.mark.parametrize(
    ("spoil", "detail"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "refused-by-server"),
        (b"HTTP/1.1 302 Found\r\nLocation: /login\r\n\r\n", "captive-portal"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlies", "garbage-answer"),
        (b"\x00\x01\x02 nonsense", "garbage-answer"),
        (b"", "connection-reset"),
    ],
)
def test_a_server_that_turns_bad_after_the_greeting_gives_no_round_trip(
    spoil: bytes, detail: str
) -> None:
    def meddle(piece: bytes, passed: int) -> bytes | None:
        return piece if passed == 0 and b"readiness-serve" in piece else spoil or None

    with measuring_server() as server, relay(server, meddle=meddle) as address:
        assert _why(Transport.HTTP, address) == detail


def test_a_proxy_that_gives_back_old_answers_gives_no_round_trip() -> None:
    kept: list[bytes] = []

    def cache(piece: bytes, _passed: int) -> bytes:
        if b"readiness-serve" in piece:
            return piece
        kept.append(piece)
        return kept[0]

    with measuring_server() as server, relay(server, meddle=cache) as address:
        assert _why(Transport.HTTP, address) == "garbage-answer"


def test_handshakes_are_timed() -> None:
    with misbehaving(silence) as address:
        stream = _call(Transport.TCP, address.removeprefix("http://"))

    assert len(stream.round_trips()) == 12
    assert analyse(stream).loss_round_trip is None


def test_nobody_there_is_no_handshake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    assert _why(Transport.TCP, f"127.0.0.1:{port}") == "connection-refused"
