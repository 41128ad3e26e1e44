"""Invitations: made and signed by an employer, opened with suspicion by the applicant's program."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import InputError
from readiness.model.invited import Invited
from readiness.model.text import N_
from readiness.profiles import parse_profile
from readiness.report.plausible import SLACK
from readiness.report.seal import MAX_ENVELOPE, key_id, seal
from readiness.storage import read_limited
from readiness.trust.accepted import INVITATION_ENDING
from readiness.trust.code import from_code
from readiness.trust.envelope import Kind, fault, opened, parsed
from readiness.trust.keys import fingerprint
from readiness.trust.terms import LONGEST_PROFILE, SCHEMA, Terms, check_terms

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from readiness.model.requirement import Profile

ENDING = INVITATION_ENDING
PROFILE_NAME = "invitation"
"""What the requirements inside are called where one of their faults is named."""

KIND = Kind(
    name="invitation",
    payload_type="application/vnd.readiness.invitation+json",
    schema=SCHEMA,
    longest=LONGEST_PROFILE,
    not_one=N_("This is no invitation as this program knows it."),
    altered=N_("This invitation was changed after it was signed, or damaged on its way."),
    newer=N_("This invitation is of a kind that is not known here: a newer program made it."),
)
_INFO = b"readiness-answer/1"
_TERMS = json_reader(Terms)


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """An invitation whose signature holds.

    Attributes:
        terms: What it says.
        profile: The requirements inside.
        issuer: The key that signed it. Whose that is, only a comparison of fingerprints tells.
        envelope: The file's bytes.
    """

    terms: Terms
    profile: Profile
    issuer: str
    envelope: bytes

    @property
    def fingerprint(self) -> str:
        """The issuer's key in 16 letters."""
        return fingerprint(self.issuer)

    @property
    def invited(self) -> Invited:
        """What a session that answers it remembers."""
        return Invited(nonce=self.terms.nonce, profile_digest=self.profile.digest)

    @cached_property
    def answer_key(self) -> Ed25519PrivateKey:
        """The key that signs the answer; whoever holds the invitation has it."""
        return answer_key(self.terms.answer_seed, self.terms.nonce)

    @property
    def answer_keyid(self) -> str:
        """Its public half, by which an answer is known."""
        return key_id(self.answer_key.public_key().public_bytes_raw())

    def __getstate__(self) -> dict[str, object]:
        """For another process: without the key that was worked out, which is worked out again."""
        return {name: value for name, value in vars(self).items() if name != "answer_key"}


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What all invitations of one issue have in common; see ``Terms``."""

    profile: bytes
    days: int
    employer: str = ""
    server: str = ""
    receipt_key: str = ""
    seal_to: str = ""


def issue(
    offer: Offer, key: Ed25519PrivateKey, *, now: datetime, reference: str = ""
) -> Invitation:
    """Make one invitation, with a nonce and an answer key that nothing else has.

    Raises:
        InputError: The requirements have a fault, or something cannot be meant.
    """
    try:
        text = offer.profile.decode("utf-8")
    except UnicodeDecodeError:
        text = ""  # parse_profile names the fault
    parse_profile(offer.profile, PROFILE_NAME)
    created = now.replace(microsecond=0)
    terms = Terms(
        nonce=secrets.token_hex(16),
        created=created,
        expires=created + timedelta(days=offer.days),
        answer_seed=secrets.token_hex(32),
        profile=text,
        employer=offer.employer,
        server=offer.server,
        receipt_key=offer.receipt_key,
        seal_to=offer.seal_to,
        reference=reference,
    )
    check_terms(terms)
    payload = msgspec.json.encode(terms, order="deterministic")
    return open_invitation(seal(payload, key, payload_type=KIND.payload_type), now=None)


def read_invitation(path: Path, *, now: datetime | None) -> Invitation:
    """Open an invitation's file, or a text file that holds its code. Raises ``InputError``."""
    data = read_limited(path, MAX_ENVELOPE, follow=False)
    try:
        return open_invitation(data, now=now)
    except InputError as error:
        error.where = f"{path.name}: {error.where}" if error.where else path.name
        raise


def open_invitation(data: bytes, *, now: datetime | None) -> Invitation:
    """Open an invitation that anybody may have made: its file's bytes, or its code.

    Args:
        data: The bytes.
        now: Refuse one that has expired by then, or is not yet made; none: at any time.

    Raises:
        InputError: ``invitation-...``, or the first fault of the requirements inside.
    """
    envelope = data if data.lstrip()[:1] == b"{" else from_code(data, KIND)
    signed = opened(envelope, KIND)
    terms = parsed(signed.payload, KIND, _TERMS)
    check_terms(terms)
    if now is not None:
        _check_time(terms, now)
    profile = parse_profile(terms.profile.encode("utf-8"), PROFILE_NAME)
    return Invitation(terms=terms, profile=profile, issuer=signed.keyid, envelope=envelope)


def answer_key(seed: str, nonce: str) -> Ed25519PrivateKey:
    """The one-time key of an answer: HKDF-SHA256 (RFC 5869) of the seed, salted with the nonce."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made = HKDF(algorithm=SHA256(), length=32, salt=bytes.fromhex(nonce), info=_INFO)
    return Ed25519PrivateKey.from_private_bytes(made.derive(bytes.fromhex(seed)))


def _check_time(terms: Terms, now: datetime) -> None:
    if now > terms.expires:
        raise InputError(
            "invitation-expired",
            N_("This invitation ended on {day}."),
            hint=N_("Ask the employer for a new one, and check this computer's date."),
            day=terms.expires.date().isoformat(),
        )
    if now + SLACK < terms.created:
        raise InputError(
            "invitation-from-tomorrow",
            N_("This invitation was made on {day}, but this computer's clock says {today}."),
            hint=N_("Set this computer's date and time, then open the invitation again."),
            day=terms.created.date().isoformat(),
            today=now.date().isoformat(),
        )


__all__ = [
    "ENDING",
    "KIND",
    "Invitation",
    "Offer",
    "answer_key",
    "fault",
    "issue",
    "open_invitation",
    "read_invitation",
]
