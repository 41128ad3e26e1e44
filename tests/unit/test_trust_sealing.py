"""Sealed answers: HPKE as RFC 9180 has it, opened by one key alone."""

from __future__ import annotations

import json

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from readiness.model.errors import InputError
from readiness.report.files import is_sealed, parse_sealed
from readiness.trust.keys import new_keys
from readiness.trust.sealing import _suite, open_sealed, seal_to

KEYS, OTHER = new_keys(), new_keys()
TO = KEYS.public.sealing


def test_the_suite_opens_what_rfc_9180_sealed() -> None:
    """Appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base, number 0."""
    secret = "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"
    enc = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"
    sealed = (
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
    )

    found = openssl.hpke._decrypt_with_aad(
        _suite(),
        bytes.fromhex(enc + sealed),
        X25519PrivateKey.from_private_bytes(bytes.fromhex(secret)),
        info=b"Ode on a Grecian Urn",
        aad=b"Count-0",
    )

    assert found == b"Beauty is truth, truth beauty"


def test_only_the_one_key_opens_it() -> None:
    sealed = seal_to(TO, b"an answer")

    assert open_sealed(sealed, KEYS) == b"an answer"
    assert is_sealed(sealed)
    with pytest.raises(InputError, match="report-sealed"):
        parse_sealed(sealed)
    with pytest.raises(InputError, match="sealed-to-another"):
        open_sealed(sealed, OTHER)


def test_the_same_answer_is_never_sealed_alike() -> None:
    assert seal_to(TO, b"an answer") != seal_to(TO, b"an answer")


def test_another_name_on_it_does_not_make_it_another_s() -> None:
    tree = json.loads(seal_to(TO, b"an answer")) | {"to": OTHER.public.sealing}

    with pytest.raises(InputError, match="sealed-altered"):
        open_sealed(json.dumps(tree).encode(), OTHER)


@pytest.mark.parametrize("sealed", ["", "AA==", "***", "A" * 100])
def test_what_was_cut_or_spoiled_is_told(sealed: str) -> None:
    tree = {"schema": "readiness-sealed/1", "to": TO, "sealed": sealed}

    with pytest.raises(InputError, match=r"sealed-(altered|invalid)"):
        open_sealed(json.dumps(tree).encode(), KEYS)
