"""Receipts: the server signs what it saw, once, for the nonce that asked first."""

from __future__ import annotations

import http.client
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
import pytest

from readiness.model.invited import Receipt
from readiness.server.witness import Witness
from readiness.system.line.messages import ServeJob
from readiness.system.line.serve_client import hello, measure
from readiness.trust.receipt import read_receipt
from tests.fakes.line import measuring_server
from tests.fakes.trust import EMPLOYER, SERVER

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = SERVER.public.signing
NONCE, OTHER = "0" * 32, "1" * 32
ID = "abcdefgh12345678"


@pytest.fixture
def server() -> Iterator[str]:
    with measuring_server(receipt_key=SERVER.signing) as address:
        yield address


def ask(address: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=10)
    try:
        connection.request("GET" if body is None else "POST", f"/readiness/{path}", body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def receipt(address: str, direction: str, nonce: str = NONCE) -> tuple[int, bytes]:
    return ask(address, f"receipt?id={ID}&nonce={nonce}&direction={direction}")


def test_an_upload_is_signed_byte_by_byte(server: str) -> None:
    ask(server, f"up?id={ID}", bytes(70_000))

    status, body = receipt(server, "upload")
    seen = read_receipt(msgspec.json.decode(body, type=Receipt), KEY)

    assert status == 200
    assert seen is not None
    assert (seen.nonce, seen.direction, seen.bytes) == (NONCE, "upload", 70_000)
    assert abs(seen.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_download_is_signed_with_no_more_than_was_sent(server: str) -> None:
    ask(server, f"down?bytes=20000000&id={ID}")

    status, body = receipt(server, "download")
    seen = read_receipt(msgspec.json.decode(body, type=Receipt), KEY)

    assert status == 200
    assert seen is not None
    assert 0 < seen.bytes <= 20_000_000


def test_one_transfer_has_one_receipt(server: str) -> None:
    ask(server, f"up?id={ID}", bytes(1000))

    first = receipt(server, "upload")
    ask(server, f"up?id={ID}", bytes(1000))

    assert receipt(server, "upload") == first
    assert receipt(server, "upload", OTHER)[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        f"receipt?id={ID}&nonce={NONCE}&direction=sideways",
        f"receipt?id={ID}&nonce={'Z' * 32}&direction=upload",
        f"receipt?id={ID}&nonce={'0' * 31}&direction=upload",
        f"receipt?id={ID}&direction=upload",
        f"receipt?id=%22&nonce={NONCE}&direction=upload",
    ],
)
def test_a_question_of_another_form_is_refused(server: str, path: str) -> None:
    assert ask(server, path)[0] == 400


def test_nothing_is_signed_that_was_not_seen(server: str) -> None:
    assert receipt(server, "upload")[0] == 404
    ask(server, f"up?id={ID}", bytes(1000))
    assert receipt(server, "download")[0] == 404


def test_a_server_without_a_key_promises_and_signs_nothing() -> None:
    with measuring_server() as plain:
        ask(plain, f"up?id={ID}", bytes(1000))

        assert "receipts" not in json.loads(ask(plain, "hello?token=abcdefgh")[1])
        assert receipt(plain, "upload")[0] == 404


def test_its_key_is_told_in_hello(server: str) -> None:
    assert json.loads(ask(server, "hello?token=abcdefgh")[1])["receipts"] == KEY
    assert hello(ServeJob(part="download", address=server)).receipts


@pytest.mark.parametrize("part", ["download", "upload"])
def test_the_client_brings_its_receipt_home(server: str, part: str) -> None:
    job = ServeJob(part=part, address=server, seconds=1.0, streams=2, nonce=NONCE)

    found = measure(job, lambda _message: None)

    receipt = getattr(found, "receipt", None)
    assert isinstance(receipt, Receipt)
    seen = read_receipt(receipt, KEY)
    assert seen is not None
    assert (seen.direction, seen.nonce) == (part, NONCE)


def test_without_an_invitation_no_receipt_is_asked_for(server: str) -> None:
    job = ServeJob(part="upload", address=server, seconds=1.0, streams=2)

    assert getattr(measure(job, lambda _message: None), "receipt", "none") is None


def test_a_server_that_signs_nothing_costs_no_figure() -> None:
    with measuring_server() as plain:
        job = ServeJob(part="upload", address=plain, seconds=1.0, streams=2, nonce=NONCE)
        found = measure(job, lambda _message: None)

    assert getattr(found, "summary", {})["receipt"] == "not-given"


def test_the_rate_leaves_out_the_first_two_seconds() -> None:
    """1 MB before, 7 MB in the 8 s after: 56 Mbit / 8 s."""
    witness = Witness(count=8_000_000, last=10.0)
    witness.moments = [(0.0, 0), (2.0, 1_000_000), (3.0, 1_100_000), (10.0, 8_000_000)]

    assert witness.seconds == 10.0
    assert witness.rate() == pytest.approx(7.0)


def test_a_receipt_by_another_key_is_none(server: str) -> None:
    ask(server, f"up?id={ID}", bytes(1000))
    found = msgspec.json.decode(receipt(server, "upload")[1], type=Receipt)

    assert read_receipt(found, EMPLOYER.public.signing) is None
    altered = msgspec.structs.replace(found, signed=found.signed.replace("1000", "9000"))
    assert read_receipt(altered, KEY) is None
