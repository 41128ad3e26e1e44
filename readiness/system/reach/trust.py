"""Whose certificates are believed: the system's store, as a browser does, and Mozilla's list.

A chain that the system believes and Mozilla's list does not was made by an authority that somebody
added to this computer: an employer's, a virus scanner's, a school's.
"""

from __future__ import annotations

import ssl
import threading

from readiness.foreign import clean

LONGEST_NAME = 80

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
    """The two stores, loaded when they are first needed. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._system: ssl.SSLContext | None = None
        self._mozilla: ssl.SSLContext | None = None

    @property
    def system(self) -> ssl.SSLContext:
        """What this computer believes. Raises ``OSError``."""
        import truststore

        with self._lock:
            if self._system is None:
                self._system = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            return self._system

    @property
    def mozilla(self) -> ssl.SSLContext:
        """What Mozilla's list believes, whatever was added here. Raises ``OSError``."""
        import certifi

        with self._lock:
            if self._mozilla is None:
                self._mozilla = ssl.create_default_context(cafile=certifi.where())
            return self._mozilla


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
