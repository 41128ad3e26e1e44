"""The reflector of the measuring server: answered by the book, counted, and of no use to a thug."""

from __future__ import annotations

import http.client
import json
import secrets
import socket
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from scapy.contrib.stamp import (
    STAMPSessionReflectorTestUnauthenticated,
    STAMPSessionSenderTestUnauthenticated,
)

from readiness.server import Limits
from readiness.server.calls import Calls
from readiness.server.house import client_key
from readiness.server.reflector import Reflector
from readiness.stamp import BASE, Sent, pack_sent, padding, unpack_reflected
from tests.fakes.line import measuring_server

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.rig

SILENCE_S = 0.3
LAST = 100
TALK = 172 + 12
"""Octets of a G.711 packet of 20 ms with its RTP head: what a call sends."""


class Sender:
    """A client: one UDP socket towards the reflector of a server."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.host, self.port = parts.hostname or "", parts.port or 0
        self.stamp_port = int(self.get(f"hello?token={secrets.token_hex(8)}")[1]["stamp_port"])
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        self.sock = socket.socket(family, socket.SOCK_DGRAM)
        self.sock.connect((self.host, self.stamp_port))
        self.sock.settimeout(5)

    def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON of an answer."""
        link = http.client.HTTPConnection(self.host, self.port, timeout=5)
        try:
            link.request("GET", f"/readiness/{path}")
            answer = link.getresponse()
            body = answer.read()
            return answer.status, json.loads(body) if body else None
        finally:
            link.close()

    def exchange(self, packet: bytes) -> bytes:
        """Send one packet and wait for the answer."""
        self.sock.send(packet)
        return self.sock.recv(65536)

    def silent(self, packet: bytes) -> bool:
        """Whether nothing comes back for ``packet``, while a good packet after it is answered."""
        self.sock.send(packet)
        answer = self.exchange(pack_sent(Sent(sequence=4711, time_ns=0)))
        found = unpack_reflected(answer)
        return found is not None and found.sender.sequence == 4711


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with measuring_server() as address:
        yield address


@pytest.fixture
def sender(server: str) -> Iterator[Sender]:
    one = Sender(server)
    with one.sock:
        yield one


def _talk(sequence: int, token: bytes) -> bytes:
    return pack_sent(Sent(sequence=sequence, time_ns=0), padding(TALK - BASE, token))


def test_the_reflector_has_the_number_of_the_tcp_port(sender: Sender) -> None:
    assert sender.stamp_port == sender.port


def test_a_packet_that_scapy_made_is_answered_with_the_right_fields(sender: Sender) -> None:
    sent = STAMPSessionSenderTestUnauthenticated(seq=7, ssid=0x1234)

    answer = STAMPSessionReflectorTestUnauthenticated(sender.exchange(bytes(sent)))

    assert (answer.seq, answer.ssid) == (0, 0x1234)
    assert (answer.seq_sender, answer.ttl_sender) == (7, 64)  # Linux sends with 64 hops
    assert answer.ts_sender == STAMPSessionSenderTestUnauthenticated(bytes(sent)).ts
    assert answer.ts_rx <= answer.ts


def test_the_answer_is_exactly_as_long_and_brings_the_padding_back(sender: Sender) -> None:
    token = secrets.token_bytes(16)

    answer = sender.exchange(_talk(0, token))

    assert len(answer) == TALK
    assert answer[BASE + 4 : BASE + 20] == token


def test_a_session_is_counted_by_itself_so_that_forward_loss_shows(sender: Sender) -> None:
    """Numbers 0, 1, 5 arrive: the reflector's 0, 1, 2 say that 2, 3, 4 never came."""
    found = [unpack_reflected(sender.exchange(_talk(n, bytes(16)))) for n in (0, 1, 5)]

    assert [(one.sequence, one.sender.sequence) for one in found if one] == [(0, 0), (1, 1), (2, 5)]


def test_another_session_id_is_another_count(sender: Sender) -> None:
    for session in (1, 2):
        packet = pack_sent(Sent(sequence=9, time_ns=0, session=session))
        answer = unpack_reflected(sender.exchange(packet))

        assert answer is not None
        assert (answer.sequence, answer.sender.session) == (0, session)


def test_times_of_the_reflector_are_those_of_the_system(sender: Sender) -> None:
    """Both ends share a clock here: sent <= received <= answered."""
    before = time.time_ns()
    answer = unpack_reflected(sender.exchange(pack_sent(Sent(sequence=0, time_ns=before))))
    after = time.time_ns()

    assert answer is not None
    # The form of NTP rounds to a quarter of a nanosecond, Python to whole ones.
    assert before - 1 <= answer.received_ns <= answer.time_ns + 1
    assert answer.time_ns <= after + 1


