"""Whether a WAV, FLAC or Ogg file is one, and whole: what its own container says, byte by byte.

The decoding library takes what it gets: half a WAV file is a shorter recording to it. A figure must
not rest on a part, so the lengths that a container states are compared with what is there.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

WAV_CODINGS: Final = frozenset({1, 3, 6, 7, 0xFFFE})
"""PCM, float, A-law, mu-law and "see the extension"; other codings in WAV are not read."""

LENGTH_UNKNOWN: Final = 0xFFFFFFFF
"""What a program writes as a length that pipes its recording and cannot go back."""

_CHUNK_HEAD = 8
_PAGE_HEAD = 27
_END_OF_STREAM = 4


class Kind(StrEnum):
    """A kind of file that is read."""

    WAV = "wav"
    FLAC = "flac"
    OGG = "ogg"


class Fault(StrEnum):
    """What a container shows to be wrong."""

    NOT_A_RECORDING = "not-a-recording"
    CUT_OFF = "recording-cut-off"
    CODING = "recording-coding"


def kind_of(data: bytes) -> Kind | None:
    """Which kind the first bytes say; none if it is none of them."""
    if data[:4] in (b"RIFF", b"RF64") and data[8:12] == b"WAVE":
        return Kind.WAV
    if data[:4] == b"fLaC":
        return Kind.FLAC
    return Kind.OGG if data[:4] == b"OggS" else None


def fault_of(data: bytes, kind: Kind) -> Fault | None:
    """What is wrong with the container; none if nothing shows before decoding."""
    if kind is Kind.WAV:
        return _wav_fault(data)
    if kind is Kind.OGG and last_granule(data) is None:
        return Fault.CUT_OFF
    return None


def _wav_fault(data: bytes) -> Fault | None:
    place, long_size, coded = 12, LENGTH_UNKNOWN, False
    while place + _CHUNK_HEAD <= len(data):
        name, size = data[place : place + 4], _number(data, place + 4, 4)
        place += _CHUNK_HEAD
        if name == b"data":
            return _data_fault(len(data) - place, long_size if size == LENGTH_UNKNOWN else size)
        if name == b"ds64":
            long_size = _number(data, place + 8, 8)
        elif name == b"fmt ":
            coded = True
            if _number(data, place, 2) not in WAV_CODINGS:
                return Fault.CODING
        place += size + size % 2
    return Fault.CUT_OFF if coded else Fault.NOT_A_RECORDING


def _data_fault(left: int, stated: int) -> Fault | None:
    """Compare the bytes that are left with those that are stated."""
    if stated == LENGTH_UNKNOWN:
        return None
    # A recorder that was ended by force has not yet written how long the recording became.
    unfinished = stated == 0 and left > 0
    return Fault.CUT_OFF if unfinished or stated > left else None


def last_granule(data: bytes) -> int | None:
    """Position at the end of an Ogg stream, in samples; none if its last page is not there."""
    page = data.rfind(b"OggS")
    if page < 0 or page + _PAGE_HEAD > len(data) or not data[page + 5] & _END_OF_STREAM:
        return None
    segments = data[page + _PAGE_HEAD : page + _PAGE_HEAD + data[page + 26]]
    end = page + _PAGE_HEAD + data[page + 26] + sum(segments)
    return _number(data, page + 6, 8) if end <= len(data) else None


def _number(data: bytes, place: int, octets: int) -> int:
    return int.from_bytes(data[place : place + octets], "little")
