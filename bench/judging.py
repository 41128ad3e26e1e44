"""How long judging takes: one session against 20 profiles. ``python -m bench.judging``.

Baseline: encoding the same session as JSON, in the same process.
"""

from __future__ import annotations

import itertools
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from readiness.cli.guided import AbsentPerson
from readiness.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable

REPEATS = 50
PROFILES = 20
LIMIT_MS = 10


def main() -> None:
    """Print the times."""
    with tempfile.TemporaryDirectory() as home:
        engine = Engine(home=Path(home))
        profiles = list(itertools.islice(itertools.cycle(engine.profiles()), PROFILES))
        plan = engine.plan(profiles)
        session = engine.run(
            plan, person=AbsentPerson(), listener=lambda _event: None, stop=threading.Event()
        )
        session = engine.answer(session, plan, {q.id: True for q in plan.questions})
        judged = _median_ms(lambda: engine.match(session, profiles))
        encoded = _median_ms(lambda: msgspec.json.encode(session))
    rules = sum(len(profile.requirements) for profile in profiles)
    print(f"baseline, session as JSON: median {encoded:.3f} ms")
    print(
        f"one session against {PROFILES} profiles ({rules} requirements): median {judged:.2f} ms, "
        f"{judged / encoded:.0f} x the baseline (asked: at most {LIMIT_MS} ms)"
    )


def _median_ms(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
