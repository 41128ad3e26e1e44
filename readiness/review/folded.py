"""A signed report folded up: its data once, and what stands around them; nothing is lost.

An envelope holds the data in base 64, which neither packs well nor is read quickly.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.trust.arrived import Arrived

_SIZE = 4
"""Bytes of a length."""


def folded(arrived: Arrived) -> bytes:
    """The envelope and the data in it, to be unfolded below."""
    payload, envelope = arrived.payload, arrived.data
    head, found, tail = envelope.partition(base64.b64encode(payload))
    if not found:  # not signed, or the data stand there in another way
        head, tail = envelope, b""
    sizes = (len(head).to_bytes(_SIZE), len(tail).to_bytes(_SIZE))
    return b"".join((b"\1" if found else b"\0", *sizes, head, tail, payload))


def payload_of(data: bytes) -> bytes:
    """The data of the report."""
    return data[_begin(data) :]


def envelope_of(data: bytes) -> bytes:
    """The envelope, byte for byte; the data themselves where they were not signed."""
    head = int.from_bytes(data[1 : 1 + _SIZE])
    begin, rest = 1 + 2 * _SIZE, _begin(data)
    if data[:1] == b"\0":
        return data[begin:rest]
    middle = base64.b64encode(data[rest:])
    return b"".join((data[begin : begin + head], middle, data[begin + head : rest]))


def _begin(data: bytes) -> int:
    """Where the data begin."""
    head, tail = (int.from_bytes(data[n : n + _SIZE]) for n in (1, 1 + _SIZE))
    return 1 + 2 * _SIZE + head + tail
