"""What can be read alike on every system, with psutil and the standard library."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    from readiness.cancel import Token

LOAD_STEPS = 6
LOAD_STEP_S = 0.1

_CONTAINED = ("guest", "guest_nice", "interrupt", "dpc")
"""Contained in other times: guests in user and nice, Windows' interrupts in system."""


def counts() -> dict[str, object]:
    """Physical cores (none where the system does not tell) and hardware threads."""
    import psutil

    return {"cores": psutil.cpu_count(logical=False), "threads": psutil.cpu_count(logical=True)}


def usable_bytes() -> int:
    """Memory that the operating system has for itself and for programs."""
    import psutil

    return int(psutil.virtual_memory().total)


def load_facts(token: Token) -> dict[str, object]:
    """How busy all processors were together, in per cent, in six steps of 0.1 s."""
    import psutil

    percent: list[float] = []
    before = psutil.cpu_times()
    for _ in range(LOAD_STEPS):
        token.sleep(LOAD_STEP_S)
        after = psutil.cpu_times()
        spent = {
            name: getattr(after, name) - getattr(before, name)
            for name in after._fields
            if name not in _CONTAINED
        }
        total = sum(spent.values())
        if total > 0:
            idle = spent["idle"] + spent.get("iowait", 0.0)
            percent.append(min(100.0, max(0.0, 100 * (1 - idle / total))))
        before = after
    # Linux and macOS count in hundredths of a second, Windows in its timer's 1/64 s.
    tick_s = 1 / 64 if sys.platform == "win32" else 0.01
    return {"percent": percent, "step_s": LOAD_STEP_S, "tick_s": tick_s}


def disk_facts(token: Token) -> dict[str, object]:
    """Size of the disk that holds the home folder, and what this person may still fill of it."""
    token.check()
    try:
        home = Path.home()
    except RuntimeError as error:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "system-error") from error
    usage = shutil.disk_usage(home)
    return {"total_bytes": usage.total, "free_bytes": usage.free}
