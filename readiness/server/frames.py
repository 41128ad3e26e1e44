"""WebSocket frames, RFC 6455, section 5, as the measuring server needs them.

The package websockets agrees on the connection, but it keeps each message whole, up to 16 MiB for
every client. Here payload is counted as it arrives and thrown away.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
FIN, RESERVED, OPCODE = 0x80, 0x70, 0x0F
MASKED, LENGTH = 0x80, 0x7F
CONTROL = 0x8
MOST_CONTROL = 125
TWO_BYTES, EIGHT_BYTES = 126, 127
MASK = 4

NORMAL, PROTOCOL_ERROR, NOT_ACCEPTED, POLICY, TOO_BIG, TRY_LATER = (
    1000,
    1002,
    1003,
    1008,
    1009,
    1013,
)
"""Status codes of a closing frame, RFC 6455, section 7.4, and its registry."""

MOST_MESSAGE = 1 << 24
"""Bytes; the least that ndt7 lets a server refuse to go beyond."""

PETTY = 1024
"""A data frame below this, or a control frame, carries nothing; ndt7's shortest message."""

MOST_PETTY = 1000
"""Of these a whole test needs a few dozen."""


class Broken(Exception):  # noqa: N818 - named after the state of the connection
    """The client broke a rule; ``code`` is for the closing frame."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


def frame(opcode: int, content: bytes = b"") -> bytes:
    """A whole frame of the server."""
    return frame_head(opcode, len(content)) + content


def frame_head(opcode: int, length: int) -> bytes:
    """The head of a whole frame of the server, which does not mask; its payload follows."""
    if length < TWO_BYTES:
        return struct.pack("!BB", FIN | opcode, length)
    if length < 1 << 16:
        return struct.pack("!BBH", FIN | opcode, TWO_BYTES, length)
    return struct.pack("!BBQ", FIN | opcode, EIGHT_BYTES, length)


@dataclass
class Reader:
    """Takes a client's frames apart as they arrive."""

    _head: bytes = b""
    _kind: int = CONTINUATION
    _message: int | None = None
    _size: int = 0
    _left: int = 0
    _open: bool = False
    _mask: bytes = b""
    _control: bytes = b""
    _petty: int = 0

    def feed(self, data: memoryview) -> Iterator[tuple[int, int, bytes]]:
        """What came: kind of message, bytes of its payload; a control frame comes whole.

        Raises:
            Broken: The client broke a rule.
        """
        while data:
            if not self._open:
                data = self._take_head(data)
                if not self._open:
                    return
            here = data[: self._left]
            data = data[len(here) :]
            self._left -= len(here)
            self._open = self._left > 0
            if not self._kind & CONTROL:
                yield self._kind, len(here), b""
                continue
            self._control += here
            if not self._open:
                yield self._kind, len(self._control), self._unmasked()

    def _take_head(self, data: memoryview) -> memoryview:
        """Read on in the head of a frame; the frame is open when it is whole."""
        while len(self._head) < (needed := self._needed()):
            more = data[: needed - len(self._head)]
            if not more:
                return data
            self._head += more
            data = data[len(more) :]
        self._begin()
        self._head, self._open = b"", True
        return data

    def _needed(self) -> int:
        if len(self._head) < 2:  # noqa: PLR2004 - the fixed part
            return 2
        short = self._head[1] & LENGTH
        return 2 + {TWO_BYTES: 2, EIGHT_BYTES: 8}.get(short, 0) + MASK

    def _begin(self) -> None:
        first, second = self._head[:2]
        if first & RESERVED or not second & MASKED:
            raise Broken(PROTOCOL_ERROR)
        opcode, final = first & OPCODE, bool(first & FIN)
        extended = self._head[2:-MASK]
        length = int.from_bytes(extended) if extended else second & LENGTH
        self._mask = self._head[-MASK:]
        self._control = b""
        self._left = length
        if opcode & CONTROL:
            self._begin_control(opcode, length, final=final)
        else:
            self._begin_data(opcode, length, final=final)

    def _begin_control(self, opcode: int, length: int, *, final: bool) -> None:
        if opcode not in (CLOSE, PING, PONG) or not final or length > MOST_CONTROL:
            raise Broken(PROTOCOL_ERROR)
        self._kind = opcode
        self._count_petty()

    def _begin_data(self, opcode: int, length: int, *, final: bool) -> None:
        within = self._message is not None
        if opcode not in (CONTINUATION, TEXT, BINARY) or (opcode == CONTINUATION) != within:
            raise Broken(PROTOCOL_ERROR)
        if not within:
            self._message, self._size = opcode, 0
        self._kind = self._message or opcode
        self._size += length
        if self._size > MOST_MESSAGE:
            raise Broken(TOO_BIG)
        if length < PETTY:
            self._count_petty()
        if final:
            self._message = None

    def _count_petty(self) -> None:
        self._petty += 1
        if self._petty > MOST_PETTY:
            raise Broken(POLICY)

    def _unmasked(self) -> bytes:
        return bytes(byte ^ self._mask[i % MASK] for i, byte in enumerate(self._control))
