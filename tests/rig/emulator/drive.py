"""Measures one part of the line and prints the outcome as JSON; run inside a namespace.

``python -m tests.rig.emulator.drive '{"part": "download", "server": "http://10.77.0.2:8080"}'``;
further keys are fields of :class:`readiness.ports.Choices`, and ``seconds``: how long data flow.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import replace
from typing import Any

import msgspec

from readiness.cancel import Token
from readiness.model.errors import CannotMeasure
from readiness.ports import Choices, Need
from readiness.system.line.child_line import ChildLine
from readiness.system.line.opening import open_line


def main() -> None:
    """Do it; a failure is an outcome too."""
    order: dict[str, Any] = json.loads(sys.argv[1])
    part, seconds = order.pop("part"), order.pop("seconds", None)
    targets = {name: tuple(values) for name, values in order.pop("targets", {}).items()}
    choices = Choices(consent=frozenset({Need.NETWORK}), targets=targets, **order)
    begin = time.monotonic()
    said: dict[str, Any] = {}
    heard = 0

    def progress(_fraction: float, value: float | None) -> None:
        nonlocal heard
        heard += value is not None

    try:
        line = open_line(choices, Token())
        if seconds is not None:
            assert isinstance(line, ChildLine)
            assert line.extent is not None
            line.over(replace(line.extent, seconds=seconds))
        said["found"] = msgspec.to_builtins(getattr(line, part)(progress))
    except CannotMeasure as found:
        said["failure"] = [found.code.value, found.detail, found.summary]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    said |= {"live": heard, "seconds": time.monotonic() - begin}
    said["cpu"] = used.ru_utime + used.ru_stime
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
