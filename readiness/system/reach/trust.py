"""Whose certificates are believed: the system's store, as a browser does, and Mozilla's list.

A chain that the system believes and Mozilla's list does not was made by an authority that somebody
added to this computer: an employer's, a virus scanner's, a school's.
"""

from __future__ import annotations

import ssl
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.foreign import clean

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_NAME = 80
STORES_APART = frozenset({"win32", "darwin"})
"""Systems whose store is asked by calls of the system, not read by OpenSSL."""

# X509_V_ERR_* of OpenSSL; the HRESULTs of Windows' winerror.h; OSStatus of macOS' SecBase.h.
_EXPIRED = {9, 10, 0x800B0101, -67818, -67819}
_NAME = {62, 64, 0x800B010F, -67602}
_UNTRUSTED = {2, 18, 19, 20, 21, 0x800B0109, 0x800B010A, 0x800B0112, -67843, -25318}
_WORDS = {
    **dict.fromkeys(_EXPIRED, "certificate-expired"),
    **dict.fromkeys(_NAME, "certificate-name"),
    **dict.fromkeys(_UNTRUSTED, "certificate-untrusted"),
}


class Trust:
    """The two stores. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: dict[str, ssl.SSLContext] = {}

    def prepare(self) -> None:
        """Load everything now, so that it does not disturb what is timed. Raises ``OSError``."""
        from cryptography import x509  # noqa: F401 - takes a while the first time

        _ = self.system, self.mozilla

    @property
    def system(self) -> ssl.SSLContext:
        """What this computer believes. Raises ``OSError``."""
        if not _openssl_finds_it():
            import truststore

            # One for each try: it is locked while the system verifies.
            return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return self._once("system", ssl.create_default_context)

    @property
    def mozilla(self) -> ssl.SSLContext:
        """What Mozilla's list believes, whatever was added here. Raises ``OSError``."""
        import certifi

        return self._once("mozilla", lambda: ssl.create_default_context(cafile=certifi.where()))

    def _once(self, name: str, load: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
        with self._lock:
            if name not in self._loaded:
                self._loaded[name] = load()
            return self._loaded[name]


def _openssl_finds_it() -> bool:
    """Whether OpenSSL reads the system's store by itself; a Python built elsewhere may not."""
    if sys.platform in STORES_APART:
        return False
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or (paths.capath and any(Path(paths.capath).iterdir())))


def refusal(error: ssl.SSLError) -> str:
    """Why a handshake failed, as a detail."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _WORDS.get(getattr(error, "verify_code", 0), "tls-failure")
    return "tls-failure"


def issuer(certificate: bytes | None) -> str:
    """The organisation that issued a DER certificate, else the issuer's name; empty if untold."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    try:
        name = x509.load_der_x509_certificate(certificate or b"").issuer
        found = [
            str(attribute.value)
            for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)
            for attribute in name.get_attributes_for_oid(oid)
        ]
    except ValueError:
        return ""
    return clean(found[0])[:LONGEST_NAME] if found else ""
