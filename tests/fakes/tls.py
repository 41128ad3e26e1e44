"""A TLS end in front of a plain server, with a certificate made for the occasion."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def certificate(folder: Path, *, address: str = "127.0.0.1") -> Path:
    """A key and a self-signed certificate for an address in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, address)])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "end.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return path


@contextlib.contextmanager
def encrypted(server: str, pem: Path) -> Iterator[str]:
    """Terminate TLS in front of ``server``; yields the ``https`` address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    parts = urlsplit(server)
    target = (parts.hostname or "", parts.port or 80)
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        doorman = threading.Thread(target=_accept, args=(listener, target, context, over))
        doorman.start()
        try:
            yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            over.set()
            doorman.join(timeout=5)


def _accept(
    listener: socket.socket,
    target: tuple[str, int],
    context: ssl.SSLContext,
    over: threading.Event,
) -> None:
    guests: list[threading.Thread] = []
    while not over.is_set():
        try:
            near, _ = listener.accept()
        except TimeoutError:
            continue
        guests.append(threading.Thread(target=_serve, args=(near, target, context, over)))
        guests[-1].start()
    for guest in guests:
        guest.join(timeout=5)


def _serve(
    near: socket.socket, target: tuple[str, int], context: ssl.SSLContext, over: threading.Event
) -> None:
    """One connection, both directions in turn in one thread: a TLS socket is not for two."""
    with near, contextlib.suppress(OSError), socket.create_connection(target) as far:
        near.settimeout(5)
        with context.wrap_socket(near, server_side=True) as safe:
            far.settimeout(0.002)
            safe.settimeout(0.002)
            while not over.is_set():
                for source, sink in ((safe, far), (far, safe)):
                    try:
                        piece = source.recv(16384)
                    except TimeoutError:
                        continue
                    if not piece:
                        return
                    sink.settimeout(5)
                    sink.sendall(piece)
                    sink.settimeout(0.002)
