"""Calls that may block for ever (a stalled sound server), made so that Stop is still obeyed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.cancel import Token

T = TypeVar("T")


class _Call(threading.Thread, Generic[T]):
    """One call in a thread of its own. If it never returns, the thread is left behind."""

    def __init__(self, call: Callable[[], T]) -> None:
        super().__init__(name="readiness-audio", daemon=True)
        self._call = call
        self.done = threading.Event()
        self.result: list[T] = []
        self.fault: Exception | None = None

    def run(self) -> None:
        """Thread body."""
        try:
            self.result.append(self._call())
        except Exception as fault:  # noqa: BLE001 - it is raised again in the caller's thread
            self.fault = fault
        finally:
            self.done.set()


def bounded(call: Callable[[], T], *, token: Token, timeout: float) -> T:
    """Return what ``call`` returns, or raise what it raises, within ``timeout`` seconds.

    Raises:
        CannotMeasure: ``timed-out``, ``sound-system-stalled``.
        Cancelled: Stop was pressed; the call goes on by itself and its result is dropped.
    """
    thread = _Call(call)
    thread.start()
    if not token.wait_for(thread.done.is_set, timeout=timeout, step=0.01):
        raise CannotMeasure(FailureCode.TIMED_OUT, "sound-system-stalled")
    if thread.fault is not None:
        raise thread.fault
    return thread.result[0]
