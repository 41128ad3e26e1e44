"""WebSocket frames (RFC 6455) as an ndt7 client meets them: counted while they arrive.

A message of ndt7 may take half a second on a slow line, so its bytes are counted one by one and
not when it is whole; and what is sent is random, so that masking it would change nothing.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.peer import Answer, check_status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.system.line.peer import Link

SUBPROTOCOL = "net.measurementlab.ndt.v7"
CONTINUED, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
LARGEST_BINARY = 1 << 24
LARGEST_TEXT = 64 * 1024
LARGEST_CONTROL = 125
_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_SWITCHED = 101
_LONG, _LONGER = 126, 127
_FIN, _RESERVED, _MASKED = 0x80, 0x70, 0x80


def shake_hands(link: Link, path: str) -> None:
    """Turn a connection into a WebSocket for ndt7.

    Raises:
        CannotMeasure: The server will not, or does not speak it.
    """
    key = base64.b64encode(secrets.token_bytes(16)).decode("ascii")
    fields = (
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
        f"Sec-WebSocket-Protocol: {SUBPROTOCOL}",
    )
    link.ask("GET", path, fields=fields)
    answer = link.answer()
    if answer.status != _SWITCHED:
        _refused(answer)
    # SHA-1 is what RFC 6455 asks for; it protects nothing here.
    digest = hashlib.sha1((key + _GUID).encode("ascii"), usedforsecurity=False).digest()
    wanted = base64.b64encode(digest).decode("ascii")
    said = answer.fields.get("sec-websocket-accept"), answer.fields.get("sec-websocket-protocol")
    if said != (wanted, SUBPROTOCOL):
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")


def _refused(answer: Answer) -> None:
    if answer.status == 200 and "html" in answer.fields.get("content-type", "").lower():  # noqa: PLR2004
        raise CannotMeasure(FailureCode.UNREACHABLE, "captive-portal", status=answer.status)
    check_status(answer)
    raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer", status=answer.status)


def head(kind: int, size: int, mask: bytes) -> bytes:
    """The head of a whole masked frame of ``size`` bytes."""
    if size <= LARGEST_CONTROL:
        length = bytes([_MASKED | size])
    elif size < 1 << 16:
        length = bytes([_MASKED | _LONG]) + size.to_bytes(2, "big")
    else:
        length = bytes([_MASKED | _LONGER]) + size.to_bytes(8, "big")
    return bytes([_FIN | kind]) + length + mask


def frame(kind: int, payload: bytes) -> bytes:
    """A short frame, masked."""
    mask = secrets.token_bytes(4)
    masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))
    return head(kind, len(payload), mask) + masked


class Incoming:
    """Takes apart what a server sends.

    Attributes:
        binary: Bytes of payload of binary messages so far.
    """

    def __init__(self) -> None:
        self.binary = 0
        self._head = b""
        self._left = 0
        self._kind = CONTINUED
        self._message = CONTINUED
        self._final = True
        self._text = b""
        self._control = b""

    def feed(self, data: bytes | memoryview) -> Iterator[tuple[int, bytes]]:
        """Count binary payload; yield each text message and control frame when it is whole.

        Raises:
            CannotMeasure: ``garbage-answer`` for what a server may not send.
        """
        at = 0
        while at < len(data):
            if self._left == 0:
                self._head += bytes(data[at : at + 1])
                at += 1
                if self._begins() and self._left == 0:
                    yield from self._ends()
                continue
            piece = data[at : at + self._left]
            at += len(piece)
            self._left -= len(piece)
            self._take(piece)
            if self._left == 0:
                yield from self._ends()

    def _begins(self) -> bool:
        """Whether the head is whole; then everything about the frame is known."""
        if len(self._head) < 2:  # noqa: PLR2004 - the shortest head
            return False
        first, second = self._head[0], self._head[1]
        more = {_LONG: 2, _LONGER: 8}.get(second & 0x7F, 0)
        if len(self._head) < 2 + more:
            return False
        size = int.from_bytes(self._head[2:], "big") if more else second & 0x7F
        self._kind, self._left, self._head = first & 0xF, size, b""
        control = self._kind in (CLOSE, PING, PONG)
        if not control:
            self._final = bool(first & _FIN)
            begins = self._kind != CONTINUED
            fits = begins == (self._message == CONTINUED)
            if begins:
                self._message = self._kind
        else:
            fits = bool(first & _FIN) and size <= LARGEST_CONTROL
        known = control or self._message in (TEXT, BINARY)
        most = LARGEST_TEXT if self._message == TEXT else LARGEST_BINARY
        if first & _RESERVED or second & _MASKED or not fits or not known or size > most:
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
        return True

    def _take(self, piece: bytes | memoryview) -> None:
        if self._kind in (CLOSE, PING, PONG):
            self._control += bytes(piece)
        elif self._message == BINARY:
            self.binary += len(piece)
        else:
            self._text += bytes(piece)
            if len(self._text) > LARGEST_TEXT:
                raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")

    def _ends(self) -> Iterator[tuple[int, bytes]]:
        if self._kind in (CLOSE, PING, PONG):
            yield self._kind, self._control
            self._control = b""
        elif self._final:
            if self._message == TEXT:
                yield TEXT, self._text
                self._text = b""
            self._message = CONTINUED
