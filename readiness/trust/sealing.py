"""An answer that only the employer can read: HPKE, RFC 9180, base mode.

DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. Sealing says nothing about the sender:
who answered is said by the signature inside.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Literal

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.report.seal import MAX_ENVELOPE
from readiness.report.strict_json import strict_tree
from readiness.trust.keys import SEALING_PREFIX

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

    from readiness.trust.keys import Keys


MAX_SEALED = 2 * MAX_ENVELOPE
"""Base64 makes a third more of it."""

_INFO = b"readiness-sealed/1 "
"""Bound together with the recipient's key, so that no other protocol's text is taken for ours."""


class _Sealed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: Literal["readiness-sealed/1"] = "readiness-sealed/1"
    to: str
    sealed: str


_READER = json_reader(_Sealed)


def seal_to(to: str, data: bytes) -> bytes:
    """Seal ``data`` to the key ``to`` (``x25519:`` and 64 hexadecimal digits)."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    public = X25519PublicKey.from_public_bytes(bytes.fromhex(to.removeprefix(SEALING_PREFIX)))
    sealed = _suite().encrypt(data, public, info=_INFO + to.encode())
    found = _Sealed(to=to, sealed=base64.b64encode(sealed).decode("ascii"))
    return msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n"


def open_sealed(data: bytes, keys: Keys) -> bytes:
    """What was sealed to ``keys``.

    Raises:
        InputError: ``sealed-invalid``, ``sealed-to-another``, ``sealed-altered``.
    """
    from cryptography.exceptions import InvalidTag

    held, secret = _read(data)
    if held.to != keys.public.sealing:
        raise InputError(
            "sealed-to-another",
            N_("This answer is sealed to another key."),
            hint=N_("Open it with the keys with which the invitation was made."),
        )
    try:
        return _suite().decrypt(secret, keys.sealing, info=_INFO + held.to.encode())
    except InvalidTag as error:
        raise InputError(
            "sealed-altered",
            N_("This sealed answer was changed or damaged on its way."),
            hint=N_("Ask for the file again."),
        ) from error


def _read(data: bytes) -> tuple[_Sealed, bytes]:
    try:
        strict_tree(data, limit=MAX_SEALED, longest=MAX_SEALED)
        held = _READER.decode(data)
        return held, base64.b64decode(held.sealed, validate=True)
    except (InputError, msgspec.MsgspecError, binascii.Error, ValueError) as error:
        raise InputError(
            "sealed-invalid",
            N_("This is no sealed answer as this program writes it."),
            hint=N_("Ask for the file again; do not edit it by hand."),
        ) from error


def _suite() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
