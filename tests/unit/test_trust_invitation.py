"""Invitations: what was signed comes back, and everything else is refused with its reason."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from readiness.model.errors import InputError
from readiness.report.seal import seal
from readiness.trust.code import LINE, to_code
from readiness.trust.invitation import answer_key, open_invitation, read_invitation
from tests.fakes.trust import EMPLOYER, MADE, PROFILE, invitation

if TYPE_CHECKING:
    from pathlib import Path

KIND = "application/vnd.readiness.invitation+json"
MADE_ONE = invitation()


def signed(**changes: object) -> bytes:
    """An invitation with other terms, properly signed."""
    payload = json.loads(base64.b64decode(json.loads(MADE_ONE.envelope)["payload"]))
    return seal(json.dumps(payload | changes).encode(), EMPLOYER.signing, payload_type=KIND)


def test_the_profile_comes_back_byte_by_byte() -> None:
    found = open_invitation(MADE_ONE.envelope, now=MADE)

    assert found.terms.profile.encode() == PROFILE
    assert found.issuer == EMPLOYER.public.signing
    assert found.terms.employer == "Acme Ltd"


def test_each_has_a_nonce_and_an_answer_key_of_its_own() -> None:
    other = invitation()

    assert MADE_ONE.terms.nonce != other.terms.nonce
    assert MADE_ONE.answer_keyid != other.answer_keyid


def test_the_answer_key_is_made_as_rfc_5869_says() -> None:
    """HKDF-SHA256, one block: HMAC(HMAC(salt, seed), info || 01)."""

    def hmac(key: bytes, data: bytes) -> bytes:
        made = HMAC(key, SHA256())
        made.update(data)
        return made.finalize()

    seed, nonce = "11" * 32, "22" * 16
    expected = hmac(hmac(b"\x22" * 16, b"\x11" * 32), b"readiness-answer/1\x01")

    assert answer_key(seed, nonce).private_bytes_raw() == expected


def test_the_code_holds_the_same_signed_bytes() -> None:
    found = open_invitation(to_code(MADE_ONE.envelope).encode(), now=MADE)

    assert found.envelope == MADE_ONE.envelope


def test_the_code_survives_what_mail_programs_do() -> None:
    code = to_code(MADE_ONE.envelope)
    letter = (
        "Dear Ada,\r\n\r\n" + "".join(f"> {line}\r\n" for line in code.split()) + "Yours, Acme."
    )

    assert max(map(len, code.split("\n"))) <= LINE
    assert open_invitation(letter.encode(), now=MADE).terms == MADE_ONE.terms


@pytest.mark.parametrize("kept", [0.5, 0.99])
def test_a_code_that_was_cut_is_told_apart_from_one_that_was_altered(kept: float) -> None:
    code = to_code(MADE_ONE.envelope)

    with pytest.raises(InputError, match="invitation-code-cut"):
        open_invitation(code[: int(len(code) * kept)].encode(), now=MADE)


def test_until_it_ends_it_can_be_opened() -> None:
    assert open_invitation(MADE_ONE.envelope, now=MADE + timedelta(days=14)).issuer


def test_afterwards_it_is_refused_with_the_day() -> None:
    with pytest.raises(InputError, match="invitation-expired") as caught:
        open_invitation(MADE_ONE.envelope, now=MADE + timedelta(days=14, seconds=1))

    assert "2026-03-16" in str(caught.value)


def test_a_clock_that_stands_before_it_was_made_is_named() -> None:
    with pytest.raises(InputError, match="invitation-from-tomorrow") as caught:
        open_invitation(MADE_ONE.envelope, now=MADE - timedelta(days=400))

    assert "clock says 2025-01-26" in str(caught.value)


def test_a_newer_kind_is_told_from_a_broken_one() -> None:
    with pytest.raises(InputError, match="invitation-schema-unknown"):
        open_invitation(signed(schema="readiness-invitation/2"), now=MADE)


def test_another_signed_thing_is_no_invitation() -> None:
    with pytest.raises(InputError, match="invitation-not-one"):
        open_invitation(seal(b"{}", EMPLOYER.signing), now=MADE)


@pytest.mark.parametrize(
    ("change", "reference"),
    [
        ({"nonce": "12"}, "nonce-unfit"),
        ({"answer_seed": "zz" * 32}, "answer-seed-unfit"),
        ({"expires": "2026-03-02T09:00:00Z"}, "expires-unfit"),
        ({"expires": "2027-04-01T09:00:00Z"}, "expires-unfit"),
        ({"created": "2026-03-02T09:00:00"}, "expires-unfit"),
        ({"created": "1999-03-02T09:00:00Z"}, "expires-unfit"),
        ({"employer": "Acme\u202e gnp.exe"}, "employer-unfit"),
        ({"employer": "Acme\x00"}, "employer-unfit"),
        ({"employer": "a" * 121}, "employer-unfit"),
        ({"reference": "a\nb"}, "reference-unfit"),
        ({"server": "file:///etc/passwd"}, "server-unfit"),
        ({"server": "https://u:p@host"}, "server-unfit"),
        ({"server": "https://host:0"}, "server-unfit"),
        ({"server": "https://host:99999"}, "server-unfit"),
        ({"server": "https://host/?next=x"}, "server-unfit"),
        ({"server": "javascript:alert(1)"}, "server-unfit"),
        ({"server": "https://" + "a" * 300}, "server-unfit"),
        ({"receipt_key": "ed25519:00"}, "receipt-key-unfit"),
        ({"seal_to": "x25519:" + "00" * 32}, "seal-to-unfit"),
        ({"seal_to": "ed25519:" + "11" * 32}, "seal-to-unfit"),
        ({"more": 1}, "invitation-invalid"),
        ({"nonce": 12}, "invitation-invalid"),
        ({"schema": 1}, "invitation-invalid"),
        ({"profile": "a" * 200_001}, "invitation-invalid"),
        ({"profile": "schema ="}, "profile-"),
        ({"profile": 'schema = "readiness-profile/9"'}, "profile-schema"),
    ],
)
def test_terms_that_cannot_be_meant_are_refused(change: dict[str, object], reference: str) -> None:
    with pytest.raises(InputError, match=reference):
        open_invitation(signed(**change), now=MADE)


def test_an_employer_cannot_issue_what_would_be_refused() -> None:
    with pytest.raises(InputError, match="server-unfit"):
        invitation(server="not an address")


def test_a_fault_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mail.readiness-invitation"
    path.write_bytes(b"hello")

    with pytest.raises(InputError, match="invitation-not-one") as caught:
        read_invitation(path, now=MADE)

    assert str(caught.value).startswith("mail.readiness-invitation: ")
