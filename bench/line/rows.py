"""What the table of the line is made of: a server, and one measurement at the other end."""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.rig.emulator import SERVER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.rig.emulator import Bed

PORT = 8077
ADDRESS = f"http://{SERVER}:{PORT}"
SERVE = (
    sys.executable,
    "-m",
    "readiness",
    "serve",
    "--listen",
    f"{SERVER}:{PORT}",
    "--gigabytes-per-client",
    "10000",
)
PLENTY_MB = 8000


def drive(bed: Bed, part: str, **order: object) -> dict[str, Any]:
    """Measure one part at the client end of the link."""
    told = {"part": part, "server": ADDRESS, "budget_mb": PLENTY_MB, **order}
    command = bed.at_client(sys.executable, "-m", "tests.rig.emulator.drive", json.dumps(told))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def at(bed: Bed, *command: str) -> Any:  # noqa: ANN401 - JSON of another program
    """Run another program at the client end; what it prints, as JSON."""
    done = subprocess.run(bed.at_client(*command), capture_output=True, text=True, check=False)
    return json.loads(done.stdout)


def iperf3(bed: Bed, streams: int, *, down: bool, seconds: int = 8) -> float:
    """Goodput at the receiver by iperf3, Mbit/s, the first 2 s left out."""
    limit = str(seconds + 15)  # with losses, 3.12 now and then spins for ever after its transfer
    command = ["timeout", limit, "iperf3", "-c", SERVER, "-J", "-t", str(seconds), "-O", "2"]
    command += ["-P", str(streams), *(["-R"] if down else [])]
    for _ in range(3):
        with bed.serving("iperf3", "-s", "-1", "--forceflush", until="listening"):
            done = subprocess.run(bed.at_client(*command), capture_output=True, check=False)
        if done.returncode == 0:
            received = json.loads(done.stdout)["end"]["sum_received"]
            return float(received["bits_per_second"]) / 1e6  # bit/s => Mbit/s
    raise RuntimeError("iperf3 did not come to an end, three times")


def spread(errors: Sequence[float]) -> str:
    """Median and worst of signed errors."""
    return f"median {median(errors):+.2f}, worst {max(errors, key=abs):+.2f}"


def worst(errors: Sequence[float]) -> float:
    """The largest error, without its sign."""
    return max(map(abs, errors))
