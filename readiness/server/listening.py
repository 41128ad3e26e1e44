"""What the measuring server listens with: sockets, certificate, descriptors."""

from __future__ import annotations

import contextlib
import socket
import ssl
import sys
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_

if TYPE_CHECKING:
    from pathlib import Path

BACKLOG = 512
HIGHEST_PORT = 65535
TRIES = 8
SPARE_DESCRIPTORS = 64
QUEUE = 1 << 20
"""Bytes of datagrams that may wait for the reflector, if the system gives so many."""


def listen(host: str, port: int) -> tuple[socket.socket, socket.socket | None]:
    """Sockets for TCP and UDP, the latter with the same number if it is free; none if UDP fails.

    Raises:
        InputError: The address cannot be listened on.
    """
    if not 0 <= port <= HIGHEST_PORT:
        raise _refusal(host, port, "0-65535")
    # A number that the system chose may be taken for UDP; one that a person chose stays.
    for _ in range(1 if port else TRIES):
        stream = _stream(host, port)
        datagrams = _datagrams(stream, stream.getsockname()[1])
        if datagrams is not None:
            return stream, datagrams
        stream.close()
    stream = _stream(host, port)
    return stream, _datagrams(stream, 0)


def _stream(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE | socket.AI_NUMERICSERV
        )
        family, _, _, _, address = found[0]
        return socket.create_server(
            (str(address[0]), port),
            family=family,
            backlog=BACKLOG,
            dualstack_ipv6=address[0] == "::" and socket.has_dualstack_ipv6(),
        )
    except (OSError, UnicodeError) as error:  # a name of odd length has no form for the network
        raise _refusal(host, port, error) from error


def _datagrams(stream: socket.socket, port: int) -> socket.socket | None:
    """A UDP socket on the address of ``stream``."""
    host = stream.getsockname()[0]
    sock = socket.socket(stream.family, socket.SOCK_DGRAM)
    try:
        if stream.family == socket.AF_INET6:
            alone = stream.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, alone)
        with contextlib.suppress(OSError):  # fewer will do
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, QUEUE)
        sock.bind((host, port))
    except OSError:
        sock.close()
        return None
    return sock


def _refusal(host: str, port: int, reason: object) -> InputError:
    return InputError(
        "serve-cannot-listen",
        N_("The server cannot listen on {host}, port {port}: {reason}"),
        hint=N_("Choose another port, for example --listen 127.0.0.1:8080."),
        host=host,
        port=port,
        reason=reason,
    )


def tls_context(certificate: Path, key: Path | None) -> ssl.SSLContext:
    """TLS 1.2 and later with the certificate of this server.

    Args:
        certificate: PEM file, the server's own certificate first, then those between.
        key: PEM file with its key, not encrypted; none if it stands in the same file.

    Raises:
        InputError: A file cannot be read or does not hold what it should.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION | ssl.OP_NO_COMPRESSION
    try:
        # Without a password of ours the library would ask for one at the terminal.
        context.load_cert_chain(certificate, key, password="")
    except (OSError, ValueError) as error:  # SSLError is an OSError
        raise InputError(
            "serve-certificate",
            N_("The certificate and its key cannot be used: {reason}"),
            where="--certificate, --key",
            hint=N_("Give two PEM files that belong together; the key without a password."),
            reason=getattr(error, "reason", None) or getattr(error, "strerror", None) or error,
        ) from error
    return context


if sys.platform == "win32":

    def descriptors(wanted: int) -> int:
        """How many connections of ``wanted`` this process can hold: there is no such limit."""
        return wanted

else:
    import resource

    def descriptors(wanted: int) -> int:
        """How many connections of ``wanted`` this process can hold; asks the system for room."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        asked = wanted + SPARE_DESCRIPTORS
        if resource.RLIM_INFINITY != soft < asked:
            soft = asked if hard == resource.RLIM_INFINITY else min(asked, hard)
            with contextlib.suppress(ValueError, OSError):  # the system keeps to what it gave
                resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        if soft == resource.RLIM_INFINITY:
            return wanted
        return max(1, min(wanted, soft - SPARE_DESCRIPTORS))