def test_a_call_is_told_in_order_of_arrival(sender: Sender) -> None:
    token = secrets.token_bytes(16)
    for sequence in (0, 2, 1, 2):
        sender.exchange(_talk(sequence, token))

    status, said = sender.get(f"call?token={token.hex()}")

    assert status == 200
    assert [n for n, _ in said["received"]] == [0, 2, 1, 2]
    times = [t for _, t in said["received"]]
    assert times[0] == 0
    assert times == sorted(times)


@pytest.mark.parametrize(
    ("token", "status"), [("f" * 32, 404), ("A" * 32, 400), ("0" * 30, 400), ("0" * 34, 400)]
)
def test_a_call_that_is_not_known_is_not_told(sender: Sender, token: str, status: int) -> None:
    assert sender.get(f"call?token={token}")[0] == status


def test_a_call_is_told_to_nobody_else(server: str) -> None:
    """127.0.0.2 is another client than 127.0.0.1."""
    token = secrets.token_bytes(16)
    one = Sender(server)
    with one.sock, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.settimeout(5)
        other.bind(("127.0.0.2", 0))
        other.connect((one.host, one.stamp_port))
        other.send(_talk(0, token))
        other.recv(2000)

        assert one.get(f"call?token={token.hex()}")[0] == 404


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"x",
        bytes(43),
        bytes(BASE),  # an error estimate of zero says that the packet is broken
        pack_sent(Sent(sequence=0, time_ns=0), bytes(1457)),
        pack_sent(Sent(sequence=0, time_ns=0), bytes(20_000)),
    ],
    ids=["empty", "one octet", "too short", "no error estimate", "too long", "far too long"],
)
def test_what_is_no_packet_is_not_answered(sender: Sender, packet: bytes) -> None:
    assert sender.silent(packet)


def test_an_answer_is_not_answered(sender: Sender) -> None:
    """Or two reflectors could be made to talk to each other for ever."""
    answer = sender.exchange(pack_sent(Sent(sequence=0, time_ns=0)))

    assert sender.silent(answer)


def test_who_sends_too_much_is_not_answered_any_more() -> None:
    with measuring_server(Limits(packets_per_second=5)) as address:
        sender = Sender(address)
        with sender.sock:
            for sequence in range(200):
                sender.sock.send(_talk(sequence, bytes(16)))
            sender.sock.settimeout(SILENCE_S)
            answers = 0
            try:
                while sender.sock.recv(2000):
                    answers += 1
            except TimeoutError:
                pass

        assert 5 <= answers < 100


def test_a_call_that_is_too_long_says_what_it_left_out() -> None:
    token = secrets.token_bytes(16)
    with measuring_server(Limits(packets_per_call=3)) as address:
        sender = Sender(address)
        with sender.sock:
            for sequence in range(5):
                sender.exchange(_talk(sequence, token))

            said = sender.get(f"call?token={token.hex()}")[1]

    assert ([n for n, _ in said["received"]], said["left_out"]) == ([0, 1, 2], 2)


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells what it dropped")
def test_what_the_system_had_no_room_for_is_told_as_refused_and_not_as_lost() -> None:
    """The kernel drops what does not fit the queue of a reflector that is held up."""
    limits = Limits(packets_per_second=10_000)
    calls = Calls(most=4, most_each=4, packets_each=10_000, packets=10_000)
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 * TALK)
    sock.bind(("127.0.0.1", 0))
    token = secrets.token_bytes(16)
    reflector = Reflector(sock, limits, calls)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect(sock.getsockname())
        client.settimeout(5)
        for sequence in range(LAST):
            client.send(_talk(sequence, token))
        reflector.start()
        try:
            client.recv(65536)  # the queue is being emptied
            client.send(_talk(LAST, token))
            while _number(client.recv(65536)) != LAST:
                continue
            told = json.loads(calls.told(client_key("127.0.0.1"), token))
        finally:
            reflector.stop()

    assert told["refused"] == LAST + 1 - len(told["received"])
    assert told["refused"] > 0


def _number(answer: bytes) -> int:
    """The sender's number in an answer."""
    found = unpack_reflected(answer)
    assert found is not None
    return found.sender.sequence


def test_both_families_are_served_by_one_address() -> None:
    with measuring_server(host="::") as address:
        port = urlsplit(address).port
        for host in ("127.0.0.1", "[::1]"):
            sender = Sender(f"http://{host}:{port}")
            with sender.sock:
                answer = sender.exchange(pack_sent(Sent(sequence=3, time_ns=0)))

            found = unpack_reflected(answer)
            assert found is not None
            assert (found.sender.sequence, found.sender_ttl) == (3, 64)
