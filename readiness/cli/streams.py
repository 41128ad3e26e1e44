"""Standard output and error that may break: a reader that left or a full disk ends no check."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from readiness.storage import storage_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from readiness.model.errors import StorageError


class ForgivingStream:
    """A text stream that goes quiet when writing fails, instead of raising.

    Args:
        stream: The real one.
        name: For messages.
        needed: Whether only a reader that left (``| head``) is forgiven; what else goes wrong is
            then a ``StorageError``, for somebody waits for what is written.
    """

    def __init__(self, stream: TextIO, name: str, *, needed: bool) -> None:
        self._stream = stream
        self._name = name
        self._needed = needed
        self._fault: StorageError | None = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the real stream has
        """Everything else is the real stream's."""
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write; returns the number of characters, also of those that nobody reads."""
        self._try(lambda: self._stream.write(text))
        return len(text)

    def flush(self) -> None:
        """Hand over what was written."""
        self._try(self._stream.flush)

    def _try(self, act: Callable[[], object]) -> None:
        """Act; a fault is raised every time from then on, for a library may swallow the first."""
        try:
            act()
        except OSError as error:
            self._silence()
            if self._needed and not _reader_left(error):
                self._fault = storage_error(error, Path(self._name))
        if self._fault is not None:
            raise self._fault

    def _silence(self) -> None:
        """Lead the rest nowhere, also what Python itself flushes at the end."""
        with contextlib.suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)


def _reader_left(error: OSError) -> bool:
    """Whether nobody reads any more; Windows calls that an invalid argument."""
    left_on_windows = sys.platform == "win32" and error.errno == errno.EINVAL
    return isinstance(error, BrokenPipeError) or left_on_windows


@contextlib.contextmanager
def forgiving_streams() -> Iterator[None]:
    """While inside, standard output and error are forgiving."""
    before = sys.stdout, sys.stderr
    sys.stdout = ForgivingStream(before[0], "stdout", needed=True)
    sys.stderr = ForgivingStream(before[1], "stderr", needed=False)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
