"""Reaching hosts: every way in which it goes well or wrong has its own word, and Stop ends it."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Any

import certifi
import pytest

from readiness.cancel import Token
from readiness.model.errors import Cancelled
from readiness.model.requirement import Endpoint, Protocol
from readiness.system.reach import SystemReach, places, wire
from tests.fakes.hosts import (
    HERE,
    Authority,
    refused_port,
    serving,
    stun_answer,
    swallowing_port,
    tcp,
    tls,
    tls_host,
    udp,
    udp_host,
    until_the_end,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BRIEF_S = 0.7
"""For those that never answer; all others get the full time."""

NAME = Endpoint(host="app.example.com", port=443, protocol=Protocol.TCP)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """One that this computer trusts and Mozilla's list does not."""
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.pem))
    return authority


def _outcome(endpoint: Endpoint, **how: Any) -> str:  # noqa: ANN401 - as the constructor takes
    return SystemReach(Token(), [endpoint], **how).probe(endpoint).outcome


def _leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: tuple[str, int]) -> None:
    """Every name leads to these addresses."""

    def answer(_host: str, _port: int, type: int) -> list[tuple[object, ...]]:  # noqa: A002 - the name of the parameter
        return [
            (socket.AF_INET6 if ":" in address else socket.AF_INET, type, 0, "", (address, port))
            for address, port in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


# --- TCP -----------------------------------------------------------------------------------------


def test_an_open_port_is_reached_in_some_time() -> None:
    with serving(until_the_end) as port:
        reading = SystemReach(Token(), []).probe(tcp(port))

    assert reading.outcome == "reached"
    assert reading.milliseconds is not None
    assert 0 < reading.milliseconds < 5000


def test_a_closed_port_is_refused() -> None:
    reading = SystemReach(Token(), []).probe(tcp(refused_port()))

    assert (reading.outcome, reading.milliseconds) == ("connection-refused", None)


def test_a_port_that_swallows_everything_is_stalled() -> None:
    with swallowing_port() as port:
        assert _outcome(tcp(port), try_s=BRIEF_S) == "stalled"


@pytest.mark.parametrize(
    "host",
    ["no-such-host.invalid", "", "a" * 300 + ".example", "\u0130" * 70, "a\0b", "*.a.b", ".."],
)
def test_a_name_that_nobody_knows_is_a_finding(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(name: str, *_: object, **__: object) -> list[object]:
        name.encode("idna")
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    if host:
        monkeypatch.setattr(socket, "getaddrinfo", ask)

    assert _outcome(Endpoint(host=host, port=443, protocol=Protocol.TLS)) == "dns-failure"


def test_a_resolver_that_never_answers_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def wait(*_: object, **__: object) -> list[object]:
        over.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", wait)

    assert _outcome(NAME, try_s=BRIEF_S) == "dns-failure"
    over.set()


@pytest.mark.parametrize("blocked", ["127.0.0.1", "0.0.0.0", "::1", "::"])  # noqa: S104 - what filters answer
def test_a_name_that_a_filter_leads_to_this_computer_is_not_found_there(
    blocked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[bytes] = []
    with serving(lambda _sock: met.append(b"")) as port:
        _leads_to(monkeypatch, (blocked, port))

        assert _outcome(NAME) == "dns-failure"
    assert met == []


def test_a_second_address_is_reached_where_the_first_refuses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(places, "_is_blocked", lambda _place: False)
    with serving(until_the_end) as port:
        _leads_to(monkeypatch, (HERE, refused_port()), (HERE, port))

        assert _outcome(NAME) == "reached"


def test_a_second_address_is_reached_while_the_first_is_silent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(places, "_is_blocked", lambda _place: False)
    with swallowing_port() as silent, serving(until_the_end) as port:
        _leads_to(monkeypatch, (HERE, silent), (HERE, port))

        assert _outcome(NAME) == "reached"


def test_a_family_without_a_way_does_not_hide_what_the_other_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An address for documentation by IPv6 has no way here, or a silent one."""
    monkeypatch.setattr(places, "_is_blocked", lambda _place: False)
    monkeypatch.setattr(wire, "_begin", _unroutable_by_ipv6(wire._begin))
    _leads_to(monkeypatch, ("2001:db8::1", 443), (HERE, refused_port()))

    assert _outcome(NAME) == "connection-refused"


def _unroutable_by_ipv6(begin: Callable[..., float]) -> Callable[..., float]:
    import errno

    def refuse(sock: socket.socket, place: places.Place) -> float:
        if place.family == socket.AF_INET6:
            raise OSError(errno.ENETUNREACH, "no way")
        return begin(sock, place)

    return refuse


def test_addresses_are_tried_by_turns_of_family() -> None:
    six = [places.Place(family=10, address=(f"2001:db8::{n}", 1)) for n in range(3)]
    four = [places.Place(family=2, address=(f"192.0.2.{n}", 1)) for n in range(1)]

    assert places._in_turn([*six, *four]) == [six[0], four[0], six[1], six[2]]


# --- TLS -----------------------------------------------------------------------------------------


def test_a_trusted_host_is_reached_and_its_issuer_named(authority: Authority) -> None:
    with tls_host(authority.certificate()) as port:
        reading = SystemReach(Token(), []).probe(tls(port))

    assert reading.outcome == "reached"
    assert reading.milliseconds is not None
    assert reading.summary == {"public_roots": False, "issuer": "Example Shield Ltd"}


def test_a_host_of_a_public_authority_says_so(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certifi, "where", lambda: str(authority.pem))
    with tls_host(authority.certificate()) as port:
        assert SystemReach(Token(), []).probe(tls(port)).summary["public_roots"] is True


@pytest.mark.parametrize(
    ("name", "days", "outcome"),
    [
        (HERE, (-3, -2), "certificate-expired"),
        (HERE, (1, 2), "certificate-expired"),
        ("192.0.2.7", (-1, 1), "certificate-name"),
        ("login.hotel.example", (-1, 1), "certificate-name"),
    ],
)
def test_a_certificate_that_does_not_fit_is_named(
    authority: Authority, name: str, days: tuple[int, int], outcome: str
) -> None:
    with tls_host(authority.certificate(name, days=days)) as port:
        assert _outcome(tls(port)) == outcome


def test_a_stranger_s_certificate_is_not_trusted(tmp_path: Path) -> None:
    with tls_host(Authority(tmp_path).certificate()) as port:
        assert _outcome(tls(port)) == "certificate-untrusted"


def test_name_is_compared_with_the_certificate(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_is_blocked", lambda _place: False)
    with tls_host(authority.certificate("app.example.com")) as port:
        _leads_to(monkeypatch, (HERE, port))
        right = Endpoint(host="app.example.com", port=port, protocol=Protocol.TLS)
        wrong = Endpoint(host="other.example.com", port=port, protocol=Protocol.TLS)

        assert _outcome(right) == "reached"
        assert _outcome(wrong) == "certificate-name"


def _hang_up(sock: socket.socket) -> None:
    sock.recv(4096)


def _babble(sock: socket.socket) -> None:
    sock.sendall(b"SSH-2.0-OpenSSH_9.6\r\n" + bytes(range(256)))
    until_the_end(sock)


def _portal(sock: socket.socket) -> None:
    sock.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\n\r\n")
    until_the_end(sock)


def _drip(sock: socket.socket) -> None:
    """A handshake record that comes octet by octet and never ends."""
    sock.sendall(b"\x16\x03\x03\x40\x00\x02\x00\xff\xff")
    with contextlib.suppress(OSError):
        while True:
            sock.sendall(b"\0")
            threading.Event().wait(0.01)


@pytest.mark.parametrize(
    ("entertain", "outcome"),
    [
        (_hang_up, "connection-reset"),
        (_babble, "tls-failure"),
        (_portal, "tls-failure"),
        (until_the_end, "stalled"),
        (_drip, "stalled"),
    ],
)
def test_a_handshake_that_comes_to_nothing_is_named(
    entertain: Callable[[socket.socket], None], outcome: str
) -> None:
    with serving(entertain) as port:
        assert _outcome(tls(port), try_s=BRIEF_S if outcome == "stalled" else 5) == outcome


def test_a_slow_handshake_is_waited_for(authority: Authority) -> None:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.certificate())

    def entertain(sock: socket.socket) -> None:
        threading.Event().wait(0.4)
        with context.wrap_socket(sock, server_side=True) as safe:
            until_the_end(safe)

    with serving(entertain) as port:
        reading = SystemReach(Token(), []).probe(tls(port))

    assert reading.outcome == "reached"
    assert reading.milliseconds is not None
    assert reading.milliseconds >= 400


# --- UDP -----------------------------------------------------------------------------------------


def test_a_host_that_answers_is_reached() -> None:
    with udp_host(stun_answer) as (port, received):
        reading = SystemReach(Token(), []).probe(udp(port))

    assert reading.outcome == "reached"
    assert reading.milliseconds is not None
    assert received[0][:8] == bytes.fromhex("000100002112a442")


def test_an_error_answer_is_an_answer() -> None:
    """A relay that wants credentials is there all the same."""
    with udp_host(lambda packet: b"\x01\x11\0\0" + packet[4:20]) as (port, _):
        assert _outcome(udp(port)) == "reached"


def test_a_lost_request_is_repeated() -> None:
    seen: list[bytes] = []

    def answer(packet: bytes) -> bytes | None:
        seen.append(packet)
        return stun_answer(packet) if len(seen) > 1 else None

    with udp_host(answer) as (port, _):
        assert _outcome(udp(port)) == "reached"


@pytest.mark.parametrize(
    "answer",
    [
        lambda _packet: None,
        lambda packet: packet,
        lambda packet: b"\x01\x01\0\0" + packet[4:8] + bytes(12),
        lambda packet: b"\x01\x01\0\x04" + packet[4:20],
        lambda packet: b"\x01\x01\0\0" + bytes(4) + packet[8:20],
        lambda _packet: b"",
        lambda _packet: b"\xff" * 1400,
    ],
    ids=["silence", "echo", "stranger", "length", "cookie", "empty", "noise"],
)
def test_what_is_no_answer_tells_nothing(answer: Callable[[bytes], bytes | None]) -> None:
    with udp_host(answer) as (port, received):
        assert _outcome(udp(port), try_s=BRIEF_S) == "sent"
    assert received


def test_a_closed_udp_port_is_refused() -> None:
    """Loopback answers with ICMP "port unreachable" (RFC 1122, 4.1.3.1)."""
    assert _outcome(udp(refused_port(socket.SOCK_DGRAM))) == "connection-refused"


def test_the_request_is_one_that_scapy_reads() -> None:
    from scapy.contrib.stun import STUN

    from readiness.system.reach.stun import request

    read = STUN(request(bytes(range(12))))

    assert (read.stun_message_type, read.length, read.magic_cookie) == (1, 0, 0x2112A442)
    assert read.transaction_id == int.from_bytes(bytes(range(12)), "big")


# --- all together --------------------------------------------------------------------------------


def test_readings_come_in_the_order_of_the_list() -> None:
    with serving(until_the_end) as port, swallowing_port() as silent:
        asked = [tcp(silent), tcp(port), tcp(refused_port()), *(tcp(port + 0) for _ in range(2))]
        found = list(SystemReach(Token(), asked, try_s=BRIEF_S).probe_all(asked))

    assert [reading.endpoint for reading in found] == asked[:3]
    assert [reading.outcome for reading in found] == ["stalled", "reached", "connection-refused"]


def test_more_hosts_than_are_tried_at_once_are_all_tried() -> None:
    with serving(until_the_end) as port:
        asked = [
            Endpoint(host=f"127.0.0.{n}", port=port, protocol=Protocol.TCP) for n in range(1, 31)
        ]
        found = list(SystemReach(Token(), asked).probe_all(asked))

    assert [reading.endpoint for reading in found] == asked


def test_a_host_named_twice_is_one_host_and_a_public_one_if_any_list_says_so() -> None:
    reach = SystemReach(Token(), [tls(443), tcp(80), tls(443, public=True)])

    assert reach.endpoints == (tls(443, public=True), tcp(80))


def test_line_methods_that_were_agreed_to_bring_their_public_host() -> None:
    reach = SystemReach(Token(), [], methods=("serve", "ndt7", "", "ndt7", "speedtest-cli"))

    assert [one.host for one in reach.landmarks] == [
        "locate.measurementlab.net",
        "www.speedtest.net",
    ]


@pytest.mark.parametrize("kind", [Protocol.TCP, Protocol.TLS, Protocol.UDP])
def test_stop_ends_a_try_that_would_last_an_hour(kind: Protocol) -> None:
    token = Token()
    ended = threading.Event()
    with (
        swallowing_port() as hole,
        serving(until_the_end) as silent,
        udp_host(lambda _packet: None) as (port, _),
    ):
        ports = {Protocol.TCP: hole, Protocol.TLS: silent, Protocol.UDP: port}
        endpoint = Endpoint(host=HERE, port=ports[kind], protocol=kind)

        def work() -> None:
            with pytest.raises(Cancelled):
                SystemReach(token, [], try_s=3600).probe(endpoint)
            ended.set()

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        threading.Event().wait(0.2)
        token.cancel()

        assert ended.wait(20)


def test_after_stop_no_socket_is_left() -> None:
    token = Token()
    begun, closed = threading.Event(), threading.Event()

    def entertain(sock: socket.socket) -> None:
        begun.set()
        until_the_end(sock)
        closed.set()

    with serving(entertain) as port:
        reach = SystemReach(token, [tls(port)], try_s=3600)
        readings = reach.probe_all(reach.endpoints)

        def stop() -> None:
            begun.wait(20)
            token.cancel()

        threading.Thread(target=stop, daemon=True).start()
        with pytest.raises(Cancelled):
            next(readings)

        assert closed.wait(20)


def test_stop_before_the_first_try_sends_nothing() -> None:
    token = Token()
    token.cancel()
    met: list[socket.socket] = []
    with serving(met.append) as port, pytest.raises(Cancelled):
        SystemReach(token, []).probe(tcp(port))
    assert met == []


# --- the systems' own reasons ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        (10, "certificate-expired"),  # X509_V_ERR_CERT_HAS_EXPIRED
        (9, "certificate-expired"),  # X509_V_ERR_CERT_NOT_YET_VALID
        (62, "certificate-name"),  # X509_V_ERR_HOSTNAME_MISMATCH
        (20, "certificate-untrusted"),  # X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
        (0x800B0101, "certificate-expired"),  # CERT_E_EXPIRED
        (0x800B010F, "certificate-name"),  # CERT_E_CN_NO_MATCH
        (0x800B0109, "certificate-untrusted"),  # CERT_E_UNTRUSTEDROOT
        (-67818, "certificate-expired"),  # errSecCertificateExpired
        (-67602, "certificate-name"),  # errSecHostNameMismatch
        (-67843, "certificate-untrusted"),  # errSecNotTrusted
        (23, "tls-failure"),  # X509_V_ERR_CERT_REVOKED: none of these
    ],
)
def test_numbers_of_each_system_have_their_word(code: int, detail: str) -> None:
    import ssl

    from readiness.system.reach.trust import refusal

    error = ssl.SSLCertVerificationError("no")
    error.verify_code = code

    assert refusal(error) == detail


@pytest.mark.parametrize("certificate", [None, b"", b"\x30\x82", bytes(4000)])
def test_a_certificate_that_cannot_be_read_names_nobody(certificate: bytes | None) -> None:
    from readiness.system.reach.trust import issuer

    assert issuer(certificate) == ""


def test_an_issuer_s_name_is_made_fit_to_be_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shield = Authority(tmp_path, "Evil\u202e\x1b[31m" + "x" * 60)
    monkeypatch.setenv("SSL_CERT_FILE", str(shield.pem))
    with tls_host(shield.certificate()) as port:
        said = str(SystemReach(Token(), []).probe(tls(port)).summary["issuer"])

    assert said.startswith("Evil[31mxxx")
    assert said.isprintable()
