"""The emulated line without any right: prints what iperf3 finds on it and what was set, as JSON.

``python -m tests.rig.emulator.without_root``; standard library alone, so that any Python does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.rig.emulator import PAYLOAD_SHARE, SERVER, Bed, Shape

MBIT, DELAY_MS = 20.0, 10.0
CONGESTION = Path("/proc/sys/net/ipv4/tcp_congestion_control")


def main() -> None:
    """Run it once."""
    # Only the system's own choice is allowed to everybody.
    with (
        Bed(congestion=CONGESTION.read_text(encoding="ascii").strip()) as bed,
        bed.serving("iperf3", "-s", "--forceflush", until="listening"),
    ):
        bed.shape(Shape(mbit=MBIT, delay_ms=DELAY_MS))
        # Several streams: one alone, by a control that drains the queue, may leave the line idle.
        command = ["iperf3", "-c", SERVER, "-J", "-R", "-t", "5", "-O", "2", "-P", "4"]
        done = subprocess.run(bed.at_client(*command), stdout=subprocess.PIPE, check=True)
        down, _ = bed.truth()
    found = json.loads(done.stdout)["end"]["sum_received"]["bits_per_second"] / 1e6
    told = {
        "user": os.geteuid(),
        "found": found,
        "truth": MBIT * PAYLOAD_SHARE,
        "octets": down.octets,
    }
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
