"""What an invitation says, and whether it can be meant: texts, times, keys, the server."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from readiness.foreign import clean
from readiness.model.errors import InputError
from readiness.model.invited import DIGEST, KEY_ID, NONCE
from readiness.model.text import N_
from readiness.report.plausible import EARLIEST, LATEST
from readiness.trust.keys import SEALING_PREFIX, is_sealing_key

SCHEMA: Literal["readiness-invitation/1"] = "readiness-invitation/1"
LONGEST_NAME = 120
LONGEST_SERVER = 200
LONGEST_PROFILE = 200_000
"""Characters of the requirements; a profile file may be larger, but not one that is mailed."""

LONGEST_DAYS = 366
_PRINTABLE = re.compile(r"[!-~]+")


class Terms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is signed.

    Attributes:
        nonce: 32 hexadecimal digits, never used twice.
        created: When it was made, by the employer's clock.
        expires: Answers that come later are late.
        answer_seed: 64 hexadecimal digits, of which the key that signs the answer is made.
        profile: The requirements, a profile file as it stands.
        employer: How the employer calls itself; nobody checked it.
        server: Address of the measuring server; empty: the applicant chooses.
        receipt_key: Key by which that server signs what it saw; empty: it does not.
        seal_to: Key that the answer is sealed to; empty: it is not.
        reference: The employer's own mark for the applicant, if it is to be in here.
    """

    schema: Literal["readiness-invitation/1"] = SCHEMA
    nonce: str
    created: datetime
    expires: datetime
    answer_seed: str
    profile: str
    employer: str = ""
    server: str = ""
    receipt_key: str = ""
    seal_to: str = ""
    reference: str = ""


def check_terms(terms: Terms) -> None:
    """Refuse what cannot be meant.

    Raises:
        InputError: ``invitation-<field>-unfit``.
    """
    for name, good in (
        ("nonce", bool(NONCE.fullmatch(terms.nonce))),
        ("answer_seed", bool(DIGEST.fullmatch(terms.answer_seed))),
        ("expires", _times(terms.created, terms.expires)),
        ("employer", is_name(terms.employer)),
        ("reference", is_name(terms.reference)),
        ("server", not terms.server or is_server(terms.server)),
        ("receipt_key", not terms.receipt_key or bool(KEY_ID.fullmatch(terms.receipt_key))),
        ("seal_to", not terms.seal_to or _can_seal(terms.seal_to)),
        ("profile", len(terms.profile) <= LONGEST_PROFILE),
    ):
        if not good:
            raise InputError(
                f"invitation-{name.replace('_', '-')}-unfit",
                N_("What stands in {field} is of no use in an invitation."),
                hint=N_("Ask the employer for a new invitation."),
                field=name,
            )


def is_name(text: str) -> bool:
    """Whether it is one short line in which nothing is hidden; may be empty."""
    return len(text) <= LONGEST_NAME and clean(text) == text


def is_server(text: str) -> bool:
    """Whether it is the address of a measuring server: ``https://host:port``, nothing more."""
    if len(text) > LONGEST_SERVER or not _PRINTABLE.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain and port != 0


def _times(created: datetime, expires: datetime) -> bool:
    if created.tzinfo is None or expires.tzinfo is None:
        return False
    return EARLIEST <= created < expires <= min(LATEST, created + timedelta(days=LONGEST_DAYS))


def _can_seal(text: str) -> bool:
    """Whether it is a key, and none of the few points for which everybody knows the secret."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    if not is_sealing_key(text):
        return False
    public = X25519PublicKey.from_public_bytes(bytes.fromhex(text.removeprefix(SEALING_PREFIX)))
    try:
        X25519PrivateKey.generate().exchange(public)
    except ValueError:
        return False
    return True
