"""Bodies of HTTP answers as they arrive: by announced length, in chunks, or to the end.

Only payload is counted, never what frames it (RFC 9112, sections 6 and 7).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.system.line.peer import Answer, Link

PIECE = 256 * 1024
LONGEST_LINE = 1024
MOST_TRAILERS = 16
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?")


def pieces(link: Link, answer: Answer) -> Iterator[bytes | memoryview]:
    """The payload of the answer, in pieces as they arrive; what follows it is kept by the link.

    Raises:
        CannotMeasure: ``truncated`` if it ends early, ``garbage-answer`` if it is framed wrongly.
    """
    coding = answer.fields.get("transfer-encoding", "").lower()
    if answer.fields.get("content-encoding", "identity").lower() != "identity":
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
    if coding:
        if coding != "chunked":
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
        yield from _chunks(link)
    elif answer.length is not None:
        yield from _whole(link, answer.length)
    else:
        if rest := link.take():
            yield rest
        while piece := link.receive(PIECE):
            yield piece


def short_body(link: Link, answer: Answer, *, most: int) -> bytes:
    """The whole body of an answer that should be short. Raises as :func:`pieces` does."""
    found = b""
    for piece in pieces(link, answer):
        found += piece
        if len(found) > most:
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
    return found


def stays_open(answer: Answer) -> bool:
    """Whether another request may follow over the same connection."""
    framed = answer.length is not None or "transfer-encoding" in answer.fields
    return framed and answer.fields.get("connection", "").lower() != "close"


def _whole(link: Link, length: int) -> Iterator[bytes | memoryview]:
    rest = link.take()
    link.give_back(rest[length:])
    left = length - len(rest[:length])
    yield rest[:length]
    buffer = memoryview(bytearray(min(PIECE, left)))
    while left > 0:
        got = link.receive_into(buffer[: min(left, len(buffer))])
        if not got:
            raise CannotMeasure(FailureCode.UNREACHABLE, "truncated")
        left -= got
        yield buffer[:got]


def _chunks(link: Link) -> Iterator[bytes | memoryview]:
    source = _Lines(link)
    while size := _size(source.line()):
        left = size
        while left > 0:
            piece = source.piece(left)
            left -= len(piece)
            yield piece
        if source.line():
            raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
    for _ in range(MOST_TRAILERS):
        if not source.line():
            link.give_back(source.rest())
            return
    raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")


def _size(line: bytes) -> int:
    match = _CHUNK.fullmatch(line)
    if match is None:
        raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
    return int(match[1], 16)


class _Lines:
    """Lines and pieces of one connection, without copying what is passed over."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._have = link.take()
        self._at = 0

    def line(self) -> bytes:
        """Up to the next line end, which is dropped."""
        while (end := self._have.find(b"\r\n", self._at)) < 0:
            if len(self._have) - self._at > LONGEST_LINE:
                raise CannotMeasure(FailureCode.UNREACHABLE, "garbage-answer")
            self._more()
        found = self._have[self._at : end]
        self._at = end + 2
        return found

    def piece(self, most: int) -> bytes | memoryview:
        """Some bytes, at least one."""
        if self._at == len(self._have):
            self._more()
        found = memoryview(self._have)[self._at : self._at + most]
        self._at += len(found)
        return found

    def rest(self) -> bytes:
        """What was received beyond."""
        return self._have[self._at :]

    def _more(self) -> None:
        piece = self._link.receive(PIECE)
        if not piece:
            raise CannotMeasure(FailureCode.UNREACHABLE, "truncated")
        self._have = self._have[self._at :] + piece
        self._at = 0
