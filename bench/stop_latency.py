"""How long Stop takes, at random moments of whole runs: ``python -m bench.stop_latency``.

Baseline: what setting and noticing a bare ``threading.Event`` takes in the same process.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import threading
import time
from pathlib import Path

from readiness.cli.guided import UnattendedPerson
from readiness.engine import Engine
from readiness.ports import Choices, Need
from readiness.probes import all_probes
from readiness.session import Event, ProbeStarted
from tests.fakes.line import measuring_server
from tests.rig.sound_server import SoundServer

ROUNDS = 40
LIMIT_MS = 200
SLOWEST = 5
LONGEST_S = 14.0
"""Long enough to come to the recording."""


def main() -> None:
    """Print the latencies."""
    with (
        tempfile.TemporaryDirectory() as home,
        SoundServer() as sound,
        measuring_server() as address,
    ):
        os.environ.update(sound.environment)
        choices = Choices(consent=frozenset(Need), server=address, budget_mb=600)
        engine = Engine(home=Path(home))
        plan = engine.plan(
            [engine.profile("typical-voice")], only=list(all_probes()), choices=choices
        )
        taken = [_stop_once(engine, plan) for _ in range(ROUNDS)]
    baseline = statistics.median(_bare_event() for _ in range(ROUNDS))
    print(f"bare event: median {baseline:.2f} ms")
    slowest = sorted(taken, reverse=True)[:SLOWEST]
    print("slowest:", ", ".join(f"{took:.0f} ms in {probe}" for took, probe in slowest))
    times = [took for took, _ in taken]
    print(
        f"stop -> run returned, {ROUNDS} random moments of a whole run: "
        f"median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms "
        f"(asked: at most {LIMIT_MS} ms)"
    )


def _stop_once(engine: Engine, plan: object) -> tuple[float, str]:
    """Milliseconds, and the check that was under way."""
    stop, returned = threading.Event(), []
    probes = ["none"]

    def hear(event: Event) -> None:
        if isinstance(event, ProbeStarted):
            probes.append(event.probe)

    def run() -> None:
        engine.run(
            plan,  # type: ignore[arg-type]  # a Plan
            person=UnattendedPerson(),
            listener=hear,
            stop=stop,
        )
        returned.append(time.perf_counter())

    worker = threading.Thread(target=run)
    worker.start()
    time.sleep(random.uniform(0.02, LONGEST_S))  # noqa: S311 - moments, not secrets
    pressed, probe = time.perf_counter(), probes[-1]
    stop.set()
    worker.join()
    return (returned[0] - pressed) * 1000, probe


def _bare_event() -> float:
    stop, noticed = threading.Event(), []

    def wait() -> None:
        stop.wait()
        noticed.append(time.perf_counter())

    worker = threading.Thread(target=wait)
    worker.start()
    time.sleep(0.01)
    pressed = time.perf_counter()
    stop.set()
    worker.join()
    return (noticed[0] - pressed) * 1000


if __name__ == "__main__":
    main()
