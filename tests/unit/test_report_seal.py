"""The envelope: it notices every change and claims no more than that."""

from __future__ import annotations

import base64
import contextlib
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from readiness.model.errors import InputError
from readiness.report.seal import comparison_code, holds, key_id, seal, unseal

PAYLOAD = b'{"schema": "readiness-report/1"}'
FIXTURE = Path(__file__).parent.parent / "fixtures/reports/not-ready.readiness.json"
RFC_8032_TEST_1 = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
"""Secret key of the first test vector of RFC 8032, section 7.1."""


def envelope() -> dict[str, Any]:
    found = json.loads(seal(PAYLOAD))
    assert isinstance(found, dict)
    return found


def test_the_exact_bytes_come_back() -> None:
    opened = unseal(seal(PAYLOAD))

    assert (opened.payload, opened.intact) == (PAYLOAD, True)
    assert opened.payload_type == "application/vnd.readiness.report+json"


def test_the_key_is_named_by_its_public_half() -> None:
    key = Ed25519PrivateKey.from_private_bytes(RFC_8032_TEST_1)

    opened = unseal(seal(PAYLOAD, key))

    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert opened.keyids == (f"ed25519:{public}",)


def test_without_a_key_each_envelope_has_a_throw_away_key() -> None:
    assert unseal(seal(PAYLOAD)).keyids != unseal(seal(PAYLOAD)).keyids


def test_the_signature_follows_the_dsse_standard() -> None:
    """Pre-authentication encoding as in the protocol's own text."""
    found = envelope()
    signature = base64.b64decode(found["signatures"][0]["sig"])
    public = bytes.fromhex(found["signatures"][0]["keyid"].removeprefix("ed25519:"))
    kind = b"application/vnd.readiness.report+json"
    signed = b"DSSEv1 37 " + kind + b" 32 " + PAYLOAD

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)


def test_a_recorded_envelope_still_opens() -> None:
    opened = unseal(FIXTURE.read_bytes())
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

    assert opened.intact
    assert opened.keyids == (key_id(key.public_key().public_bytes_raw()),)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("payload", base64.b64encode(b'{"schema": "readiness-report/2"}').decode()),
        ("payloadType", "application/vnd.readiness.invitation+json"),
    ],
)
def test_a_change_is_noticed(field: str, value: str) -> None:
    found = envelope()
    found[field] = value

    opened = unseal(json.dumps(found).encode())

    assert not opened.intact
    assert opened.keyids == ()


def test_no_signature_is_not_intact() -> None:
    found = envelope()
    found["signatures"] = []

    assert not unseal(json.dumps(found).encode()).intact


def test_one_wrong_signature_beside_a_right_one_is_not_intact() -> None:
    found = envelope()
    found["signatures"].append(envelope()["signatures"][0] | {"sig": "AAAA"})

    opened = unseal(json.dumps(found).encode())

    assert len(opened.keyids) == 1
    assert not opened.intact


@pytest.mark.parametrize("keyid", ["", "ed25519:", "ed25519:zz", "rsa:00", "ed25519:" + "AB" * 32])
def test_an_unknown_form_of_key_does_not_hold(keyid: str) -> None:
    found = envelope()
    found["signatures"][0]["keyid"] = keyid

    assert not unseal(json.dumps(found).encode()).intact


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b'{"payload": "***", "payloadType": "x", "signatures": []}',
        b'{"payload": "AA==", "payloadType": "x", "signatures": [{}]}',
        b'{"payload": "AA==", "payloadType": "x", "signatures": [], "more": 1}',
        b'{"payload": "AA==", "payload": "AA==", "payloadType": "x", "signatures": []}',
        b" " * (512 * 1024 + 1),
    ],
)
def test_what_is_no_envelope_is_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        unseal(data)


def test_the_comparison_code_is_forty_bits_of_the_hash_in_crockfords_letters() -> None:
    """SHA-256 of "abc" begins with ba7816bf8f (FIPS 180-2, appendix B.1)."""
    bits = f"{0xBA7816BF8F:040b}"
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    expected = "".join(letters[int(bits[n : n + 5], 2)] for n in range(0, 40, 5))

    assert comparison_code(b"abc") == f"{expected[:4]}-{expected[4:]}"


P = 2**255 - 19
ORDER_8 = (  # both y of order 8 solve -x^2 + y^2 = 1 + d x^2 y^2 with y^2 = -x^2
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
)
FORGEABLE = [
    (int.from_bytes(bytes.fromhex(y), "little") | sign << 255).to_bytes(32, "little")
    for y in (*ORDER_8, *(n.to_bytes(32, "little").hex() for n in (0, 1, P - 1, P, P + 1)))
    for sign in (0, 1)
]


@pytest.mark.parametrize("public", FORGEABLE, ids=bytes.hex)
def test_a_key_that_anybody_signs_for_holds_for_nothing(public: bytes) -> None:
    """Curve25519's points of small order: a nought and a guess are a signature of each."""
    guesses = [point + bytes(32) for point in FORGEABLE]
    messages = [bytes([number]) for number in range(64)]

    assert not any(
        holds(key_id(public), guess, message) for guess in guesses for message in messages
    )


def test_such_a_signature_would_hold_by_the_standard() -> None:
    """The reason for refusing: what the test above tries does pass a plain verification."""
    taken = set()
    for public in FORGEABLE:
        with contextlib.suppress(ValueError):
            key = Ed25519PublicKey.from_public_bytes(public)
            for point, number in itertools.product(FORGEABLE, range(32)):
                with contextlib.suppress(InvalidSignature):
                    key.verify(point + bytes(32), bytes([number]))
                    taken.add(public)
    assert len(taken) >= 8
