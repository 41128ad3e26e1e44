"""How long the analysis of a whole guided take keeps one core busy."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from bench.rows import Row
from bench.voice.voices import RATE, SPEAKERS, at_active_level, at_level, pink, reading
from readiness.dsp.voice.echo import echo_by_side
from readiness.dsp.voice.sweep import left_then_right, make_sweep
from readiness.voice_figures import figures
from readiness.voice_values import Takes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SILENCE_S, READING_S = 5, 25
TAIL_S = 1.5
ROUNDS = 5
MOST_S = 1.0


def rows() -> Iterator[Row]:
    """Processor time; the fastest round, because others use this computer too."""
    random = np.random.default_rng(5)
    room = at_level(pink((SILENCE_S + READING_S) * RATE, random), -60.0)
    voice = at_active_level(reading(SPEAKERS[0], READING_S), -26.0)[: READING_S * RATE]
    silence = room[: SILENCE_S * RATE]
    heard = room[SILENCE_S * RATE :][: voice.size] + voice
    takes = Takes(silence=silence.astype(np.float32), reading=heard.astype(np.float32), rate=RATE)
    played = left_then_right(make_sweep(RATE), RATE)
    back = at_level(pink(len(played) + int(TAIL_S * RATE), random), -60.0)
    back[: len(played)] += 0.01 * played.sum(axis=1)
    spent = {"figures": [_busy(lambda: figures(takes)) for _ in range(ROUNDS)]}
    spent["echo"] = [_busy(lambda: echo_by_side(played, back, RATE)) for _ in range(ROUNDS)]
    whole = sum(min(times) for times in spent.values())
    yield Row(
        figure=f"analysis of a take of {SILENCE_S + READING_S} s, and of the sweep beside it",
        asked=f"at most {MOST_S:.1f} s of one core",
        reached=f"{whole:.2f} s ({min(spent['echo']):.2f} of it for the echo)",
        met=whole <= MOST_S,
    )


def _busy(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin
