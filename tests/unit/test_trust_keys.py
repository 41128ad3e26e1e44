"""The key file: opened by its passphrase alone, and by nothing that is nearly it."""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata

import pytest

from readiness.model.errors import InputError
from readiness.trust.keys import fingerprint, locked, new_keys, public_file, read_public, unlocked

PASSPHRASE = "correct horse battery"
KEYS = new_keys()
FILE = locked(KEYS, PASSPHRASE)


def test_the_same_keys_come_back() -> None:
    opened = unlocked(FILE, PASSPHRASE)

    assert opened.public == KEYS.public
    assert opened.signing.private_bytes_raw() == KEYS.signing.private_bytes_raw()
    assert opened.sealing.private_bytes_raw() == KEYS.sealing.private_bytes_raw()


def test_no_secret_stands_in_the_file_or_in_the_words_for_the_keys() -> None:
    for secret in (KEYS.signing.private_bytes_raw(), KEYS.sealing.private_bytes_raw()):
        for written in (secret.hex(), base64.b64encode(secret).decode()):
            assert written not in FILE.decode()
            assert written not in repr(KEYS)


def test_another_passphrase_does_not_open_it() -> None:
    with pytest.raises(InputError, match="passphrase-wrong"):
        unlocked(FILE, PASSPHRASE + ".")


def test_letters_typed_in_parts_are_the_same_passphrase() -> None:
    """One keyboard gives one code point for an umlaut, another a letter and a mark."""
    whole, parts = (unicodedata.normalize(form, "schön lange Wörter") for form in ("NFC", "NFD"))

    assert unlocked(locked(KEYS, whole), parts).public == KEYS.public


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(InputError, match="passphrase-short"):
        locked(KEYS, "elevenchars")


def test_public_halves_cannot_be_put_in_front_of_another_secret() -> None:
    other = new_keys().public
    tree = json.loads(FILE) | {"signing": other.signing, "sealing": other.sealing}

    with pytest.raises(InputError, match="passphrase-wrong"):
        unlocked(json.dumps(tree).encode(), PASSPHRASE)


@pytest.mark.parametrize(
    "change",
    [
        {"log_n": 30},
        {"log_n": 1},
        {"salt": "AA=="},
        {"nonce": "AA=="},
        {"salt": "***"},
        {"signing": "ed25519:00"},
        {"more": 1},
        {"schema": "readiness-keys/2"},
    ],
)
def test_a_key_file_that_was_meddled_with_is_refused_before_anything_is_worked_out(
    change: dict[str, object],
) -> None:
    """``log_n`` = 30 would ask for a TiB of memory."""
    with pytest.raises(InputError, match="keys-invalid"):
        unlocked(json.dumps(json.loads(FILE) | change).encode(), PASSPHRASE)


def test_public_keys_are_read_from_either_file() -> None:
    assert read_public(public_file(KEYS.public)) == read_public(FILE) == KEYS.public


def test_the_fingerprint_is_eighty_bits_of_the_hash_in_crockfords_letters() -> None:
    keyid = KEYS.public.signing
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    bits = f"{int.from_bytes(hashlib.sha256(keyid.encode()).digest(), 'big'):0256b}"
    expected = "".join(letters[int(bits[n : n + 5], 2)] for n in range(0, 80, 5))

    assert fingerprint(keyid).replace("-", "") == expected
    assert len(fingerprint(keyid)) == 19
