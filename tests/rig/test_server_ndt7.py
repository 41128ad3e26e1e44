"""The ndt7 endpoints: M-Lab's own client finds a figure; what breaks the protocol is ended."""

from __future__ import annotations

import json
import secrets
import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from readiness.server import Limits, frames
from tests.fakes.line import measuring_server, relay
from tests.fakes.tls import certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.rig

NDT7 = Subprotocol("net.measurementlab.ndt.v7")
RUNNER = Path(__file__).with_name("ndt7_official.js")
DOWN, UP = 16.0, 8.0
SECONDS = 1.5
PIECE = 1 << 13


# --- the official client ---


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Node packages: the official client, and a WebSocket for versions of Node without one."""
    folder = tmp_path_factory.mktemp("ndt7")
    npm = shutil.which("npm")
    assert npm, "npm is needed: the oracle of this test comes from there"
    command = [npm, "install", "--no-audit", "--no-fund", "@m-lab/ndt7", "ws"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=100)
    return folder


def _official(
    packages: Path, address: str, environment: dict[str, str] | None = None
) -> dict[str, Any]:
    node = shutil.which("node")
    assert node
    parts = urlsplit(address)
    scheme = {"http": "ws", "https": "wss"}[parts.scheme]
    told = subprocess.run(
        [node, str(RUNNER), str(packages), parts.netloc, scheme],
        capture_output=True,
        text=True,
        check=True,
        timeout=90,
        env=environment,
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def test_the_official_client_finds_the_pace_of_the_line(packages: Path) -> None:
    with measuring_server() as server, relay(server, down=DOWN, up=UP) as line:
        found = _official(packages, line)

    assert (found["errors"], found["code"]) == ([], 0)
    down = found["download"]["LastClientMeasurement"]["MeanClientMbps"]
    assert down == pytest.approx(DOWN, rel=0.2)
    counted = found["upload"]["LastServerMeasurement"]
    up = 8 * counted["AppInfo"]["NumBytes"] / counted["AppInfo"]["ElapsedTime"]  # B/us => Mbit/s
    assert up == pytest.approx(UP, rel=0.2)
    # What the kernel counted holds the frames' heads too, and is no less.
    assert counted["TCPInfo"]["BytesReceived"] >= counted["AppInfo"]["NumBytes"]


def test_the_official_client_is_served_over_tls(packages: Path, tmp_path: Path) -> None:
    pem = certificate(tmp_path)
    node = Path(shutil.which("node") or "").parent
    environment = {"NODE_EXTRA_CA_CERTS": str(pem), "PATH": str(node)}
    with measuring_server(Limits(ndt7_seconds=2), certificate=pem) as server:
        found = _official(packages, server, environment)

    assert (found["errors"], found["code"]) == ([], 0)
    assert found["download"]["LastClientMeasurement"]["NumBytes"] > 0
    assert found["upload"]["LastServerMeasurement"]["AppInfo"]["NumBytes"] > 0


# --- the protocol, spoken by the package websockets ---


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with measuring_server(Limits(ndt7_seconds=SECONDS)) as address:
        yield address.replace("http", "ws")


def _open(server: str, test: str) -> ClientConnection:
    return connect(
        f"{server}/ndt/v7/{test}",
        subprotocols=[NDT7],
        compression=None,
        max_size=None,
        proxy=None,
        open_timeout=5,
    )


def test_a_download_is_load_with_measurements_between(server: str) -> None:
    with _open(server, "download") as link:
        assert link.subprotocol == NDT7
        messages = list(link)
        assert link.close_code == 1000

    load = [len(one) for one in messages if isinstance(one, bytes)]
    said = [json.loads(one) for one in messages if isinstance(one, str)]
    assert load[0] == 1 << 13
    assert all(size & (size - 1) == 0 for size in load)  # powers of two, as they should be
    assert load == sorted(load)
    assert (1 << 10) <= min(load) <= max(load) <= (1 << 24)
    assert all(one["Origin"] == "server" and one["Test"] == "download" for one in said)
    # Four a second, and one at the end.
    assert len(said) >= 2
    assert said[-1]["AppInfo"]["NumBytes"] <= sum(load)
    assert said[-1]["AppInfo"]["ElapsedTime"] >= (SECONDS - 0.1) * 1e6


def test_a_measurement_names_both_ends_and_what_the_kernel_knows(server: str) -> None:
    with _open(server, "download") as link:
        said = next(json.loads(one) for one in link if isinstance(one, str))
        near, far = link.local_address, link.remote_address

    assert said["ConnectionInfo"] == {
        "Client": f"{near[0]}:{near[1]}",
        "Server": f"{far[0]}:{far[1]}",
    }
    known = said["TCPInfo"]
    assert {"BytesAcked", "BytesReceived", "RTT", "MinRTT", "ElapsedTime"} <= known.keys()
    assert 0 < known["BytesAcked"] <= known["BytesSent"]
    assert 0 < known["MinRTT"] < 1_000_000


def test_an_upload_is_counted_as_it_arrives(server: str) -> None:
    sent = 0
    with _open(server, "upload") as link:
        for _ in range(50):
            link.send(secrets.token_bytes(PIECE))
            sent += PIECE
        said = [json.loads(one) for one in link]
        assert link.close_code == 1000

    assert said[-1]["AppInfo"]["NumBytes"] == sent
    assert {one["Test"] for one in said} == {"upload"}


def test_a_ping_is_answered_during_both(server: str) -> None:
    for test in ("download", "upload"):
        with _open(server, test) as link:
            pong = link.ping(b"here")
            for _ in link:
                pass
            assert pong.is_set()


def test_without_the_subprotocol_there_is_no_test(server: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{server}/ndt/v7/download", proxy=None).close()

    assert refused.value.response.status_code == 400


@pytest.mark.parametrize("query", ["a" * 4097, "a=%ff%fe", "&".join("a=1" for _ in range(200))])
def test_a_query_that_cannot_be_read_is_refused(server: str, query: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{server}/ndt/v7/download?{query}", subprotocols=[NDT7], proxy=None).close()

    assert refused.value.response.status_code == 400


def test_who_knows_no_websocket_is_told_to_upgrade(server: str) -> None:
    answer = _raw(server, b"GET /ndt/v7/upload HTTP/1.1\r\nHost: a\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 426 ")


def test_load_in_the_wrong_direction_ends_the_test(server: str) -> None:
    with _open(server, "download") as link:
        link.send(bytes(PIECE))

        assert _closed_with(link) == 1003


def test_a_message_beyond_the_limit_ends_the_test(server: str) -> None:
    opening = (1 << 24) + 1
    head = b"\x82\xff" + opening.to_bytes(8) + bytes(4)

    assert _closing_code(server, head) == 1009


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x82\x04abcd", 1002),  # not masked
        (b"\xc2\x80" + bytes(4), 1002),  # a reserved bit
        (b"\x83\x80" + bytes(4), 1002),  # an opcode that means nothing
        (b"\x80\x80" + bytes(4), 1002),  # goes on with what was never begun
        (b"\x02\x80" + bytes(4) + b"\x82\x80" + bytes(4), 1002),  # begins before the end
        (b"\x89\xfe\x00\x80" + bytes(4), 1002),  # a ping of 128 octets
        (b"\x09\x80" + bytes(4), 1002),  # a ping in pieces
        (b"\x82\x81" + bytes(5), None),  # short, but whole: is suffered
        ((b"\x82\x81" + bytes(5)) * 1001, 1008),  # and not a thousand times
        ((b"\x8a\x80" + bytes(4)) * 1001, 1008),
    ],
)
def test_frames_that_break_the_rules_end_the_test(
    server: str, data: bytes, code: int | None
) -> None:
    assert _closing_code(server, data) == (code or 1000)


def test_frames_are_understood_in_single_octets() -> None:
    """Two messages, one of them in pieces with a ping between: by hand, octet for octet."""
    reader = frames.Reader()
    mask = b"\x01\x02\x03\x04"
    stream = (
        (b"\x02\x83" + mask + b"abc")
        + (b"\x89\x82" + mask + bytes([ord("h") ^ 1, ord("i") ^ 2]))
        + (b"\x80\x82" + mask + b"de")
        + (b"\x81\x80" + mask)
        + (b"\x88\x80" + mask)
    )
    found = [
        piece
        for octet in range(len(stream))
        for piece in reader.feed(memoryview(stream)[octet : octet + 1])
    ]

    assert sum(count for kind, count, _ in found if kind == frames.BINARY) == 5
    assert [one for one in found if one[0] == frames.PING][-1] == (frames.PING, 2, b"hi")
    assert found[-1][0] == frames.CLOSE


def test_a_client_may_use_no_more_than_its_hour() -> None:
    limits = Limits(ndt7_seconds=5, bytes_per_client=1_000_000)
    with measuring_server(limits) as address:
        link = _open(address.replace("http", "ws"), "download")
        with link:
            assert _closed_with(link) == 1013
        with pytest.raises(InvalidStatus) as refused:
            _open(address.replace("http", "ws"), "upload").close()

    assert refused.value.response.status_code == 429


def test_a_client_that_does_not_close_is_hung_up_on() -> None:
    with measuring_server(Limits(ndt7_seconds=0.3)) as address:
        told = _raw(address, _handshake("upload"), patience=8)

    assert told.endswith(b"\x88\x02\x03\xe8")  # a closing frame of the server, 1000


# --- by hand ---


def _handshake(test: str) -> bytes:
    return (
        f"GET /ndt/v7/{test} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: DOdm+5/Cm3WwvhfcAlhJoQ==\r\n"
        f"Sec-WebSocket-Protocol: {NDT7}\r\n\r\n"
    ).encode()


def _raw(address: str, data: bytes, patience: float = 5) -> bytes:
    """Send ``data`` and read to the end."""
    parts = urlsplit(address)
    target = (parts.hostname or "", parts.port or 0)
    with socket.create_connection(target, timeout=patience) as sock:
        sock.sendall(data)
        found = b""
        while piece := sock.recv(65536):
            found += piece
        return found


def _closing_code(server: str, data: bytes) -> int:
    """The code in the closing frame that ends the upload."""
    told = _raw(server, _handshake("upload") + data, patience=10)
    place = told.rindex(b"\x88\x02")
    return int.from_bytes(told[place + 2 : place + 4])


def _closed_with(link: ClientConnection) -> int | None:
    try:
        while True:
            link.recv(timeout=10)
    except ConnectionClosed:
        return link.close_code
