"""Stops whole runs at random moments and looks for what is left; run inside the client namespace.

``python -m bench.line.stopped ADDRESS ROUNDS`` prints one JSON line for each round.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from readiness.cli.guided import UnattendedPerson
from readiness.engine import Engine
from readiness.ports import Choices, Need

if TYPE_CHECKING:
    from readiness.engine import Plan

PROBES = ("line_call", "line_speed")
LONGEST_S = 32.0
TIME_WAIT, LISTEN = "06", "0A"


def main() -> None:
    """Stop in each of equal parts of a run once, at a random moment of it."""
    address, rounds = sys.argv[1], int(sys.argv[2])
    choices = Choices(consent=frozenset({Need.NETWORK}), server=address)
    with tempfile.TemporaryDirectory() as home:
        engine = Engine(home=Path(home))
        plan = engine.plan([engine.profile("typical-voice")], only=PROBES, choices=choices)
        for index in range(rounds):
            share = (index + random.random()) / rounds  # noqa: S311 - a moment, no secret
            sys.stdout.write(json.dumps(_round(engine, plan, share * LONGEST_S)) + "\n")
            sys.stdout.flush()


def _round(engine: Engine, plan: Plan, after: float) -> dict[str, float]:
    stop = threading.Event()
    back: list[float] = []

    def run() -> None:
        engine.run(plan, person=UnattendedPerson(), listener=lambda _event: None, stop=stop)
        back.append(time.perf_counter())

    worker = threading.Thread(target=run)
    worker.start()
    time.sleep(after)
    pressed = time.perf_counter()
    stop.set()
    worker.join()
    return {
        "after": round(after, 2),
        "seconds": back[0] - pressed,
        "processes": len(psutil.Process().children(recursive=True)),
        "sockets": _sockets(),
    }


def _sockets() -> int:
    """Open sockets of this namespace; a closed connection's memory of itself is none."""
    count = 0
    for kind in ("tcp", "tcp6", "udp", "udp6"):
        lines = Path(f"/proc/self/net/{kind}").read_text(encoding="ascii").splitlines()[1:]
        states = [line.split()[3] for line in lines]
        count += sum(state not in (TIME_WAIT, LISTEN) for state in states)
    return count


if __name__ == "__main__":
    main()
