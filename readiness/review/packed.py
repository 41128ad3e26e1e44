"""The bytes of many reports, packed: the first ones in memory, the rest in a file without a name.

The system removes that file as soon as the program ends, however it ends.
"""

from __future__ import annotations

import errno
import os
import zlib
from array import array
from pathlib import Path
from tempfile import TemporaryFile, gettempdir
from typing import TYPE_CHECKING

from readiness.storage import storage_error

if TYPE_CHECKING:
    from typing import IO

MOST = 32 * 1024 * 1024
"""Bytes that are held in memory: some eight thousand usual reports."""

QUICK = 1
"""How hard is packed: a report becomes a third as long in some 50 us; harder gains little."""


class Packed:
    """Data that are put in one after the other and taken out by their number.

    Args:
        most: Bytes that are held in memory.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._memory = bytearray()
        self._file: IO[bytes] | None = None
        self._ends = array("Q", [0])
        self._here = 0
        """How many lie in memory; the others lie in the file."""

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, data: bytes) -> None:
        """Put data behind the others. Raises ``StorageError``: the disk refuses."""
        packed = zlib.compress(data, QUICK)
        if self._file is None and len(self._memory) + len(packed) <= self._most:
            self._memory += packed
            self._here += 1
        else:
            self._write(packed)
        self._ends.append(self._ends[-1] + len(packed))

    def get(self, number: int) -> bytes:
        """The data of that number, from 0. Raises ``StorageError``: the disk refuses."""
        begin, end = self._ends[number], self._ends[number + 1]
        if self._file is None or number < self._here:
            return zlib.decompress(self._memory[begin:end])
        try:
            self._file.seek(begin - self._ends[self._here])
            return zlib.decompress(self._file.read(end - begin))
        except OSError as error:
            raise storage_error(error, Path(gettempdir())) from error

    def cut(self, number: int) -> None:
        """Forget all from that number on."""
        del self._ends[number + 1 :]
        self._here = min(self._here, number)
        del self._memory[self._ends[self._here] :]

    def close(self) -> None:
        """Let go of everything."""
        self._memory.clear()
        if self._file is not None:
            self._file.close()

    def _write(self, packed: bytes) -> None:
        """To the end of what is whole: what a full disk cut off is written over."""
        try:
            if self._file is None:
                self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - as long as the desk
            self._file.seek(self._ends[-1] - self._ends[self._here])
            written = self._file.write(packed)
        except OSError as error:
            raise storage_error(error, Path(gettempdir())) from error
        if written != len(packed):
            full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            raise storage_error(full, Path(gettempdir()))
