"""A STUN binding request (RFC 8489, section 5 and 6.2.1): the one question to a UDP port that many
platforms' media servers answer to anybody.
"""  # noqa: D205 - two lines of summary

from __future__ import annotations

import contextlib
import secrets
import selectors
import socket
import struct
import time
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.peer import translate

if TYPE_CHECKING:
    from readiness.system.reach.places import Patience, Place

REQUEST = 0x0001
SUCCESS, ERROR = 0x0101, 0x0111
COOKIE = 0x2112A442
HEAD = struct.Struct("!HHI12s")
SENT_AT_S = (0.0, 0.5, 1.5, 3.5)
"""Retransmissions: RTO 500 ms, doubled each time (RFC 8489, 6.2.1), as far as 5 s allow."""

LARGEST = 2048


def request(transaction: bytes) -> bytes:
    """A binding request without attributes. ``transaction``: 12 random octets."""
    return HEAD.pack(REQUEST, 0, COOKIE, transaction)


def answered(packet: bytes) -> bytes | None:
    """The transaction that ``packet`` answers, also with an error; none if it is no answer."""
    if len(packet) < HEAD.size:
        return None
    kind, length, cookie, transaction = HEAD.unpack_from(packet)
    fits = length == len(packet) - HEAD.size and length % 4 == 0
    good = cookie == COOKIE and kind in (SUCCESS, ERROR) and fits
    return transaction if good else None


def ask(places: list[Place], patience: Patience) -> float | None:
    """Ask every address until one answers; seconds until then, or none for silence.

    Each repetition is a transaction of its own, so that the time belongs to the very packet that
    was answered.

    Raises:
        CannotMeasure: No address is silent: each one refused or cannot be reached.
        Cancelled: On Stop.
    """
    failure = CannotMeasure(FailureCode.UNREACHABLE, "no-network")
    patience.token.check()
    begin = time.monotonic()
    with contextlib.ExitStack() as open_ones, selectors.DefaultSelector() as selector:
        asked: dict[socket.socket, dict[bytes, float]] = {}
        for place in places:
            try:
                sock = open_ones.enter_context(socket.socket(place.family, socket.SOCK_DGRAM))
                sock.settimeout(0)
                sock.connect(place.address)
            except OSError as error:
                failure = _worse(failure, error)
                continue
            asked[sock] = {}
            selector.register(sock, selectors.EVENT_READ)
        while asked:
            ready = {key.fileobj for key, _ in selector.select(patience.slice_s)}
            for sock in list(asked):
                try:
                    if sock in ready and (seconds := _answer(sock, asked[sock])) is not None:
                        return seconds
                    _ask_again(sock, asked[sock], time.monotonic() - begin)
                except OSError as error:
                    failure = _worse(failure, error)
                    selector.unregister(sock)
                    del asked[sock]
            if patience.over and asked:
                return None
    raise failure


def _ask_again(sock: socket.socket, sent: dict[bytes, float], elapsed: float) -> None:
    if len(sent) < len(SENT_AT_S) and elapsed >= SENT_AT_S[len(sent)]:
        transaction = secrets.token_bytes(12)
        sent[transaction] = time.perf_counter()
        with contextlib.suppress(BlockingIOError):  # a full buffer loses it, as the line might
            sock.send(request(transaction))


def _answer(sock: socket.socket, sent: dict[bytes, float]) -> float | None:
    try:
        packet = sock.recv(LARGEST)
    except BlockingIOError:
        return None
    begun = sent.get(answered(packet) or b"")
    return None if begun is None else time.perf_counter() - begun


def _worse(before: CannotMeasure, error: OSError) -> CannotMeasure:
    """A port that was refused says more than an address that no way leads to.

    Windows reports the ICMP message "port unreachable" as a reset of the connection.
    """
    if isinstance(error, ConnectionResetError):
        return CannotMeasure(FailureCode.UNREACHABLE, "connection-refused")
    found = translate(error)
    return before if found.detail == "no-network" else found
