"""Asks the product's measuring child at the client end of the emulated line, and others there."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any

from readiness.cancel import Token
from readiness.model.call import Transport
from readiness.system.line.messages import CallJob, Reading, ServeJob, Stream
from readiness.system.line.process import run_job
from tests.rig.emulator import SERVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.model.call import CallStream
    from readiness.system.line.messages import Job, Outcome
    from tests.rig.emulator import Bed

PORT, IRTT_PORT = 8077, 2112
ADDRESS = f"http://{SERVER}:{PORT}"
SERVE = (sys.executable, "-m", "readiness", "serve", "--listen", f"{SERVER}:{PORT}")
SERVE_READY = "Ctrl+C"
IPERF3 = ("iperf3", "-s", "--forceflush")
IPERF3_READY = "listening"
IRTT = ("irtt", "server", "-b", f"{SERVER}:{IRTT_PORT}")
IRTT_READY = "listener"
CHILD = (sys.executable, "-m", "readiness.system.line.child")


def ask(bed: Bed, job: Job) -> Outcome:
    """Do one job at the client end, in the product's own child. Raises ``CannotMeasure``."""
    return run_job(Token(), job, lambda _fraction, _now: None, command=bed.at_client(*CHILD))


def transfer(bed: Bed, part: str, **changes: Any) -> Reading:  # noqa: ANN401 - fields of the job
    """Measure ``download`` or ``upload``."""
    found = ask(bed, ServeJob(part=part, address=ADDRESS, **changes))
    assert isinstance(found, Reading)
    return found


def call(bed: Bed, **changes: Any) -> CallStream:  # noqa: ANN401 - fields of the job
    """Send the stream of a call."""
    found = ask(bed, CallJob(transport=Transport.STAMP, address=ADDRESS, **changes))
    assert isinstance(found, Stream)
    return found.stream


def iperf3(bed: Bed, *, down: bool, seconds: int, streams: int = 1) -> float:
    """Goodput at the receiver by iperf3, Mbit/s, the first second left out."""
    command = ["iperf3", "-c", SERVER, "-J", "-t", str(seconds), "-O", "1", "-P", str(streams)]
    found = said(bed, *command, *(["-R"] if down else []))
    return float(found["end"]["sum_received"]["bits_per_second"]) / 1e6  # bit/s => Mbit/s


def irtt(bed: Bed, *, packets: int) -> dict[str, Any]:
    """The statistics of irtt (times in ns) for packets 20 ms apart, as long as a call's."""
    lasts = f"{20 * packets}ms"
    options = ["-i", "20ms", "-d", lasts, "-l", "172", "-Q", "-o", "-"]
    found: dict[str, Any] = said(bed, "irtt", "client", *options, f"{SERVER}:{IRTT_PORT}")["stats"]
    return found


def said(bed: Bed, *command: str) -> Any:  # noqa: ANN401 - JSON of another program
    """What another program at the client end prints, as JSON."""
    done = subprocess.run(bed.at_client(*command), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout[-1000:]} {done.stderr[-1000:]}")
    return json.loads(done.stdout)


def longest(fate: Sequence[str]) -> int:
    """The longest run of drops in the emulator's own words."""
    return max((len(list(run)) for what, run in groupby(fate) if what == "0"), default=0)
