"""How near the line figures come to the truth: ``python -m bench.line_accuracy`` (Linux, root).

A network namespace holds the measuring server; the pair of virtual cables between it and here is
shaped in both directions by the kernel's token bucket (``tbf``). A full frame of 1,514 bytes
carries 1,448 bytes of payload (IPv4, TCP timestamps), so the truth is rate x 1448 / 1514.
Everything it sets up is taken away again.
"""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from readiness.cancel import Token
from readiness.system.line import ServeLine
from readiness.system.line.messages import ServeJob

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACE, NEAR, FAR = "readiness-bench", "rdbench0", "rdbench1"
HERE, THERE = "10.199.77.1", "10.199.77.2"
PORT = 8099
PAYLOAD_SHARE = 1448 / 1514
BUCKET, QUEUE = "32kb", "100ms"
SERVER = f"""
import threading
from readiness.server import serve
serve("{THERE}", {PORT}, ready=lambda a: print(a, flush=True), stop=threading.Event())
"""


def _do(command: str) -> None:
    subprocess.run(command.split(), check=True)


@contextlib.contextmanager
def shaped_line(mbit: float) -> Iterator[str]:
    """A measuring server behind a line of ``mbit`` in both directions; yields its address."""
    _do(f"ip netns add {SPACE}")
    try:
        _do(f"ip link add {NEAR} type veth peer name {FAR} netns {SPACE}")
        _do(f"ip addr add {HERE}/30 dev {NEAR}")
        _do(f"ip -n {SPACE} addr add {THERE}/30 dev {FAR}")
        _do(f"ip link set {NEAR} up")
        _do(f"ip -n {SPACE} link set {FAR} up")
        shape = f"root tbf rate {mbit}mbit burst {BUCKET} latency {QUEUE}"
        # Without this the kernel would pass bundles of up to 64 KiB in place of frames.
        _do(f"ip link set {NEAR} gso_max_segs 1")
        _do(f"ip -n {SPACE} link set {FAR} gso_max_segs 1")
        _do(f"tc qdisc replace dev {NEAR} {shape}")
        _do(f"tc -n {SPACE} qdisc replace dev {FAR} {shape}")
        with _server() as address:
            yield address
    finally:
        # The cable first: a namespace goes only some time after its last connection.
        subprocess.run(f"ip link del {NEAR}".split(), check=False)
        _do(f"ip netns del {SPACE}")


@contextlib.contextmanager
def _server() -> Iterator[str]:
    root = Path(__file__).resolve().parent.parent
    command = f"ip netns exec {SPACE} {sys.executable} -c".split()
    server = subprocess.Popen(
        [*command, SERVER],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
    )
    assert server.stdout is not None
    try:
        yield server.stdout.readline().strip()
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def measure(mbit: float, runs: int, seconds: float) -> list[dict[str, float]]:
    """Repeat the measurement; errors in percent of the truth, half widths likewise."""
    truth = mbit * PAYLOAD_SHARE
    found = []
    with shaped_line(mbit) as address:
        job = ServeJob(part="", address=address, seconds=seconds, budget=2_000_000_000)
        line = ServeLine(Token(), job)
        for _ in range(runs):
            down = line.download(lambda _f, _r: None)
            up = line.upload(lambda _f, _r: None)
            trips = line.call(lambda _f, _ms: None).round_trips()
            row = {"ms": median(trips)}
            for name, reading in (("down", down), ("up", up)):
                row[name] = 100 * (reading.rate / truth - 1)
                row[f"{name} +-"] = 100 * (reading.half_width or 0) / truth
            found.append(row)
    return found


def main() -> None:
    """Print one line for each speed: worst and median error of the runs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mbit", type=float, nargs="+", default=[5, 25, 100])
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--seconds", type=float, default=8)
    chosen = options.parse_args()
    print("| Mbit/s | download: median (worst) % | upload: median (worst) % | stated +- % | ms |")
    print("|---|---|---|---|---|")
    for mbit in chosen.mbit:
        rows = measure(mbit, chosen.runs, chosen.seconds)
        cells = []
        for name in ("down", "up"):
            errors = [row[name] for row in rows]
            cells.append(f"{median(errors):+.2f} ({max(errors, key=abs):+.2f})")
        stated = [f"{median(row[f'{name} +-'] for row in rows):.1f}" for name in ("down", "up")]
        print(f"| {mbit:g} | {' | '.join(cells)} | {', '.join(stated)} | {rows[0]['ms']:.1f} |")


if __name__ == "__main__":
    main()
