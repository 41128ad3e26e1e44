"""Watches the line for some seconds and prints what was found as JSON; run inside a namespace.

``python -m tests.rig.watch_drive '{"paths": [{"transport": "stamp", "address": "http://..."}]}'``
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import msgspec

from readiness.cancel import Token
from readiness.dsp.steadiness import Course, analyse
from readiness.model.errors import CannotMeasure
from readiness.system.line.messages import WatchJob
from readiness.system.line.watching import LineWatch

if TYPE_CHECKING:
    from readiness.model.watch import Beats


def main() -> None:
    """Do it; a failure is an outcome too."""
    job = msgspec.json.decode(sys.argv[1], type=WatchJob)
    course = Course(interval_s=job.interval_s)

    def hear(beats: Beats) -> None:
        course.interval_s = beats.interval_s
        course.sent.extend(beats.sent)
        course.trips.extend(beats.trips)

    def progress(_fraction: float, _value: float | None) -> None:
        sys.stdout.write("going on\n")
        sys.stdout.flush()

    said: dict[str, object] = {}
    try:
        said["summary"] = LineWatch(Token(), job).run(hear, progress)
        said["found"] = msgspec.to_builtins(analyse(course))
        said["packets"] = len(course.sent)
    except CannotMeasure as found:
        said["failure"] = [found.code.value, found.detail]
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
