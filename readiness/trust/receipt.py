"""Receipts: a measuring server signs what it saw of one transfer, for one invitation.

The only evidence that is not the applicant's own. It proves what reached the server, not from
whose home it came; see ``docs/trust.md``.
"""

from __future__ import annotations

import base64
from datetime import datetime  # noqa: TC003 - msgspec reads the annotation at run time
from typing import TYPE_CHECKING, Literal

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import InputError
from readiness.model.invited import Receipt
from readiness.report.seal import holds, key_id, signed_bytes
from readiness.report.strict_json import strict_tree

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

RECEIPT_TYPE = "application/vnd.readiness.receipt+json"
SCHEMA: Literal["readiness-receipt/1"] = "readiness-receipt/1"

Direction = Literal["download", "upload"]


class Seen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the server saw, by its own clock.

    Attributes:
        nonce: The invitation that the client named.
        direction: As the client calls it.
        bytes: Counted: received, or sent and, where the system tells, acknowledged.
        seconds: From the first to the last of them.
        rate: Mbit/s after the first 30 %, at most 2 s; none where it was over too soon.
        round_trip_ms: Shortest that the system saw on the connection that asked; none if untold.
        at: When it was signed, UTC.
    """

    schema: Literal["readiness-receipt/1"] = SCHEMA
    nonce: str
    direction: Direction
    bytes: int
    seconds: float
    rate: float | None
    round_trip_ms: float | None
    at: datetime


_READER = json_reader(Seen)


def sign_receipt(seen: Seen, key: Ed25519PrivateKey) -> Receipt:
    """Sign what was seen."""
    text = msgspec.json.encode(seen)
    signature = key.sign(signed_bytes(RECEIPT_TYPE, text))
    return Receipt(
        signed=text.decode("ascii"),
        keyid=key_id(key.public_key().public_bytes_raw()),
        sig=base64.b64encode(signature).decode("ascii"),
    )


def read_receipt(receipt: Receipt, keyid: str) -> Seen | None:
    """What the server with the key ``keyid`` saw; none if it did not sign this.

    Whether it belongs to an invitation and a figure is for the caller to compare.
    """
    if receipt.keyid != keyid:
        return None
    text = receipt.signed.encode("utf-8")
    if not holds(keyid, base64.b64decode(receipt.sig), signed_bytes(RECEIPT_TYPE, text)):
        return None
    try:
        strict_tree(text)
        seen = _READER.decode(text)
    except (InputError, msgspec.MsgspecError):
        return None
    return seen if seen.at.tzinfo is not None else None
