"""Hosts on loopback: certificates of every kind, ports that answer, refuse, or stay silent."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import socket
import ssl
import threading
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from readiness.model.requirement import Endpoint, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HERE = "127.0.0.1"
DAY = dt.timedelta(days=1)
STUN_COOKIE = bytes.fromhex("2112a442")


def tcp(port: int) -> Endpoint:
    """A TCP endpoint on loopback."""
    return Endpoint(host=HERE, port=port, protocol=Protocol.TCP)


def tls(port: int, *, public: bool = False) -> Endpoint:
    """A TLS endpoint on loopback."""
    return Endpoint(host=HERE, port=port, protocol=Protocol.TLS, public=public)


def udp(port: int) -> Endpoint:
    """A UDP endpoint on loopback."""
    return Endpoint(host=HERE, port=port, protocol=Protocol.UDP)


class Authority:
    """A certificate authority of its own.

    Args:
        folder: Where its files go; ``pem`` is its own certificate.
        name: Its organisation.
    """

    def __init__(self, folder: Path, name: str = "Example Shield Ltd") -> None:
        self._folder, self._count = folder, 0
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)])
        now = dt.datetime.now(dt.UTC)
        own = (
            x509.CertificateBuilder()
            .subject_name(self._name)
            .issuer_name(self._name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 9 * DAY)
            .not_valid_after(now + 9 * DAY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.pem = folder / "authority.pem"
        self.pem.write_bytes(own.public_bytes(serialization.Encoding.PEM))

    def certificate(self, name: str = HERE, *, days: tuple[int, int] = (-1, 1)) -> Path:
        """A host's key and certificate in one PEM file; ``days``: from when until when."""
        key = ec.generate_private_key(ec.SECP256R1())
        now = dt.datetime.now(dt.UTC)
        signed = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + days[0] * DAY)
            .not_valid_after(now + days[1] * DAY)
            .add_extension(x509.SubjectAlternativeName([_general(name)]), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        self._count += 1
        path = self._folder / f"host-{self._count}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + signed.public_bytes(serialization.Encoding.PEM)
        )
        return path


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


@contextlib.contextmanager
def serving(entertain: Callable[[socket.socket], None]) -> Iterator[int]:
    """A TCP host that treats every connection alike; yields its port."""
    with socket.create_server((HERE, 0)) as listener:
        listener.settimeout(0.05)
        over = threading.Event()
        guests: list[threading.Thread] = []

        def host() -> None:
            while not over.is_set():
                try:
                    sock, _ = listener.accept()
                except TimeoutError:
                    continue
                guests.append(threading.Thread(target=guest, args=(sock,), daemon=True))
                guests[-1].start()

        def guest(sock: socket.socket) -> None:
            sock.settimeout(10)
            with sock, contextlib.suppress(OSError):
                entertain(sock)

        door = threading.Thread(target=host, daemon=True)
        door.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.set()
            for thread in (door, *guests):
                thread.join(timeout=5)


def until_the_end(sock: socket.socket) -> None:
    """Read until the other end closes; never answer."""
    while sock.recv(4096):
        pass


def tls_host(pem: Path) -> contextlib.AbstractContextManager[int]:
    """A host that shakes hands with that certificate and waits for the end."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    def entertain(sock: socket.socket) -> None:
        with context.wrap_socket(sock, server_side=True) as safe:
            until_the_end(safe)

    return serving(entertain)


def refused_port(kind: int = socket.SOCK_STREAM) -> int:
    """A port on which nobody listens."""
    with socket.socket(socket.AF_INET, kind) as sock:
        sock.bind((HERE, 0))
        port: int = sock.getsockname()[1]
    return port


@contextlib.contextmanager
def swallowing_port() -> Iterator[int]:
    """A TCP port that drops what asks for a connection, as a silent firewall does.

    Its queue is full: the kernel answers no further SYN.
    """
    with socket.socket() as listener, contextlib.ExitStack() as callers:
        listener.bind((HERE, 0))
        listener.listen(0)
        for _ in range(4):
            caller = callers.enter_context(socket.socket())
            caller.setblocking(False)  # noqa: FBT003 - the name of the method says what it is
            with contextlib.suppress(BlockingIOError):
                caller.connect(listener.getsockname())
        yield listener.getsockname()[1]


@contextlib.contextmanager
def udp_host(answer: Callable[[bytes], bytes | None]) -> Iterator[tuple[int, list[bytes]]]:
    """A UDP host; yields its port and what it received so far."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((HERE, 0))
        sock.settimeout(0.05)
        over = threading.Event()
        received: list[bytes] = []

        def host() -> None:
            while not over.is_set():
                with contextlib.suppress(TimeoutError):
                    packet, caller = sock.recvfrom(2048)
                    received.append(packet)
                    said = answer(packet)
                    if said is not None:
                        sock.sendto(said, caller)

        thread = threading.Thread(target=host, daemon=True)
        thread.start()
        try:
            yield sock.getsockname()[1], received
        finally:
            over.set()
            thread.join(timeout=5)


def stun_answer(packet: bytes) -> bytes:
    """A success response with XOR-MAPPED-ADDRESS for 127.0.0.1, port 0 (RFC 8489, 14.2)."""
    mapped = bytes.fromhex("0001") + STUN_COOKIE[:2] + bytes(a ^ b for a, b in _LOOPBACK)
    attribute = bytes.fromhex("00200008") + mapped
    return b"\x01\x01" + len(attribute).to_bytes(2, "big") + packet[4:20] + attribute


_LOOPBACK = tuple(zip(bytes([127, 0, 0, 1]), STUN_COOKIE, strict=True))
