"""Which line is opened, and that nothing is without consent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from readiness.cancel import Token
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices, Need
from readiness.system.line.messages import ServeJob
from readiness.system.line.opening import open_line
from readiness.system.line.peer import parse_address
from readiness.system.line.serve_client import SERVICE, hello
from tests.fakes.servers import misbehaving

if TYPE_CHECKING:
    import socket

AGREED = frozenset({Need.NETWORK})
SERVER = "http://192.0.2.1:8080"


@pytest.mark.parametrize(
    ("choices", "code", "detail"),
    [
        (Choices(server=SERVER), FailureCode.SKIPPED, "no-consent"),
        (Choices(method="speedtest-cli"), FailureCode.SKIPPED, "no-consent"),
        (Choices(consent=AGREED), FailureCode.SKIPPED, "no-server"),
        (Choices(consent=AGREED, method="serve"), FailureCode.SKIPPED, "no-server"),
        (Choices(consent=AGREED, method="telepathy"), FailureCode.UNSUPPORTED, "unknown-method"),
        (Choices(consent=AGREED, server=SERVER, budget_mb=0), FailureCode.SKIPPED, "budget-spent"),
    ],
)
def test_there_is_no_line(choices: Choices, code: FailureCode, detail: str) -> None:
    with pytest.raises(CannotMeasure) as caught:
        open_line(choices, Token())

    assert (caught.value.code, caught.value.detail) == (code, detail)


@pytest.mark.parametrize(
    ("choices", "method"),
    [
        (Choices(consent=AGREED, server=SERVER), "serve"),
        (Choices(consent=AGREED, server=SERVER, method="speedtest-cli"), "speedtest-cli"),
        (Choices(consent=AGREED, method="speedtest-cli"), "speedtest-cli"),
    ],
)
def test_the_line_is_the_one_that_was_chosen(choices: Choices, method: str) -> None:
    assert open_line(choices, Token()).method == method


@pytest.mark.parametrize(
    ("text", "host", "port", "tls", "base"),
    [
        ("http://192.0.2.1:8080", "192.0.2.1", 8080, False, ""),
        ("192.0.2.1:8080", "192.0.2.1", 8080, False, ""),
        ("https://speed.example/", "speed.example", 443, True, ""),
        ("https://speed.example/line", "speed.example", 443, True, "/line"),
        ("http://[2001:db8::1]:81", "2001:db8::1", 81, False, ""),
        # RFC 3492, and digits as an Asian keyboard writes them.
        ("http://b\u00fccher.example", "xn--bcher-kva.example", 80, False, ""),
        ("\uff11\uff19\uff12.0.2.1:81", "192.0.2.1", 81, False, ""),
    ],
)
def test_an_address_is_read(text: str, host: str, port: int, tls: bool, base: str) -> None:  # noqa: FBT001 - a case
    found = parse_address(text)

    assert (found.host, found.port, found.tls, found.base) == (host, port, tls, base)


@pytest.mark.parametrize(
    "text",
    [
        "ftp://example.org",
        "http://",
        "http://host:99999",
        "http://host:0",
        "http://me:secret@host",
        "http://h/a b",
        "http://" + 70_000 * "a",
    ],
)
def test_an_address_that_is_none_is_said_so(text: str) -> None:
    with pytest.raises(CannotMeasure, match="bad-address"):
        parse_address(text)


@pytest.mark.parametrize("said", ["\x1b[2Jcubic", "<b>", "192.0.2.7", "", None, ["cubic"], "bbr\n"])
def test_a_server_cannot_write_what_it_likes_into_the_report(said: object) -> None:
    """It names its congestion control, which the evidence shows."""
    answer = {"service": SERVICE, "protocol": 2, "version": "1", "congestion": said}

    def greet(sock: socket.socket, head: bytes) -> None:
        token = head.partition(b"token=")[2][:32].decode("ascii")
        body = json.dumps({**answer, "token": token}).encode("ascii")
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    with misbehaving(greet) as address:
        assert hello(ServeJob(part="download", address=address)).congestion == ""
