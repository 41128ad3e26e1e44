"""What ties a check to an employer: the invitation it answers, and what their server saw of it."""

from __future__ import annotations

import re

import msgspec

NONCE = re.compile(r"[0-9a-f]{32}")
"""128 bits in small hexadecimal."""

DIGEST = re.compile(r"[0-9a-f]{64}")
KEY_ID = re.compile(r"ed25519:[0-9a-f]{64}")
SIGNATURE = re.compile(r"[A-Za-z0-9+/]{86}==")
"""64 bytes in base64."""

LONGEST_RECEIPT = 400


class Invited(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The invitation that a check answers.

    Attributes:
        nonce: The invitation's number, 32 hexadecimal digits.
        profile_digest: SHA-256 of the bytes of the requirements that it holds.
    """

    nonce: str
    profile_digest: str

    def __post_init__(self) -> None:
        """Refuse what no invitation has."""
        if not NONCE.fullmatch(self.nonce) or not DIGEST.fullmatch(self.profile_digest):
            raise ValueError("an invitation is named by its nonce and its profile's digest")


class Receipt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a measuring server saw of one transfer, signed by it.

    Attributes:
        signed: The receipt as JSON, exactly as it was signed.
        keyid: The server's public key, ``ed25519:`` and 64 hexadecimal digits.
        sig: Ed25519 signature over DSSE's encoding of ``signed``, base64.
    """

    signed: str
    keyid: str
    sig: str

    def __post_init__(self) -> None:
        """Refuse what no server gives."""
        if not 0 < len(self.signed) <= LONGEST_RECEIPT or not self.signed.isascii():
            raise ValueError(f"a receipt holds at most {LONGEST_RECEIPT} plain characters")
        if not KEY_ID.fullmatch(self.keyid) or not SIGNATURE.fullmatch(self.sig):
            raise ValueError("a receipt is signed with Ed25519")
