"""The envelope around a report: DSSE with an Ed25519 signature over the exact bytes.

A signature says that the bytes are unchanged since somebody with that key exported them. It says
nothing about whether a value is true: the applicant owns the computer. See
``docs/report-format.md`` and https://github.com/secure-systems-lab/dsse.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.report.strict_json import MAX_BYTES, strict_tree

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

REPORT_TYPE = "application/vnd.readiness.report+json"
KEY_PREFIX = "ed25519:"
KEY_BYTES = 32
MAX_SIGNATURES = 8
MAX_ENVELOPE = 2 * MAX_BYTES
"""Base64 makes a third more of it; the rest is room for signatures."""

_HEAD = re.compile(rb'\{\n "payloadType": "(?P<type>[a-z.+/]++)",\n "payload": "')
_TAIL = re.compile(
    rb'",\n "signatures": \[\n  \{\n   "keyid": "(?P<key>[a-z0-9:]++)",\n'
    rb'   "sig": "(?P<sig>[A-Za-z0-9+/=]++)"\n  \}\n \]\n\}\n'
)
"""What stands before and behind the payload in an envelope as this program writes it."""

_BASE64 = json_reader(bytes)
"""Reads base64 between quotes, as strictly as ``binascii`` and in a third of its time."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_FIELD = 2**255 - 19
_SIGN = 1 << 255
_ANYBODY_SIGNS = frozenset(
    {
        *(0, 1, _FIELD - 1, _FIELD, _FIELD + 1),
        0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826,
        0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7,
    }
)
"""y of the points of order 1, 2, 4 and 8 of RFC 8032's curve, in every way they can be written.

A signature by such a key holds for every first, second, fourth or eighth message without any
secret, and RFC 8032 lets a verifier take it.
"""


@dataclass(frozen=True, kw_only=True)
class Unsealed:
    """An opened envelope.

    Attributes:
        payload: The exact bytes that were signed.
        payload_type: What they are.
        keyids: Public keys of the signatures that hold, as ``ed25519:`` and 64 hex digits.
        intact: Every signature holds, and there is at least one.
        envelope: The exact bytes of the envelope itself, with every signature.
    """

    payload: bytes
    payload_type: str
    keyids: tuple[str, ...]
    intact: bool
    envelope: bytes = b""


def seal(
    payload: bytes, key: Ed25519PrivateKey | None = None, *, payload_type: str = REPORT_TYPE
) -> bytes:
    """Wrap and sign ``payload``; with a throw-away key if ``key`` is none."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signer = key or Ed25519PrivateKey.generate()
    signature = {
        "keyid": key_id(signer.public_key().public_bytes_raw()),
        "sig": _base64(signer.sign(signed_bytes(payload_type, payload))),
    }
    envelope = {
        "payloadType": payload_type,
        "payload": _base64(payload),
        "signatures": [signature],
    }
    return json.dumps(envelope, indent=1).encode() + b"\n"


def unseal(data: bytes) -> Unsealed:
    """Open an envelope and verify its signatures, before anybody parses the payload.

    Raises:
        InputError: It is no envelope. A signature that does not hold is no error: ``intact`` says
            so, and the reader decides.
    """
    found = _as_written(data) or _carefully(data)
    signed = signed_bytes(found.payload_type, found.payload)
    holding = tuple(
        keyid
        for keyid, signature in found.claims[:MAX_SIGNATURES]
        if holds(keyid, signature, signed)
    )
    return Unsealed(
        payload=found.payload,
        payload_type=found.payload_type,
        keyids=holding,
        intact=bool(holding) and len(holding) == len(found.claims),
        envelope=data,
    )


class _Opened(NamedTuple):
    """What an envelope holds; ``claims``: (key, signature), not verified yet."""

    payload_type: str
    payload: bytes
    claims: list[tuple[str, bytes]]


def _as_written(data: bytes) -> _Opened | None:
    """An envelope as this program writes it: no further key and none twice; else none.

    Others are read with more care, which takes longer.
    """
    head = _HEAD.match(data) if len(data) <= MAX_ENVELOPE else None
    if head is None:
        return None
    end = data.find(b'"', head.end())
    tail = _TAIL.fullmatch(data, end) if end >= 0 else None
    if tail is None:
        return None
    try:
        payload = _BASE64.decode(data[head.end() - 1 : end + 1])
        signature = binascii.a2b_base64(tail["sig"], strict_mode=True)
    except (msgspec.DecodeError, binascii.Error):
        return None
    return _Opened(
        head["type"].decode("ascii"), payload, [(tail["key"].decode("ascii"), signature)]
    )


def _carefully(data: bytes) -> _Opened:
    """Any other envelope; everything that is said of JSON is looked at."""
    strict_tree(data, limit=MAX_ENVELOPE, longest=MAX_ENVELOPE)
    try:
        envelope = _ENVELOPE.decode(data)
        return _Opened(
            payload_type=envelope.payload_type,
            payload=_bytes(envelope.payload),
            claims=[(one.keyid, _bytes(one.sig)) for one in envelope.signatures],
        )
    except (msgspec.DecodeError, binascii.Error, ValueError) as error:
        raise InputError(
            "envelope-invalid",
            N_("This is not a signed envelope as this program writes it."),
            where="$",
            hint=N_("Ask for the file again; do not edit it by hand."),
        ) from error


def key_id(public: bytes) -> str:
    """How a public key is written: ``ed25519:`` and its 32 bytes in lower-case hexadecimal."""
    return f"{KEY_PREFIX}{public.hex()}"


def comparison_code(payload: bytes) -> str:
    """Eight letters of the bytes' SHA-256, to be read out and compared: ``7KQ2-M0XA``.

    40 bits in Crockford's base 32. Equal codes say that two people look at the same report.
    """
    return crockford(hashlib.sha256(payload).digest()[:5])


def crockford(data: bytes) -> str:
    """Bytes in Crockford's base 32, in groups of four letters; ``data`` is a multiple of 5 long."""
    number = int.from_bytes(data, "big")
    shifts = range(8 * len(data) - 5, -1, -5)
    letters = "".join(_CROCKFORD[number >> shift & 31] for shift in shifts)
    return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4))


class _Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    keyid: str
    sig: str


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    payload_type: str = msgspec.field(name="payloadType")
    payload: str
    signatures: tuple[_Signature, ...]


_ENVELOPE = json_reader(_Envelope)


def signed_bytes(payload_type: str, payload: bytes) -> bytes:
    """DSSE v1 pre-authentication encoding: what is really signed."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def holds(keyid: str, signature: bytes, signed: bytes) -> bool:
    """Whether the key called ``keyid`` made ``signature`` over ``signed``."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    digits = keyid.removeprefix(KEY_PREFIX)
    try:
        public = bytes.fromhex(digits)
    except ValueError:
        return False
    if len(public) != KEY_BYTES or keyid != key_id(public) or _anybody_signs(public):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def _anybody_signs(public: bytes) -> bool:
    """Whether there are signatures of this key that nobody needs a secret for."""
    return int.from_bytes(public, "little") % _SIGN in _ANYBODY_SIGNS


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
