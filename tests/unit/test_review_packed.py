"""Data that lie packed: in memory and in a file, forgotten again, on a disk that is full."""

from __future__ import annotations

import errno
from typing import IO, cast

import pytest

from readiness.model.errors import StorageError
from readiness.review.packed import Packed


@pytest.mark.parametrize("most", [0, 40, 10_000])
def test_what_is_packed_comes_back_whether_it_lies_in_memory_or_in_a_file(most: int) -> None:
    packed = Packed(most)
    data = [bytes([number]) * 50 + str(number).encode() for number in range(9)]
    for one in data:
        packed.add(one)

    assert [packed.get(number) for number in (8, 0, 3)] == [data[8], data[0], data[3]]
    packed.close()


class FullDisk:
    """A file on a disk that is full after so many bytes."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.held = bytearray()
        self.place = 0

    def seek(self, place: int) -> int:
        """Go there."""
        self.place = place
        return place

    def read(self, size: int) -> bytes:
        """From there."""
        return bytes(self.held[self.place : self.place + size])

    def write(self, data: bytes) -> int:
        """As much as there is room for."""
        room = self.room - self.place
        if room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = data[:room]
        self.held[self.place :] = written
        return len(written)


@pytest.mark.parametrize("most", [0, 20, 10_000])
def test_what_was_packed_last_can_be_forgotten(most: int) -> None:
    packed = Packed(most)
    for one in (b"first", b"second", b"third"):
        packed.add(one)

    packed.cut(1)
    packed.add(b"fourth" * 9)

    assert [packed.get(number) for number in range(len(packed))] == [b"first", b"fourth" * 9]
    packed.close()


def test_a_full_disk_is_told_and_harms_nothing_that_was_there() -> None:
    packed, disk = Packed(0), FullDisk(room=20)
    packed._file = cast("IO[bytes]", disk)
    packed.add(b"first")

    with pytest.raises(StorageError) as caught:
        packed.add(bytes(range(256)))

    assert caught.value.reference == "cannot-write"
    assert (len(packed), packed.get(0)) == (1, b"first")
    disk.room = 10_000
    packed.add(b"third")
    assert packed.get(1) == b"third"
