"""How long the seven computer probes take on this computer: ``python -m bench.computer_probes``.

Baseline: starting a Python that does nothing, in the same run. Of the processor probe 0.6 s is
watching the load; nothing can be saved there.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time

from readiness.cli.guided import AbsentPerson
from readiness.ports import Choices
from readiness.probes import all_probes
from readiness.session import run_probe
from readiness.system.world import SystemWorld

NAMES = ("processor", "memory", "disk", "system", "display", "power", "input_devices")
ROUNDS = 5
LIMIT_S = 1.5


def main() -> None:
    """Print the medians of five rounds; the first round includes the imports."""
    rounds = [_round() for _ in range(ROUNDS)]
    baseline = statistics.median(_bare_start() for _ in range(ROUNDS))
    for name in NAMES:
        print(f"{name:15} {1000 * statistics.median(r[name] for r in rounds):8.1f} ms")
    totals = [sum(r.values()) for r in rounds]
    print(f"{'all seven':15} {1000 * statistics.median(totals):8.1f} ms (limit {LIMIT_S} s)")
    print(f"{'slowest round':15} {1000 * max(totals):8.1f} ms")
    print(f"{'python -c pass':15} {1000 * baseline:8.1f} ms (baseline)")


def _round() -> dict[str, float]:
    return {name: _timed(name) for name in NAMES}


def _timed(name: str) -> float:
    begin = time.perf_counter()
    run_probe(
        all_probes()[name],
        world=SystemWorld(),
        choices=Choices(),
        person=AbsentPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )
    return time.perf_counter() - begin


def _bare_start() -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
