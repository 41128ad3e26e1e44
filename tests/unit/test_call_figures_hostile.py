"""Streams that no honest peer makes: no crash, no figure that cannot be."""

from __future__ import annotations

import math
import random

import pytest

from readiness.call_figures import Found, figures
from readiness.model.call import CallStream, Transport

COUNT = 60
TIMES = (None, -1e9, 0.0, 4.3e9, 1.0)


def _moments(chance: random.Random, count: int) -> tuple[float | None, ...]:
    """What a peer may say of its times: nothing, nonsense, something near the truth."""
    if chance.random() < 0.3:
        return ()
    wild = chance.random() < 0.5
    return tuple(
        chance.choice(TIMES) if wild and chance.random() < 0.3 else chance.uniform(0, 5)
        for _ in range(count)
    )


def _stream(seed: int) -> CallStream:
    """Sent and returned are our own times and sound; everything that the peer says is not."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable test
    count = chance.choice([0, 1, 2, 7, 30, COUNT])
    sent = tuple(index * 0.02 for index in range(count))
    back = tuple(out + chance.uniform(0, 3) if chance.random() < 0.8 else None for out in sent)
    known = [index for index in range(count) if back[index] is not None]
    there = list(range(count)) if chance.random() < 0.6 else []
    there += [chance.randint(-2, COUNT + 2) for _ in range(chance.choice([0, 0, 1, 2 * COUNT]))]
    chance.shuffle(there)
    chance.shuffle(known)
    return CallStream(
        transport=chance.choice([Transport.STAMP, *Transport]),
        begin=0.0,
        interval_s=chance.choice([0.02, 0.5]),
        payload=172,
        sent=sent,
        returned=back,
        arrived_there=_moments(chance, count),
        left_there=_moments(chance, count),
        order_back=tuple(known),
        order_there=tuple(there),
        per_direction=chance.random() < 0.7,
        summary={"directions_by": chance.choice(["report", "report-wrong", "nonsense"])},
    )


@pytest.mark.parametrize("batch", range(8))
def test_whatever_the_peer_says_figures_can_be_or_are_open(batch: int) -> None:
    for seed in range(100 * batch, 100 * batch + 100):
        for metric, found in figures(_stream(seed)).items():
            if not isinstance(found, Found):
                continue
            assert math.isfinite(found.value), (seed, metric)
            assert found.value >= 0, (seed, metric)
            assert found.half_width is None or 0 <= found.half_width < math.inf
            if metric.startswith(("line.loss", "line.late", "line.reordering")):
                assert found.value <= 100, (seed, metric)
            if metric == "line.mos":
                assert 1 <= found.value <= 4.5
