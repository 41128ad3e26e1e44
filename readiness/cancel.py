"""Stopping: one token per probe run, obeyed within 200 ms at any moment.

The adapter that holds something which does not look at the token (a child process, a blocked
socket, a stream) registers how to end it with :meth:`Token.on_cancel`.
"""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING

from readiness.model.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Token:
    """Says whether to go on. Safe to use from several threads."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._enders: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether to stop."""
        return self._event.is_set()

    def check(self) -> None:
        """Raise ``Cancelled`` if told to stop."""
        if self._event.is_set():
            raise Cancelled

    def sleep(self, seconds: float) -> None:
        """Wait, waking at once to raise ``Cancelled``."""
        if self._event.wait(max(0.0, seconds)):
            raise Cancelled

    def wait_for(self, done: Callable[[], bool], *, timeout: float, step: float = 0.02) -> bool:
        """Poll ``done`` until it holds (true) or ``timeout`` seconds are over (false)."""
        end = time.monotonic() + timeout
        while not done():
            if time.monotonic() >= end:
                return False
            self.sleep(step)
        return True

    @contextlib.contextmanager
    def on_cancel(self, end: Callable[[], None]) -> Iterator[None]:
        """While inside, :meth:`cancel` calls ``end``, which must return quickly and never raise."""
        with self._lock:
            self._enders.append(end)
        try:
            if self.cancelled:
                end()
            yield
        finally:
            with self._lock:
                self._enders.remove(end)

    def cancel(self) -> None:
        """Stop everything that holds this token."""
        self._event.set()
        with self._lock:
            enders = list(self._enders)
        for end in enders:
            end()
