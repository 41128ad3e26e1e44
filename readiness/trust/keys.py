"""An employer's keys: one for signing, one for sealing, locked by a passphrase in one file.

The form of both files is described in ``docs/invitation-format.md``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import InputError
from readiness.model.invited import KEY_ID
from readiness.model.text import N_
from readiness.report.seal import crockford, key_id
from readiness.trust.envelope import decoded

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

PRIVATE_ENDING, PUBLIC_ENDING = ".readiness-keys", ".readiness-public"
SEALING_PREFIX = "x25519:"
MAX_FILE = 16 * 1024
SHORTEST_PASSPHRASE = 12
"""Characters. Whoever has the file can try as fast as scrypt lets them."""

LOG_N, HIGHEST_LOG_N, BLOCK, PARALLEL = 16, 20, 8, 1
"""scrypt of RFC 7914: 64 MiB and about 0.2 s for each try; above 1 GiB a file is refused."""

SALT_BYTES, NONCE_BYTES, SEED_BYTES = 16, 12, 32


class PublicKeys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be handed on.

    Attributes:
        signing: Verifies invitations or receipts; ``ed25519:`` and 64 hexadecimal digits.
        sealing: Answers are sealed to it; ``x25519:`` and 64 hexadecimal digits.
    """

    schema: Literal["readiness-public/1"] = "readiness-public/1"
    signing: str
    sealing: str

    def __post_init__(self) -> None:
        """Refuse what is no key."""
        if not KEY_ID.fullmatch(self.signing) or not is_sealing_key(self.sealing):
            raise ValueError("these are no keys")


_PUBLIC = json_reader(PublicKeys)


class _Locked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: Literal["readiness-keys/1"] = "readiness-keys/1"
    signing: str
    sealing: str
    log_n: int
    salt: str
    nonce: str
    locked: str


_LOCKED = json_reader(_Locked)


@dataclass(frozen=True, kw_only=True)
class Keys:
    """Both private keys, unlocked. Never printed, never logged."""

    signing: Ed25519PrivateKey
    sealing: X25519PrivateKey

    @property
    def public(self) -> PublicKeys:
        """Their public halves."""
        return PublicKeys(
            signing=key_id(self.signing.public_key().public_bytes_raw()),
            sealing=f"{SEALING_PREFIX}{self.sealing.public_key().public_bytes_raw().hex()}",
        )

    def __repr__(self) -> str:
        return f"Keys({self.public.signing})"


def new_keys() -> Keys:
    """A fresh pair of each kind."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return Keys(signing=Ed25519PrivateKey.generate(), sealing=X25519PrivateKey.generate())


def locked(keys: Keys, passphrase: str) -> bytes:
    """The private file. Raises ``InputError`` if the passphrase is too short."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise InputError(
            "passphrase-short",
            N_("The passphrase has fewer than {least} characters."),
            hint=N_("Take four or more words that do not belong together."),
            least=SHORTEST_PASSPHRASE,
        )
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    public = keys.public
    seeds = keys.signing.private_bytes_raw() + keys.sealing.private_bytes_raw()
    cipher = ChaCha20Poly1305(_stretched(passphrase, salt, LOG_N))
    found = _Locked(
        signing=public.signing,
        sealing=public.sealing,
        log_n=LOG_N,
        salt=_text(salt),
        nonce=_text(nonce),
        locked=_text(cipher.encrypt(nonce, seeds, _bound(public))),
    )
    return _file(found)


def unlocked(data: bytes, passphrase: str) -> Keys:
    """The keys of a private file.

    Raises:
        InputError: ``keys-invalid``: it is none; ``passphrase-wrong``: it, or the file, is not
            what it was.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    held = decoded(_LOCKED, data, _no_keys)
    public = _public(held)
    try:
        salt, nonce, secret = (
            base64.b64decode(text, validate=True) for text in (held.salt, held.nonce, held.locked)
        )
    except (binascii.Error, ValueError) as error:
        raise _no_keys() from error
    if (
        len(salt) != SALT_BYTES
        or len(nonce) != NONCE_BYTES
        or not LOG_N <= held.log_n <= (HIGHEST_LOG_N)
    ):
        raise _no_keys()
    try:
        cipher = ChaCha20Poly1305(_stretched(passphrase, salt, held.log_n))
        seeds = cipher.decrypt(nonce, secret, _bound(public))
    except InvalidTag as error:
        raise InputError(
            "passphrase-wrong",
            N_("The passphrase does not open these keys, or the file was damaged."),
            hint=N_("Mind capital letters and the layout of the keyboard."),
        ) from error
    if len(seeds) != 2 * SEED_BYTES:
        raise _no_keys()
    return Keys(
        signing=Ed25519PrivateKey.from_private_bytes(seeds[:SEED_BYTES]),
        sealing=X25519PrivateKey.from_private_bytes(seeds[SEED_BYTES:]),
    )


def public_file(public: PublicKeys) -> bytes:
    """The file to hand on."""
    return _file(public)


def read_public(data: bytes) -> PublicKeys:
    """The public keys out of a public file, or out of a private one without its passphrase."""
    try:
        return decoded(_PUBLIC, data, _no_keys)
    except InputError:
        return read_locked(data)


def read_locked(data: bytes) -> PublicKeys:
    """The public keys out of a private file, without its passphrase. Raises ``InputError``."""
    return _public(decoded(_LOCKED, data, _no_keys))


def is_sealing_key(text: str) -> bool:
    """Whether it is written as a sealing key is."""
    digits = text.removeprefix(SEALING_PREFIX)
    return text != digits and bool(KEY_ID.fullmatch(f"ed25519:{digits}"))


def fingerprint(keyid: str) -> str:
    """A key in 16 letters to be compared by eye or on the phone: ``7KQ2-M0XA-4T1B-ZZ9C``.

    80 bits of the SHA-256 of the key as it is written, in Crockford's base 32.
    """
    return crockford(hashlib.sha256(keyid.encode()).digest()[:10])


def _public(held: _Locked) -> PublicKeys:
    try:
        return PublicKeys(signing=held.signing, sealing=held.sealing)
    except ValueError as error:
        raise _no_keys() from error


def _bound(public: PublicKeys) -> bytes:
    """What is authenticated beside the secret: nobody can put other public halves in front."""
    return f"readiness-keys/1 {public.signing} {public.sealing}".encode()


def _stretched(passphrase: str, salt: bytes, log_n: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # The same letters come composed from one keyboard and in parts from another.
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Scrypt(salt=salt, length=32, n=1 << log_n, r=BLOCK, p=PARALLEL).derive(typed)


def _file(document: msgspec.Struct) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _no_keys() -> InputError:
    return InputError(
        "keys-invalid",
        N_("This is no file of keys as this program writes it."),
        hint=N_("Check that it is the right file. New ones are made by: readiness keys new"),
    )
